"""Setting a status and editing the fields of what is chosen in a list, one row or many at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from rectify_tui.domain.fields import DAYS
from rectify_tui.domain.timeline import Later, Values
from rectify_tui.errors import Problem
from rectify_tui.reports.fields import title
from rectify_tui.reports.holding import in_words
from rectify_tui.reports.labels import moment
from rectify_tui.reports.words import Words
from rectify_tui.store.commands.deadlines import DeadlineMoves
from rectify_tui.store.commands.holding import SaidLater
from rectify_tui.store.commands.stale import Stale
from rectify_tui.store.draft import Draft
from rectify_tui.store.labels import unnamed
from rectify_tui.store.ledger import Receipt
from rectify_tui.tui.deadline_moved import DeadlineMoved
from rectify_tui.tui.dialogs.dialog import Dialog
from rectify_tui.tui.dialogs.form import FormDialog, FormResult
from rectify_tui.tui.dialogs.later import LaterDialog
from rectify_tui.tui.dialogs.stale import StaleDialog, Version
from rectify_tui.tui.dialogs.status import StatusDialog, StatusResult
from rectify_tui.tui.editable import Editable
from rectify_tui.tui.records_pane import Choice
from rectify_tui.tui.session import Change, Session
from rectify_tui.tui.sources.about import LOOKED_AT, about_records
from rectify_tui.tui.sources.typed import choices_of, read_typed, typed_text


class Editor:
    """Asks for changes of what is `chosen`, and carries them out in one batch.

    A change of a single row says which revision it was made on, so that nobody's work is lost.
    `go_on` is called when a change has come through.
    """

    def __init__(
        self, session: Session, editable: Editable, chosen: Callable[[], Choice | None],
        go_on: Callable[[], None],
    ) -> None:  # fmt: skip
        self.session = session
        self.editable = editable
        self._chosen = chosen
        self._go_on = go_on

    # Asking

    def set_status(self) -> None:
        """Ask for a status and set it on what is chosen."""
        choice = self._chosen()
        if choice is None:
            return
        seen: dict[int, int] = {}

        def attempt(result: StatusResult) -> None:
            fields = {"status": result.status}
            self.set(dialog, choice, fields, on=result.on, reason=result.reason, seen=seen)

        def begin(row: Any) -> None:
            seen[row.id] = row.rev
            dialog.begin(row.status)

        editable = self.editable
        dialog = StatusDialog(self.session, editable.entity, editable.statuses, choice.n, attempt)
        self.session.ask(dialog)
        self.look_up(choice, dialog, begin)

    def edit(self) -> None:
        """Ask for fields and set them on what is chosen."""
        choice = self._chosen()
        if choice is None:
            return
        t, editable, seen = self.session.t, self.editable, dict[int, int]()

        def attempt(result: FormResult) -> None:
            try:
                fields = {
                    name: read_typed(t, editable.fields[name], text)
                    for name, text in result.values.items()
                }
            except Problem as problem:
                dialog.complain(problem)
            else:
                self.set(dialog, choice, fields, on=result.on, reason=result.reason, seen=seen)

        def fill(row: Any) -> None:
            seen[row.id] = row.rev
            texts = {field.name: typed_text(t, row, field) for field in editable.form}
            dialog.fill(row.ref, texts)

        titles = {field.name: title(field, t) for field in editable.form}
        what = "" if choice.one else t(editable.many, n=choice.n)
        days = {field.name for field in editable.form if field.kind in DAYS}
        waiting = choice.one is not None
        dialog = FormDialog(self.session, what, titles, days, attempt, waiting=waiting)
        self.session.ask(dialog)
        self.look_up(choice, dialog, fill)

    def look_up(
        self, choice: Choice, dialog: Dialog[Any], begin: Callable[[Any], None] | None = None
    ) -> None:
        """Read what is chosen and say so in a dialog that is open already.

        `begin` gets the one row, if it is one. Where that is gone the dialog complains.
        """
        session, editable = self.session, self.editable

        def find() -> Sequence[Any]:
            return editable.read(session.ledger.reader(), choice.ids()[:LOOKED_AT])

        def found(rows: Sequence[Any]) -> None:
            if not rows and choice.one is not None:
                problem = Problem("store.no_record", what=unnamed(editable.entity, choice.one))
                dialog.complain(problem)
                return
            about = about_records(session.t, rows, choice.n, ascii=session.ascii)
            dialog.tell_about(about)
            if begin is not None and choice.one is not None:
                begin(rows[0])

        session.read(find, found, "look-up", refused=dialog.complain)

    # Writing

    def set(
        self, dialog: Dialog[Any], choice: Choice, fields: Mapping[str, str], *, on: date,
        reason: str, seen: Mapping[int, int], later: Later | None = None,
    ) -> None:  # fmt: skip
        """Set fields of what is chosen, for a dialog.

        Asks what to do where somebody was faster, and where something else was said of a later day.
        """

        def change(draft: Draft) -> None:
            self.editable.set_fields(draft, choice.ids(), fields, on=on, seen=seen, later=later)

        def refused(problem: Problem) -> None:
            if isinstance(problem, Stale):
                self._ask_whose(problem, fields, dialog, partial(again, seen={}, later=later))
            elif isinstance(problem, DeadlineMoves):
                moved = DeadlineMoved(self.session, choice.ids(), fields, on, reason, self.write)
                moved.ask(problem, dialog)
            else:
                dialog.complain(self._in_words(problem))

        again = partial(self.set, dialog, choice, fields, on=on, reason=reason)
        kind = self.editable.batch_kind
        self.write(kind, dialog, change, reason, refused, again=partial(again, seen=seen))

    def write(
        self, kind: str, dialog: Dialog[Any], change: Change, reason: str,
        refused: Callable[[Problem], None] | None = None, *, again: Callable[..., None],
        on_behalf: str = "",
    ) -> None:  # fmt: skip
        """Carry out what a dialog asked for. It closes when that came through, else complains.

        Where something else was said of a later day, `again` is called with what is to become of
        that, once the user has decided it.
        """

        def done(_: Receipt) -> None:
            dialog.close()
            self._go_on()

        def not_done(problem: Problem) -> None:
            if isinstance(problem, SaidLater):
                self._ask_which(problem, dialog, again)
            else:
                (refused or dialog.complain)(problem)

        self.session.change(
            kind, change, reason=reason, on_behalf=on_behalf or None, done=done, refused=not_done
        )

    def _in_words(self, problem: Problem) -> Problem:
        """A problem that names its field as the form does."""
        field = self.editable.fields.get(str(problem.params.get("field")))
        if field is None:
            return problem
        words = {"field": title(field, self.session.t)}
        return Problem(problem.key, **problem.params | words)

    # Something else was said of a later day

    def _ask_which(
        self, refusal: SaidLater, dialog: Dialog[Any], again: Callable[..., None]
    ) -> None:
        def answered(later: Later | None) -> None:
            if later is None:
                dialog.complain(Problem("tui.later.undecided", until=refusal.until))
            else:
                again(later=later)

        def ask(problem: Problem) -> None:
            self.session.ask(LaterDialog(self.session, problem), answered)

        self.session.read(partial(self._outcomes, refusal), ask, "look-up", refused=dialog.complain)

    def _outcomes(self, refusal: SaidLater) -> Problem:
        """In a thread: what would hold today in either case, in the user's words."""
        words = Words(self.session.ledger.reader(), self.session.t)
        return in_words(refusal, words, self.editable.entity)

    # Somebody was faster

    def _ask_whose(
        self, stale: Stale, fields: Mapping[str, str], dialog: Dialog[Any],
        again: Callable[[], None],
    ) -> None:  # fmt: skip
        def answered(anyway: bool | None) -> None:
            if anyway:
                again()
            elif anyway is None:
                dialog.complain(stale_problem(stale))
            else:
                dialog.close()

        def ask(versions: list[Version]) -> None:
            problem = stale_problem(stale)
            self.session.ask(StaleDialog(self.session, problem, versions), answered)

        find = partial(self._versions, fields, stale.theirs)
        self.session.read(find, ask, "look-up", refused=dialog.complain)

    def _versions(self, typed: Mapping[str, str], theirs: Values) -> list[Version]:
        """In a thread: what was typed beside what stands in the store, in the user's words."""
        words = Words(self.session.ledger.reader(), self.session.t)
        entity, versions = self.editable.entity, []
        for name, text in typed.items():
            field = self.editable.fields[name]
            choices = choices_of(field)
            if choices is not None:
                text = choices.show(words.t, text)
            elif name == "status":
                text = words.value(entity, field.column, text)
            kept = words.value(entity, field.column, theirs.get(field.column))
            versions.append(Version(title(field, words.t), text, kept))
        return versions


def stale_problem(stale: Stale) -> Problem:
    """That somebody was faster, without the values, which have been shown already."""
    return Problem(
        "tui.dialog.stale", ref=stale.ref, who=stale.params["who"],
        when=moment(str(stale.params["when"])).label,
    )  # fmt: skip
