"""An open batch: collects changes of records and writes state, history and figures together.

Commands (`store/commands/`) decide what may change; a draft only carries it out. It buffers, so
that a million rows pass through in bounded memory, and everything it writes stands in the one
transaction that `store/ledger.py` opened.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from rectify_tui.domain.region import Step
from rectify_tui.domain.sent_cells import without_cells
from rectify_tui.domain.timeline import (
    DATED,
    Assignments,
    Later,
    Replayed,
    Row,
    Timeline,
    Value,
    Values,
    assignment_of,
    decode,
    encode,
    later_words,
    live_rows,
    replay,
    said_otherwise,
    said_together,
    value_on,
)
from rectify_tui.errors import Problem
from rectify_tui.store import chain, shapes
from rectify_tui.store.assignments import read_assignments, write_assignments
from rectify_tui.store.connection import Connection, fetch_chunks
from rectify_tui.store.consequences import Consequences
from rectify_tui.store.history import CLOSURES_SAID, histories
from rectify_tui.store.history_writer import HistoryWriter
from rectify_tui.store.labels import labels, unnamed
from rectify_tui.store.record_in_hand import RecordInHand
from rectify_tui.store.record_writer import write_records
from rectify_tui.store.records import (
    CASE,
    DECLARED,
    ENTITIES,
    ITEM,
    MEASURE,
    MILESTONE,
    REGION,
    UNREAD,
)
from rectify_tui.store.regions import read_ladders
from rectify_tui.store.spans import read_timelines, write_timelines

BUFFER = 20_000
"""Records held before they are written out."""

RecordKey = tuple[str, int]
"""Kind and id of a record."""


@dataclass
class Draft:
    """The open batch. `changed` counts records that were created, changed or removed.

    What follows from it is written with it, unless it is `late`: then the last of several batches
    has to write it, which is for stores that are thrown away unless they are filled to the end.
    """

    connection: Connection
    batch: chain.Batch
    changed: int = 0
    units: dict[str, int] = field(default_factory=dict)
    consequences: Consequences = field(default_factory=Consequences)
    late: bool = False
    _records: dict[RecordKey, RecordInHand] = field(default_factory=dict)
    _next_id: dict[str, int] = field(default_factory=dict)
    _known_from: str = ""
    _history: HistoryWriter = field(init=False)
    _removed: dict[RecordKey, str] = field(default_factory=dict)
    _ladders_gone: dict[int, tuple[Step, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._history = HistoryWriter(self.connection, self.batch)
        newest = chain.last_recorded_on(self.connection)
        self._known_from = max(self.batch.recorded_on, newest or "")

    # reading

    def load(self, entity: str, ids: Iterable[int]) -> None:
        """Take records in hand that are about to change; unknown ids are left out."""
        missing = [id for id in ids if (entity, id) not in self._records]
        if not missing:
            return
        spec = ENTITIES[entity]
        columns = ", ".join(("id", "rev", *spec.columns))
        query = f"SELECT {columns} FROM {spec.table} WHERE id IN ({{marks}})"
        timelines = (
            read_timelines(self.connection, entity, missing) if spec.counted else defaultdict(tuple)
        )
        past = read_assignments(self.connection, missing) if entity == ITEM else {}
        for row in fetch_chunks(self.connection, query, missing):
            id, rev, kept = row[0], row[1], row[2:]
            values = dict(zip(spec.fields, kept, strict=False))
            last_on = kept[-1] if spec.counted else ""
            timeline = timelines[id]
            assignments: Assignments = ()
            if entity == ITEM:
                earlier, since = past.get(id, ((), timeline[0][0]))
                assignments = (*earlier, (since, assignment_of(values)))
            self._records[entity, id] = RecordInHand(
                rev, Replayed(values, timeline, assignments), dict(values), timeline, assignments,
                last_on, kept,
            )  # fmt: skip
        if entity == CASE:  # of these every change is replayed: see `domain/case_timeline.py`
            for id, rows in self._history_of(entity, missing).items():
                if (entity, id) in self._records:
                    self._records[entity, id].rows = rows
        if entity == ITEM:
            self._load_closures(missing)

    def _load_closures(self, ids: list[int]) -> None:
        """The stages over time, by their history, of the items that are or were in close-out."""
        records = {id: self._records[ITEM, id] for id in ids if (ITEM, id) in self._records}
        begun = [id for id, each in records.items() if each.values and each.values["closure"]]
        query = CLOSURES_SAID + " AND entity_id IN ({marks})"
        begun += [id for (id,) in fetch_chunks(self.connection, query, list(records))]
        for id, rows in (self._history_of(ITEM, sorted(set(begun))) if begun else {}).items():
            record, told = records[id], replay(rows, ITEM)
            record.rows = rows
            if told is not None and record.before is not None:
                record.closures = told.closures
                record.before = record.before._replace(closures=told.closures)

    def recall(self, entity: str, ids: Iterable[int], on: str) -> None:
        """Read the history of records in hand of which something was said for a day after `on`."""
        if not ENTITIES[entity].counted:
            return
        records = {id: self._records[entity, id] for id in ids if (entity, id) in self._records}
        unread = [id for id, each in records.items() if each.rows is None and on < each.last_on]
        for id, rows in (self._history_of(entity, unread) if unread else {}).items():
            records[id].rows = rows

    def get(self, entity: str, id: int) -> Values:
        """The record as it stands in this batch. Raises `Problem` where there is none."""
        record = self._records.get((entity, id))
        if record is None:
            self.load(entity, [id])
            record = self._records.get((entity, id))
        if record is None or record.values is None:
            raise Problem("store.no_record", what=unnamed(entity, id))
        return record.values

    def value_on(self, entity: str, id: int, name: str, on: str) -> Value:
        """What a dated field of a record holds on a day, as it stands in this batch."""
        held = self.get(entity, id)
        self.recall(entity, [id], on)
        rows = self._records[entity, id].rows
        return held.get(name) if rows is None else value_on(rows, name, on)

    def said_on(self, entity: str, id: int, names: Collection[str], on: str) -> str:
        """The day up to `on` of which the newest word on some fields is."""
        self.get(entity, id)
        rows = self._records[entity, id].rows or self._history_of(entity, [id])[id]
        days = [row.effective_on for row in live_rows(rows) if row.field in ("", *names)]
        return max((day for day in days if day <= on), default=min(days))

    def revision(self, entity: str, id: int) -> int:
        """The revision that the record had when the batch took it in hand."""
        self.get(entity, id)
        return self._records[entity, id].rev

    # changing

    def create(self, entity: str, values: Mapping[str, Value], on: str) -> int:
        """Add a record that exists from a date on; returns its id."""
        self._make_room()
        id = self._allocate(entity)
        spec = ENTITIES[entity]
        full: Values = dict(zip(spec.fields, map(values.get, spec.fields), strict=True))
        born = self._note(entity, id, "", None, shapes.entry(full), on)
        timeline: Timeline = ((on, str(full["status"])),) if spec.counted else ()
        assignments = ((on, assignment_of(full)),) if entity == ITEM else ()
        record = RecordInHand(0, None, full, timeline, assignments, on, changed=True)
        if entity == CASE or full.get("closure"):
            record.rows = [born]
            record.take(replay(record.rows, entity))
        self._records[entity, id] = record
        return id

    def change(
        self, entity: str, id: int, values: Mapping[str, Value], on: str,
        later: Later = Later.UNTIL_NEXT,
    ) -> bool:  # fmt: skip
        """Change fields of a record with effect from a date; says whether anything differs.

        `later` says what becomes of what was said of these fields for later days.
        """
        if (entity, id) not in self._records:
            self._make_room()
        self.get(entity, id)
        record = self._records[entity, id]
        if on < record.last_on:
            self.recall(entity, [id], on)
        if later is Later.FROM_THEN_ON:
            return self._replace(entity, id, record, values, on)
        # Fields that say one thing together are written only where they differ. So what is said
        # of the past would reach into what follows it, through the fields that this one had no
        # need to write: a merge entered late, for instance, would stay with an item that was
        # completed since. What follows is therefore said again, in full, for the day on which it
        # began; and it is read before the past is changed.
        following = self._following(entity, record, values, on)
        different = self._say(entity, id, record, values, on)
        for begins_on, words in following:
            self._say(entity, id, record, words, begins_on)
        return different

    def _following(
        self, entity: str, record: RecordInHand, values: Mapping[str, Value], on: str
    ) -> list[tuple[str, Values]]:
        """When after a day something else is said of these fields, and what they are then."""
        rows = record.rows
        if rows is None:
            return []
        following = []
        for group in said_together(entity, values):
            names = [name for name in ENTITIES[entity].fields if name in group]
            if days := later_words(rows, group, on):
                day = min(days)
                following.append((day, {name: value_on(rows, name, day) for name in names}))
        return following

    def _replace(
        self, entity: str, id: int, record: RecordInHand, values: Mapping[str, Value], on: str
    ) -> bool:
        """Say values for a day and again for every later one of which they were told otherwise."""
        days = {on: values}
        for group in said_together(entity, values) if record.rows is not None else ():
            again = {name: value for name, value in values.items() if name in group}
            for day in later_words(record.rows or (), group, on):
                days[day] = {**days.get(day, {}), **again}
        different = False
        for day in sorted(days):
            different |= self._say(entity, id, record, days[day], day)
        return different

    def first_days(self, entity: str, id: int) -> list[str]:
        """From when something holds of a record: its first status, and the day it was entered."""
        self.get(entity, id)
        record = self._records[entity, id]
        if record.rows is None:
            record.rows = self._history_of(entity, [id])[id]
        entered = (row.effective_on for row in live_rows(record.rows) if row.field == "")
        return sorted({record.timeline[0][0], *entered})

    def held_on(self, entity: str, id: int, name: str, on: str) -> Value:
        """What a dated field of a record was on a day; before it was entered, what it was then."""
        held = self.get(entity, id).get(name)
        record = self._records[entity, id]
        self.recall(entity, [id], on)
        if record.rows is None:
            return held
        return value_on(record.rows, name, max(on, record.timeline[0][0]))

    def later_days(
        self, entity: str, id: int, values: Mapping[str, Value], on: str
    ) -> dict[str, bool]:
        """The days after `on` for which something else was said of these fields.

        True for that on which the record was entered, where nothing else was said of it.
        """
        self.get(entity, id)
        record = self._records[entity, id]
        if not ENTITIES[entity].counted or on >= record.last_on:
            return {}
        self.recall(entity, [id], on)
        assert record.rows is not None
        return said_otherwise(record.rows, entity, values, on)

    def _say(
        self, entity: str, id: int, record: RecordInHand, values: Mapping[str, Value], on: str
    ) -> bool:
        different = False
        for name, value in (*values.items(), *_mended(entity, record.values, values)):
            different |= self._change_field(entity, id, record, name, value, on)
        if different and record.rows is not None:
            record.take(replay(record.rows, entity))
        return different

    def _change_field(
        self, entity: str, id: int, record: RecordInHand, name: str, value: Value, on: str
    ) -> bool:
        assert record.values is not None
        old = record.values.get(name)  # a record may be older than the field
        if name in DATED[entity] and record.rows is not None:
            old = value_on(record.rows, name, on)
        if old == value:
            return False
        row = self._note(entity, id, name, encode(old), encode(value), on)
        if record.rows is not None:
            record.rows.append(row)  # what that comes to is replayed once all fields are said
        else:
            record.say(name, value, on)
        record.last_on = max(record.last_on, on)
        record.changed = True
        return True

    def retract(self, entity: str, rows: Mapping[int, list[Row]]) -> None:
        """Take back rows of history (by record id), later ones first.

        The batch may not have said anything about these records yet.
        Nothing is removed: each row gets one that retracts it, and the record becomes what it is
        without both. So the order does not matter to the record, whatever else was changed in
        between; the later ones go first only so that the log reads as the way back.
        """
        self._make_room()
        self.load(entity, rows)
        back = {id: sorted(own, reverse=True) for id, own in rows.items()}
        since = self._fields_since(entity, list(rows), max(own[0].seq for own in back.values()))
        replayed = {
            id for id, own in back.items() if not self._only_go_back(entity, id, own, since)
        }
        histories = self._history_of(entity, sorted(replayed)) if replayed else {}
        for id, retracted in back.items():
            record = self._records.get((entity, id))
            if record is None:
                # A record that is gone comes back with as many revisions as rows were ever written,
                # so that whoever saw it before never takes it for unchanged.
                record = RecordInHand(len(histories[id]), None, None, (), (), "")
                self._records[entity, id] = record
            record.changed = True
            notes = [
                self._note(entity, id, row.field, row.new, row.old, row.effective_on, row.seq)
                for row in retracted
            ]
            if id in replayed:
                record.rows = [*histories[id], *notes]
                record.take(replay(record.rows, entity))
                if record.values is not None:  # what it was entered without is not said
                    record.values = {**dict.fromkeys(ENTITIES[entity].fields), **record.values}
                record.last_on = max(row.effective_on for row in record.rows)
            elif any(row.field == "" for row in retracted):
                record.take(None)
            else:
                for row in retracted:
                    record.say(row.field, decode(row.old), row.effective_on)
        gone = [id for id in rows if self._records[entity, id].values is None]
        for id, name in labels(self.connection, entity, gone).items():
            self._removed[entity, id] = name

    def _fields_since(self, entity: str, ids: list[int], seq: int) -> set[tuple[int, str]]:
        """Of which fields of which records history tells anything after a row."""
        if seq == self._history.head:
            return set()
        query = (
            "SELECT entity_id, field FROM history"
            " WHERE seq > ? AND seq <= ? AND entity = ? AND entity_id IN ({marks})"
        )
        return set(fetch_chunks(self.connection, query, ids, seq, self._history.head, entity))

    def _only_go_back(
        self, entity: str, id: int, retracted: list[Row], since: Collection[tuple[int, str]]
    ) -> bool:
        """Whether what a record becomes without some rows follows from these alone.

        A record whose entry is taken back is gone. The newest rows about a field, which are of the
        last day that anything is said of, hold to the present: without them what they replaced
        does, from the same day on.
        """
        record = self._records.get((entity, id))
        if record is None:
            return False
        if any(row.field == "" for row in retracted):
            return all(row.retracts is None for row in retracted if row.field == "")
        return record.rows is None and all(
            row.field != "closure"
            and record.last_on <= row.effective_on
            and (id, row.field) not in since
            for row in retracted
        )

    def _history_of(self, entity: str, ids: list[int]) -> dict[int, list[Row]]:
        self._history.flush()
        none: dict[int, list[Row]] = {id: [] for id in ids}
        return none | dict(histories(self.connection, entity, ids))

    def _note(
        self,
        entity: str,
        id: int,
        name: str,
        old: str | None,
        new: str | None,
        on: str,
        retracts: int | None = None,
    ) -> Row:
        if entity == ITEM:
            self.consequences.said(id, name, on)
        return self._history.note(entity, id, name, old, new, on, retracts)

    def _allocate(self, entity: str) -> int:
        if entity not in self._next_id:
            self._next_id[entity] = self._newest_id(entity) + 1
        id = self._next_id[entity]
        self._next_id[entity] += 1
        return id

    def _newest_id(self, entity: str) -> int:
        """Of all that ever were: the history of a removed record must not become another's."""
        table = ENTITIES[entity].table
        (kept,) = self.connection.execute(f"SELECT COALESCE(MAX(id), 0) FROM {table}").fetchone()
        (ever,) = self.connection.execute(
            "SELECT COALESCE(MAX(entity_id), 0) FROM history WHERE entity = ?", [entity]
        ).fetchone()
        return max(int(kept), int(ever))

    # writing

    def _make_room(self) -> None:
        if len(self._records) >= BUFFER:
            self.flush()

    def flush(self) -> None:
        """Write everything collected so far into the open transaction."""
        self._history.flush()
        changed: dict[str, dict[int, RecordInHand]] = {name: {} for name in ENTITIES}
        for (entity, id), record in self._records.items():
            if record.changed:
                changed[entity][id] = record
                self.changed += 1
        self._records.clear()
        gone = [id for id, record in changed[REGION].items() if record.values is None]
        self._ladders_gone |= read_ladders(self.connection, gone)
        for entity, records in changed.items():
            if not records:
                continue
            write_records(self.connection, entity, records)
            if ENTITIES[entity].counted:
                both = {id: (record.before, record.now) for id, record in records.items()}
                write_timelines(self.connection, entity, both)
                if entity == ITEM:
                    write_assignments(self.connection, both)
                for before, now in both.values():
                    self.consequences.figures.replace(entity, before, now, self._known_from)
        self.consequences.planned_anew(self._items_planned(changed))
        if self.late:
            self.consequences.make_room(self.connection, self._ladders_gone)
        else:
            self.consequences.write(self.connection, self._ladders_gone)

    def _items_planned(self, changed: Mapping[str, Mapping[int, RecordInHand]]) -> set[int]:
        """The items of which steps changed."""
        steps, measures = changed[MILESTONE].values(), changed[MEASURE].values()
        query = "SELECT item_id FROM measure WHERE id IN ({marks})"
        ids = sorted({int(str(values["measure_id"])) for each in steps for values in each.either})
        items = {id for (id,) in fetch_chunks(self.connection, query, ids)}
        return items | {int(str(v["item_id"])) for each in measures for v in each.either}

    def hold_back(self, consequences: Consequences) -> None:
        """Leave what follows from this batch to a later one, which has to catch up."""
        self.consequences, self.late = consequences, True

    def catch_up(self) -> None:
        """Write what follows from this batch, and what was held back."""
        self.late = False
        self.flush()

    def close(self) -> None:
        """Write what is left, and see that nothing refers to what was removed."""
        self.flush()
        if self._removed:
            from rectify_tui.store.removals import require_unused

            require_unused(self.connection, self._removed)


def _mended(
    entity: str, held: Values | None, values: Mapping[str, Value]
) -> Iterator[tuple[str, Value]]:
    """A field that is said anew is no longer one that could not be read."""
    unread = held.get(UNREAD) if held else None
    if unread and UNREAD not in values:
        declared = DECLARED[entity].by_column
        names = [declared[column].name for column in values if column in declared]
        yield UNREAD, without_cells(unread, names)
