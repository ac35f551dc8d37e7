"""From which day on two tellings of a record differ, and what is left of each from then on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from rectify_tui.domain.timeline import Replayed

Entry = TypeVar("Entry", bound=tuple[str, object])

_FOR_ALL_TIME = ("programme_id", "regions")
"""Plain facts under which a record is counted: where they differ, every day does."""


def first_difference(one: Replayed, other: Replayed) -> str | None:
    """The first day (ISO text) of which figures are told otherwise; None where there is none.

    Empty text stands for all days.
    """
    for name in _FOR_ALL_TIME:
        if one.values.get(name) != other.values.get(name):
            return ""
    day = min(
        _first_day(one.timeline, other.timeline),
        _first_day(one.assignments, other.assignments),
        _first_day(one.closures, other.closures),
    )
    return None if day == _NEVER else day


_NEVER = "~"
"""Comes after every day."""


def _first_day(one: Sequence[Entry], other: Sequence[Entry]) -> str:
    if one is other:
        return _NEVER
    same = min(len(one), len(other))
    if one[:same] == other[:same]:
        longer = one if len(one) > same else other
        return longer[same][0] if len(longer) > same else _NEVER
    return next(min(a[0], b[0]) for a, b in zip(one, other, strict=False) if a != b)


def held_from(record: Replayed, day: str) -> Replayed:
    """A record without what ceased to hold before a day."""
    values, timeline, assignments, closures = record
    return Replayed(values, _from(timeline, day), _from(assignments, day), _from(closures, day))


def _from(entries: tuple[Entry, ...], day: str) -> tuple[Entry, ...]:
    first = len(entries) - 1
    while first > 0 and entries[first][0] >= day:
        first -= 1
    return entries[first:] if first > 0 else entries
