"""A short list of the items that are behind, under its own title."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from rectify_tui.domain.filter_fields import ITEM_FIELDS
from rectify_tui.domain.filter_text import parse_filter
from rectify_tui.domain.text import shorten, width
from rectify_tui.store.items import ItemList
from rectify_tui.store.listing import ListQuery
from rectify_tui.tui.session import Session
from rectify_tui.tui.sources.items import SHORT_COLUMNS
from rectify_tui.tui.sources.records import RecordSource, RowStyle
from rectify_tui.tui.widgets.table.table import WindowTable

_NAME = 12
"""Cells that a name keeps in the title, however little room there is."""


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
        self._rows: RecordSource | None = None

    def widgets(self) -> Iterable[Widget]:
        """The title and the table."""
        return self.title, self.table

    def show(self, filter_text: str, name: str, empty: str) -> None:
        """Show what is behind under a filter, which has a name; `empty` is said of nothing."""
        session, table = self.session, self.table
        t = session.t
        table.ascii = session.ascii
        table.empty_text = empty
        text = behind_filter(filter_text)
        filter = parse_filter(text, ITEM_FIELDS, today=session.today, lenient=True)
        listing = ItemList(session.ledger, ListQuery(filter, order="due", as_of=session.as_of))
        style = RowStyle(t, session.day, session.ascii)
        self._rows = RecordSource(listing, SHORT_COLUMNS, style)
        table.show(self._rows)
        self._name = name

    def loaded(self) -> None:
        """Lay out the columns for what is on the screen now."""
        single = self._rows is not None and self._rows.programme is not None
        t = self.session.t
        self.table.columns = tuple(column.column(t, single=single) for column in SHORT_COLUMNS)
        self.retitle()

    def retitle(self) -> None:
        """Say how many there are, and how many of them are seen."""
        n, shown = self.table.total, self.table.size.height
        key = "tui.behind_in" if n <= shown else "tui.behind_some"
        t = self.session.t
        programme = self._rows.programme if n and self._rows is not None else None
        text = self._worded(key, n, shown, self._name, programme)
        if (over := width(text) - self.title.size.width + 2) > 0:
            name = shorten(self._name, max(_NAME, width(self._name) - over), t("tui.sign.cut"))
            text = self._worded(key, n, shown, name, programme)
        if text != str(self.title.content):
            self.title.update(Content(text), layout=False)

    def _worded(self, key: str, n: int, shown: int, name: str, programme: str | None) -> str:
        t = self.session.t
        text = t(key, name=name, n=n, shown=shown)
        # A line of the overview by programme has the code in its name.
        if programme and not name.startswith(programme):
            text = t("tui.of_programme", text=text, programme=programme)
        return text
