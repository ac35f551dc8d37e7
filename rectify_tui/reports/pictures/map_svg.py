"""The map of tiles as a drawing."""

from __future__ import annotations

from collections.abc import Iterator

from rectify_tui.domain.text import shorten
from rectify_tui.reports.pictures import svg
from rectify_tui.reports.pictures.drawing import LOOKS, Tone, sign
from rectify_tui.reports.pictures.drawn_map import DrawnMap, DrawnTile
from rectify_tui.reports.pictures.figure import Level
from rectify_tui.reports.pictures.tile_map import ACROSS

_WIDE, _HIGH, _GAP = 112, 56, 4
_LEFT, _TOP = 16, 80


def map_svg(drawn: DrawnMap) -> str:
    """The map with its title and legend; each tile tells its place in full."""
    wide = _LEFT * 2 + ACROSS * (_WIDE + _GAP)
    high = _TOP + drawn.rows * (_HIGH + _GAP) + _LEFT
    return svg.drawing(wide, high, drawn.title, _parts(drawn))


def _parts(drawn: DrawnMap) -> Iterator[str]:
    named: dict[Tone, str] = {level: drawn.levels[level] for level in reversed(Level)}
    yield svg.legend(_LEFT, 44, named, drawn.measure)
    for tile in drawn.tiles:
        yield _tile(tile)


def _tile(tile: DrawnTile) -> str:
    x, y = _LEFT + tile.column * (_WIDE + _GAP), _TOP + tile.row * (_HIGH + _GAP)
    wide = tile.span * (_WIDE + _GAP) - _GAP
    level = tile.level
    figure, letters = tile.figure or "-", LOOKS[level].letters if level is not None else ""
    name = shorten(tile.short, int((wide - 16) / svg.CELL))
    mark = sign(level, ascii=False) if level is not None else ""
    return (
        svg.box(x, y, wide, _HIGH, level, f"{tile.name} {figure}")
        + svg.text(x + 8, y + 22, name, "", letters)
        + svg.text(x + 8, y + 44, mark, "", letters)
        + svg.text(x + wide - 8, y + 44, figure, "end", letters)
        + "\n"
    )
