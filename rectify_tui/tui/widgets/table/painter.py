"""The lines of a table as it draws them, in the styles that the style sheet gives it."""

from __future__ import annotations

from typing import NamedTuple

from rich.style import Style
from textual.cache import LRUCache
from textual.strip import Strip
from textual.widget import Widget

from rectify_tui.tui.widgets.table.columns import Place
from rectify_tui.tui.widgets.table.draw import (
    Glyphs,
    RowLook,
    header_strip,
    hole_strip,
    notice_strip,
    row_strip,
)
from rectify_tui.tui.widgets.table.source import Row

LINES_KEPT = 512


class Layout(NamedTuple):
    """How a line is laid out: where its columns stand, with which signs, in how many cells.

    The line itself has `cells`, those among them that lie under a scroll bar. `passed` says that
    there are columns to the left of those that are seen.
    """

    places: tuple[Place, ...]
    glyphs: Glyphs
    width: int
    cells: int
    passed: bool = False


class Painter:
    """Draws lines in the styles of a widget, and keeps those that it has drawn.

    Scrolling and moving the cursor ask for the same lines again and again, and looking up styles
    costs more than anything else. Whoever changes rows, columns or styles calls `forget`.
    """

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._lines: LRUCache[tuple[object, ...], Strip] = LRUCache(LINES_KEPT)
        self._styles: dict[str, Style] = {}

    def forget(self) -> None:
        """Draw every line anew."""
        self._lines.clear()
        self._styles.clear()

    def header(self, layout: Layout, sort: tuple[str, bool] | None) -> Strip:
        """The line of titles."""
        style = self._widget.get_component_rich_style("window-table--header")
        strip = header_strip(
            layout.places, sort, style, layout.glyphs, layout.width, passed=layout.passed
        )
        return strip.adjust_cell_length(layout.cells, style)

    def row(
        self, index: int, row: Row | None, layout: Layout, *, cursor: bool, marked: bool
    ) -> Strip:
        """The line of the row at an index, None where it is not read yet."""
        key = (index, row is None, cursor, marked, layout.width, layout.cells)
        strip = self._lines.get(key)
        if strip is None:
            look = self._look(row, cursor=cursor, marked=marked)
            if row is None:
                strip = hole_strip(layout.places, look, layout.glyphs, layout.width)
            else:
                strip = row_strip(row, layout.places, look, layout.glyphs, layout.width)
            strip = self._lines[key] = strip.adjust_cell_length(layout.cells, look.style)
        return strip

    def notice(self, text: str, layout: Layout) -> Strip:
        """A line of text where there are no rows."""
        style = self._own + self._overlay("window-table--dim")
        strip = notice_strip(text, style, layout.glyphs, layout.width)
        return strip.adjust_cell_length(layout.cells, style)

    def blank(self, layout: Layout) -> Strip:
        """A line with nothing on it."""
        strip = self._lines.get((layout.cells,))
        if strip is None:
            strip = self._lines[layout.cells,] = Strip.blank(layout.cells, self._own)
        return strip

    def _look(self, row: Row | None, *, cursor: bool, marked: bool) -> RowLook:
        if cursor:
            style = self._cursor_style()
            if row and row.style:
                style += self._overlay(row.style).without_color
            return RowLook(style, self._tone_under_cursor, cursor, marked)
        style = self._own
        if row is None:
            style += self._overlay("window-table--dim")
        elif row.style:
            style += self._overlay(row.style)
        if marked:
            style += self._overlay("window-table--marked")
        return RowLook(style, self._tone, cursor, marked)

    def _cursor_style(self) -> Style:
        """The style of the cursor; with focus in reverse, so that it shows without colours too."""
        style = self._widget.get_component_rich_style("window-table--cursor")
        if not self._widget.has_focus:
            return style
        return style.without_color + Style(color=style.bgcolor, bgcolor=style.color, reverse=True)

    def _tone(self, tone: str) -> Style:
        return self._overlay(f"window-table--{tone}")

    def _tone_under_cursor(self, tone: str) -> Style:
        return self._tone(tone).without_color

    def _overlay(self, name: str) -> Style:
        """The style of a component class to lay over a row's, without colours it does not set."""
        if name not in self._styles:
            get_style = self._widget.get_component_rich_style
            own = get_style(name, partial=True, default=Style.null())
            full = get_style(name, default=own)
            self._styles[name] = own.without_color + Style(
                color=full.color if own.color else None,
                bgcolor=full.bgcolor if own.bgcolor else None,
            )
        return self._styles[name]

    @property
    def _own(self) -> Style:
        """The widget's own style."""
        if "" not in self._styles:
            self._styles[""] = self._widget.rich_style
        return self._styles[""]
