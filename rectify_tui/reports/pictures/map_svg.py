"""The map of tiles as a drawing."""

from __future__ import annotations

from collections.abc import Iterator

from rectify_tui.domain.text import shorten
from rectify_tui.i18n import Language
from rectify_tui.reports.pictures import svg
from rectify_tui.reports.pictures.drawing import LOOKS, Tone, sign
from rectify_tui.reports.pictures.figure import Level
from rectify_tui.reports.pictures.map_lines import legend_head, level_words
from rectify_tui.reports.pictures.tile_map import ACROSS, Tile, TileMap

_WIDE, _HIGH, _GAP = 112, 56, 4
_LEFT, _TOP = 16, 80


def map_svg(found: TileMap, t: Language) -> str:
    """The map with its title and legend; each tile tells its place in full."""
    wide = _LEFT * 2 + ACROSS * (_WIDE + _GAP)
    high = _TOP + found.rows * (_HIGH + _GAP) + _LEFT
    return svg.drawing(wide, high, found.title(t), _parts(found, t))


def _parts(found: TileMap, t: Language) -> Iterator[str]:
    named: dict[Tone, str] = {
        level: level_words(found.figure, level, t) for level in reversed(Level)
    }
    yield svg.legend(_LEFT, 44, named, legend_head(found, t))
    for tile in found.tiles:
        yield _tile(found, tile)


def _tile(found: TileMap, tile: Tile) -> str:
    x, y = _LEFT + tile.column * (_WIDE + _GAP), _TOP + tile.row * (_HIGH + _GAP)
    wide = tile.span * (_WIDE + _GAP) - _GAP
    level = tile.value.level
    figure, letters = found.written(tile) or "-", LOOKS[level].letters if level is not None else ""
    name = shorten(tile.short, int((wide - 16) / svg.CELL))
    mark = sign(level, ascii=False) if level is not None else ""
    return (
        svg.box(x, y, wide, _HIGH, level, f"{tile.name} {figure}")
        + svg.text(x + 8, y + 22, name, "", letters)
        + svg.text(x + 8, y + 44, mark, "", letters)
        + svg.text(x + wide - 8, y + 44, figure, "end", letters)
        + "\n"
    )
