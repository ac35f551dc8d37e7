"""What held when: replaying the history of one record.

A change of progress (status, progress, note, verification) is *dated*: it holds from its effective
date until the next dated change. Every other field is a plain fact; correcting it corrects the past
too. An undo adds rows that *retract* earlier ones; a retracted row counts for nothing, and
retracting a retraction brings the row back.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rectify_tui.domain.status import Status

Value = str | int | float | None
Values = dict[str, Value]
Timeline = tuple[tuple[str, str], ...]
"""Statuses with the ISO date from which each holds, dates strictly rising."""

DATED = frozenset(
    {
        "status", "progress", "note", "verification", "closed_on",
        "merged_item_id", "merged_programme_id",
    }
)  # fmt: skip
"""Fields whose changes hold from an effective date."""

NOT_STARTED_DUE = "not_started_due"
"""Counted apart from `not_started`: not started although the start is due, hence behind."""


class Row(NamedTuple):
    """One row of history about one record."""

    seq: int
    field: str
    old: str | None
    new: str | None
    effective_on: str
    retracts: int | None


@dataclass(frozen=True)
class Replayed:
    """A record as its history tells it: current values, and its status over time."""

    values: Values
    timeline: Timeline


def encode(value: Value) -> str | None:
    """A field's value as history keeps it: JSON, or None."""
    return None if value is None else json.dumps(value, ensure_ascii=False)


def decode(text: str | None) -> Value:
    """A field's value from history."""
    if text is None:
        return None
    value: Value = json.loads(text)
    return value


def live_rows(rows: Iterable[Row]) -> list[Row]:
    """The rows that count, by rising sequence: neither retracted nor themselves retractions."""
    dead: set[int] = set()
    alive: list[Row] = []
    for row in sorted(rows, reverse=True):
        if row.seq in dead:
            continue
        if row.retracts is not None:
            dead.add(row.retracts)
        else:
            alive.append(row)
    alive.reverse()
    return alive


def replay(rows: Iterable[Row], *, as_of: str | None = None) -> Replayed | None:
    """The record that its rows tell of, or None where it does not exist (any more).

    With `as_of` (ISO date) dated fields are those in force on that day.
    """
    alive = live_rows(rows)
    born = next((row for row in alive if row.field == "" and row.new is not None), None)
    if born is None or born.new is None:
        return None
    values: Values = json.loads(born.new)
    since: dict[str, str] = dict.fromkeys(DATED, born.effective_on)
    timeline: Timeline = ()
    if "status" in values:
        timeline = ((born.effective_on, str(values["status"])),)
    if as_of is not None and born.effective_on > as_of:
        return None
    for row in alive:
        if row.field == "":
            continue
        if row.field == "status":
            timeline = put(timeline, row.effective_on, str(decode(row.new)))
        if row.field in DATED:
            if as_of is not None and row.effective_on > as_of:
                continue
            if row.effective_on < since[row.field]:
                continue
            since[row.field] = row.effective_on
        values[row.field] = decode(row.new)
    return Replayed(values, timeline)


def put(timeline: Timeline, on: str, status: str) -> Timeline:
    """The timeline with `status` holding from `on` until the next entry."""
    entries = dict(timeline)
    entries[on] = status
    return tuple(sorted(entries.items()))


def status_on(timeline: Timeline, day: str) -> str | None:
    """The status in force on a day, None before the first entry."""
    found = None
    for since, status in timeline:
        if since > day:
            break
        found = status
    return found


def counted(timeline: Timeline, start_on: str | None) -> Timeline:
    """The timeline as figures count it.

    "Not started" is on schedule while the start is not yet due and behind from then on
    (`domain.md`, table of statuses), so a span of it is split where the start falls due.
    """
    if start_on is None or all(status != Status.NOT_STARTED for _, status in timeline):
        return timeline
    entries: list[tuple[str, str]] = []
    for index, (since, status) in enumerate(timeline):
        until = timeline[index + 1][0] if index + 1 < len(timeline) else "9999-12-31"
        if status != Status.NOT_STARTED or until <= start_on:
            entries.append((since, status))
        elif start_on <= since:
            entries.append((since, NOT_STARTED_DUE))
        else:
            entries += [(since, status), (start_on, NOT_STARTED_DUE)]
    return tuple(entries)


def differences(timeline: Timeline) -> Counter[tuple[str, str]]:
    """How many more (or fewer) of each status each day brings: `(day, status) -> n`."""
    found: Counter[tuple[str, str]] = Counter()
    before: str | None = None
    for day, status in timeline:
        if status == before:
            continue
        found[day, status] += 1
        if before is not None:
            found[day, before] -= 1
        before = status
    return found


def changed_fields(before: Mapping[str, Value], after: Mapping[str, Value]) -> Sequence[str]:
    """Names of the fields whose value differs."""
    return [name for name, value in after.items() if before.get(name) != value]
