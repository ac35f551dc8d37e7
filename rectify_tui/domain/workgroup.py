"""The working group: who still has open lines is in it, and whoever finishes leaves.

The rule is that of the group on drinking-water sources of the Yangtze belt, which met each Friday
and which each place left when its last problem was solved (`domain.md`, section 2).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter

from rectify_tui.domain.dates import week_of


@dataclass(frozen=True)
class Spell:
    """A time in the group: from the day of the first open line to the day on which none was left.

    `left_on` is None while it lasts.
    """

    joined_on: date
    left_on: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the place was in the group at the end of a day."""
        return self.joined_on <= day and (self.left_on is None or day < self.left_on)


def spells(differences: Iterable[tuple[date, int]], until: date) -> tuple[Spell, ...]:
    """The times in the group, given how many more (or fewer) open lines each day brought.

    Days may come in any order and more than once; those after `until` are left out. Only what
    holds at the end of a day counts.
    """
    times: list[Spell] = []
    open_lines = 0
    for day, group in groupby(sorted(differences), key=itemgetter(0)):
        if day > until:
            break
        before, open_lines = open_lines, open_lines + sum(n for _, n in group)
        if open_lines and not before:
            times.append(Spell(day))
        elif before and not open_lines:
            times[-1] = Spell(times[-1].joined_on, day)
    return tuple(times)


def members_by_week(
    spells: Mapping[int, Sequence[Spell]], weeks: Iterable[date]
) -> list[tuple[date, list[int]]]:
    """Which places were in the group at the end of each of these days."""
    return [
        (day, [key for key, each in spells.items() if any(spell.holds(day) for spell in each)])
        for day in weeks
    ]


def week_ends(first: date, last: date, most: int, ends_on: int) -> list[date]:
    """The days on which weeks ended from the first to the last day, at most so many of them.

    `ends_on` is the weekday of these days, as in `week_of`. The last day stands for a week that has
    not ended on it.
    """
    running = week_of(last, ends_on)[1]
    weeks = [running - timedelta(weeks=n) for n in reversed(range(most))]
    return [min(day, last) for day in weeks if min(day, last) >= first]
