"""The calendar of the simulated offices: everything is recorded on Fridays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from typing import Generic, TypeVar

BEIJING = timezone(timedelta(hours=8))
COUNT = 104
"""Weeks of history."""

_FRIDAY = 4

T = TypeVar("T")


@dataclass(frozen=True)
class Weeks:
    """`COUNT` weeks, each named by its Friday; `first` is the ordinal of the first Friday."""

    first: int

    @classmethod
    def before(cls, until: date) -> Weeks:
        """The weeks whose last Friday is the newest one before a date."""
        back = (until.weekday() - _FRIDAY) % 7 or 7
        return cls(until.toordinal() - back - 7 * (COUNT - 1))

    def friday(self, week: int) -> int:
        """Ordinal of a week's Friday; weeks before the first and after the last count on."""
        return self.first + 7 * week

    def holding(self, day: int) -> int:
        """The week, Saturday to Friday, that a day belongs to."""
        return -((self.first - day) // 7)


class FridayClock:
    """A clock that stands at 16:00 Beijing time on the day that `friday` is set to."""

    def __init__(self, friday: int) -> None:
        self.friday = friday

    def __call__(self) -> datetime:
        """The moment of the Friday at which all of a week is recorded."""
        return datetime.combine(date.fromordinal(self.friday), time(16), BEIJING)


def clock_before(until: date) -> FridayClock:
    """A clock for what has to stand in the store before the simulated weeks, such as the regions.

    Records keep the time at which they were made, and later ones may not be older.
    """
    return FridayClock(Weeks.before(until).friday(-1))


class Agenda(Generic[T]):
    """What is to happen in which week; what would come after the last one is dropped."""

    def __init__(self) -> None:
        self._weeks: list[list[T]] = [[] for _ in range(COUNT)]

    def put(self, week: int, what: T) -> None:
        """Note something for a week."""
        if week < COUNT:
            self._weeks[week].append(what)

    def take(self, week: int) -> list[T]:
        """Everything noted for a week, which is then forgotten."""
        found, self._weeks[week] = self._weeks[week], []
        return found


@cache
def iso(day: int) -> str:
    """A day as ISO text; each text exists once, however many records share it."""
    return date.fromordinal(day).isoformat()
