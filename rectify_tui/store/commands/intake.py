"""What an intake asks of the store: what is there already, many records at once, and the file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from rectify_tui.domain.closeout import Closure, is_completed
from rectify_tui.domain.status import Verification
from rectify_tui.domain.timeline import (
    DATED,
    STATE,
    Later,
    Row,
    Value,
    Values,
    said_otherwise,
    status_on,
    value_on,
)
from rectify_tui.domain.visits import without_result
from rectify_tui.store.commands.closure_fields import closure_values
from rectify_tui.store.commands.deadlines import DEADLINE, DeadlineMove, move_deadline
from rectify_tui.store.commands.holding import change_decided
from rectify_tui.store.commands.items import add_measure, add_milestone
from rectify_tui.store.commands.places import unit_called
from rectify_tui.store.commands.visits import say_result
from rectify_tui.store.connection import Connection, fetch_chunks
from rectify_tui.store.draft import Draft
from rectify_tui.store.history import histories
from rectify_tui.store.milestones import measures
from rectify_tui.store.records import ENTITIES, INTAKE_FILE, ITEM
from rectify_tui.store.spans import read_timelines

Numbered = tuple[int, str]
"""Programme and number: by which files know an item or a case."""


class StepEntry(NamedTuple):
    """A dated step of a measure; None is a day that could not be read."""

    text: str
    due_on: str | None


@dataclass(frozen=True)
class MeasureEntry:
    """What is to be done about an item, with its dated steps; `id` where the item has it."""

    text: str
    steps: tuple[StepEntry, ...] = ()
    id: int | None = None


@dataclass(slots=True)
class RecordEntry:
    """A record to be added (`id` is None) or changed, with effect from a day (ISO text).

    `units` names units by the field that will hold their id; they are added where they are new.
    `link` is a field that points to another item or case, which may be of the same intake. Where
    the status of a known record holds from a day of its own, that is `state_on`. `later` says what
    becomes of what was said of later days, `move` how the deadline of a known item comes to be
    another.
    """

    id: int | None
    values: Values
    on: str
    state_on: str | None = None
    units: Mapping[str, str] = field(default_factory=dict)
    link: tuple[str, Numbered] | None = None
    measures: Sequence[MeasureEntry] = ()
    later: Later = Later.UNTIL_NEXT
    move: DeadlineMove | None = None

    @property
    def parts(self) -> list[tuple[str, Values]]:
        """What is said by the day from which it holds: the state may have a day of its own."""
        if self.state_on is None:
            return [(self.on, self.values)]
        state = {name: value for name, value in self.values.items() if name in STATE}
        rest = {name: value for name, value in self.values.items() if name not in STATE}
        return [(self.state_on, state), (self.on, rest)]

    def __bool__(self) -> bool:
        """Whether there is anything to write."""
        return self.id is None or bool(self.values or self.units or self.link or self.measures)


class IntakeFile(NamedTuple):
    """A file from which a batch takes what it writes; `kind` is an `IntakeKind` of the intake.

    Of a return, `missing` counts the items that no row is about, None where it is part of one.
    """

    kind: str
    name: str
    sheet: str
    digest: str
    taken: int
    refused: int
    return_sheet_id: int | None = None
    missing: int | None = None


class ProgrammeKey(NamedTuple):
    """A programme as an intake needs to know it."""

    id: int
    code: str
    name: str
    name_en: str | None
    region_id: int
    year: int


def programme_keys(connection: Connection) -> list[ProgrammeKey]:
    """All programmes, in the order in which they were added."""
    rows = connection.execute(
        "SELECT id, code, name, name_en, region_id, year FROM programme ORDER BY id"
    )
    return [ProgrammeKey(*row) for row in rows]


def numbered(connection: Connection, entity: str, programme_id: int) -> dict[str, int]:
    """Ids of all items or all cases of a programme, by their numbers."""
    table = ENTITIES[entity].table
    rows = connection.execute(
        f"SELECT number, id FROM {table} WHERE programme_id = ?", [programme_id]
    )
    return dict(rows.fetchall())


def standing(
    connection: Connection, entity: str, days: Mapping[int, str], fields: Iterable[str]
) -> dict[int, Values]:
    """Values of records as they hold on a day each (ISO text), by id.

    That is what the ledger has now, unless something was said that holds from a later day. Under
    `status_on` stands since when the status of that day holds.
    """
    spec = ENTITIES[entity]
    names = [name for name in spec.fields if name in set(fields)]
    names += ["status_on"] if spec.counted else []
    last_on = "last_on" if spec.counted else "''"
    columns = ", ".join(("id", last_on, *names))
    query = f"SELECT {columns} FROM {spec.table} WHERE id IN ({{marks}})"
    held: dict[int, Values] = {}
    later: list[int] = []
    for id, last, *row in fetch_chunks(connection, query, list(days)):
        held[id] = dict(zip(names, row, strict=True))
        if last > days[id]:
            later.append(id)
    if later:
        _rewind(connection, entity, held, {id: days[id] for id in later})
    return held


def _rewind(
    connection: Connection, entity: str, held: dict[int, Values], days: Mapping[int, str]
) -> None:
    """Put dated fields back to what they were on each record's day."""
    histories: dict[int, list[Row]] = {id: [] for id in days}
    query = (
        "SELECT entity_id, seq, field, old, new, effective_on, retracts FROM history"
        " WHERE entity = ? AND entity_id IN ({marks}) ORDER BY entity_id, seq"
    )
    for id, *row in fetch_chunks(connection, query, list(days), entity):
        histories[id].append(Row(*row))
    timelines = read_timelines(connection, entity, list(days))
    for id, rows in histories.items():
        values = held[id]
        for name in DATED[entity].intersection(values):
            values[name] = value_on(rows, name, days[id])
        values["status_on"] = max((on for on, _ in timelines[id] if on <= days[id]), default=None)
        if "status" in values:
            values["status"] = status_on(timelines[id], days[id])


