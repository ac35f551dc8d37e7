"""A list that is looked at beside the queue, on one programme or on all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rectify_tui.store.connection import Connection
from rectify_tui.store.references import programme_id
from rectify_tui.tui.session import Session
from rectify_tui.tui.sources.row_list import RowList
from rectify_tui.tui.widgets.table.source import Column, Row
from rectify_tui.tui.widgets.table.table import WindowTable


class SideList:
    """A table whose rows are found all at once, and the words for where it is.

    `kind` is what is listed, as the words for an empty list are found.
    """

    def __init__(self, session: Session, programme: str | None, kind: str) -> None:
        self.session = session
        self.programme = programme
        self.kind = kind
        self.table = WindowTable(id="main", markable=False)

    def show(
        self, columns: Sequence[Column], find: Callable[[Connection], Sequence[Row]],
        keep: int | None = None,
    ) -> None:  # fmt: skip
        """Find rows anew, in a thread; the cursor stays on its row, or goes to another."""
        session, table = self.session, self.table
        table.ascii = session.ascii
        table.columns = tuple(columns)
        table.empty_text = session.t(f"tui.empty_for.{self.kind}")
        table.show(RowList(lambda: find(session.ledger.reader())), keep)

    def programme_id(self, connection: Connection) -> int | None:
        """The programme by its id."""
        return programme_id(connection, self.programme) if self.programme else None

    def way(self, place: Sequence[str]) -> str:
        """The way here, for the top line."""
        t = self.session.t
        return t("tui.sign.step").join([t("keys.app.queue"), *place])

    def about(self) -> str:
        """Which programme this is about."""
        t = self.session.t
        programme = self.programme or t("weekly.all_programmes")
        return t("queue_screen.of_programme", programme=programme)
