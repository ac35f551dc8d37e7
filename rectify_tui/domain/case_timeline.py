"""The status of a complaint case over time, from what was said of it and the days it bears.

A case is received on the day on which it was passed on, and closed on the day of its closing,
whenever somebody came to type that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from rectify_tui.domain.status import CaseStatus


class Closing(NamedTuple):
    """A status that was said to hold from a day, with the day of closing that went with it."""

    on: str
    status: str
    closed_on: str | None


Entries = list[tuple[str, str]]


def told_timeline(
    statuses: Mapping[str, object], closed: Mapping[str, object], passed_on: object
) -> tuple[tuple[str, str], ...]:
    """The same from the words on status and day of closing, each by the day of which it was said.

    What was said of one holds until it is said anew, whatever is said of the other meanwhile.
    """
    status: object = None
    closed_on: object = None
    closings = []
    for on in sorted({*statuses, *closed}):
        status, closed_on = statuses.get(on, status), closed.get(on, closed_on)
        if status is not None:
            closings.append(Closing(on, str(status), str(closed_on) if closed_on else None))
    return case_timeline(closings, str(passed_on) if passed_on else None)


def case_timeline(
    closings: Sequence[Closing], passed_on: str | None
) -> tuple[tuple[str, str], ...]:
    """Statuses with the ISO date from which each holds; dates rise, and neighbours differ.

    `said` is in the order of its days, one for each. Nothing holds from before the day on which the
    case was passed on.
    """
    entries: Entries = []
    for index, word in enumerate(closings):
        end = closings[index + 1].on if index + 1 < len(closings) else None
        _add(entries, word, end)
    if passed_on is not None:
        entries = _received(entries, passed_on)
    return tuple(next(same) for _, same in groupby(entries, key=lambda entry: entry[1]))


def _add(entries: Entries, word: Closing, end: str | None) -> None:
    """Add what was said; a closing on its own day, unless that is not possible.

    It is not where the case was closed at that time already, or was something else again by then.
    """
    closed_on = word.closed_on
    if word.status != CaseStatus.CLOSED or closed_on is None or closed_on == word.on:
        entries.append((word.on, word.status))
    elif closed_on > word.on:
        if end is not None and closed_on >= end:
            entries.append((word.on, word.status))
        else:
            before = entries[-1][1] if entries else CaseStatus.OPEN.value
            entries += [(word.on, before), (closed_on, word.status)]
    elif any(on >= closed_on and status == CaseStatus.CLOSED for on, status in entries):
        entries.append((word.on, word.status))
    else:
        entries[:] = [entry for entry in entries if entry[0] < closed_on]
        entries.append((closed_on, word.status))


def _received(entries: Entries, passed_on: str) -> Entries:
    """The entries from the day on which a case was passed on."""
    early = [status for on, status in entries if on <= passed_on]
    first = early[-1] if early else CaseStatus.OPEN.value
    return [(passed_on, first), *(entry for entry in entries if entry[0] > passed_on)]
