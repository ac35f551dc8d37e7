"""Reporting periods: weeks, months, quarters and half-years, and the public holidays in them."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from rectify_tui.domain.dates import week_of

FRIDAY = 4
"""The weekday on which weeks end unless an office wants another (0 is Monday)."""


class PeriodKind(StrEnum):
    """How often a report is published."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"


_MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF_YEAR: 6}


class Period(NamedTuple):
    """From the day after the cut-off before to the cut-off, both included."""

    kind: PeriodKind
    first: date
    cutoff: date


def period_of(day: date, kind: PeriodKind, week_ends_on: int = FRIDAY) -> Period:
    """The period that holds a day.

    `week_ends_on` is the weekday of a week's cut-off, 0 for Monday to 6 for Sunday; longer periods
    are those of the calendar. Raises `ValueError` for any other number.
    """
    if kind is PeriodKind.WEEK:
        return Period(kind, *week_of(day, week_ends_on))
    from dateutil.relativedelta import relativedelta

    months = _MONTHS[kind]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return Period(kind, first, first + relativedelta(months=months) - timedelta(days=1))


def period_before(period: Period, week_ends_on: int = FRIDAY) -> Period:
    """The period that ended when this one began."""
    return period_of(period.first - timedelta(days=1), period.kind, week_ends_on)


def last_ended(today: date, kind: PeriodKind, week_ends_on: int = FRIDAY) -> Period:
    """The newest period whose cut-off has come; on the day of a cut-off, the one that ends then."""
    current = period_of(today, kind, week_ends_on)
    return current if current.cutoff <= today else period_before(current, week_ends_on)


class Holiday(NamedTuple):
    """A public holiday and those of its days off that fall into a period, bridged ones included."""

    name: str
    name_en: str
    days: tuple[date, ...]


class Holidays(NamedTuple):
    """The public holidays of China in a period.

    `worked` are days of a weekend worked in exchange for a bridged day. Nothing is known about
    `unknown_years`.
    """

    holidays: tuple[Holiday, ...]
    worked: tuple[date, ...]
    unknown_years: tuple[int, ...]


def holidays_in(period: Period) -> Holidays:
    """The public holidays of a period, as the State Council announced them for each year.

    Source: the package chinesecalendar, which carries the announcements since 2004. A holiday never
    moves a cut-off.
    """
    import chinese_calendar  # type: ignore[import-untyped]  # the package has no types

    known = {day.year for day in chinese_calendar.holidays}
    days = [
        period.first + timedelta(days=n) for n in range((period.cutoff - period.first).days + 1)
    ]
    days_off: dict[str, list[date]] = {}
    for day in days:
        name = chinese_calendar.holidays.get(day)
        if name is not None:
            days_off.setdefault(str(getattr(name, "value", name)), []).append(day)
    return Holidays(
        tuple(
            Holiday(chinese_calendar.Holiday(name).chinese, name, tuple(of_it))
            for name, of_it in days_off.items()
        ),
        tuple(day for day in days if day in chinese_calendar.workdays),
        tuple(sorted({day.year for day in days} - known)),
    )
