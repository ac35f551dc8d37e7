"""What held when: replaying the history of one record.

A change of what `domain/fields.py` calls *dated* (status, deadline, region, progress, note, …)
holds from its effective date until the next dated change. Every other field is a plain fact;
correcting it corrects the past too. An undo adds rows that *retract* earlier ones; a retracted row
counts for nothing, and retracting a retraction brings the row back.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple, TypeVar

from rectify_tui.domain.case_timeline import told_timeline
from rectify_tui.domain.fields import CASE, ITEM, PROGRAMME, REGION, UNIT
from rectify_tui.domain.status import Group, Status, statuses_of

Value = str | int | float | None
Values = dict[str, Value]
Timeline = tuple[tuple[str, str], ...]
"""Statuses with the ISO date from which each holds; dates rise, and neighbours differ."""

DATED: Mapping[str, frozenset[str]] = defaultdict(
    frozenset, item=ITEM.dated_columns, case=CASE.dated_columns
)
"""Columns whose changes hold from an effective date, by the kind of record."""

ASSIGNED = ITEM.assigned_columns
"""Columns of what an item is given when it is entered, in the order of an `Assignment`.

What the entry says of them holds from the first day of the item on, also where its status is told
of a day before the entry: an item is never nowhere.
"""

_START = ASSIGNED.index("start_on")

Assignment = tuple[Value, ...]
"""Where an item lies, who has to see to it, and by when."""

Assignments = tuple[tuple[str, Assignment], ...]
"""Assignments with the ISO date from which each holds; dates rise, and neighbours differ."""

_UNSAID: Mapping[str, Values] = {
    entity: {name: None for name in declared.columns if name != "status_on"}
    for entity, declared in (
        ("item", ITEM), ("case", CASE), ("programme", PROGRAMME), ("region", REGION),
        ("unit", UNIT),
    )
}  # fmt: skip
"""The columns that a record is entered with, by kind: it may be older than one of them."""

STATE = frozenset({"status", "closed_on", "merged_item_id", "merged_programme_id"})
"""Dated fields that say one thing together, which holds until any of them is set anew."""


CLOSEOUT = frozenset({"closure", "closure_level", "closure_on", "notice_until"})
"""Dated fields that say together how far the close-out is."""

_DEADLINE = frozenset(ITEM["deadline"].kept_in)
_VERIFICATION = frozenset(ITEM["verification"].kept_in)
_TOGETHER = {name: group for group in (STATE, CLOSEOUT, _DEADLINE, _VERIFICATION) for name in group}


class Later(StrEnum):
    """What becomes of what was said of later days, when something is said of an earlier one."""

    FROM_THEN_ON = "from_then_on"  # it is replaced: what is said now holds to the present
    UNTIL_NEXT = "until_next"  # it stays: what is said now holds until then


FOREVER = "9999-12-31"
"""The end of what has none."""

NOT_STARTED_DUE = "not_started_due"
"""Counted apart from `not_started`: not started although the start is due, hence behind."""

CLOSURE = "closure"
"""As what stages of close-out are counted, beside items and cases."""

_NOT_STARTED = Status.NOT_STARTED.value


_ENCODER = json.JSONEncoder(ensure_ascii=False)


class Row(NamedTuple):
    """One row of history about one record."""

    seq: int
    field: str
    old: str | None
    new: str | None
    effective_on: str
    retracts: int | None


class Replayed(NamedTuple):
    """A record as its history tells it: current values, its status and assignment over time.

    `closures` are the stages of its close-out over time, empty text where nobody has applied.
    """

    values: Values
    timeline: Timeline
    assignments: Assignments = ()
    closures: Timeline = ()


def encode(value: Value) -> str | None:
    """A field's value as history keeps it: JSON, or None."""
    if value is None:
        return None
    return str(value) if type(value) is int else _ENCODER.encode(value)


