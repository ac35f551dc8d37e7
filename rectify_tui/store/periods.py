"""The periods by which figures are kept: differences of years, of months and of days."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

YEAR, MONTH, DAY = len("YYYY"), len("YYYY-MM"), len("YYYY-MM-DD")
"""How many characters of a day's ISO text name its periods."""


class Periods(NamedTuple):
    """The differences of some periods come to those of others, `added`, less these, `taken`."""

    added: list[str]
    taken: list[str]

    def signed(self) -> Iterator[tuple[int, list[str]]]:
        """1 with those to add, -1 with those to take off, where there are any."""
        return ((n, some) for n, some in ((1, self.added), (-1, self.taken)) if some)


def up_to(first: str, day: date) -> Periods:
    """The periods that make up all from the year of the `first` on to a day, with the day itself.

    Beyond its middle a year or a month is taken whole, and what follows of it is taken off: as few
    lines as can be are to be read, and few are told of days to come.
    """
    year, month = f"{day.year:04}", f"{day.year:04}-{day.month:02}"
    months = [f"{year}-{n:02}" for n in range(1, 13)]
    days = [f"{month}-{n:02}" for n in range(1, monthrange(day.year, day.month)[1] + 1)]
    added = [f"{each:04}" for each in range(int(first[:YEAR]), day.year)]
    taken: list[str] = []
    before, rest = months[: day.month - 1], months[day.month - 1 :]
    if len(rest) < len(before):
        added, taken = [*added, year], rest
    else:
        added += before
    until, after = days[: day.day], days[day.day :]
    if len(after) < len(until):
        added, taken = [*added, month], [*taken, *after]
    else:
        added += until
    both = {*added} & {*taken}
    return Periods(*([each for each in some if each not in both] for some in (added, taken)))
