"""A clock for tests, to be given to `Ledger`."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8))


class Clock:
    """Stands still until it is moved; begins on Friday 6 March 2020 at 9 o'clock in Beijing."""

    def __init__(self, day: date = date(2020, 3, 6)) -> None:
        self.set(day)

    def __call__(self) -> datetime:
        return self.now

    @property
    def today(self) -> date:
        return self.now.date()

    def move(self, days: int = 0, **more: int) -> None:
        self.now += timedelta(days=days, **more)

    def set(self, day: date) -> None:
        self.now = datetime(day.year, day.month, day.day, 9, tzinfo=BEIJING)
