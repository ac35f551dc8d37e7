"""A short list of the items that are behind, under its own title."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from rectify_tui.domain.filter import ITEM_FIELDS, parse_filter
from rectify_tui.store.items import ItemList
from rectify_tui.store.listing import ListQuery
from rectify_tui.tui.session import Session
from rectify_tui.tui.sources.items import SHORT_COLUMNS
from rectify_tui.tui.sources.records import RecordSource
from rectify_tui.tui.widgets.table.table import WindowTable


def behind_filter(filter_text: str) -> str:
    """A filter, and of what it leaves what is behind."""
    return f"{filter_text} group:behind".strip()


class BehindList:
    """The items under a filter that are behind, the most urgent first."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.title = Static(id="behind-title")
        self.table = WindowTable(id="behind", markable=False, titled=False)
        self._name = ""

    def widgets(self) -> Iterable[Widget]:
        """The title and the table."""
        return self.title, self.table

    def show(self, filter_text: str, name: str, empty: str) -> None:
        """Show what is behind under a filter, which has a name; `empty` is said of nothing."""
        session, table = self.session, self.table
        t = session.t
        table.ascii = session.ascii
        table.columns = tuple(column.column(t) for column in SHORT_COLUMNS)
        table.empty_text = empty
        text = behind_filter(filter_text)
        filter = parse_filter(text, ITEM_FIELDS, today=session.today, lenient=True)
        listing = ItemList(session.ledger, ListQuery(filter, order="due", as_of=session.as_of))
        table.show(RecordSource(listing, SHORT_COLUMNS, t, ascii=session.ascii))
        self._name = name

    def retitle(self) -> None:
        """Say how many there are, and how many of them are seen."""
        n, shown = self.table.total, self.table.size.height
        key = "tui.behind_in" if n <= shown else "tui.behind_some"
        text = self.session.t(key, name=self._name, n=n, shown=shown)
        if text != str(self.title.content):
            self.title.update(Content(text), layout=False)
