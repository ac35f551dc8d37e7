"""Holds records, statuses over time and figures against what history tells of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate, groupby
from operator import itemgetter
from typing import Any

from rectify_tui.domain.region import ladder
from rectify_tui.domain.timeline import Replayed, Row, replay
from rectify_tui.errors import Problem
from rectify_tui.store.connection import Connection
from rectify_tui.store.findings import Faults, Finding
from rectify_tui.store.labels import called
from rectify_tui.store.records import CASE, ENTITIES, REGION, Entity, region_ids, row_of
from rectify_tui.store.rollup_write import Leaf, counted_differences, counted_under, expand
from rectify_tui.store.spans import FOREVER

DAMAGE = (ValueError, TypeError, LookupError, AttributeError, Problem)
"""What comes of reading a row that says something impossible."""

RecordHistory = list[tuple[int, Row]]
"""The rows about one record, each with its batch."""


def compare_state(connection: Connection) -> Iterator[Finding]:
    """What is kept of each record, of its statuses over time, and of the figures."""
    comparison = _Comparison(connection)
    for entity, spec in ENTITIES.items():
        comparison.compare(entity, spec)
    yield comparison.state.finding("state", comparison.records)
    yield comparison.spans.finding("spans", comparison.records)
    yield comparison.rollup()


class _Comparison:
    """Walks through all histories once; what they teach about figures is gathered by the way."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.state, self.spans = Faults(), Faults()
        self.records = 0
        self._known_from = _known_from(connection)
        self._leaves: Counter[tuple[str, Leaf]] = Counter()
        self._above: dict[int, int | None] = {}

    def compare(self, entity: str, spec: Entity) -> None:
        """Hold all records of a kind against their histories."""
        rows = _Lockstep(_kept_rows(self.connection, spec))
        spans = _Lockstep(_kept_spans(self.connection, entity))
        links = _Lockstep(_kept_regions(self.connection, entity))
        for id, history in _histories(self.connection, entity):
            self.records += 1
            kept = rows.take(id), spans.take(id) or [], links.take(id) or []
            try:
                self._compare_record(entity, spec, id, history, *kept)
                self._learn(entity, spec, id, history)
            except DAMAGE as error:
                self.state.add("check.unreadable", error=f"{entity} {id}: {error!r}")
        for id in rows.rest():
            self.state.add("check.unexplained", ref=called(self.connection, entity, id))
        for id in spans.rest():
            self.spans.add("check.span", ref=called(self.connection, entity, id))
        for id in links.rest():
            self._differs(entity, id, ["case_region"])

    def _compare_record(
        self, entity: str, spec: Entity, id: int, history: RecordHistory, row: list[Any] | None,
        spans: list[Any], regions: list[Any],
    ) -> None:  # fmt: skip
        now = replay([row for _, row in history])
        if spans != _spans_of(now):
            self.spans.add("check.span", ref=called(self.connection, entity, id))
        if now is None or row is None:
            if now is not None or row is not None:
                self.state.add("check.unexplained", ref=called(self.connection, entity, id))
            return
        rev, *columns = row
        last_on = max(row.effective_on for _, row in history)
        expected = row_of(entity, now.values, now.timeline, last_on)
        wrong = [n for n, a, b in zip(spec.columns, expected, columns, strict=True) if a != b]
        if not 1 <= rev <= len(history):
            wrong.append("rev")
        if entity == CASE and sorted(region_ids(CASE, now.values)) != regions:
            wrong.append("case_region")
        if wrong:
            self._differs(entity, id, wrong)

    def _differs(self, entity: str, id: int, fields: list[str]) -> None:
        ref = called(self.connection, entity, id)
        self.state.add("check.differs", ref=ref, fields=", ".join(fields))

    def _learn(self, entity: str, spec: Entity, id: int, history: RecordHistory) -> None:
        """Note where a region lies, and how each batch changed what a record adds to counts."""
        if entity == REGION:
            born = next(row.new for _, row in history if row.field == "" and row.new is not None)
            self._above[id] = json.loads(born)["parent_id"]
        if not spec.counted:
            return
        known: list[Row] = []
        before: Counter[Leaf] = Counter()
        for batch, group in groupby(history, key=itemgetter(0)):
            known += [row for _, row in group]
            after = _leaves(entity, replay(known))
            for leaf in after.keys() | before.keys():
                if n := after[leaf] - before[leaf]:
                    self._leaves[self._known_from.get(batch, ""), leaf] += n
            before = after

    def rollup(self) -> Finding:
        """Hold the figures against what was gathered."""
        faults = Faults()
        expected = self._expected_rollup()
        lines = 0
        for *kept, n in self.connection.execute(
            "SELECT depth, grain, period, parent_id, place_id, subject, programme_id, status,"
            " recorded_on, n FROM rollup WHERE n <> 0"
        ):
            lines += 1
            replayed = expected.pop(tuple(kept), 0)
            if replayed != n:
                faults.add("check.rollup", period=kept[2], status=kept[7], kept=n, told=replayed)
        for key, replayed in expected.items():
            faults.add("check.rollup", period=key[2], status=key[7], kept=0, told=replayed)
        return faults.finding("rollup", lines)

    def _expected_rollup(self) -> dict[tuple[Any, ...], int]:
        regions = {region for _, (under, _, _) in self._leaves for region in under.regions}
        ladders = {region: ladder(region, self._above) for region in regions}
        by_day: dict[str, dict[Leaf, int]] = {}
        for (known_from, leaf), n in self._leaves.items():
            by_day.setdefault(known_from, {})[leaf] = n
        return {
            (*key, known_from): n
            for known_from, leaves in by_day.items()
            for key, n in expand(leaves, ladders).items()
            if n
        }


