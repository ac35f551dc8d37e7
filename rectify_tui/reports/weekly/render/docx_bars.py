"""The table of the first page of a document: rows of one height, each with its bar at the end.

A bar is made of the table's own cells, which span so many narrow columns as their part is large:
so it is sharp at any size, and follows its row whatever a program makes of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rectify_tui.domain.text import width
from rectify_tui.reports.table import Table
from rectify_tui.reports.weekly.render import paper, words
from rectify_tui.reports.weekly.render.bars import in_steps
from rectify_tui.reports.weekly.render.docx_table import (
    DrawnTable,
    cell_width,
    least,
    most,
    run,
)
from rectify_tui.reports.weekly.render.measure import Room, rooms
from rectify_tui.reports.weekly.render.paper import element
from rectify_tui.reports.weekly.render.tones import Tone

_STEP = 56  # twips
_LEAST_STEPS, _MOST_STEPS = 12, 34
_BAR_SHARE = 0.22  # of the width of the page, for which the larger letters leave room
_ROOMY = 15.0  # points of a row from which on letters may be larger
_WIDEST_UNBROKEN = 36
_AIR, _LITTLE_AIR = 24, 6  # eighths of a point above and below a bar
_SPACE = "\u00a0"
_SWATCH = 4

Legend = Sequence[tuple[str, Tone]]


class BarTable(DrawnTable):
    """`bars` are the parts of the bar of each row (None: it has none), which `legend` names.

    `high` is the height of every row in points, whatever is in it.
    """

    padding = 40

    def __init__(
        self, table: Table, room: int, nothing: str, *, bars: Sequence[Sequence[float] | None],
        legend: Legend, high: float,
    ) -> None:  # fmt: skip
        self.bars = bars if any(bars) else ()
        self.legend = legend
        self.high = high
        super().__init__(table, room, nothing)

    def wanted_rooms(self) -> list[Room]:
        """A text must not break, as it would be cut off in a row of a fixed height."""
        return [
            Room((room.want,)) if column.kind == "text" and room.want <= _WIDEST_UNBROKEN else room
            for room, column in zip(rooms(self.table), self.table.columns, strict=True)
        ]

    def chosen_style(self) -> tuple[str, float]:
        """Larger letters where the rows are high enough and the bars keep their room."""
        bars = _BAR_SHARE * self.room if self.bars else 0
        fits = most(self.wanted, paper.TABLE, self.padding) <= self.room - bars
        if self.high >= _ROOMY and fits:
            return "Front", paper.TABLE
        return "Dense", paper.SMALL

    def taken(self) -> int:
        """The room of the bars: as much as the columns leave, within bounds."""
        if not self.bars:
            return 0
        left = self.room - least(self.wanted, self.size, self.padding)
        return max(_LEAST_STEPS, min(_MOST_STEPS, int(left / _STEP))) * _STEP

    @property
    def steps(self) -> int:
        """How many steps a bar has."""
        return self.taken() // _STEP

    @property
    def heading_high(self) -> float:
        """How high the headings are, in points."""
        line = 14 if self.style == "Front" else 12
        return line * max((text.count("\n") + 1 for text in self.titles()), default=1) + 1

    @property
    def names_its_tones(self) -> bool:
        """Whether the heading of the bars has room to say what their parts are."""
        return all(
            sum(width(words.line(name)) + _SWATCH for name, _ in line) * cell_width(self.size)
            <= self.taken()
            for line in self._legend_lines()
        )

    def grid(self) -> list[int]:
        """The columns, and one for each step of the bars."""
        return self.widths + [_STEP] * (self.steps if self.bars else 0)

    def headings(self) -> Any:
        """The headings, that of the bars with what their parts are."""
        row = super().headings()
        if self.bars:
            runs = list(self._named_tones()) if self.names_its_tones else []
            row.append(self._spanning(self.cell(runs, self.taken(), heading=True), self.steps))
        return row

    def row(self, texts: Iterable[str], at: int) -> Any:
        """A row of the fixed height, with its bar."""
        row = super().row(texts, at)
        high = round(self.high * paper.TWIPS_A_POINT)
        row.trPr.append(element("trHeight", val=high, hRule="exact"))
        if self.bars:
            row.extend(self._bar(self.bars[at]))
        return row

    def _bar(self, parts: Sequence[float] | None) -> Iterator[Any]:
        if parts is None:
            yield self._spanning(self.cell([], self.taken()), self.steps)
            return
        steps = in_steps(parts, self.steps)
        for n, (_, tone) in zip(steps, self.legend, strict=True):
            if n:
                cell = self.cell([], n * _STEP)
                settings = self._spanning(cell, n).tcPr
                settings.insert(2, _frame(_AIR if self.high >= _ROOMY else _LITTLE_AIR))
                settings.insert(3, _ground(tone))
                yield cell

    def _spanning(self, cell: Any, columns: int) -> Any:
        cell.tcPr.insert(1, element("gridSpan", val=columns))
        return cell

    def _legend_lines(self) -> tuple[Legend, Legend]:
        half = -(-len(self.legend) // 2)
        return self.legend[:half], self.legend[half:]

    def _named_tones(self) -> Iterator[Any]:
        first, second = self._legend_lines()
        yield from named_tones(first)
        if second:
            yield element("r", element("br"))
            yield from named_tones(second)


def named_tones(legend: Legend) -> Iterator[Any]:
    """What the parts of the bars are, as runs of text."""
    for name, tone in legend:
        swatch = element("r", element("rPr", _ground(tone)))
        swatch.text = _SPACE * _SWATCH
        yield swatch
        yield run(f" {words.line(name)} ")


def _ground(tone: Tone) -> Any:
    colour = (tone.ink if tone.shading != "clear" else tone.ground).lstrip("#")
    return element("shd", val=tone.shading, color=colour, fill=tone.ground.lstrip("#"))


def _frame(air: int) -> Any:
    """White above and below a part of a bar, and nothing between it and the next."""
    return element(
        "tcBorders",
        element("top", val="single", sz=air, space=0, color="FFFFFF"),
        element("left", val="nil"),
        element("bottom", val="single", sz=air, space=0, color="FFFFFF"),
        element("right", val="nil"),
    )
