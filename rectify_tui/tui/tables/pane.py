"""A table of a report as screens hold it: what stands above it, its rows, one of them whole."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from rectify_tui.domain.text import clean
from rectify_tui.domain.wrapping import wrapped
from rectify_tui.tui.list_pane import ListPane
from rectify_tui.tui.page import PageText
from rectify_tui.tui.session import Session
from rectify_tui.tui.sources.row_list import RowList
from rectify_tui.tui.tables.drawing import Drawn
from rectify_tui.tui.tables.model import Shown
from rectify_tui.tui.widgets.filter_line import FilterLine
from rectify_tui.tui.widgets.table.source import Cell, Column, Row

_PARTS = 2
"""Texts above a table at most: they stand beside each other where there is room."""


class TablePane(ListPane):
    """Draws what was read for a page, finds words in its rows, and shows one row whole."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, markable=False, hides=True)
        self.shown: Shown | None = None
        self._rows: Sequence[Row] = ()
        self._above = [Static(classes="part") for _ in range(_PARTS)]

    def compose(self) -> ComposeResult:
        """What stands above, and the list."""
        with VerticalScroll(id="above", can_focus=False):
            yield from self._above
        yield from super().compose()

    def show(self, drawn: Drawn, empty_text: str, keep: int | None) -> None:
        """Show what was read, with the cursor on a row."""
        self.shown, self._rows = drawn.shown, drawn.rows
        self._put(drawn.columns, empty_text, drawn.shown.above, keep)

    def show_list(self, columns: tuple[Column, ...], rows: Sequence[Row], keep: int | None) -> None:
        """Show rows that are no report's."""
        self.shown, self._rows = None, rows
        self._put(columns, self.t("report.nothing"), (), keep)

    def _put(
        self, columns: tuple[Column, ...], empty_text: str, above: Sequence[Text],
        keep: int | None,
    ) -> None:  # fmt: skip
        """Draw what there is to see."""
        table = self.table
        table.ascii = self.session.ascii
        table.columns = columns
        table.empty_text = wrapped(empty_text, max(20, self.size.width - 4))
        for place, part in enumerate(self._above):
            part.update(above[place] if place < len(above) else "")
            part.display = place < len(above)
        self.set_class(bool(above), "headed")
        self.set_class(len(above) > 1, "twofold")
        self._find(self.filter_line.value, keep)

    def clear(self) -> None:
        """Give up a search."""
        self.filter_line.put("")
        self.remove_class("finding")

    # Finding

    def on_filter_line_typed(self, event: FilterLine.Typed) -> None:
        """Find as the user types."""
        event.stop()
        self._find(event.text, None)

    def on_filter_line_entered(self, event: FilterLine.Entered) -> None:
        """Enter goes to the rows."""
        event.stop()
        self._find(event.text, None)
        self.table.focus()

    def _find(self, text: str, keep: int | None) -> None:
        words = clean(text).casefold().split()
        found = [row for row in self._rows if all(word in _words(row) for word in words)]
        self.table.show(RowList(lambda: found), keep)
        self.show_page()

    # One row

    def on_window_table_loaded(self) -> None:
        """Show the row that the cursor is on now."""
        self.show_page()

    def on_window_table_moved(self) -> None:
        """Follow the cursor with the page."""
        self.show_page()

    def show_page(self) -> None:
        """Show the row under the cursor whole."""
        key = self.table.cursor_key
        if not self.page_shown:
            return
        if key is None or key >= len(self._rows):
            self.page.show(None, None)
            return
        page = PageText(self.t, self.room, ascii=self.session.ascii)
        for column in self.table.columns:
            cell = self._rows[key].cells.get(column.key)
            if isinstance(cell, Cell):
                page.pair(column.title, cell.text)
        self.page.show(page.text, key)

    def action_scroll_detail(self, screens: float) -> None:
        """Scroll the row, or else what stands above the rows."""
        if self.page_shown:
            super().action_scroll_detail(screens)
        else:
            above = self.query_one("#above", VerticalScroll)
            above.scroll_relative(y=screens * max(1, above.size.height - 1), animate=False)


def _words(row: Row) -> str:
    return " ".join(cell.text for cell in row.cells.values() if isinstance(cell, Cell)).casefold()
