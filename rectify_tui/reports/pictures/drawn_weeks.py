"""Pictures over time as they are drawn and kept: words, days, counts and levels, and no query."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, NamedTuple

from rectify_tui.domain.status import Group
from rectify_tui.reports.pictures.figure import Value
from rectify_tui.reports.table import Kind

WEEK = timedelta(weeks=1)


class Stack(NamedTuple):
    """The items of a group at the end of each week."""

    group: Group
    name: str
    counts: tuple[int, ...]


class Expected(NamedTuple):
    """How many items will be completed by a day: four times in five from `low` to `high`."""

    day: date
    low: int
    middle: int
    high: int


class Words(NamedTuple):
    """What the parts of a burn-up are called."""

    band: str
    middle: str
    deadline: str


@dataclass(frozen=True)
class BurnUp:
    """Items by group over weeks, each on the one before, and what is to come.

    `weeks` are last days of weeks. `expected` begins as of the newest and is empty where there is
    no forecast, of which `unsaid` tells why. By `deadline` all is due; None where no day is known.
    """

    key: ClassVar = "burn_up"
    title: str
    weeks: tuple[date, ...]
    stacks: tuple[Stack, ...]
    expected: tuple[Expected, ...]
    deadline: date | None
    words: Words
    unsaid: str = ""

    @property
    def now(self) -> date:
        """The day as of which it is drawn."""
        return self.weeks[-1]

    @property
    def last(self) -> date:
        """The last day of the picture."""
        return max(self.now, *(each.day for each in self.expected), self.deadline or self.now)

    @property
    def totals(self) -> tuple[int, ...]:
        """All items at the end of each week."""
        return tuple(map(sum, zip(*(stack.counts for stack in self.stacks), strict=True)))

    @property
    def edges(self) -> tuple[int, int]:
        """The counts at the bottom and the top; the bottom is 0 unless most of it never changed."""
        least, most = min(self.stacks[0].counts), max(*self.totals, 1)
        step = 10 ** (len(str(most - least)) - 1)
        return (least // step * step if most > least > most / 2 else 0), most

    def expected_on(self, day: date) -> Expected | None:
        """What is expected on a day, straight between those that are kept; None for no forecast."""
        if not self.expected:
            return None
        at = bisect_left(self.expected, day, key=lambda each: each.day)
        after = self.expected[min(at, len(self.expected) - 1)]
        before = self.expected[max(at - 1, 0)]
        days = (after.day - before.day).days
        part = (min(day, after.day) - before.day).days / days if days else 0

        def between(low: int, high: int) -> int:
            return round(low + (high - low) * part)

        return Expected(
            day, between(before.low, after.low), between(before.middle, after.middle),
            between(before.high, after.high),
        )  # fmt: skip

    @property
    def coming_weeks(self) -> list[date]:
        """Last days of the weeks that are still to come, as far as the picture reaches."""
        count = -(-(self.last - self.now) // WEEK)
        return [self.now + WEEK * n for n in range(1, count + 1)]


class Strip(NamedTuple):
    """One place over the weeks."""

    name: str
    short: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Heat:
    """A figure of each place by week; every week is held against its own average.

    `place` is what the places are, `measure` says what the levels are measured by, `levels` from
    where to where each reaches, the worst first.
    """

    key: ClassVar = "heat"
    title: str
    place: str
    kind: Kind
    measure: str
    levels: tuple[str, ...]
    weeks: tuple[date, ...]
    strips: tuple[Strip, ...]
