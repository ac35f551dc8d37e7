"""Pictures over time in characters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from rectify_tui.domain.status import Group
from rectify_tui.domain.text import pad, shorten, width
from rectify_tui.i18n import Language
from rectify_tui.reports.pictures.drawing import Line, Piece, Tone, sign
from rectify_tui.reports.pictures.map_lines import Style
from rectify_tui.reports.pictures.weeks import STACKED, BurnUp, Heat, Week
from rectify_tui.reports.table import shown

_ROWS = 14
_LEAST = 20
_WEEK_CELLS = 2
_NAME, _VALUE = 14, 8


def burn_up_lines(found: BurnUp, t: Language, style: Style) -> Iterator[Line]:
    """Columns are days, rows are counts; each group is stacked on the one below it."""
    return _BurnUp(found, t, style).lines()


class _BurnUp:
    def __init__(self, found: BurnUp, t: Language, style: Style) -> None:
        self.found = found
        self.t = t
        self.style = style
        self.low, self.high = found.edges
        self.margin = len(str(self.high)) + 1
        self.days = max((found.last - found.first).days, 1)
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
        return self.found.first + timedelta(days=round(self.days * (at + 0.5) / self.columns))

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
        if day <= self.found.now or self.found.coming is None:
            return self._stacked(max((w for w in self.found.weeks if w.day <= day), key=_by_day))
        tones: list[Tone] = [None] * _ROWS
        coming = self.found.coming
        if coming is None:
            return tones
        if coming.deadline is not None and self._at(coming.deadline) == self._at(day):
            tones = ["by"] * _ROWS
        band = coming.outlook.band(day)
        low, middle, high = (
            min(self._row(n), _ROWS - 1) for n in (band.low, band.middle, band.high)
        )
        tones[low : high + 1] = ["band"] * (high - low + 1)
        tones[middle] = "middle"
        return tones

    def _at(self, day: date) -> int:
        return (day - self.found.first).days * self.columns // self.days

    def _stacked(self, week: Week) -> list[Tone]:
        """What there is takes a row at least, so that a few that are behind do not vanish."""
        ends, count = [0], 0
        for group in STACKED:
            count += week.groups[group]
            ends.append(self._row(count))
        tones: list[Tone] = [None] * _ROWS
        for group, start, end in zip(STACKED, ends, ends[1:], strict=False):
            tones[start:end] = [group] * (end - start)
        if week.groups[Group.BEHIND] and Group.BEHIND not in tones and ends[-1]:
            tones[ends[-1] - 1] = Group.BEHIND
        return tones

    def _legend(self) -> Iterator[Line]:
        week, named = self.found.weeks[-1], list[tuple[Tone, str]]()
        for group in reversed(STACKED):
            if n := week.groups[group]:
                named.append((group, f"{self.t(f'status.group.{group}')} {n}"))
        if (coming := self.found.coming) is not None:
            named += [("band", self.t("forecast.chart.band")),
                      ("middle", self.t("forecast.chart.middle"))]  # fmt: skip
            if coming.deadline is not None and coming.deadline <= self.found.last:
                named.append(("by", f"{self.t('forecast.chart.by')} {coming.deadline}"))
        yield from legend_lines(named, self.style)

    def _dates(self) -> str:
        wanted = [self.found.first, self.found.last, self.found.now]
        line = [" "] * self.columns
        for day in dict.fromkeys(wanted):
            text = day.isoformat()
            start = min(max(self._at(day) - len(text) // 2, 0), len(line) - len(text))
            if not "".join(line[max(start - 1, 0) : start + len(text) + 1]).strip():
                line[start : start + len(text)] = text
        return "".join(line)


def _by_day(week: Week) -> date:
    return week.day


def legend_lines(named: list[tuple[Tone, str]], style: Style) -> Iterator[Line]:
    """Signs of tones with their names, in as many lines as they need."""
    line, cells = list[Piece](), 0
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
    """A line for each place; a cell for each week, and the newest figure behind them."""
    shown_weeks = max((style.cells - _NAME - _VALUE - 2) // _WEEK_CELLS, 1)
    days = found.days[-shown_weeks:]
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


def _first_and_last(days: tuple[date, ...]) -> str:
    first, last, room = days[0].isoformat(), days[-1].isoformat(), len(days) * _WEEK_CELLS
    return f"{first}{last:>{room - len(first)}}" if room > len(first + last) else last
