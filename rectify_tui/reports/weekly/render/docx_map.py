"""The map of tiles in a document, made of the cells of a table: sharp at any size."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rectify_tui.reports.pictures.drawing import LOOKS, sign
from rectify_tui.reports.pictures.drawn_map import DrawnMap, DrawnTile
from rectify_tui.reports.pictures.figure import Level
from rectify_tui.reports.pictures.tile_map import ACROSS
from rectify_tui.reports.weekly.render import words
from rectify_tui.reports.weekly.render.paper import element

_HIGH = 720  # twips
_STYLE = "SmallTableText"


def tile_table(drawn: DrawnMap, room: int) -> Any:
    """The tiles in their places, in a table as wide as a room in twips."""
    wide = room // ACROSS
    table = element(
        "tbl",
        element(
            "tblPr", element("tblW", w=wide * ACROSS, type="dxa"), element("jc", val="center"),
            element("tblLayout", type="fixed"),
        ),
        element("tblGrid", *(element("gridCol", w=wide) for _ in range(ACROSS))),
    )  # fmt: skip
    for row in range(drawn.rows):
        tiles = {tile.column: tile for tile in drawn.tiles if tile.row == row}
        settings = element(
            "trPr", element("cantSplit"), element("trHeight", val=_HIGH, hRule="exact")
        )
        table.append(element("tr", settings, *_cells(tiles, wide)))
    return table


def legend_runs(drawn: DrawnMap) -> Iterator[Any]:
    """What the colours and signs stand for, the best first."""
    yield _run(f"{words.line(drawn.measure)}  ")
    for level in reversed(Level):
        look = LOOKS[level]
        yield _run(f" {sign(level, ascii=False)} ", look.letters, look.ground)
        yield _run(f" {words.line(drawn.levels[level])}  ")


def _cells(tiles: dict[int, DrawnTile], wide: int) -> Iterator[Any]:
    column = 0
    while column < ACROSS:
        tile = tiles.get(column)
        span = tile.span if tile else 1
        settings = element("tcPr", element("tcW", w=wide * span, type="dxa"))
        if span > 1:
            settings.append(element("gridSpan", val=span))
        yield element("tc", settings, *(_filled(tile, settings) if tile else [_paragraph()]))
        column += span


def _filled(tile: DrawnTile, settings: Any) -> Iterator[Any]:
    """The lines of a tile; its cell gets frame and ground."""
    look = LOOKS[tile.level] if tile.level is not None else None
    sides = ("top", "left", "bottom", "right")
    frame = (element(side, val="single", sz=12, space=0, color="FFFFFF") for side in sides)
    settings.append(element("tcBorders", *frame))
    ground = look.ground.lstrip("#") if look else "F4F5F7"
    settings.append(element("shd", val="clear", color="auto", fill=ground))
    settings.append(element("vAlign", val="center"))
    letters = look.letters if look else ""
    mark = sign(tile.level, ascii=False) if tile.level is not None else ""
    yield _paragraph(_run(words.line(tile.short), letters))
    yield _paragraph(_run(f"{mark} {words.line(tile.figure) or '-'}".strip(), letters))


def _paragraph(*runs: Any) -> Any:
    style = element("pStyle", val=_STYLE)
    return element("p", element("pPr", style, element("jc", val="center")), *runs)


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
