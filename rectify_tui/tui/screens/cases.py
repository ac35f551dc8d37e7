"""The list of cases."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType

from rectify_tui.domain.fields import CASE as FIELDS
from rectify_tui.domain.filter_fields import CASE_FIELDS
from rectify_tui.reports.words import Words
from rectify_tui.store.cases import CaseList, case_rows
from rectify_tui.store.connection import Connection
from rectify_tui.store.log import record_log
from rectify_tui.store.records import CASE
from rectify_tui.tui.detail import case_text
from rectify_tui.tui.editable import EDITABLE_CASES
from rectify_tui.tui.handling import Handling
from rectify_tui.tui.keys import bindings
from rectify_tui.tui.screens.records import Records, RecordsScreen
from rectify_tui.tui.session import Session
from rectify_tui.tui.sources.cases import CASE_COLUMNS
from rectify_tui.tui.sources.sums import case_sums


class CasesScreen(RecordsScreen):
    """Cases: filter, mark, close, split, share, edit."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("cases")

    def __init__(self, session: Session) -> None:
        cases = Records(
            session, CASE_FIELDS, FIELDS.orders, "tui.filter_hint.cases", CASE_COLUMNS,
            CaseList, _page_text, case_sums,
        )  # fmt: skip
        super().__init__(session, "keys.app.cases", cases, EDITABLE_CASES)
        self.handling = Handling(session, self.pane.chosen, self.editor, self.filter_text)

    def action_handle(self) -> None:
        """Ask what is to be done with the chosen cases."""
        self.handling.begin()


def _page_text(session: Session, connection: Connection, key: int, _: int) -> Text | None:
    """In a thread: everything about a case, with its history."""
    rows = case_rows(connection, [key], as_of=session.as_of)
    if not rows:
        return None
    return case_text(Words(connection, session.t), rows[0], record_log(connection, CASE, key))
