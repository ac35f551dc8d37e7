"""What held when: replaying the history of one record.

A change of what `domain/fields.py` calls *dated* (status, progress, note, reason, verification, …)
holds from its effective date until the next dated change. Every other field is a plain fact;
correcting it corrects the past too. An undo adds rows that *retract* earlier ones; a retracted row
counts for nothing, and retracting a retraction brings the row back.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rectify_tui.domain.fields import CASE, ITEM
from rectify_tui.domain.status import Status

Value = str | int | float | None
Values = dict[str, Value]
Timeline = tuple[tuple[str, str], ...]
"""Statuses with the ISO date from which each holds; dates rise, and neighbours differ."""

DATED = ITEM.dated_columns | CASE.dated_columns
"""Columns whose changes hold from an effective date."""

STATE = frozenset({"status", "closed_on", "merged_item_id", "merged_programme_id"})
"""Dated fields that say one thing together, which holds until any of them is set anew."""

NOT_STARTED_DUE = "not_started_due"
"""Counted apart from `not_started`: not started although the start is due, hence behind."""


_ENCODER = json.JSONEncoder(ensure_ascii=False)


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
    return None if value is None else _ENCODER.encode(value)


def decode(text: str | None) -> Value:
    """A field's value from history."""
    if text is None:
        return None
    value: Value = json.loads(text)
    return value


def live_rows(rows: Iterable[Row]) -> list[Row]:
    """The rows that count, by rising sequence: neither retracted nor themselves retractions."""
    # From the newest back: a retraction comes after what it retracts, so by the time that a row is
    # reached it is known whether anything that counts takes it back. A retraction that was itself
    # retracted is dead when its turn comes, and leaves alive what it pointed to.
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

    With `as_of` (ISO date) dated fields are those in force on that day. A record is there from its
    first status on, be it told of a day before the record was entered.
    """
    alive = live_rows(rows)
    born = next((row for row in alive if row.field == "" and row.new is not None), None)
    if born is None or born.new is None:
        return None
    values: Values = json.loads(born.new)
    early = as_of is not None and as_of < born.effective_on
    since: dict[str, str] = dict.fromkeys(DATED, "" if early else born.effective_on)
    statuses: dict[str, str] = {}
    if "status" in values:
        statuses[born.effective_on] = str(values["status"])
    if early:
        values |= dict.fromkeys(DATED & values.keys())
    for row in alive:
        if row.field == "":
            continue
        if row.field == "status":
            statuses[row.effective_on] = str(decode(row.new))
        if row.field in DATED:
            if as_of is not None and row.effective_on > as_of:
                continue
            if row.effective_on < since[row.field]:
                continue
            since[row.field] = row.effective_on
        values[row.field] = decode(row.new)
    if early and values.get("status") is None:
        return None
    return Replayed(values, _timeline(statuses))


def value_on(rows: Iterable[Row], name: str, day: str) -> Value:
    """What a dated field was on a day, None before anything was said of it."""
    since = ""
    found: Value = None
    for row in live_rows(rows):
        if row.field in ("", name) and since <= row.effective_on <= day:
            since = row.effective_on
            found = decode(row.new) if row.field else json.loads(row.new or "{}").get(name)
    return found


def next_state(rows: Sequence[Row], day: str) -> tuple[str, Values] | None:
    """When after a day the status or what goes with it is set anew, and what they are then."""
    dates = [row.effective_on for row in live_rows(rows) if row.field in STATE or row.field == ""]
    following = min((on for on in dates if on > day), default=None)
    then = replay(rows, as_of=following) if following else None
    if following is None or then is None:
        return None
    return following, {name: value for name, value in then.values.items() if name in STATE}


def put(timeline: Timeline, on: str, status: str) -> Timeline:
    """The timeline with `status` holding from `on`, which no entry of it follows."""
    return _timeline(dict(timeline) | {on: status})


def _timeline(statuses: Mapping[str, str]) -> Timeline:
    """What was said of the status, by date, without what says the same again."""
    found: list[tuple[str, str]] = []
    for on, status in sorted(statuses.items()):
        if not found or found[-1][1] != status:
            found.append((on, status))
    return tuple(found)


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
