"""The map of tiles and the strips of weeks in a document, made of the cells of tables: sharp at
any size.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rectify_tui.reports.pictures.drawing import LOOKS, sign
from rectify_tui.reports.pictures.drawn_map import DrawnMap, DrawnTile
from rectify_tui.reports.pictures.drawn_weeks import Heat
from rectify_tui.reports.pictures.figure import Level
from rectify_tui.reports.pictures.tile_map import ACROSS
from rectify_tui.reports.table import shown
from rectify_tui.reports.weekly.render import words
from rectify_tui.reports.weekly.render.paper import element

# Twips, but for the frame, which is in eighths of a point.
_HIGH, _LOW = 720, 250
_NAME, _NEWEST = 1100, 760
_FRAME = 8
_STYLE = "DenseTableText"


def tile_table(drawn: DrawnMap, room: int) -> Any:
    """The tiles in their places, in a table as wide as a room in twips."""
    wide = room // ACROSS
    table = _table([wide] * ACROSS)
    for row in range(drawn.rows):
        tiles = {tile.column: tile for tile in drawn.tiles if tile.row == row}
        table.append(_row(_HIGH, _tiles(tiles, wide)))
    return table


def heat_table(found: Heat, room: int) -> Any:
    """A row for each place: its name, a cell for each week with its sign, and the newest figure."""
    cell = (room - _NAME - _NEWEST) // len(found.weeks)
    wide = [_NAME, *(cell for _ in found.weeks), _NEWEST]
    table = _table(wide)
    ends = (found.weeks[0], "left"), (found.weeks[-1], "right")
    half = len(found.weeks) // 2
    spans = (half, len(found.weeks) - half)
    dates = [
        _cell(cell * span, _paragraph(_run(day.isoformat()), align=align), span=span)
        for span, (day, align) in zip(spans, ends, strict=True)
    ]
    table.append(_row(_LOW, [_cell(_NAME, _paragraph()), *dates, _cell(_NEWEST, _paragraph())]))
    for strip in found.strips:
        newest = words.line(shown(strip.values[-1].number, found.kind)) or "-"
        cells = [_cell(_NAME, _paragraph(_run(words.line(strip.short)), align="left"))]
        cells += [_level_cell(cell, value.level) for value in strip.values]
        cells.append(_cell(_NEWEST, _paragraph(_run(newest), align="right")))
        table.append(_row(_LOW, cells))
    return table


def _level_cell(wide: int, level: Level | None) -> Any:
    letters, mark = "", ""
    if level is not None:
        letters, mark = LOOKS[level].letters, sign(level, ascii=False)
    return _cell(wide, _paragraph(_run(mark, letters)), ground=_ground(level))


def legend_runs(measure: str, levels: Sequence[str]) -> Iterator[Any]:
    """What the colours and signs stand for, the best first."""
    yield _run(f"{words.line(measure)}  ")
    for level in reversed(Level):
        look = LOOKS[level]
        yield _run(f" {sign(level, ascii=False)} ", look.letters, look.ground)
        yield _run(f" {words.line(levels[level])}  ")


def _tiles(tiles: Mapping[int, DrawnTile], wide: int) -> Iterator[Any]:
    column = 0
    while column < ACROSS:
        tile = tiles.get(column)
        yield _tile(tile, wide) if tile else _cell(wide, _paragraph())
        column += tile.span if tile else 1


def _tile(tile: DrawnTile, wide: int) -> Any:
    letters, mark = "", ""
    if tile.level is not None:
        letters, mark = LOOKS[tile.level].letters, sign(tile.level, ascii=False)
    lines = words.line(tile.short), f"{mark} {words.line(tile.figure) or '-'}".strip()
    paragraphs = [_paragraph(_run(text, letters)) for text in lines]
    return _cell(wide * tile.span, *paragraphs, span=tile.span, ground=_ground(tile.level))


def _ground(level: Level | None) -> str:
    return LOOKS[level].ground if level is not None else "#F4F5F7"


# --- tables of such cells ---


def _table(wide: Sequence[int]) -> Any:
    margins = (element(side, w=0, type="dxa") for side in ("left", "right"))
    return element(
        "tbl",
        element(
            "tblPr", element("tblW", w=sum(wide), type="dxa"), element("jc", val="center"),
            element("tblLayout", type="fixed"), element("tblCellMar", *margins),
        ),
        element("tblGrid", *(element("gridCol", w=each) for each in wide)),
    )  # fmt: skip


def _row(high: int, cells: Iterable[Any]) -> Any:
    settings = element("trPr", element("cantSplit"), element("trHeight", val=high, hRule="exact"))
    return element("tr", settings, *cells)


def _cell(wide: int, *paragraphs: Any, span: int = 1, ground: str = "") -> Any:
    """A cell; one with a ground is framed in white."""
    settings = element("tcPr", element("tcW", w=wide, type="dxa"))
    if span > 1:
        settings.append(element("gridSpan", val=span))
    if ground:
        sides = ("top", "left", "bottom", "right")
        frame = (element(side, val="single", sz=_FRAME, space=0, color="FFFFFF") for side in sides)
        settings.append(element("tcBorders", *frame))
        settings.append(element("shd", val="clear", color="auto", fill=ground.lstrip("#")))
    settings.append(element("vAlign", val="center"))
    return element("tc", settings, *paragraphs)


def _paragraph(*runs: Any, align: str = "center") -> Any:
    style = element("pStyle", val=_STYLE)
    return element("p", element("pPr", style, element("jc", val=align)), *runs)


def _run(text: str, letters: str = "", ground: str = "") -> Any:
    made = element("r")
    looks = []
    if letters:
        looks.append(element("color", val=letters.lstrip("#")))
    if ground:
        looks.append(element("shd", val="clear", color="auto", fill=ground.lstrip("#")))
    if looks:
        made.append(element("rPr", *looks))
    made.text = text
    return made
