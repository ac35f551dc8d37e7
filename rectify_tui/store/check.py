"""Does the store still agree with itself? Everything kept is derived again from history."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from rectify_tui.domain.merge import first_in_cycle
from rectify_tui.domain.timeline import Replayed, Row, Timeline, replay
from rectify_tui.errors import Problem
from rectify_tui.resources import data_folder
from rectify_tui.store.chain import GENESIS, Batch, link
from rectify_tui.store.connection import Connection, DatabaseError
from rectify_tui.store.labels import label
from rectify_tui.store.records import ENTITIES, Entity
from rectify_tui.store.regions import parents, read_ladders
from rectify_tui.store.rollup_write import Place, counted_differences, expand, place_of
from rectify_tui.store.spans import FOREVER

SHOWN = 5
"""How many faults of one kind are told one by one."""

Fault = Problem
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Finding:
    """What one check came to: its name, how much it looked at, and what is wrong (first few)."""

    check: str
    looked_at: int
    faults: tuple[Fault, ...]
    more: int = 0

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


class _Faults:
    def __init__(self) -> None:
        self.shown: list[Fault] = []
        self.count = 0

    def add(self, key: str, **params: object) -> None:
        self.count += 1
        if len(self.shown) < SHOWN:
            self.shown.append(Problem(key, **params))

    def finding(self, check: str, looked_at: int) -> Finding:
        return Finding(check, looked_at, tuple(self.shown), self.count - len(self.shown))


def run_checks(connection: Connection) -> Iterator[Finding]:
    """Every check in turn; a reader's connection is enough. A damaged file stops no later check."""
    for name, check in (
        ("sqlite", _sqlite), ("guards", _guards), ("chain", _chain), ("state", _state),
        ("merges", _merges),
    ):  # fmt: skip
        try:
            yield from check(connection)
        except DatabaseError as error:
            yield Finding(name, 0, (Problem("check.unreadable", error=error),))


def _sqlite(connection: Connection) -> Iterator[Finding]:
    faults = _Faults()
    for (line,) in connection.execute("PRAGMA integrity_check(20)"):
        if line != "ok":
            faults.add("check.sqlite", line=line)
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        faults.add("check.dangling", table=table, row=row, parent=parent)
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    yield faults.finding("sqlite", pages)


def _guards(connection: Connection) -> Iterator[Finding]:
    faults = _Faults()
    scripts = sorted((data_folder("db") / "migrations").glob("*.sql"))
    wanted = {
        name for path in scripts for name in re.findall(r"CREATE TRIGGER (\w+)", path.read_text())
    }
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for missing in sorted(wanted - {name for (name,) in rows}):
        faults.add("check.trigger", name=missing)
    yield faults.finding("guards", len(wanted))


def _chain(connection: Connection) -> Iterator[Finding]:
    faults = _Faults()
    seals = {
        row[0]: Batch(*row).seal
        for row in connection.execute(
            "SELECT id, kind, who, recorded_at, recorded_on, reason, undoes FROM batch"
        )
    }
    before, count = GENESIS, 0
    for batch, entity, id, kept, *rest in connection.execute(
        "SELECT batch_id, entity, entity_id, hash, seq, field, old, new, effective_on, retracts"
        " FROM history ORDER BY seq"
    ):
        row = Row(*rest)
        count += 1
        if row.seq != count:
            faults.add("check.gap", seq=count, found=row.seq)
            count = row.seq
        if link(before, seals.get(batch, ""), entity, id, row) != kept:
            faults.add("check.hash", seq=row.seq, batch=batch)
        before = kept
    yield faults.finding("chain", count)


def _state(connection: Connection) -> Iterator[Finding]:
    state, spans, rollup = _Faults(), _Faults(), _Faults()
    leaves: Counter[tuple[str, tuple[Place, str, str]]] = Counter()
    records = 0
    recorded = dict(connection.execute("SELECT id, recorded_on FROM batch"))
    for entity, spec in ENTITIES.items():
        kept = _Lockstep(_kept_rows(connection, entity, spec))
        kept_spans = _Lockstep(_kept_spans(connection, entity)) if spec.counted else None
        for id, rows in _histories(connection, entity):
            records += 1
            now = replay([row for _, row in rows])
            _compare_row(connection, entity, spec, id, now, kept.take(id), state)
            if kept_spans is not None:
                timeline = now.timeline if now else ()
                if tuple(kept_spans.take(id) or ()) != _spans_of(timeline):
                    spans.add("check.span", ref=label(connection, entity, id))
                _learn(entity, rows, recorded, leaves)
        for id in kept.rest():
            state.add("check.unexplained", ref=label(connection, entity, id))
        for id in kept_spans.rest() if kept_spans else ():
            spans.add("check.span", ref=label(connection, entity, id))
    yield state.finding("state", records)
    yield spans.finding("spans", records)
    yield _compare_rollup(connection, leaves, rollup)
    yield _compare_ladders(connection)


