"""Pictures over time in characters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby

from rectify_tui.domain.status import Group
from rectify_tui.domain.text import pad, shorten, width
from rectify_tui.reports.pictures.drawing import Line, Piece, Tone, sign
from rectify_tui.reports.pictures.drawn_weeks import BurnUp, Heat
from rectify_tui.reports.pictures.map_lines import Style, level_legend
from rectify_tui.reports.table import shown

_ROWS = 14
_LEAST = 20
_WEEK_CELLS = 2
_NAME, _VALUE = 14, 8


def burn_up_lines(found: BurnUp, style: Style) -> Iterator[Line]:
    """Columns are days, rows are counts; each group is stacked on the one below it."""
    return _BurnUp(found, style).lines()


class _BurnUp:
    def __init__(self, found: BurnUp, style: Style) -> None:
        self.found = found
        self.first = found.weeks[0]
        self.style = style
        self.low, self.high = found.edges
        self.margin = len(str(self.high)) + 1
        self.days = max((found.last - self.first).days, 1)
        self.columns = max(style.cells - self.margin - 1, _LEAST)

    def lines(self) -> Iterator[Line]:
        yield from self._legend()
        grid = [self._column(self._day(at)) for at in range(self.columns)]
        for row in reversed(range(_ROWS)):
            label = str(self._count(row + 1)) if row in (_ROWS - 1, _ROWS // 2 - 1) else ""
            tones = [column[row] for column in grid]
            yield [Piece(f"{label:>{self.margin}} "), *self._run(tones)]
        yield [Piece(f"{self.low:>{self.margin}} "), Piece(self._dates())]

    def _day(self, at: int) -> date:
        return self.first + timedelta(days=round(self.days * (at + 0.5) / self.columns))

    def _count(self, row: int) -> int:
        return round(self.low + (self.high - self.low) * row / _ROWS)

    def _row(self, count: float) -> int:
        """How many rows a count fills."""
        share = (count - self.low) / (self.high - self.low)
        return min(max(round(share * _ROWS), 0), _ROWS)

    def _run(self, tones: list[Tone]) -> Iterator[Piece]:
        for tone, cells in groupby(tones):
            mark = " " if tone is None else sign(tone, ascii=self.style.ascii)
            yield Piece(mark * len(list(cells)), tone)

    def _column(self, day: date) -> list[Tone]:
        if day <= self.found.now or self.found.last == self.found.now:
            return self._stacked(max(bisect_right(self.found.weeks, day) - 1, 0))
        tones: list[Tone] = [None] * _ROWS
        by = self.found.deadline
        if by is not None and self._at(by) == self._at(day):
            tones = ["by"] * _ROWS
        if expected := self.found.expected_on(day):
            low, middle, high = (
                min(self._row(n), _ROWS - 1) for n in (expected.low, expected.middle, expected.high)
            )
            tones[low : high + 1] = ["band"] * (high - low + 1)
            tones[middle] = "middle"
        return tones

    def _at(self, day: date) -> int:
        return min((day - self.first).days * self.columns // self.days, self.columns - 1)

    def _stacked(self, week: int) -> list[Tone]:
        """What there is takes a row at least, so that a few that are behind do not vanish."""
        tones: list[Tone] = [None] * _ROWS
        count = end = 0
        for stack in self.found.stacks:
            start, count = end, count + stack.counts[week]
            end = self._row(count)
            tones[start:end] = [stack.group] * (end - start)
        behind = sum(
            stack.counts[week] for stack in self.found.stacks if stack.group is Group.BEHIND
        )
        if behind and Group.BEHIND not in tones and end:
            tones[end - 1] = Group.BEHIND
        return tones

    def _legend(self) -> Iterator[Line]:
        found, named = self.found, list[tuple[Tone, str]]()
        for stack in reversed(found.stacks):
            if n := stack.counts[-1]:
                named.append((stack.group, f"{stack.name} {n}"))
        if found.expected:
            named += [("band", found.words.band), ("middle", found.words.middle)]
        if found.deadline is not None:
            named.append(("by", f"{found.words.deadline} {found.deadline}"))
        yield from legend_lines(named, self.style)

    def _dates(self) -> str:
        wanted = [self.first, self.found.last, self.found.now]
        line = [" "] * self.columns
        for day in dict.fromkeys(wanted):
            text = day.isoformat()
            start = min(max(self._at(day) - len(text) // 2, 0), len(line) - len(text))
            if not "".join(line[max(start - 1, 0) : start + len(text) + 1]).strip():
                line[start : start + len(text)] = text
        return "".join(line)


def legend_lines(named: Iterable[tuple[Tone, str]], style: Style, head: str = "") -> Iterator[Line]:
    """Signs of tones with their names, in as many lines as they need."""
    line, cells = [Piece(head)] if head else list[Piece](), width(head)
    for tone, name in named:
        mark = f" {sign(tone, ascii=style.ascii)} "
        wide = width(mark + name) + 3
        if line and cells + wide > style.cells:
            yield line
            line, cells = [], 0
        line += [Piece(mark, tone), Piece(f" {name}  ")]
        cells += wide
    yield line


def heat_lines(found: Heat, style: Style) -> Iterator[Line]:
    """A line for each place, a cell for each week, the newest figure behind them, and the signs."""
    shown_weeks = max((style.cells - _NAME - _VALUE - 2) // _WEEK_CELLS, 1)
    days = found.weeks[-shown_weeks:]
    name = max((width(strip.short) for strip in found.strips), default=0)
    name = min(max(name, 8), _NAME)
    yield [Piece(" " * (name + 1)), Piece(_first_and_last(days))]
    for strip in found.strips:
        line = [Piece(pad(shorten(strip.short, name, ""), name + 1))]
        for value in strip.values[-shown_weeks:]:
            mark = " " if value.level is None else sign(value.level, ascii=style.ascii)
            line.append(Piece(f"{mark} ", value.level))
        last = strip.values[-1]
        line.append(Piece(pad(shown(last.number, found.kind) or "-", _VALUE, "right"), None))
        yield line
    yield from level_legend(found.measure, found.levels, style)


def _first_and_last(days: tuple[date, ...]) -> str:
    first, last, room = days[0].isoformat(), days[-1].isoformat(), len(days) * _WEEK_CELLS
    return f"{first}{last:>{room - len(first)}}" if room > len(first + last) else last
