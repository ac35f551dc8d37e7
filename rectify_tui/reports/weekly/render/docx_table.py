"""A table of a document: headings on every page, rows that stay whole, figures that never break."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from docx.oxml.ns import qn

from rectify_tui.reports.table import NUMBERS, Column, Table
from rectify_tui.reports.weekly.render import paper, words
from rectify_tui.reports.weekly.render.bars import in_steps
from rectify_tui.reports.weekly.render.measure import Room, broken, fitted, rooms
from rectify_tui.reports.weekly.render.paper import element
from rectify_tui.reports.weekly.render.tones import Tone

_PADDING = 60  # twips at each side of a cell
_SLACK = 1.05  # letters of a program are not all as wide as those measured
_MOST_TEXTS = 4
_LEAST_STEPS, _MOST_STEPS = 20, 40
_BAR = 0.25  # of the size of letters: how wide the space is that bars are made of
_BAR_SHARE = 0.25  # of the width of the first page, at most
_ROOMY = 15.0  # points of a row from which on letters may be larger
_WIDEST_UNBROKEN = 36
_FILL_A_PAGE = range(30, 43)  # rows of a page that larger letters would need a second one for
_KEPT_TOGETHER = 20  # rows of a table that is not begun at the foot of a page
_SPACE = "\u00a0"


def needs_a_turned_page(table: Table, upright: int) -> bool:
    """Whether a table is easier to read on a page that is turned."""
    texts = sum(column.kind == "text" for column in table.columns)
    return texts > _MOST_TEXTS or _least(rooms(table), paper.SMALL) > upright


class DrawnTable:
    """A table as wide as a room in twips.

    `bars` are the parts of the bar at the end of each row, which `legend` names; `high` is the
    height of a row in points where that must not depend on what is in it.
    """

    def __init__(
        self, table: Table, room: int, nothing: str, *,
        bars: Sequence[Sequence[float] | None] = (), legend: Sequence[tuple[str, Tone]] = (),
        high: float | None = None,
    ) -> None:  # fmt: skip
        self.table = table
        self.nothing = nothing
        self.bars = bars if any(bars) else ()
        self.legend = legend
        self.high = high
        wanted = rooms(table)
        if high is not None:
            wanted = list(map(_unbroken, wanted, table.columns))
        self.style, size = self._chosen(wanted, room)
        cell = _cell_width(size)
        padding = 2 * _PADDING * len(wanted)
        self.steps = self._steps(wanted, room, size)
        bar = round(self.steps * _BAR * size * paper.TWIPS_A_POINT) + 2 * _PADDING
        bar = bar if self.bars else 0
        self.room_of = fitted(wanted, (room - bar - padding) / cell)
        self.widths = [round(wide * cell) + 2 * _PADDING for wide in self.room_of]
        if bar:
            self.widths.append(bar)

    def _steps(self, wanted: list[Room], room: int, size: float) -> int:
        """How many steps a bar has: as many as the columns leave room for."""
        left = (room - _least(wanted, size) - 2 * _PADDING) / paper.TWIPS_A_POINT
        return max(_LEAST_STEPS, min(_MOST_STEPS, int(left / (_BAR * size))))

    def _chosen(self, wanted: list[Room], room: int) -> tuple[str, float]:
        """The style of the letters, and their size: the larger one where it fits."""
        if self.high is not None:
            bars = _BAR_SHARE * room if self.bars else 0
            fits = self.high >= _ROOMY and _most(wanted, paper.TABLE) <= room - bars
            return ("Front", paper.TABLE) if fits else ("Dense", paper.SMALL)
        fits = _most(wanted, paper.TABLE) <= room and self._rows() not in _FILL_A_PAGE
        return ("", paper.TABLE) if fits else ("Small", paper.SMALL)

    def _rows(self) -> int:
        return len(list(self.table.rows))

    @property
    def heading_high(self) -> float:
        """How high the headings of a table on the first page are, in points."""
        line = 14 if self.style == "Front" else 12
        return line * max((text.count("\n") + 1 for text in self._titles()), default=1) + 1

    def drawn(self) -> Any:
        """The element."""
        lines = {side: element(side, val="single", sz=4, space=0, color="000000") for side in
                 ("top", "left", "bottom", "right", "insideH", "insideV")}  # fmt: skip
        margins = (element(side, w=_PADDING, type="dxa") for side in ("left", "right"))
        made = element(
            "tbl",
            element(
                "tblPr",
                element("tblW", w=sum(self.widths), type="dxa"),
                element("jc", val="center"),
                element("tblBorders", *lines.values()),
                element("tblLayout", type="fixed"),
                element("tblCellMar", *margins),
            ),
            element("tblGrid", *(element("gridCol", w=wide) for wide in self.widths)),
        )
        made.append(self._headings())
        rows = list(words.texts(self.table))
        together = len(rows) <= _KEPT_TOGETHER
        for at, texts in enumerate(rows):
            row = self._row(texts, self.bars[at] if self.bars else None)
            if together and at < len(rows) - 1:
                _keep_with_next(row)
            made.append(row)
        if not rows:
            made.append(self._empty())
        return made

    def _titles(self) -> list[str]:
        return [
            broken(words.line(column.title), room)
            for column, room in zip(self.table.columns, self.room_of, strict=True)
        ]

    def _headings(self) -> Any:
        properties = element("trPr", element("cantSplit"), element("tblHeader"))
        row = element("tr", properties)
        for text, wide in zip(self._titles(), self.widths, strict=False):
            row.append(self._cell([_run(text)], wide, "center", heading=True))
        if self.bars:
            row.append(self._cell(list(self._named_tones()), self.widths[-1], "", heading=True))
        return row

    def _named_tones(self) -> Iterator[Any]:
        """What the parts of the bars are, in two lines."""
        second = -(-len(self.legend) // 2)
        for at, (name, tone) in enumerate(self.legend):
            if at == second:
                yield element("r", element("br"))
            yield shaded(_SPACE * 4, tone)
            yield _run(f" {words.line(name)} ")

    def _row(self, texts: Iterable[str], bar: Sequence[float] | None) -> Any:
        properties = element("trPr", element("cantSplit"))
        if self.high is not None:
            high = round(self.high * paper.TWIPS_A_POINT)
            properties.append(element("trHeight", val=high, hRule="exact"))
        row = element("tr", properties)
        columns = self.table.columns
        for text, wide, column in zip(texts, self.widths, columns, strict=False):
            figure = column.kind in NUMBERS or column.kind == "date"
            row.append(self._cell([_run(text)], wide, _align(column), whole=figure))
        if self.bars:
            row.append(self._cell(self._bar(bar), self.widths[-1], "left", whole=True))
        return row

    def _bar(self, parts: Sequence[float] | None) -> list[Any]:
        if parts is None:
            return []
        steps = in_steps(parts, self.steps)
        return [shaded(_SPACE * n, tone) for n, tone in zip(steps, self._tones(), strict=True) if n]

    def _tones(self) -> list[Tone]:
        return [tone for _, tone in self.legend]

    def _empty(self) -> Any:
        cell = self._cell([_run(self.nothing)], sum(self.widths), "center")
        cell.tcPr.insert(1, element("gridSpan", val=len(self.widths)))
        return element("tr", element("trPr", element("cantSplit")), cell)

    def _cell(
        self, runs: Sequence[Any], wide: int, align: str, *, heading: bool = False,
        whole: bool = False,
    ) -> Any:  # fmt: skip
        kind = "Heading" if heading else "Text"
        style = f"{self.style}Table{kind}"
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


def _run(text: str) -> Any:
    run = element("r")
    run.text = text
    return run


def shaded(text: str, tone: Tone) -> Any:
    """A text on the ground of a tone, with its pattern."""
    colour = (tone.ink if tone.shading != "clear" else tone.ground).lstrip("#")
    ground = element("shd", val=tone.shading, color=colour, fill=tone.ground.lstrip("#"))
    run = element("r", element("rPr", ground))
    run.text = text
    return run


def _align(column: Column) -> str:
    if column.kind in NUMBERS:
        return "right"
    return "center" if column.kind == "date" else "left"


def _cell_width(size: float) -> float:
    """Half a Chinese character of so many points, in twips."""
    return size / 2 * paper.TWIPS_A_POINT * _SLACK


def _unbroken(room: Room, column: Column) -> Room:
    """The room of a text that must not break, as it would be cut off in a row of a fixed height."""
    if column.kind == "text" and room.want <= _WIDEST_UNBROKEN:
        return Room((room.want,))
    return room


def _most(wanted: list[Room], size: float) -> float:
    """What the columns take where none gives way but for its title."""
    cells = sum(room.want for room in wanted)
    return cells * _cell_width(size) + 2 * _PADDING * len(wanted)


def _least(wanted: list[Room], size: float) -> float:
    cells = sum(room.least for room in wanted)
    return cells * _cell_width(size) + 2 * _PADDING * len(wanted)
