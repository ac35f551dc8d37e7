"""A table of a document: headings on every page, rows that stay whole, figures that never break."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from docx.oxml.ns import qn

from rectify_tui.reports.table import NUMBERS, Column, Table
from rectify_tui.reports.weekly.render import paper, words
from rectify_tui.reports.weekly.render.measure import Room, broken, fitted, rooms
from rectify_tui.reports.weekly.render.paper import element

_PADDING = 60  # twips at each side of a cell
_SLACK = 1.05  # letters of a program are not all as wide as those measured
_MOST_TEXTS = 4
_FILL_A_PAGE, _FILL_A_TURNED_PAGE = range(30, 43), range(18, 26)
"""Rows of a page that larger letters would need a second one for."""
_KEPT_TOGETHER = 12  # rows of a table that is not begun at the foot of a page


def needs_a_turned_page(table: Table, upright: int) -> bool:
    """Whether a table is easier to read on a page that is turned."""
    texts = sum(column.kind == "text" for column in table.columns)
    return texts > _MOST_TEXTS or least(rooms(table), paper.SMALL, _PADDING) > upright


class DrawnTable:
    """A table as wide as a room in twips, in the larger letters where no value breaks for them."""

    padding = _PADDING

    def __init__(self, table: Table, room: int, nothing: str) -> None:
        self.table = table
        self.room = room
        self.nothing = nothing
        self.rows = list(words.texts(table))
        self.wanted = self.wanted_rooms()
        self.style, self.size = self.chosen_style()
        cell = cell_width(self.size)
        free = room - self.taken() - 2 * self.padding * len(self.wanted)
        self.room_of = fitted(self.wanted, free / cell)
        self.widths = [round(wide * cell) + 2 * self.padding for wide in self.room_of]

    def wanted_rooms(self) -> list[Room]:
        """How wide each column would like to be, and may be at least."""
        return rooms(self.table)

    def chosen_style(self) -> tuple[str, float]:
        """The style of the letters, and their size."""
        larger = most(self.wanted, paper.TABLE, self.padding) <= self.room
        turned = self.room > paper.text_width(landscape=False)
        if larger and len(self.rows) not in (_FILL_A_TURNED_PAGE if turned else _FILL_A_PAGE):
            return "", paper.TABLE
        return "Small", paper.SMALL

    def taken(self) -> int:
        """How many twips of the room are taken by what is no column."""
        return 0

    def grid(self) -> list[int]:
        """The widths of all columns that the document knows."""
        return self.widths

    def drawn(self) -> Any:
        """The table as an element of the document, with widths, lines and rows."""
        lines = {side: element(side, val="single", sz=4, space=0, color="000000") for side in
                 ("top", "left", "bottom", "right", "insideH", "insideV")}  # fmt: skip
        margins = (element(side, w=self.padding, type="dxa") for side in ("left", "right"))
        made = element(
            "tbl",
            element(
                "tblPr",
                element("tblW", w=sum(self.grid()), type="dxa"),
                element("jc", val="center"),
                element("tblBorders", *lines.values()),
                element("tblLayout", type="fixed"),
                element("tblCellMar", *margins),
            ),
            element("tblGrid", *(element("gridCol", w=wide) for wide in self.grid())),
        )
        made.append(self.headings())
        together = len(self.rows) <= _KEPT_TOGETHER
        for at, texts in enumerate(self.rows):
            row = self.row(texts, at)
            if together and at < len(self.rows) - 1:
                _keep_with_next(row)
            made.append(row)
        if not self.rows:
            made.append(self._empty())
        return made

    def titles(self) -> list[str]:
        """The headings, broken between their words."""
        return [
            broken(words.line(column.title), room)
            for column, room in zip(self.table.columns, self.room_of, strict=True)
        ]

    def headings(self) -> Any:
        """The row of headings."""
        row = element("tr", element("trPr", element("cantSplit"), element("tblHeader")))
        for text, wide in zip(self.titles(), self.widths, strict=True):
            row.append(self.cell([run(text)], wide, heading=True))
        return row

    def row(self, texts: Iterable[str], _: int) -> Any:
        """A row of values, by its place."""
        row = element("tr", element("trPr", element("cantSplit")))
        for text, wide, column in zip(texts, self.widths, self.table.columns, strict=True):
            whole = column.kind in NUMBERS or column.kind == "date"
            row.append(self.cell([run(text)], wide, _align(column), whole=whole))
        return row

    def _empty(self) -> Any:
        cell = self.cell([run(self.nothing)], sum(self.widths), "center")
        cell.tcPr.insert(1, element("gridSpan", val=len(self.widths)))
        return element("tr", element("trPr", element("cantSplit")), cell)

    def cell(
        self, runs: Sequence[Any], wide: int, align: str = "left", *, heading: bool = False,
        whole: bool = False,
    ) -> Any:  # fmt: skip
        """A cell; what is to stay `whole` is not broken into lines."""
        style = f"{self.style}Table{'Heading' if heading else 'Text'}"
        properties = element("pPr", element("pStyle", val=style))
        if not heading and align != "left":
            properties.append(element("jc", val=align))
        settings = element("tcPr", element("tcW", w=wide, type="dxa"))
        if whole:
            settings.append(element("noWrap"))
        settings.append(element("vAlign", val="center"))
        return element("tc", settings, element("p", properties, *runs))


def _keep_with_next(row: Any) -> None:
    """Let a row stand on the page of the row below it."""
    for properties in row.iter(qn("w:pPr")):
        properties.insert(1, element("keepNext"))


def run(text: str) -> Any:
    """A text with nothing special about it."""
    made = element("r")
    made.text = text
    return made


def _align(column: Column) -> str:
    if column.kind in NUMBERS:
        return "right"
    return "center" if column.kind == "date" else "left"


def cell_width(size: float) -> float:
    """Half a Chinese character of so many points, in twips."""
    return size / 2 * paper.TWIPS_A_POINT * _SLACK


def most(wanted: Sequence[Room], size: float, padding: int) -> float:
    """What columns take, in twips, where none gives way but for its title."""
    cells = sum(room.want for room in wanted)
    return cells * cell_width(size) + 2 * padding * len(wanted)


def least(wanted: Sequence[Room], size: float, padding: int) -> float:
    """What columns take, in twips, where all give way."""
    cells = sum(room.least for room in wanted)
    return cells * cell_width(size) + 2 * padding * len(wanted)