def decode(text: str | None) -> Value:
    """A field's value from history."""
    if text is None:
        return None
    inner = text[1:-1]
    if text == f'"{inner}"' and _PLAIN(inner):
        return inner
    value: Value = json.loads(text)
    return value


_PLAIN = re.compile(r'[^"\\\x00-\x1f]*').fullmatch
"""What stands between quotes in JSON as it is."""


@lru_cache(maxsize=16)
def _entry(text: str) -> Values:
    """What a record was entered with; not to be changed. The same one is often read in a row."""
    values: Values = json.loads(text)
    return values


def entered_with(entity: str, text: str) -> Values:
    """What a record was entered with, as history keeps it; None for what nothing was said of."""
    values: Values = json.loads(text)
    return {**_UNSAID.get(entity, {}), **values}


def live_rows(rows: Iterable[Row]) -> list[Row]:
    """The rows that count, by rising sequence: neither retracted nor themselves retractions."""
    return [row for row in standing_rows(rows) if row.retracts is None]


def standing_rows(rows: Iterable[Row]) -> list[Row]:
    """The rows that nothing takes back, retractions among them, by rising sequence.

    Of rows that come after some point it tells the same, whatever was before.
    """
    # From the newest back: a retraction comes after what it retracts, so by the time that a row is
    # reached it is known whether anything that counts takes it back. A retraction that was itself
    # retracted is dead when its turn comes, and leaves alive what it pointed to.
    rows = sorted(rows)
    if all(row.retracts is None for row in rows):
        return rows
    dead: set[int] = set()
    standing: list[Row] = []
    for row in reversed(rows):
        if row.seq in dead:
            continue
        if row.retracts is not None:
            dead.add(row.retracts)
        standing.append(row)
    standing.reverse()
    return standing


def replay(
    rows: Iterable[Row], entity: str = "item", *, as_of: str | None = None
) -> Replayed | None:
    """The record of a kind that its rows tell of, or None where it does not exist (any more).

    With `as_of` (ISO date) dated fields are those in force on that day. A record is there from its
    first status on, be it told of a day before the record was entered.
    """
    alive = live_rows(rows)
    born = next((row for row in alive if row.field == "" and row.new is not None), None)
    if born is None or born.new is None:
        return None
    entered = _entry(born.new)
    values = {**_UNSAID.get(entity, {}), **entered}
    early = as_of is not None and as_of < born.effective_on
    dated = DATED[entity]
    since: dict[str, str] = dict.fromkeys(dated, "" if early else born.effective_on)
    if early:
        values |= dict.fromkeys((dated - frozenset(ASSIGNED)) & values.keys())
    changes = [row for row in alive if row.field]
    for row in changes:
        if row.field in dated:
            if as_of is not None and row.effective_on > as_of:
                continue
            if row.effective_on < since[row.field]:
                continue
            since[row.field] = row.effective_on
        values[row.field] = decode(row.new)
    timeline = _statuses(entity, born.effective_on, entered, changes, values.get("passed_on"))
    if "status" in entered:
        status = status_on(timeline, as_of or FOREVER)
        if status is None:
            return None
        values["status"] = status
    assignments = (
        _assignments(born.effective_on, entered, changes, timeline) if entity == "item" else ()
    )
    return Replayed(values, timeline, assignments, _closures(born.effective_on, entered, changes))


def _statuses(
    entity: str, born_on: str, entered: Values, changes: Iterable[Row], passed_on: Value
) -> Timeline:
    """The status over time; that of a case follows from when it was passed on and closed."""
    if "status" not in entered:
        return ()
    statuses = _said(born_on, entered, changes, "status")
    if entity != "case":
        return _timeline({on: str(status) for on, status in statuses.items()})
    return told_timeline(statuses, _said(born_on, entered, changes, "closed_on"), passed_on)


def _said(born_on: str, entered: Values, changes: Iterable[Row], name: str) -> dict[str, Value]:
    """What was said of a dated field by the day from which it holds, the last word for each day."""
    words = {born_on: entered.get(name)}
    words |= {row.effective_on: decode(row.new) for row in changes if row.field == name}
    return words


