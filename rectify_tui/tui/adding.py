"""Adding an item or a case: a form of all that can be said of one when it is entered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rectify_tui.domain.fields import DAYS
from rectify_tui.domain.reference import read_programme_code
from rectify_tui.errors import Problem
from rectify_tui.reports import labels
from rectify_tui.reports.fields import title
from rectify_tui.store.commands.records import next_number
from rectify_tui.store.draft import Draft
from rectify_tui.store.ledger import Receipt
from rectify_tui.store.programmes import programmes
from rectify_tui.store.references import programme_id
from rectify_tui.tui.dialogs.form import FormDialog, FormResult
from rectify_tui.tui.editable import Editable
from rectify_tui.tui.session import Session
from rectify_tui.tui.sources.typed import read_typed

PROGRAMME, NUMBER, SOURCE = "programme", "number", "source"


@dataclass(frozen=True)
class _Beginning:
    """What the form begins with: the only programme, or that of the list, and its next number."""

    code: str
    number: str


class Adding:
    """Asks for a record, and adds it in a batch of its own; `added` gets its id afterwards.

    `programme` says of which one all rows of the list are, None where there are several.
    """

    def __init__(
        self, session: Session, editable: Editable, programme: Callable[[], str | None],
        added: Callable[[int], None],
    ) -> None:  # fmt: skip
        self.session = session
        self.editable = editable
        self._programme = programme
        self._added = added

    def begin(self) -> None:
        """Ask for everything that may be said of a new record."""
        session, t, editable = self.session, self.session.t, self.editable
        fields = {field.name: title(field, t) for field in editable.addable}
        own = {PROGRAMME: t("report.by.programme"), NUMBER: labels.title(t, NUMBER)}
        source = {SOURCE: labels.title(t, SOURCE)} if SOURCE not in fields else {}
        days = {field.name for field in editable.addable if field.kind in DAYS}
        dialog = FormDialog(
            session, "", own | fields | source, days, lambda result: self._add(dialog, result),
            waiting=True, key=f"tui.adding.{editable.entity}", hint=t("tui.adding.hint"),
        )  # fmt: skip
        session.ask(dialog)

        def begun(beginning: _Beginning) -> None:
            dialog.fill("", {PROGRAMME: beginning.code, NUMBER: beginning.number}, first="problem")

        session.read(self._beginning, begun, "adding", refused=dialog.complain)

    def _beginning(self) -> _Beginning:
        """In a thread: the programme that is meant, and the number that follows its last."""
        connection = self.session.ledger.reader()
        codes = [each.code for each in programmes(connection)]
        if not codes:
            raise Problem("importing.no_programmes")
        code = self._programme() or (codes[0] if len(codes) == 1 else "")
        number = ""
        if code and self.editable.counts_up:
            id = programme_id(connection, code)
            number = next_number(connection, self.editable.entity, id)
        return _Beginning(code, number)

    def _add(self, dialog: FormDialog, result: FormResult) -> None:
        session, t, editable = self.session, self.session.t, self.editable
        typed = {name: dialog.value(f"field-{name}") for name in (PROGRAMME, NUMBER)}
        ids: list[int] = []
        try:
            fields = {
                name: read_typed(t, editable.fields[name], text)
                for name, text in result.values.items()
                if name not in (PROGRAMME, NUMBER, SOURCE)
            }
        except Problem as problem:
            dialog.complain(problem)
            return

        def change(draft: Draft) -> None:
            programme = programme_id(draft.connection, read_programme_code(typed[PROGRAMME]))
            source = result.values.get(SOURCE) or None
            ids.append(
                editable.add(draft, programme, typed[NUMBER], fields, on=result.on, source=source)
            )

        def done(_: Receipt) -> None:
            dialog.close()
            self._added(ids[-1])

        session.change("add", change, reason=result.reason, done=done, refused=dialog.complain)
