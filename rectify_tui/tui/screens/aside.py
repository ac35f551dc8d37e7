"""A list that is looked at beside the queue, and left again."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from rectify_tui.store.connection import Connection
from rectify_tui.store.references import programme_id
from rectify_tui.tui.keys import bindings
from rectify_tui.tui.session import Session
from rectify_tui.tui.sources.found import FoundSource
from rectify_tui.tui.view import LedgerView
from rectify_tui.tui.widgets.table.messages import Chosen
from rectify_tui.tui.widgets.table.source import Column, Row
from rectify_tui.tui.widgets.table.table import WindowTable


class AsideScreen(LedgerView):
    """One table on a programme, or on all of them."""

    AUTO_FOCUS = "#main"
    BINDINGS: ClassVar[list[BindingType]] = bindings("table", "aside")

    def __init__(self, session: Session, programme: str | None) -> None:
        super().__init__(session)
        self.programme = programme

    @abstractmethod
    def columns(self) -> tuple[Column, ...]:
        """The table's columns."""

    @abstractmethod
    def find(self, connection: Connection) -> Sequence[Row]:
        """The table's rows. Called in a thread."""

    @abstractmethod
    def place(self) -> Sequence[str]:
        """The way here, for the top line."""

    @abstractmethod
    def choose(self, key: int) -> None:
        """Open a row."""

    def body(self) -> ComposeResult:
        """The table."""
        yield WindowTable(id="main", markable=False)

    def main_table(self) -> WindowTable:
        """The table."""
        return self.query_one("#main", WindowTable)

    def renew(self) -> None:
        """Find the rows anew; the cursor stays on its row."""
        self.show_rows(None)

    def show_rows(self, keep: int | None) -> None:
        """Find the rows anew, with the cursor on one of them."""
        table = self.main_table()
        table.ascii = self.session.ascii
        table.columns = self.columns()
        table.empty_text = self.t("report.nothing")
        table.show(FoundSource(lambda: self.find(self.session.ledger.reader())), keep)
        self.retitle()

    def programme_id(self, connection: Connection) -> int | None:
        """The programme by its id."""
        return programme_id(connection, self.programme) if self.programme else None

    def retitle(self) -> None:
        """Tell the way here."""
        parts = [self.t("keys.app.behind"), *self.place()]
        self.show_top(self.t("tui.sign.step").join(parts))
        self.show_state()

    def state(self) -> str:
        """Which programme this is about."""
        programme = self.programme or self.t("weekly.all_programmes")
        return self.t("behind_screen.of_programme", programme=programme)

    def on_window_table_chosen(self, event: Chosen) -> None:
        """Enter opens a row."""
        self.choose(event.key)

    def action_choose(self) -> None:
        """Open the row under the cursor."""
        self.main_table().action_choose()

    def action_leave(self) -> None:
        """Back to the queue."""
        self.app.pop_screen()

    def action_turn_by(self) -> None:
        """Lines of another kind, where there are several kinds."""