def _assignments(
    born_on: str, entered: Values, changes: Sequence[Row], timeline: Timeline
) -> Assignments:
    if not timeline:
        return ()
    first = timeline[0][0]
    assigned = {row.field for row in changes}.intersection(ASSIGNED)
    words = {name: _said(born_on, entered, changes, name) for name in assigned}
    days = {first, *(max(first, day) for said in words.values() for day in said)}
    entries: list[tuple[str, Assignment]] = []
    for day in sorted(days):
        assignment = tuple(
            _in_force(words[name], day, entered.get(name)) if name in words else entered.get(name)
            for name in ASSIGNED
        )
        if not entries or entries[-1][1] != assignment:
            entries.append((day, assignment))
    return tuple(entries)


def _closures(born_on: str, entered: Values, changes: Sequence[Row]) -> Timeline:
    if not entered.get("closure") and all(row.field != "closure" for row in changes):
        return ()
    words = _said(born_on, entered, changes, "closure")
    return _timeline({on: str(stage or "") for on, stage in words.items()})


def _in_force(words: Mapping[str, Value], day: str, before: Value) -> Value:
    since = max((on for on in words if on <= day), default=None)
    return before if since is None else words[since]


def value_on(rows: Iterable[Row], name: str, day: str) -> Value:
    """What a dated field was on a day, None before anything was said of it."""
    alive = live_rows(rows)
    born = next((row for row in alive if row.field == "" and row.new is not None), None)
    if born is None or born.new is None:
        return None
    entered = _entry(born.new)
    before = entered.get(name) if name in ASSIGNED else None
    return _in_force(_said(born.effective_on, entered, alive, name), day, before)


def later_words(rows: Iterable[Row], names: frozenset[str], day: str) -> dict[str, bool]:
    """The days after one on which something was said of these fields.

    True for the day on which the record was entered, where nothing else was said of that day.
    """
    days: dict[str, bool] = {}
    for row in live_rows(rows):
        if row.effective_on > day and (row.field in names or row.field == ""):
            entry = row.field == ""
            days[row.effective_on] = days.get(row.effective_on, entry) and entry
    return days


def said_together(entity: str, names: Iterable[str]) -> list[frozenset[str]]:
    """Dated fields by what says one thing together: the state, the deadline, each other alone.

    A deadline may bring its start along.
    """
    return list(_said_together(entity, tuple(names)))


@lru_cache(maxsize=64)
def _said_together(entity: str, names: tuple[str, ...]) -> tuple[frozenset[str], ...]:
    dated = [name for name in names if name in DATED[entity]]
    together = _TOGETHER
    if {"deadline", "start_on"}.issubset(dated):
        together = _TOGETHER | dict.fromkeys((*_DEADLINE, "start_on"), _DEADLINE | {"start_on"})
    return tuple(dict.fromkeys(together.get(name, frozenset({name})) for name in dated))


def said_otherwise(
    rows: Iterable[Row], entity: str, values: Mapping[str, Value], on: str
) -> dict[str, bool]:
    """The days after one for which something else was said of these dated fields.

    True for that on which the record was entered, where nothing else was said of it.
    """
    rows = list(rows)
    days: dict[str, bool] = {}
    for group in said_together(entity, values):
        group_values = {name: values[name] for name in group if name in values}
        for day, entry in later_words(rows, group, on).items():
            if any(value_on(rows, name, day) != value for name, value in group_values.items()):
                days[day] = days.get(day, entry) and entry
    return days


def put(timeline: Timeline, on: str, status: str) -> Timeline:
    """The timeline with `status` holding from `on`, which no entry of it follows."""
    kept = timeline[:-1] if timeline and timeline[-1][0] == on else timeline
    return kept if kept and kept[-1][1] == status else (*kept, (on, status))


def assignment_of(values: Values) -> Assignment:
    """The assignment among an item's values."""
    return tuple(map(values.get, ASSIGNED))


