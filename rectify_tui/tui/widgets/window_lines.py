"""The lines of a table: a fixed header, the rows in sight, or a notice where there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from textual.cache import LRUCache
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from rectify_tui.tui.widgets.window_cache import PageCache
from rectify_tui.tui.widgets.window_columns import Place, place_columns
from rectify_tui.tui.widgets.window_draw import (
    ASCII,
    FANCY,
    GUTTER,
    Glyphs,
    RowLook,
    header_strip,
    hole_strip,
    notice_strip,
    row_strip,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.geometry import Size

    from rectify_tui.tui.widgets.window_source import Column, Row

HEADER = 1
LINES_KEPT = 512


class WindowLines(ScrollView, can_focus=True, inherit_bindings=False):
    """The drawing part of `WindowTable`."""

    ALLOW_SELECT: ClassVar[bool] = False

    columns: reactive[tuple[Column, ...]] = reactive(())
    """The columns from left to right."""
    sort: reactive[tuple[str, bool] | None] = reactive(None)
    """Key of the column that orders the rows, and whether it descends; only a sign."""
    ascii: reactive[bool] = reactive(False)
    """Draw with ASCII signs only."""
    empty_text: reactive[str] = reactive("")
    """Lines in the middle when the source has no rows."""
    loading_text: reactive[str] = reactive("")
    """Lines in the middle while the first source is being read; an ellipsis when empty."""
    total: reactive[int] = reactive(0, repaint=False)
    """How many rows the source has."""
    busy: reactive[bool] = reactive(False, repaint=False)
    """Whether a source is being read for `show`, `reload` or `move_to`."""

    def __init__(
        self, columns: Sequence[Column], name: str | None, id_: str | None, classes: str | None
    ) -> None:
        super().__init__(name=name, id=id_, classes=classes)
        self.set_reactive(WindowLines.columns, tuple(columns))
        self._cursor = 0
        self._loaded = False
        self._cache = PageCache()
        self._lines: LRUCache[tuple[object, ...], Strip] = LRUCache(LINES_KEPT)

    @property
    def _top(self) -> int:
        return int(self.scroll_offset.y)

    @property
    def _height(self) -> int:
        """How many rows are visible, 0 before the first layout."""
        return max(0, self.scrollable_content_region.height - HEADER)

    def _redraw(self, index: int) -> None:
        if self._top <= index < self._top + self._height:
            self.refresh_line(index + HEADER)

    def watch_ascii(self) -> None:
        """Draw every line anew."""
        self._lines.clear()

    def watch_columns(self) -> None:
        """Draw every line anew."""
        self._lines.clear()

    def notify_style_update(self) -> None:
        """Draw every line anew with the new styles."""
        super().notify_style_update()
        self._lines.clear()

    @property
    def _glyphs(self) -> Glyphs:
        return ASCII if self.ascii else FANCY

    def _places(self, width: int) -> tuple[Place, ...]:
        return place_columns(self.columns, max(0, width - GUTTER))

    def _look(self, name: str) -> Style:
        """The style of a component class to lay over a row's, without colours it does not set."""
        own = self.get_component_rich_style(name, partial=True, default=Style.null())
        full = self.get_component_rich_style(name, default=own)
        return own.without_color + Style(
            color=full.color if own.color else None, bgcolor=full.bgcolor if own.bgcolor else None
        )

    def _is_marked(self, index: int, row: Row | None) -> bool:
        return False

    def render_line(self, y: int) -> Strip:
        """The header, a row, or a line of the notice that stands where there are no rows."""
        width = self.scrollable_content_region.width
        if y < HEADER:
            style = self.get_component_rich_style("window-table--header")
            return header_strip(self._places(width), self.sort, style, self._glyphs, width)
        index = self._top + y - HEADER
        if index < self.total:
            return self._row_line(index, width)
        return self._blank_line(y, width)

    def _row_line(self, index: int, width: int) -> Strip:
        row = self._cache.get(index)
        cursor, marked = index == self._cursor, self._is_marked(index, row)
        key = (index, row is None, cursor, marked, width)
        strip = self._lines.get(key)
        if strip is None:
            look, places = self._row_look(row, cursor, marked), self._places(width)
            if row is None:
                strip = hole_strip(places, look, self._glyphs, width)
            else:
                strip = row_strip(row, places, look, self._glyphs, width)
            self._lines[key] = strip
        return strip

    def _row_look(self, row: Row | None, cursor: bool, marked: bool) -> RowLook:
        if cursor:
            style = self._cursor_style()
            if row and row.style:
                style += self._look(row.style).without_color
            return RowLook(style, self._tone_under_cursor, cursor, marked)
        style = self.rich_style
        if row is None:
            style += self._look("window-table--dim")
        elif row.style:
            style += self._look(row.style)
        if marked:
            style += self._look("window-table--marked")
        return RowLook(style, self._tone, cursor, marked)

    def _cursor_style(self) -> Style:
        """The style of the cursor; with focus in reverse, so that it shows without colours too."""
        style = self.get_component_rich_style("window-table--cursor")
        if not self.has_focus:
            return style
        return style.without_color + Style(color=style.bgcolor, bgcolor=style.color, reverse=True)

    def _tone(self, tone: str) -> Style:
        return self._look(f"window-table--{tone}")

    def _tone_under_cursor(self, tone: str) -> Style:
        return self._tone(tone).without_color

    def _notice(self) -> list[str]:
        """The lines to read where there are no rows."""
        if self._loaded:
            return self.empty_text.splitlines()
        if self.busy:
            return (self.loading_text or ("..." if self.ascii else "…")).splitlines()
        return []

    def _blank_line(self, y: int, width: int) -> Strip:
        style = self.rich_style
        lines = [] if self.total else self._notice()
        at = y - HEADER - max(0, (self._height - len(lines)) // 2)
        if not 0 <= at < len(lines):
            return Strip.blank(width, style)
        return notice_strip(lines[at], style + self._look("window-table--dim"), self._glyphs, width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Lines for a table as high as what it shows."""
        return HEADER + (self.total or len(self._notice()))
