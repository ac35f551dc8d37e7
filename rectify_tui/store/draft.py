"""An open batch: collects changes of records and writes state, history and figures together.

Commands (`store/commands/`) decide what may change; a draft only carries it out. It buffers, so
that a million rows pass through in bounded memory, and everything it writes stands in the one
transaction that `store/ledger.py` opened.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress
from operator import ne

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
from rectify_tui.errors import Problem, Refusal
from rectify_tui.store import chain, shapes
from rectify_tui.store.assignments import read_assignments, write_assignments
from rectify_tui.store.connection import Connection, fetch_chunks
from rectify_tui.store.consequences import Consequences
from rectify_tui.store.history import CLOSURES_SAID, histories, last_batch_about, told_of
from rectify_tui.store.labels import called, labels, unnamed
from rectify_tui.store.record_in_hand import RecordInHand
from rectify_tui.store.records import (
    CASE,
    DECLARED,
    ENTITIES,
    ITEM,
    MEASURE,
    MILESTONE,
    PAST_ASSIGNMENT,
    REGION,
    UNREAD,
    Entity,
    owner_of,
    region_ids,
    row_of,
)
from rectify_tui.store.regions import read_ladders, write_ladders
from rectify_tui.store.spans import read_timelines, write_timelines

BUFFER = 20_000
"""Records held before they are written out."""

_HISTORY = (
    "seq", "batch_id", "entity", "entity_id", "field", "old", "new", "effective_on", "retracts",
    "hash",
)  # fmt: skip

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
    _history: list[tuple[object, ...]] = field(default_factory=list)
    _next_id: dict[str, int] = field(default_factory=dict)
    _head: int = -1
    _seq: int = -1
    _hash: str = ""
    _seal: str = ""
    _known_from: str = ""
    _opened: bool = False
    _removed: dict[RecordKey, str] = field(default_factory=dict)
    _ladders_gone: dict[int, tuple[Step, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._seq, self._hash = chain.head(self.connection)
        self._head = self._seq
        self._seal = self.batch.seal
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
        if seq == self._head:
            return set()
        query = (
            "SELECT entity_id, field FROM history"
            " WHERE seq > ? AND seq <= ? AND entity = ? AND entity_id IN ({marks})"
        )
        return set(fetch_chunks(self.connection, query, ids, seq, self._head, entity))

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
        self.flush_history()
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
        self._seq += 1
        row = Row(self._seq, name, old, new, on, retracts)
        self._hash = chain.link(self._hash, self._seal, entity, id, row)
        if entity == ITEM:
            self.consequences.said(id, name, on)
        digest = bytes.fromhex(self._hash)
        self._history.append(
            (row.seq, self.batch.id, entity, id, name, old, new, on, retracts, digest)
        )
        return row

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

    def flush_history(self) -> None:
        """Write the history rows collected so far."""
        if not self._history:
            return
        if not self._opened:
            batch = self.batch
            self.connection.execute(
                "INSERT INTO batch (id, kind, who, recorded_at, recorded_on, reason, undoes,"
                " on_behalf) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (batch.id, batch.kind, batch.who, batch.recorded_at, batch.recorded_on,
                 batch.reason, batch.undoes, batch.on_behalf),
            )  # fmt: skip
            self._opened = True
        self.connection.insert("history", _HISTORY, self._history)
        self._history.clear()

    def flush(self) -> None:
        """Write everything collected so far into the open transaction."""
        self.flush_history()
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
            self._write_state(entity, ENTITIES[entity], records)
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

    def _write_state(self, entity: str, spec: Entity, records: dict[int, RecordInHand]) -> None:
        created: list[tuple[Value, ...]] = []
        updated: defaultdict[tuple[str, ...], list[tuple[Value, ...]]] = defaultdict(list)
        gone: list[tuple[int]] = []
        columns = spec.columns
        for id, record in records.items():
            if record.values is None:
                gone.append((id,))
                continue
            row = row_of(entity, record.values, record.timeline, record.last_on)
            if record.before is None:
                created.append((id, record.rev + 1, *row))
            else:
                names, values = _differing(columns, record.kept, row)
                updated[names].append((*values, record.rev + 1, id))
        self.connection.insert(spec.table, ("id", "rev", *columns), created)
        for names, rows in updated.items():
            assignments = ", ".join(f"{name} = ?" for name in (*names, "rev"))
            self.connection.executemany(f"UPDATE {spec.table} SET {assignments} WHERE id = ?", rows)
        # Links never go before their record: an open foreign key makes every insert search for it.
        self._write_links(entity, records)
        self.connection.executemany(f"DELETE FROM {spec.table} WHERE id = ?", gone)

    def _write_links(self, entity: str, records: dict[int, RecordInHand]) -> None:
        """Rows that follow from a record: the ladder of a region, the regions of a case."""
        if entity == REGION:
            write_ladders(self.connection, {id: record.values for id, record in records.items()})
        if entity == CASE:
            moved = {id: record for id, record in records.items() if record.moved}
            self.connection.executemany(
                "DELETE FROM case_region WHERE case_id = ?", [(id,) for id in moved]
            )
            self.connection.executemany(
                "INSERT INTO case_region (region_id, case_id) VALUES (?, ?)",
                [
                    (region, id)
                    for id, record in moved.items()
                    if record.values is not None
                    for region in region_ids(entity, record.values)
                ],
            )

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
        for entity, spec in ENTITIES.items():
            removed = [id for kind, id in self._removed if kind == entity]
            for table, column in spec.used_by if removed else ():
                for id, user in self._users(table, column, removed):
                    raise self._in_use(self._removed[entity, id], owner_of(table)[0], user)

    def _users(self, table: str, column: str, removed: list[int]) -> Iterable[tuple[int, int]]:
        """Each of some records with who refers to it by a column of a table."""
        kind, key = owner_of(table)
        if table == PAST_ASSIGNMENT:
            # what was told of days before an item was there may come to hold
            return told_of(self.connection, kind, column, removed)
        query = f"SELECT {column}, {key} FROM {table} WHERE {column} IN ({{marks}})"
        return fetch_chunks(self.connection, query, removed)

    def _in_use(self, name: str, kind: str, user: int) -> Refusal:
        """`name` is what the removed record was called when it was still there."""
        batch = last_batch_about(self.connection, kind, user)
        user_name = called(self.connection, kind, user)
        return Refusal("undo.in_use", ref=name, user=user_name, batch=batch)


def _mended(
    entity: str, held: Values | None, values: Mapping[str, Value]
) -> Iterator[tuple[str, Value]]:
    """A field that is said anew is no longer one that could not be read."""
    unread = held.get(UNREAD) if held else None
    if unread and UNREAD not in values:
        declared = DECLARED[entity].by_column
        names = [declared[column].name for column in values if column in declared]
        yield UNREAD, without_cells(unread, names)


def _differing(
    names: tuple[str, ...], kept: Sequence[Value], row: Sequence[Value]
) -> tuple[tuple[str, ...], tuple[Value, ...]]:
    """The columns whose value differs, and their new values: indexes of the others are spared."""
    differ = list(map(ne, kept, row))
    return tuple(compress(names, differ)), tuple(compress(row, differ))
