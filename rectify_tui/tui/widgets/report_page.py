"""A page of text with tables, whose first columns are held on the way sideways."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rich.text import Text
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from rectify_tui.domain.text import width

_RULE = re.compile(r"(?:(─+)(  )|(-+)(-\|-))[─| -]*")
"""The line below the titles of a table: the rule of the first column, and what follows it."""

MARGIN = 1


def held_cells(lines: Sequence[str]) -> list[int]:
    """How many cells of each line are held: the first column of a table, none of anything else.

    A table reaches from the empty line before its rule to the one after it.
    """
    held = [0] * len(lines)
    for at, line in enumerate(lines):
        rule = _RULE.fullmatch(line.strip())
        if rule is None:
            continue
        cells = sum(width(group) for group in rule.groups() if group)
        for row in _block(lines, at):
            held[row] = cells
    return held


def _block(lines: Sequence[str], at: int) -> Iterator[int]:
    first = last = at
    while first and lines[first - 1].strip():
        first -= 1
    while last + 1 < len(lines) and lines[last + 1].strip():
        last += 1
    return iter(range(first, last + 1))


class ReportPage(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows a text. Prose stays where it is; tables go sideways behind their first column."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.text = ""
        self._lines: list[str] = []
        self._held: list[int] = []

    def show(self, text: str) -> None:
        """Show another text, of which nothing steers a terminal."""
        self.text = text
        self._lines = text.splitlines()
        self._held = held_cells(self._lines)
        widest = max(map(width, self._lines), default=0)
        self.virtual_size = Size(widest + 2 * MARGIN, len(self._lines))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of what is in sight."""
        at, room = int(self.scroll_offset.y) + y, self.scrollable_content_region.width
        style = self.rich_style
        if at >= len(self._lines):
            return Strip.blank(room, style)
        held = self._held[at]
        passed = int(self.scroll_offset.x) if held else 0
        # A text without spans gives its pieces no style.
        strip = Strip(self._line(at).render(self.app.console)).apply_style(style)
        pieces = [Strip.blank(MARGIN, style)]
        if passed:
            pieces += [strip.crop(0, held), strip.crop(held + passed)]
        else:
            pieces.append(strip.apply_offsets(0, at))
        return Strip.join(pieces).adjust_cell_length(room, style).crop(0, room)

    def _line(self, at: int) -> Text:
        """A line, with what is selected of it."""
        line = Text(self._lines[at], self.rich_style, end="", no_wrap=True)
        selection = self.text_selection
        span = selection.get_span(at) if selection is not None else None
        if span is not None:
            start, end = span
            marked = self.screen.get_component_rich_style("screen--selection")
            line.stylize(marked, start, len(line) if end == -1 else end)
        return line

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw anew what is selected."""
        self.refresh()

    def scroll_half_right(self, *, animate: bool) -> None:
        """Half a screenful to the right."""
        self.scroll_relative(x=self.size.width // 2, animate=animate)

    def scroll_half_left(self, *, animate: bool) -> None:
        """Half a screenful to the left."""
        self.scroll_relative(x=-(self.size.width // 2), animate=animate)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What was selected with the mouse."""
        return selection.extract(self.text), "\n"
