"""Setting a status and editing fields of what is chosen in a list: what items and cases share."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, ClassVar

from rectify_tui.domain.timeline import Values
from rectify_tui.errors import Problem
from rectify_tui.reports.labels import moment
from rectify_tui.reports.words import Words
from rectify_tui.store.commands.stale import Stale
from rectify_tui.store.connection import Connection
from rectify_tui.store.draft import Draft
from rectify_tui.tui.dialogs.dialog import Dialog
from rectify_tui.tui.dialogs.form import FormDialog, FormResult
from rectify_tui.tui.dialogs.stale import StaleDialog, Version
from rectify_tui.tui.dialogs.status import StatusDialog, StatusResult
from rectify_tui.tui.screens.ledger import LedgerScreen
from rectify_tui.tui.sources.choices import Choices

KEPT_AS = {
    "responsible": "responsible_id", "lead": "lead_id", "supervising": "supervising_id",
    "region": "region_id", "start": "start_on", "fined_wan": "fined_yuan",
}  # fmt: skip
"""Fields that the store keeps under another name."""


@dataclass(frozen=True)
class Choice:
    """Rows that something is to be done with: how many, which one where it is one, and their ids.

    `ids` is to be called in a thread.
    """

    n: int
    one: int | None
    ids: Callable[[], list[int]]


class ChangingScreen(LedgerScreen):
    """A list whose rows can be changed, one or many at once, in one batch.

    A change of a single row says which revision it was made on, so that nobody's work is lost.
    """

    entity: ClassVar[str]
    statuses: ClassVar[Sequence[str]]
    form: ClassVar[Sequence[str]]
    choices: ClassVar[Mapping[str, Choices]]

    # What a subject brings

    @abstractmethod
    def read_row(self, connection: Connection, key: int) -> Any:
        """The row with a key as it is today, None where it is gone. Called in a thread."""

    @abstractmethod
    def form_values(self, row: Any) -> dict[str, str]:
        """What the form begins with."""

    @abstractmethod
    def set_fields(
        self, draft: Draft, ids: list[int], fields: Mapping[str, str], on: date,
        seen: Mapping[int, int],
    ) -> None:  # fmt: skip
        """Set fields of rows. Raises `Stale` where one has another revision than was `seen`."""

    # What is chosen

    def chosen(self) -> Choice | None:
        """The marked rows, or the one under the cursor; says so where there is none."""
        table, listing = self.main_table(), self.listing
        marks, key, n = table.marked, table.cursor_key, table.marked_count
        if table.marking or (marks.inverted and table.busy):
            self.session.tell(Problem("tui.still_marking"))
            return None
        if not marks and key is not None:
            return Choice(1, key, lambda: [key])
        if n == 0 or listing is None:
            self.session.tell(Problem("tui.nothing_chosen"))
            return None
        if marks.inverted:
            return Choice(
                n, None, lambda: [id for id in listing.ids(0, listing.count()) if id in marks]
            )
        keys = sorted(marks.keys)
        return Choice(n, keys[0] if n == 1 else None, lambda: keys)

    # Status

    def action_set_status(self) -> None:
        """Ask for a status and set it on what is chosen."""
        choice = self.chosen()
        if choice is None:
            return
        seen: dict[int, int] = {}

        def attempt(result: StatusResult) -> None:
            fields = {"status": result.status}
            self._set(dialog, choice, fields, result.on, result.reason, seen)

        def found(row: Any) -> None:
            seen[row.id] = row.rev
            dialog.begin(row.status)

        dialog = StatusDialog(self.session, self.entity, self.statuses, choice.n, attempt)
        self.session.ask(dialog)
        self._look_up(choice, found)

    # Fields

    def action_edit(self) -> None:
        """Ask for fields and set them on what is chosen."""
        choice = self.chosen()
        if choice is None:
            return
        seen: dict[int, int] = {}

        def attempt(result: FormResult) -> None:
            try:
                fields = {
                    name: self.choices[name].read(self.t, text) if name in self.choices else text
                    for name, text in result.values.items()
                }
            except Problem as problem:
                dialog.complain(problem)
            else:
                self._set(dialog, choice, fields, result.on, result.reason, seen)

        def fill(row: Any) -> None:
            seen[row.id] = row.rev
            dialog.fill(row.ref, self.form_values(row))

        title = "" if choice.one else self.t(f"tui.marked_{self.mode}", n=choice.n)
        dialog = FormDialog(self.session, title, self.form, attempt, waiting=choice.one is not None)
        self.session.ask(dialog)
        self._look_up(choice, fill, dialog)

    def _look_up(self, choice: Choice, then: Any, dialog: Dialog[Any] | None = None) -> None:
        """Read the one row that is chosen, if it is one, for a dialog that is open already."""
        key = choice.one
        if key is None:
            return

        def found(row: Any) -> None:
            if row is not None:
                then(row)
            elif dialog is not None:
                dialog.complain(Problem("store.no_record", entity=self.entity, id=key))

        def find() -> Any:
            return self.read_row(self.session.ledger.reader(), key)

        self.session.read(find, found, "look-up", refused=dialog.complain if dialog else None)

    # Writing

    def write(
        self, kind: str, dialog: Dialog[Any], change: Callable[[Draft], None], reason: str,
        refused: Callable[[Problem], None] | None = None,
    ) -> None:  # fmt: skip
        """Carry out what a dialog asked for. It closes when that came through, else complains."""

        def done(_: object) -> None:
            dialog.close()
            self.main_table().clear_marks()

        self.session.change(
            kind, change, reason=reason, done=done, refused=refused or dialog.complain
        )

    def _set(
        self, dialog: Dialog[Any], choice: Choice, fields: Mapping[str, str], on: date,
        reason: str, seen: Mapping[int, int],
    ) -> None:  # fmt: skip
        def change(draft: Draft) -> None:
            self.set_fields(draft, choice.ids(), fields, on, seen)

        def refused(problem: Problem) -> None:
            if isinstance(problem, Stale):
                again = partial(self._set, dialog, choice, fields, on, reason, {})
                self._ask_whose(problem, fields, dialog, again)
            else:
                dialog.complain(self._in_words(problem))

        self.write("set", dialog, change, reason, refused)

    def _in_words(self, problem: Problem) -> Problem:
        """A problem that names its field as the form does."""
        field = problem.params.get("field")
        if field not in self.form:
            return problem
        return Problem(problem.key, **problem.params | {"field": self.t(f"tui.field.{field}")})

    def _ask_whose(
        self, stale: Stale, fields: Mapping[str, str], dialog: Dialog[Any], again: Any
    ) -> None:
        def answered(anyway: bool | None) -> None:
            if anyway:
                again()
            elif anyway is None:
                dialog.complain(stale_problem(stale))
            else:
                dialog.close()

        def ask(versions: list[Version]) -> None:
            who, when = str(stale.params["who"]), moment(str(stale.params["when"])).label
            self.session.ask(StaleDialog(self.session, stale.ref, who, when, versions), answered)

        find = partial(self._versions, fields, stale.theirs)
        self.session.read(find, ask, "look-up", refused=dialog.complain)

    def _versions(self, fields: Mapping[str, str], theirs: Values) -> list[Version]:
        """In a thread: what was typed beside what stands in the store, in the user's words."""
        words = Words(self.session.ledger.reader(), self.t)
        found = []
        for name, text in fields.items():
            kept = KEPT_AS.get(name, name)
            title = self.t(f"tui.field.{name}")
            if name == "status" or name in self.choices:
                text = words.value(self.entity, name, text)
            found.append(Version(title, text, words.value(self.entity, kept, theirs.get(kept))))
        return found


def stale_problem(stale: Stale) -> Problem:
    """That somebody was faster, without the values, which have been shown already."""
    return Problem(
        "tui.dialog.stale", ref=stale.ref, who=stale.params["who"],
        when=moment(str(stale.params["when"])).label,
    )  # fmt: skip
