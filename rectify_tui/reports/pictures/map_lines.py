"""The map of tiles in characters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from rectify_tui.domain.text import pad, shorten, width
from rectify_tui.i18n import Language
from rectify_tui.reports.pictures.drawing import Line, Piece, sign
from rectify_tui.reports.pictures.drawn_map import DrawnMap, DrawnTile
from rectify_tui.reports.pictures.figure import (
    AGAINST_AVERAGE,
    LITTLE_IS_GOOD,
    Level,
    level_words,
)
from rectify_tui.reports.pictures.tile_map import ACROSS, Tile, TileMap
from rectify_tui.reports.table import shown

_LEAST, _MOST = 7, 14
"""Cells of a tile with the blank behind it."""


class Style(NamedTuple):
    """How a picture is drawn: in so many cells, and whether in ASCII only."""

    cells: int = 80
    ascii: bool = False


_Half = Callable[[TileMap, Tile, Style, int, bool], str]


def tile_cells(style: Style) -> int:
    """How wide a tile is."""
    return max(_LEAST, min(_MOST, style.cells // ACROSS))


def map_lines(found: TileMap, style: Style, chosen: int | None = None) -> Iterator[Line]:
    """Two lines for each row of tiles: names, then signs and figures.

    The name of the place that is `chosen` stands between brackets.
    """
    across = max((tile.column + tile.span for tile in found.tiles), default=0)
    at = {(tile.row, column): tile for tile in found.tiles for column in _columns(tile)}
    for row in range(found.rows):
        for half in (_name, _figure):
            yield list(_half(found, style, chosen, [at.get((row, n)) for n in range(across)], half))


def _columns(tile: Tile) -> range:
    return range(tile.column, tile.column + tile.span)


def _half(
    found: TileMap, style: Style, chosen: int | None, row: list[Tile | None], half: _Half
) -> Iterator[Piece]:
    cells, done = tile_cells(style), None
    for tile in row:
        if tile is None:
            yield Piece(" " * cells)
        elif tile is not done:
            room = cells * tile.span - 1
            text = half(found, tile, style, room, tile.id == chosen)
            yield Piece(pad(text, room), tile.value.level)
            yield Piece(" ")
        done = tile


def _name(found: TileMap, tile: Tile, style: Style, room: int, chosen: bool) -> str:
    inner = _cut(found, tile, room - 2 if chosen else room, "~" if style.ascii else "…")
    return f"[{inner}]" if chosen else inner


def _cut(found: TileMap, tile: Tile, room: int, ellipsis: str) -> str:
    """The name of a tile; of names that are alike where they are cut, how they begin and end."""
    cut = shorten(tile.short, room, ellipsis)
    alike = (
        each.id != tile.id and shorten(each.short, room, ellipsis) == cut for each in found.tiles
    )
    if cut == tile.short or not tile.short.isascii() or not any(alike):
        return cut
    end = max(0, room - width(ellipsis)) // 2
    return shorten(tile.short, room - end, ellipsis) + tile.short[len(tile.short) - end :]


def _figure(found: TileMap, tile: Tile, style: Style, room: int, _: bool) -> str:
    level = tile.value.level
    if level is None:
        return pad("-", room, "right")
    mark = sign(level, ascii=style.ascii)
    text, left = found.written(tile), room - width(mark)
    if width(text) > left:
        text = text.replace(".0%", "%")
    return mark + pad(shorten(text, left, ""), left, "right")


def legend(found: TileMap, t: Language, style: Style) -> Iterator[Line]:
    """What the signs and colours of a map stand for."""
    levels = [level_words(found.figure, level, t) for level in Level]
    return level_legend(legend_head(found, t), levels, style)


def level_legend(measure: str, levels: Sequence[str], style: Style) -> Iterator[Line]:
    """What the signs of levels stand for, in as many lines as they need; the worst comes first."""
    between, line, cells = "  ", list[Piece](), 0
    named = [
        Piece(f"{sign(level, ascii=style.ascii)} {levels[level]}", level)
        for level in reversed(Level)
    ]
    for piece in [Piece(measure), *named]:
        wide = width(piece.text) + len(between)
        if line and cells + wide > style.cells:
            yield line
            line, cells = [], 0
        line += [piece, Piece(between)]
        cells += wide
    yield line


def legend_head(found: TileMap, t: Language) -> str:
    """What the levels of a map are measured by."""
    if found.figure in AGAINST_AVERAGE and found.average is None:
        return t("pictures.legend.no_average")
    if found.figure in AGAINST_AVERAGE:
        return t("pictures.legend.average", average=shown(found.average, "percent"))
    return t(f"pictures.legend.{'share' if found.figure in LITTLE_IS_GOOD else 'change'}")


def drawn_map(found: TileMap, t: Language) -> DrawnMap:
    """The map as drawings and documents have it."""
    tiles = tuple(
        DrawnTile(
            tile.name, tile.short, tile.row, tile.column, tile.span, found.written(tile),
            tile.value.level,
        )
        for tile in found.tiles
    )  # fmt: skip
    levels = tuple(level_words(found.figure, level, t) for level in Level)
    return DrawnMap(found.title(t), legend_head(found, t), levels, tiles)
