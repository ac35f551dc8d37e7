"""Lines of a table as strips of styled text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from rectify_tui.domain.shares import shares
from rectify_tui.domain.text import clean, pad, shorten
from rectify_tui.tui.widgets.table.columns import Place
from rectify_tui.tui.widgets.table.source import Align, Bar, Cell, Row

GUTTER = 2


class Glyphs(NamedTuple):
    """The signs of a table."""

    cursor: str
    mark: str
    hole: str
    ellipsis: str
    ascending: str
    descending: str
    more_left: str
    more_right: str


FANCY = Glyphs("▌", "✓", "·", "…", "▲", "▼", "«", "»")
ASCII = Glyphs(">", "*", ".", "~", "^", "v", "<", ">")


class RowLook(NamedTuple):
    """How a row is drawn: its own style, the style a tone has, and the signs before it."""

    style: Style
    tone: Callable[[str], Style]
    cursor: bool
    marked: bool


def fit(text: str, cells: int, align: Align, glyphs: Glyphs) -> str:
    """Text that takes exactly so many cells, on one line, with nothing in it to steer a terminal.

    Sources hand out cleaned text; what has line ends or slipped through is cleaned here.
    """
    text = text[: 2 * cells + 2]
    if not text.isprintable():
        text = clean(text)
    return pad(shorten(text, cells, glyphs.ellipsis), cells, align)


def header_strip(
    places: Sequence[Place], sort: tuple[str, bool] | None, style: Style, glyphs: Glyphs,
    width: int, *, passed: bool = False,
) -> Strip:  # fmt: skip
    """The line of titles, with a sign at the column that orders the rows.

    Where columns were `passed` on the way to the right, the gutter says that there are some.
    """
    pieces = [pad(glyphs.more_left if passed else "", GUTTER)]
    for place in places:
        column = place.column
        title = column.title
        if sort and sort[0] == column.key:
            sign = glyphs.descending if sort[1] else glyphs.ascending
            title = shorten(title, place.width - 1, glyphs.ellipsis) + sign
        pieces += [fit(title, place.width, column.align, glyphs), " "]
    return Strip([Segment("".join(pieces), style)]).adjust_cell_length(width, style)


def row_strip(
    row: Row, places: Sequence[Place], look: RowLook, glyphs: Glyphs, width: int
) -> Strip:
    """The line of one row."""
    segments = [Segment(_gutter(look, glyphs), look.style)]
    for place in places:
        cell = row.cells.get(place.column.key, "")
        if isinstance(cell, Bar):
            segments += [*_bar(cell, place.width, look), Segment(" ", look.style)]
            continue
        if isinstance(cell, str):
            cell = Cell(cell)
        text = fit(cell.text, place.width, cell.align or place.column.align, glyphs)
        style = look.style + look.tone(cell.tone) if cell.tone else look.style
        segments += [Segment(text, style), Segment(" ", look.style)]
    return Strip(segments).adjust_cell_length(width, look.style)


def _bar(bar: Bar, width: int, look: RowLook) -> list[Segment]:
    """A bar as wide as its place; what there is any of takes a cell at least."""
    parts = [part for part in bar.parts if part[0]]
    if not parts or width < len(parts):
        return [Segment(" " * width, look.style)]
    cells = shares([n for n, _, _ in parts], width, least=1)
    return [
        Segment(sign * n, look.style + look.tone(tone) if tone else look.style)
        for n, (_, sign, tone) in zip(cells, parts, strict=True)
    ]


def hole_strip(places: Sequence[Place], look: RowLook, glyphs: Glyphs, width: int) -> Strip:
    """The line of a row that is not read yet: a dot in every column."""
    pieces = [_gutter(look, glyphs)]
    for place in places:
        pieces += [pad(glyphs.hole, place.width, place.column.align)[: place.width], " "]
    return Strip([Segment("".join(pieces), look.style)]).adjust_cell_length(width, look.style)


def notice_strip(text: str, style: Style, glyphs: Glyphs, width: int) -> Strip:
    """A line of plain text in the middle."""
    text = fit(text, width, "left", glyphs).rstrip(" ")
    left = " " * ((width - Strip([Segment(text)]).cell_length) // 2)
    return Strip([Segment(left + text, style)]).adjust_cell_length(width, style)


def _gutter(look: RowLook, glyphs: Glyphs) -> str:
    return (glyphs.cursor if look.cursor else " ") + (glyphs.mark if look.marked else " ")
