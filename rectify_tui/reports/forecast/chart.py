"""The burn-up chart as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from rectify_tui.i18n import Language
from rectify_tui.reports.forecast.build import Forecast
from rectify_tui.reports.forecast.scale import Scale, history_days, scale_of

_ROWS = 12
_LEAST = 30


@dataclass(frozen=True)
class _Signs:
    history: str
    band: str
    middle: str
    by: str
    floor: str
    corner: str


_DRAWN = _Signs("█", "░", "▒", "│", "─", "└")
_PLAIN = _Signs("#", ":", "=", "|", "-", "+")


def text_chart(forecast: Forecast, t: Language, *, cells: int = 80, ascii: bool = False) -> str:
    """The chart in so many cells; empty where nothing is left to forecast.

    Columns are days and rows are counts: what was completed is filled, the band is shaded around
    its middle, and a line stands at the deadline. `ascii` draws with ASCII characters only.
    """
    if not forecast.basis.left:
        return ""
    return "\n".join(_Chart(forecast, t, cells, _PLAIN if ascii else _DRAWN).lines())


class _Chart:
    def __init__(self, forecast: Forecast, t: Language, cells: int, signs: _Signs) -> None:
        self.forecast = forecast
        self.t = t
        self.signs = signs
        self.scale: Scale = scale_of(forecast)
        self.history = history_days(forecast)
        self.margin = len(str(self.scale.highest)) + 2
        self.columns = max(cells - self.margin - 1, _LEAST)
        self.days = (self.scale.last - self.scale.first).days

    def lines(self) -> Iterator[str]:
        yield self._legend()
        grid = [self._column(at) for at in range(self.columns)]
        for row in reversed(range(_ROWS)):
            label = str(self._count(row + 1)) if row % 3 == 2 else ""
            cells = "".join(column[row] for column in grid)
            yield f"{label:>{self.margin - 1}} {self.signs.by}{cells}".rstrip()
        floor = self.signs.floor * self.columns
        yield f"{self.scale.lowest:>{self.margin - 1}} {self.signs.corner}{floor}"
        yield self._dates()

    def _count(self, row: int) -> int:
        """The count at the lower edge of a row."""
        low, high = self.scale.lowest, self.scale.highest
        return round(low + (high - low) * row / _ROWS)

    def _row(self, count: float) -> int:
        """The row that holds a count; the topmost one is that of everything."""
        low, high = self.scale.lowest, self.scale.highest
        return min(max(int((count - low) / (high - low) * _ROWS), 0), _ROWS - 1)

    def _column(self, at: int) -> list[str]:
        day = self.scale.first + timedelta(days=round(self.days * (at + 0.5) / self.columns))
        cells = [" "] * _ROWS
        if self._at(self.forecast.deadline) == at:
            cells = [self.signs.by] * _ROWS
        if day <= self.forecast.basis.as_of:
            top = self._row([n for on, n in self.history if on <= day][-1]) + 1
            cells[:top] = [self.signs.history] * top
            return cells
        band = self.forecast.outlook.band(day)
        low, high = self._row(band.low), self._row(band.high)
        cells[low : high + 1] = [self.signs.band] * (high - low + 1)
        cells[self._row(band.middle)] = self.signs.middle
        return cells

    def _at(self, day: date | None) -> int | None:
        """The column of a day, None where it lies outside."""
        if day is None or not self.scale.first <= day <= self.scale.last:
            return None
        return min((day - self.scale.first).days * self.columns // self.days, self.columns - 1)

    def _legend(self) -> str:
        t, signs = self.t, self.signs
        named = [("history", signs.history), ("band", signs.band), ("middle", signs.middle)]
        if self._at(self.forecast.deadline) is not None:
            named.append(("by", signs.by))
        return "  ".join(f"{sign} {t(f'forecast.chart.{key}')}" for key, sign in named)

    def _dates(self) -> str:
        """The days at the edges, at the deadline and today, as far as there is room for them."""
        basis, by = self.forecast.basis, self.forecast.deadline
        days = [self.scale.first, self.scale.last, basis.as_of, by]
        line = [" "] * (self.columns + self.margin + 1)
        for day in days:
            at = self._at(day)
            if day is None or at is None:
                continue
            text = day.isoformat()
            start = min(max(at + self.margin + 1 - len(text) // 2, 0), len(line) - len(text))
            if not "".join(line[max(start - 1, 0) : start + len(text) + 1]).strip():
                line[start : start + len(text)] = text
        return "".join(line).rstrip()
