"""Working days in China: terms that a rule counts in them, such as a public notice of 10."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from rectify_tui.domain.period import Period, PeriodKind, holidays_in

_SATURDAY = 5
_TERM = re.compile(r"([1-9][0-9]{0,2}) ?(?:个?工作日内?|working days?)", re.IGNORECASE)


class WorkingDays(NamedTuple):
    """Working days of a period, in order.

    For `assumed_years` no holidays are known, so that Monday to Friday are taken for working days.
    """

    days: tuple[date, ...]
    assumed_years: tuple[int, ...] = ()


class TermEnd(NamedTuple):
    """The last day of a term, and the years for which holidays had to be left out of account."""

    day: date
    assumed_years: tuple[int, ...] = ()


def working_days(first: date, last: date) -> WorkingDays:
    """The working days from `first` to `last`, both included; none where `last` comes first.

    Public holidays with their bridged days are off, and the weekend days worked in exchange count.
    Source: the State Council's announcement for each year, as in `period.holidays_in`. A year that
    is not announced yet is named in `assumed_years`.
    """
    holidays = holidays_in(Period(PeriodKind.WEEK, first, last))
    off = {day for each in holidays.holidays for day in each.days}
    worked = set(holidays.worked)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return WorkingDays(
        tuple(
            day for day in days if day in worked or (day.weekday() < _SATURDAY and day not in off)
        ),
        holidays.unknown_years,
    )


def term_end(begun_on: date, days: int, *, working: bool = False) -> TermEnd:
    """The last day of a term of so many calendar or working days.

    The day on which it begins does not count (Civil Code, article 201): a notice of 7 days put up
    on 2 March ends on 9 March. Raises `ValueError` for less than one day.
    """
    if days < 1:
        raise ValueError(days)
    if not working:
        return TermEnd(begun_on + timedelta(days=days))
    first = begun_on + timedelta(days=1)
    span = 2 * days + 14  # doubled in the rare case that holidays leave too few days in it
    while len((reached := working_days(first, first + timedelta(days=span))).days) < days:
        span *= 2
    last = reached.days[days - 1]
    return TermEnd(last, tuple(year for year in reached.assumed_years if year <= last.year))


def read_term(text: str, begun_on: date) -> TermEnd | None:
    """The end of a term as people write it, such as 10个工作日; None for what is none."""
    found = _TERM.fullmatch(text.strip())
    return term_end(begun_on, int(found[1]), working=True) if found else None