def units_by_id(connection: Connection) -> dict[int, str]:
    """Names of all units."""
    return dict(connection.execute("SELECT id, name FROM unit ORDER BY id").fetchall())


def merges(connection: Connection) -> dict[Numbered, Numbered]:
    """Which item carries on which, for all items that are merged into one."""
    rows = connection.execute(
        "SELECT item.programme_id, item.number, live.programme_id, live.number"
        " FROM item JOIN item live ON live.id = item.merged_item_id"
    )
    return {(programme, number): (into, live) for programme, number, into, live in rows}


def figure_keys(connection: Connection) -> dict[tuple[Value, ...], int]:
    """Ids of the published figures by programme, region, subject, what, day and source."""
    rows = connection.execute(
        "SELECT programme_id, region_id, subject, what, as_of, source, id FROM figure ORDER BY id"
    )
    return {tuple(key): id for *key, id in rows}


def coverage_keys(connection: Connection) -> dict[tuple[Value, ...], int]:
    """Ids of what was stated of places, by programme, region and day."""
    rows = connection.execute("SELECT programme_id, region_id, stated_on, id FROM coverage")
    return {tuple(key): id for *key, id in rows}


def write_entries(
    draft: Draft, entity: str, entries: Iterable[RecordEntry], ids: Mapping[Numbered, int | None]
) -> Iterator[tuple[RecordEntry, int]]:
    """Add and change records; yields each that was written, with its id.

    `ids` has the ids of the records that links point to.
    """
    entries = list(entries)
    known = [(entry.id, entry) for entry in entries if entry.id is not None]
    draft.load(entity, [id for id, _ in known])
    by_day: defaultdict[str, list[int]] = defaultdict(list)
    for id, entry in known:
        for on, _ in entry.parts:
            by_day[on].append(id)
    for on, said in by_day.items():
        draft.recall(entity, said, on)
    for id, entry in known:  # before anything is added, which might make room
        if _change(draft, entity, entry, ids) or entry.measures:
            yield entry, id
    for entry in entries:
        if entry.id is None:
            yield entry, _add(draft, entity, entry, ids)
        elif entry.measures:
            _add_steps(draft, entry.id, entry, from_on=entry.on)


