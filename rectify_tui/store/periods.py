"""The periods by which figures are kept: differences of years, of months and of days."""

from __future__ import annotations

from datetime import date

YEAR, MONTH, DAY = len("YYYY"), len("YYYY-MM"), len("YYYY-MM-DD")
"""How many characters of a day's ISO text name its periods."""


def periods_before(first: str, day: date) -> list[str]:
    """The years and months that make up all from a year on to the month of a day, without it."""
    years = [f"{year:04}" for year in range(int(first), day.year)]
    return years + [f"{day.year:04}-{month:02}" for month in range(1, day.month)]


def days_until(day: date) -> list[str]:
    """The days that come after those periods, up to the day itself."""
    return [f"{day:%Y-%m}-{n:02}" for n in range(1, day.day + 1)]
