"""Patterns worth seeing: what a person who reads many weeks of progress would notice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from rectify_tui.domain.dates import week_of
from rectify_tui.domain.timeline import Row, decode, live_rows

SILENT_WEEKS = 4
"""Weeks without a word after which an open item is noticed, unless somebody asks for others."""

LOOK_BACK_WEEKS = 26
"""How far back completions are looked at."""

SAME_REASON_WEEKS = 3
"""Weeks in which the same reason has to be given before it is noticed."""

RUSH_LEAST = 5
RUSH_SHARE = 0.5
"""A rush: at least so many completions on the day of a cut-off, and this share of its period's."""


class Pattern(StrEnum):
    """What is looked for. The rules are ours; no document fixes them."""

    SILENT = "silent"
    RUSH = "rush"
    LEAP = "leap"
    MOVED = "moved"
    SAME_REASON = "same_reason"


def rush_days(by_day: Mapping[date, int], week_ends_on: int) -> dict[date, tuple[int, int]]:
    """Cut-offs on which suspiciously many items were completed, from the numbers of each day.

    By cut-off the number of completions on that very day and in its whole week.
    """
    by_week: Counter[date] = Counter()
    for day, n in by_day.items():
        by_week[week_of(day, week_ends_on)[1]] += n
    return {
        cutoff: (on_day, n)
        for cutoff, n in sorted(by_week.items())
        if (on_day := by_day.get(cutoff, 0)) >= RUSH_LEAST and on_day >= RUSH_SHARE * n
    }


@dataclass(frozen=True)
class Moves:
    """How a deadline was moved: how often, from which first day to which last one."""

    times: int
    first: date
    last: date | None

    @property
    def days(self) -> int | None:
        """By how many days it is later (or, below 0, earlier); None where no day is left."""
        return (self.last - self.first).days if self.last else None


def deadline_moves(rows: Iterable[Row]) -> Moves | None:
    """What became of a deadline, from the rows of history about the day an item is due.

    A day that is set for the first time was not moved; one that came back to where it was, was.
    """
    moved = [row for row in live_rows(rows) if row.old is not None]
    if not moved:
        return None
    first, last = decode(moved[0].old), decode(moved[-1].new)
    return Moves(
        len(moved), date.fromisoformat(str(first)),
        date.fromisoformat(str(last)) if last is not None else None,
    )  # fmt: skip


def weeks_of_one_reason(rows: Sequence[Row], week_ends_on: int) -> tuple[str, int] | None:
    """The reason an item has, and in how many weeks it was given: when it was set and at reviews.

    Rows are those of history about the reason and the day of the last review. None without one.
    """
    alive = live_rows(rows)
    given = [row for row in alive if row.field == "reason"]
    reason = decode(given[-1].new) if given else None
    if not reason:
        return None
    since = given[-1]
    days = {since.effective_on}
    days |= {row.effective_on for row in alive if row.seq > since.seq and row.new is not None}
    weeks = {week_of(date.fromisoformat(day), week_ends_on) for day in days}
    return str(reason), len(weeks)


def look_back(day: date, weeks: int = LOOK_BACK_WEEKS) -> date:
    """The first day of so many weeks that end with a day."""
    return day - timedelta(weeks=weeks) + timedelta(days=1)