def _change(
    draft: Draft, entity: str, entry: RecordEntry, ids: Mapping[Numbered, int | None]
) -> bool:
    assert entry.id is not None
    values = dict(_resolved(draft, entry, ids))
    moved = {name: values.pop(name) for name in DEADLINE if name in values} if entry.move else {}
    if entity == ITEM:
        values |= out_of_closeout(draft.get(ITEM, entry.id), entry)
    resolved = replace(entry, values=values)
    different = bool(moved)
    if entry.move:
        move_deadline(draft, entry.id, moved, entry.move, entry.on, entry.later)
    for on, values in resolved.parts:
        rest, result = without_result(values)
        different |= change_decided(draft, entity, entry.id, rest, on, entry.later)
        if result is not None:
            told = "status" in entry.values
            different |= say_result(draft, entry.id, result, on, reopens=not told)
    return different


def out_of_closeout(item: Values, entry: RecordEntry) -> Values:
    """What an item becomes that is open again though it was in close-out: not applied for."""
    status = entry.values.get("status")
    if not item.get("closure") or status is None or is_completed(status):
        return {}
    return closure_values(Closure(since=date.fromisoformat(entry.state_on or entry.on)))


def first_later(
    connection: Connection, entity: str, entries: Iterable[RecordEntry]
) -> dict[int, str]:
    """The first later day on which something else was said than entries say, by id of the record.

    Those of which nothing else was said are left out; their own entry does not count.
    """
    if not ENTITIES[entity].counted:
        return {}
    by_id = {entry.id: entry for entry in entries if entry.id is not None}
    query = f"SELECT id, last_on FROM {ENTITIES[entity].table} WHERE id IN ({{marks}})"
    last = dict(fetch_chunks(connection, query, list(by_id)))
    late = [id for id, each in by_id.items() if any(on < last[id] for on, _ in each.parts)]
    first: dict[int, str] = {}
    for id, rows in histories(connection, entity, late):
        days = [
            day
            for on, values in by_id[id].parts
            for day, entered in said_otherwise(rows, entity, values, on).items()
            if not entered
        ]
        if days:
            first[id] = min(days)
    return first


def _add(draft: Draft, entity: str, entry: RecordEntry, ids: Mapping[Numbered, int | None]) -> int:
    values, result = without_result(dict(_resolved(draft, entry, ids)))
    if result is not None:
        values["verification"] = Verification.UNVERIFIED.value
    id = draft.create(entity, values, entry.on)
    if result is not None:
        say_result(draft, id, result, entry.on, reopens=False)
    _add_steps(draft, id, entry)
    return id


def _add_steps(draft: Draft, id: int, entry: RecordEntry, *, from_on: str | None = None) -> None:
    """Add the measures and steps of an entry behind those there are."""
    if not entry.measures:
        return
    on = date.fromisoformat(entry.on)
    known = {} if from_on is None else {each.id: each for each in measures(draft.connection, id)}
    for position, measure in enumerate(entry.measures, len(known) + 1):
        measure_id = measure.id or add_measure(draft, id, position, measure.text, on=on)
        before = len(known[measure_id].milestones) if measure_id in known else 0
        for place, step in enumerate(measure.steps, before + 1):
            add_milestone(
                draft, measure_id, place, step.text, due=step.due_on or "", on=on, from_on=from_on
            )


def _resolved(
    draft: Draft, entry: RecordEntry, ids: Mapping[Numbered, int | None]
) -> Mapping[str, Value]:
    if not entry.units and entry.link is None:
        return entry.values
    values = dict(entry.values)
    for name, unit in entry.units.items():
        values[name] = unit_called(draft, unit)
    if entry.link is not None:
        name, key = entry.link
        values[name] = ids[key]
    return values


def record_file(draft: Draft, file: IntakeFile) -> int:
    """Record the file that a batch takes from; returns the record's id."""
    values: Values = {
        "kind": file.kind, "name": file.name, "sheet": file.sheet, "digest": file.digest,
        "rows_read": file.taken + file.refused, "rows_taken": file.taken,
        "rows_refused": file.refused, "return_sheet_id": file.return_sheet_id,
        "rows_missing": file.missing,
    }  # fmt: skip
    return draft.create(INTAKE_FILE, values, draft.batch.recorded_on)