def _leaves(entity: str, now: Replayed | None) -> Counter[Leaf]:
    """What a record adds to each day's counts."""
    if now is None:
        return Counter()
    under = counted_under(entity, now.values)
    differences = counted_differences(now.values, now.timeline)
    return Counter({(under, day, status): n for (day, status), n in differences.items()})


def _spans_of(now: Replayed | None) -> list[tuple[str, str, str]]:
    timeline = now.timeline if now else ()
    ends = [since for since, _ in timeline[1:]] + [FOREVER]
    return [(since, end, status) for (since, status), end in zip(timeline, ends, strict=False)]


def _known_from(connection: Connection) -> dict[int, str]:
    """The day from which each batch is known: a clock that was set back does not reorder them."""
    batches = dict(connection.execute("SELECT id, recorded_on FROM batch ORDER BY id"))
    return dict(zip(batches, accumulate(batches.values(), max), strict=True))


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
        value = self._next[1]
        self._next = next(self._rows, None)
        return value

    def rest(self) -> Iterator[int]:
        yield from self._passed
        while self._next is not None:
            yield self._next[0]
            self._next = next(self._rows, None)


def _kept_rows(connection: Connection, spec: Entity) -> Iterator[tuple[int, list[Any]]]:
    columns = ", ".join(("id", "rev", *spec.columns))
    for id, *row in connection.execute(f"SELECT {columns} FROM {spec.table} ORDER BY id"):
        yield id, row


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


def _kept_regions(connection: Connection, entity: str) -> Iterator[tuple[int, list[int]]]:
    if entity != CASE:
        return
    rows = connection.execute(
        "SELECT case_id, region_id FROM case_region ORDER BY case_id, region_id"
    )
    for id, group in groupby(rows, key=itemgetter(0)):
        yield id, [region for _, region in group]


def _histories(connection: Connection, entity: str) -> Iterator[tuple[int, RecordHistory]]:
    rows = connection.execute(
        "SELECT entity_id, batch_id, seq, field, old, new, effective_on, retracts FROM history"
        " WHERE entity = ? ORDER BY entity_id, seq",
        [entity],
    )
    for id, group in groupby(rows, key=itemgetter(0)):
        yield id, [(row[1], Row(*row[2:])) for row in group]