class _Lockstep:
    """Takes keyed rows, sorted by key, as somebody else walks through the same keys."""

    def __init__(self, rows: Iterator[tuple[int, Any]]) -> None:
        self._rows = rows
        self._next = next(rows, None)
        self._passed: list[int] = []

    def take(self, id: int) -> Any:
        while self._next is not None and self._next[0] < id:
            self._passed.append(self._next[0])
            self._next = next(self._rows, None)
        if self._next is None or self._next[0] != id:
            return None
        found = self._next[1]
        self._next = next(self._rows, None)
        return found

    def rest(self) -> Iterator[int]:
        yield from self._passed
        while self._next is not None:
            yield self._next[0]
            self._next = next(self._rows, None)


def _kept_rows(
    connection: Connection, entity: str, spec: Entity
) -> Iterator[tuple[int, tuple[Any, ...]]]:
    columns = ", ".join(spec.fields)
    for id, *row in connection.execute(f"SELECT id, {columns} FROM {spec.table} ORDER BY id"):
        yield id, tuple(row)


def _kept_spans(
    connection: Connection, entity: str
) -> Iterator[tuple[int, list[tuple[str, str, str]]]]:
    rows = connection.execute(
        "SELECT subject_id, from_on, to_on, status FROM status_span WHERE subject = ?"
        " ORDER BY subject_id, from_on",
        [entity],
    )
    for id, group in groupby(rows, key=itemgetter(0)):
        yield id, [row[1:] for row in group]


def _histories(connection: Connection, entity: str) -> Iterator[tuple[int, list[tuple[int, Row]]]]:
    rows = connection.execute(
        "SELECT entity_id, batch_id, seq, field, old, new, effective_on, retracts FROM history"
        " WHERE entity = ? ORDER BY entity_id, seq",
        [entity],
    )
    for id, group in groupby(rows, key=itemgetter(0)):
        yield id, [(row[1], Row(*row[2:])) for row in group]


def _compare_row(
    connection: Connection, entity: str, spec: Entity, id: int, now: Replayed | None,
    kept: tuple[Any, ...] | None, faults: _Faults,
) -> None:  # fmt: skip
    told = None if now is None else tuple(now.values.get(name) for name in spec.fields)
    if told == kept:
        return
    if told is None or kept is None:
        faults.add("check.unexplained", ref=label(connection, entity, id))
        return
    names = [n for n, a, b in zip(spec.fields, told, kept, strict=True) if a != b]
    faults.add("check.differs", ref=label(connection, entity, id), fields=", ".join(names))


def _spans_of(timeline: Timeline) -> tuple[tuple[str, str, str], ...]:
    ends = [since for since, _ in timeline[1:]] + [FOREVER]
    return tuple((since, end, status) for (since, status), end in zip(timeline, ends, strict=True))


def _learn(
    entity: str, rows: list[tuple[int, Row]], recorded: dict[int, str],
    leaves: Counter[tuple[str, tuple[Place, str, str]]],
) -> None:  # fmt: skip
    """Add what each batch taught about a record's counts, under the day it was recorded."""
    known: list[Row] = []
    before: Counter[tuple[Place, str, str]] = Counter()
    for batch, group in groupby(rows, key=itemgetter(0)):
        known += [row for _, row in group]
        now = replay(known)
        after: Counter[tuple[Place, str, str]] = Counter()
        if now is not None:
            place = place_of(entity, now.values)
            for (day, status), n in counted_differences(now.values, now.timeline).items():
                after[place, day, status] += n
        for key in after.keys() | before.keys():
            if n := after[key] - before[key]:
                leaves[recorded[batch], key] += n
        before = after


def _compare_rollup(
    connection: Connection, leaves: Counter[tuple[str, tuple[Place, str, str]]], faults: _Faults
) -> Finding:
    regions = {region for _, ((_, _, places, _), _, _) in leaves for region in places}
    ladders = read_ladders(connection, regions)
    by_day: dict[str, dict[tuple[Place, str, str], int]] = {}
    for (recorded_on, leaf), n in leaves.items():
        by_day.setdefault(recorded_on, {})[leaf] = n
    expected: dict[tuple[Any, ...], int] = {}
    for recorded_on, found in by_day.items():
        for key, n in expand(found, ladders).items():
            if n:
                expected[(*key, recorded_on)] = n
    lines = 0
    for *kept, n in connection.execute(
        "SELECT depth, grain, period, parent_id, place_id, subject, programme_id, status,"
        " recorded_on, n FROM rollup WHERE n <> 0"
    ):
        lines += 1
        told = expected.pop(tuple(kept), 0)
        if told != n:
            faults.add("check.rollup", period=kept[2], status=kept[7], kept=n, told=told)
    for key, told in expected.items():
        faults.add("check.rollup", period=key[2], status=key[7], kept=0, told=told)
    return faults.finding("rollup", lines)


def _compare_ladders(connection: Connection) -> Finding:
    from rectify_tui.domain.region import ladder

    faults = _Faults()
    above = parents(connection)
    kept = read_ladders(connection, above)
    for id in above:
        if kept.get(id) != ladder(id, above):
            faults.add("check.ladder", ref=label(connection, "region", id))
    return faults.finding("ladders", len(above))


def _merges(connection: Connection) -> Iterator[Finding]:
    faults = _Faults()
    pointers = dict(
        connection.execute("SELECT id, merged_item_id FROM item WHERE merged_item_id IS NOT NULL")
    )
    caught = first_in_cycle(pointers, pointers)
    if caught is not None:
        faults.add("check.cycle", ref=label(connection, "item", caught))
    yield faults.finding("merges", len(pointers))
