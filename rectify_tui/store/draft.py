"""An open batch: collects changes of records and writes state, history and figures together.

Commands (`store/commands/`) decide what may change; a draft only carries it out. It buffers, so
that a million rows pass through in bounded memory, and everything it writes stands in the one
transaction that `store/ledger.py` opened.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rectify_tui.domain.sent_cells import without_cells
from rectify_tui.domain.timeline import (
    DATED,
    STATE,
    Row,
    Timeline,
    Value,
    Values,
    encode,
    next_state,
    put,
    replay,
    status_on,
    value_on,
)
from rectify_tui.errors import Problem, Refusal
from rectify_tui.store import chain
from rectify_tui.store.connection import Connection, fetch_chunks, marks
from rectify_tui.store.history import histories, last_batch_about
from rectify_tui.store.labels import called, labels, unnamed
from rectify_tui.store.records import (
    CASE,
    DECLARED,
    ENTITIES,
    REGION,
    UNREAD,
    Entity,
    region_ids,
    row_of,
)
from rectify_tui.store.regions import read_ladders, write_ladders
from rectify_tui.store.rollup_write import RollupDelta
from rectify_tui.store.spans import read_timelines, write_timelines

BUFFER = 20_000
"""Records held before they are written out."""

RecordKey = tuple[str, int]
"""Kind and id of a record."""


@dataclass
class RecordInHand:
    """A record in hand: as it was before the batch (`kept` is its row), and as it is becoming.

    `changed` tells that the batch says something about it, be it only about its past.
    """

    rev: int
    before: Values | None
    before_timeline: Timeline
    values: Values | None
    timeline: Timeline
    last_on: str
    kept: tuple[Value, ...] = ()
    rows: list[Row] | None = None
    changed: bool = False

    @property
    def moved(self) -> bool:
        """Whether a case belongs to other regions than before."""
        if self.before is None or self.values is None:
            return True
        return self.before["regions"] != self.values["regions"]


@dataclass
class Draft:
    """The open batch. `changed` counts records that were created, changed or removed."""

    connection: Connection
    batch: chain.Batch
    changed: int = 0
    units: dict[str, int] = field(default_factory=dict)
    _records: dict[RecordKey, RecordInHand] = field(default_factory=dict)
    _history: list[tuple[object, ...]] = field(default_factory=list)
    _next_id: dict[str, int] = field(default_factory=dict)
    _seq: int = -1
    _hash: str = ""
    _seal: str = ""
    _known_from: str = ""
    _opened: bool = False
    _removed: dict[RecordKey, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._seq, self._hash = chain.head(self.connection)
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
        for id, rev, *row in fetch_chunks(self.connection, query, missing):
            values = dict(zip(spec.fields, row, strict=False))
            last_on = row[-1] if spec.counted else ""
            timeline = timelines[id]
            self._records[entity, id] = RecordInHand(
                rev, dict(values), timeline, values, timeline, last_on, tuple(row)
            )

    def get(self, entity: str, id: int) -> Values:
        """The record as it stands in this batch. Raises `Problem` where there is none."""
        self.load(entity, [id])
        record = self._records.get((entity, id))
        if record is None or record.values is None:
            raise Problem("store.no_record", what=unnamed(entity, id))
        return record.values

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
        full: Values = {name: values.get(name) for name in spec.fields}
        timeline: Timeline = ((on, str(full["status"])),) if spec.counted else ()
        self._records[entity, id] = RecordInHand(0, None, (), full, timeline, on, changed=True)
        self._note(entity, id, "", None, json.dumps(full, ensure_ascii=False), on)
        return id

    def change(self, entity: str, id: int, values: Mapping[str, Value], on: str) -> bool:
        """Change fields of a record with effect from a date; says whether anything differs."""
        if (entity, id) not in self._records:
            self._make_room()
        self.get(entity, id)
        record = self._records[entity, id]
        if ENTITIES[entity].counted and on < record.last_on and record.rows is None:
            record.rows = self._history_of(entity, [id])[id]
        # The fields of a state say one thing together, but a row is written only for those that
        # differ. So a state said of the past would reach into the one that follows it, through the
        # fields that this one had no need to write: a merge entered late, for instance, would stay
        # with an item that was completed since. What follows is therefore said again, in full, for
        # the day on which it began; and it is read before the past is changed.
        following = None
        if record.rows is not None and not STATE.isdisjoint(values):
            following = next_state(record.rows, on)
        different = False
        for name, value in (*values.items(), *_mended(entity, record.values, values)):
            different |= self._change_field(entity, id, record, name, value, on)
        if following is not None:
            begins_on, state = following
            for name, value in state.items():
                self._change_field(entity, id, record, name, value, begins_on)
        return different

    def _change_field(
        self, entity: str, id: int, record: RecordInHand, name: str, value: Value, on: str
    ) -> bool:
        assert record.values is not None
        old = record.values.get(name)  # a record may be older than the field
        if name in DATED and record.rows is not None:
            old = value_on(record.rows, name, on)
        if name == "status":
            old = status_on(record.timeline, on)
        if old == value:
            return False
        row = self._note(entity, id, name, encode(old), encode(value), on)
        if name == "status":
            record.timeline = put(record.timeline, on, str(value))
        if record.rows is not None:
            record.rows.append(row)
            now = replay(record.rows)
            assert now is not None
            record.values, record.timeline = now.values, now.timeline
        else:
            record.values[name] = value
        record.last_on = max(record.last_on, on)
        record.changed = True
        return True

    def retract(self, entity: str, rows: Mapping[int, list[Row]]) -> None:
        """Take back rows of history (by record id), later ones first.

        Nothing is removed: each row gets one that retracts it, and the record is replayed without
        both. So the order does not matter to the record, whatever else was changed in between; the
        later ones go first only so that the log reads as the way back.
        """
        self.load(entity, rows)
        histories = self._history_of(entity, list(rows))
        for id, retracted in rows.items():
            known = histories[id]
            # A record that is gone comes back with as many revisions as rows were ever written, so
            # that whoever saw it before never takes it for unchanged.
            fresh = RecordInHand(len(known), None, (), None, (), "")
            record = self._records.setdefault((entity, id), fresh)
            record.changed = True
            for row in sorted(retracted, reverse=True):
                back = (row.new, row.old, row.effective_on, row.seq)
                known.append(self._note(entity, id, row.field, *back))
            now = replay(known)
            record.rows = known
            record.values = now.values if now else None
            record.timeline = now.timeline if now else ()
            record.last_on = max(row.effective_on for row in known)
        gone = [id for id in rows if self._records[entity, id].values is None]
        for id, name in labels(self.connection, entity, gone).items():
            self._removed[entity, id] = name

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
        self._history.append(
            (row.seq, self.batch.id, entity, id, name, old, new, on, retracts, self._hash)
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
        self.connection.executemany(
            "INSERT INTO history (seq, batch_id, entity, entity_id, field, old, new, effective_on,"
            " retracts, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            self._history,
        )
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
        delta = RollupDelta(self.connection, self._known_from, read_ladders(self.connection, gone))
        for entity, records in changed.items():
            if not records:
                continue
            self._write_state(entity, ENTITIES[entity], records)
            if ENTITIES[entity].counted:
                write_timelines(
                    self.connection,
                    entity,
                    ((id, r.before_timeline, r.timeline) for id, r in records.items()),
                )
                for r in records.values():
                    delta.replace(entity, r.before, r.before_timeline, r.values, r.timeline)
        delta.write()

    def _write_state(self, entity: str, spec: Entity, records: dict[int, RecordInHand]) -> None:
        created: list[tuple[Value, ...]] = []
        updated: defaultdict[tuple[str, ...], list[tuple[Value, ...]]] = defaultdict(list)
        gone: list[tuple[int]] = []
        for id, record in records.items():
            if record.values is None:
                gone.append((id,))
                continue
            row = row_of(entity, record.values, record.timeline, record.last_on)
            if record.before is None:
                created.append((id, record.rev + 1, *row))
            else:
                names, values = _differing(spec.columns, record.kept, row)
                updated[names].append((*values, record.rev + 1, id))
        columns = ("id", "rev", *spec.columns)
        self.connection.executemany(
            f"INSERT INTO {spec.table} ({', '.join(columns)}) VALUES ({marks(columns)})", created
        )
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

    def close(self) -> None:
        """Write what is left, and see that nothing refers to what was removed."""
        self.flush()
        for (entity, id), name in self._removed.items():
            for table, column in ENTITIES[entity].used_by:
                key = "case_id" if table == "case_region" else "id"
                user = self.connection.execute(
                    f"SELECT {key} FROM {table} WHERE {column} = ? LIMIT 1", [id]
                ).fetchone()
                if user:
                    raise self._in_use(name, table, user[0])

    def _in_use(self, name: str, table: str, user: int) -> Refusal:
        """`name` is what the removed record was called when it was still there."""
        kind = next((kind for kind, spec in ENTITIES.items() if spec.table == table), CASE)
        batch = last_batch_about(self.connection, kind, user)
        user_name = called(self.connection, kind, user)
        return Refusal("undo.in_use", ref=name, user=user_name, batch=batch)


def _mended(
    entity: str, held: Values | None, values: Mapping[str, Value]
) -> Iterator[tuple[str, Value]]:
    """A field that is said anew is no longer one that could not be read."""
    unread = held.get(UNREAD) if held else None
    if unread and UNREAD not in values:
        fields = DECLARED[entity].by_column
        names = [fields[column].name for column in values if column in fields]
        yield UNREAD, without_cells(unread, names)


def _differing(
    names: tuple[str, ...], kept: Sequence[Value], row: Sequence[Value]
) -> tuple[tuple[str, ...], tuple[Value, ...]]:
    """The columns whose value differs, and their new values: indexes of the others are spared."""
    pairs = [(name, new) for name, old, new in zip(names, kept, row, strict=True) if old != new]
    return tuple(name for name, _ in pairs), tuple(new for _, new in pairs)