def assign(assignments: Assignments, on: str, assignment: Assignment) -> Assignments:
    """The assignments with one holding from `on`, which no entry of them follows."""
    kept = assignments[:-1] if assignments and assignments[-1][0] == on else assignments
    return kept if kept and kept[-1][1] == assignment else (*kept, (on, assignment))


def _timeline(statuses: Mapping[str, str]) -> Timeline:
    """What was said of the status, by date, without what says the same again."""
    states: list[tuple[str, str]] = []
    for on, status in sorted(statuses.items()):
        if not states or states[-1][1] != status:
            states.append((on, status))
    return tuple(states)


def status_on(timeline: Timeline, day: str) -> str | None:
    """The status in force on a day, None before the first entry."""
    held = None
    for since, status in timeline:
        if since > day:
            break
        held = status
    return held


def counted(timeline: Timeline, start_on: str | None, end: str = FOREVER) -> Timeline:
    """The timeline, which ends on a day, as figures count it.

    "Not started" is on schedule while the start is not yet due and behind from then on
    (`domain.md`, table of statuses), so a span of it is split where the start falls due.
    """
    if start_on is None or all(status != _NOT_STARTED for _, status in timeline):
        return timeline
    entries: list[tuple[str, str]] = []
    for index, (since, status) in enumerate(timeline):
        until = timeline[index + 1][0] if index + 1 < len(timeline) else end
        if status != _NOT_STARTED or until <= start_on:
            entries.append((since, status))
        elif start_on <= since:
            entries.append((since, NOT_STARTED_DUE))
        else:
            entries += [(since, status), (start_on, NOT_STARTED_DUE)]
    return tuple(entries)


def counted_as_assigned(
    timeline: Timeline, assignments: Assignments
) -> list[tuple[str, Assignment, str]]:
    """Day, assignment and status, as figures count it, of an item over time."""
    entries: list[tuple[str, Assignment, str]] = []
    for index, (since, assignment) in enumerate(assignments):
        end = assignments[index + 1][0] if index + 1 < len(assignments) else FOREVER
        start_on = assignment[_START]
        part = counted(_within(timeline, since, end), str(start_on) if start_on else None, end)
        entries += [(day, assignment, status) for day, status in part]
    return entries


def counted_closures(
    timeline: Timeline, assignments: Assignments, closures: Timeline
) -> list[tuple[str, Assignment, str]]:
    """Day, assignment and stage of close-out, as figures count it, of an item over time.

    A stage counts while the item is reported as completed; empty text stands for none.
    """
    if not closures or not timeline:
        return []
    assigned = dict(assignments)
    days = {day for day, _ in (*timeline, *closures)} | assigned.keys()
    entries: list[tuple[str, Assignment, str]] = []
    assignment = assignments[0][1]
    for day in sorted(day for day in days if day >= timeline[0][0]):
        assignment = assigned.get(day, assignment)
        completed = status_on(timeline, day) in _COMPLETED
        entries.append((day, assignment, (status_on(closures, day) or "") if completed else ""))
    return entries


_COMPLETED = frozenset(map(str, statuses_of(Group.COMPLETED)))


def _within(timeline: Timeline, since: str, end: str) -> Timeline:
    """The part of a timeline from one day up to, not including, another."""
    if timeline and since <= timeline[0][0] and timeline[-1][0] < end:
        return timeline
    status = status_on(timeline, since)
    head = () if status is None else ((since, status),)
    return head + tuple(entry for entry in timeline if since < entry[0] < end)


Key = TypeVar("Key", bound=Hashable)


def differences(
    timeline: Iterable[tuple[str, Key | None]], before: Key | None = None
) -> Iterator[tuple[str, Key, int]]:
    """How many more (1) or fewer (-1) of which status each day brings; None is no status.

    `before` is what held until then.
    """
    for day, status in timeline:
        if status == before:
            continue
        if status is not None:
            yield day, status, 1
        if before is not None:
            yield day, before, -1
        before = status
