"""What a chart of a forecast shows, from which day to which, and from how many items."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from rectify_tui.domain.forecast import BLOCK, HIGH, MIDDLE
from rectify_tui.reports.forecast.build import Forecast

_LEAST, MOST = 12, 156
"""Weeks of the future that a chart shows."""

_TICKS = 6


class Scale(NamedTuple):
    """The days and the counts at the edges of a chart."""

    first: date
    last: date
    lowest: int
    highest: int


def scale_of(forecast: Forecast) -> Scale:
    """From the first week that counts to where the band or the deadline ends."""
    basis = forecast.basis
    standing = basis.standing()
    return Scale(
        basis.as_of - timedelta(weeks=len(basis.weeks)), last_day(forecast),
        max(min(standing), 0), max(basis.total, *standing),
    )  # fmt: skip


def last_day(forecast: Forecast) -> date:
    """The day on which a chart ends."""
    as_of = forecast.basis.as_of
    least, most = as_of + timedelta(weeks=_LEAST), as_of + timedelta(weeks=MOST)
    end = forecast.outlook.finish(HIGH) or forecast.outlook.finish(MIDDLE) or most
    if forecast.deadline is not None:
        end = max(end, forecast.deadline)
    return min(max(end + timedelta(weeks=1), least), most)


def history_days(forecast: Forecast) -> list[tuple[date, int]]:
    """The day before the first week and the last day of each, with what was completed."""
    basis = forecast.basis
    first = basis.as_of - timedelta(weeks=len(basis.weeks))
    return [(first + timedelta(weeks=n), count) for n, count in enumerate(basis.standing())]


def band_days(forecast: Forecast) -> list[date]:
    """The ends of the blocks, from `as_of` to the end of a chart."""
    as_of, last = forecast.basis.as_of, last_day(forecast)
    step = timedelta(weeks=BLOCK)
    count = (last - as_of) // step
    days = [as_of + n * step for n in range(count + 1)]
    return days if days[-1] == last else [*days, last]


def round_step(counts: int) -> int:
    """A round distance between ticks over so many counts, so that there are a few."""
    step = 1
    while counts > step * _TICKS:
        step = step * 5 // 2 if str(step).startswith("2") else step * 2
    return step
