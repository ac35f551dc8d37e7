"""What is kept of records, of their statuses over time and of their past, and their histories.

Everything comes by rising id, so that the same records can be walked through side by side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from rectify_tui.domain.timeline import Row, Value
from rectify_tui.store.assignments import COLUMNS
from rectify_tui.store.connection import Connection, marks
from rectify_tui.store.records import CASE, ENTITIES, ITEM, Entity

RecordHistory = list[tuple[int, Row]]
"""The rows about one record, each with its batch."""

Ids = Sequence[int] | None
"""Which records are read, by rising id; None for all."""


class Lockstep:
    """Takes keyed rows, sorted by key, as somebody else walks through the same keys."""

    def __init__(self, rows: Iterator[tuple[int, Any]]) -> None:
        self._rows = rows
        self._next = next(rows, None)
        self._passed: list[int] = []

    def take(self, id: int) -> Any:
        """The row of the next key in turn; None where there is none."""
        while self._next is not None and self._next[0] < id:
            self._passed.append(self._next[0])
            self._next = next(self._rows, None)
        if self._next is None or self._next[0] != id:
            return None
        value = self._next[1]
        self._next = next(self._rows, None)
        return value

    def rest(self) -> Iterator[int]:
        """The keys that were passed by, and those that are left."""
        yield from self._passed
        while self._next is not None:
            yield self._next[0]
            self._next = next(self._rows, None)


def _among(column: str, ids: Ids) -> tuple[str, Sequence[int]]:
    """A condition on a column with ids, and its parameters."""
    return ("TRUE", ()) if ids is None else (f"{column} IN ({marks(ids)})", ids)


def kept_rows(connection: Connection, spec: Entity, ids: Ids) -> Iterator[tuple[int, list[Any]]]:
    """Revision and columns of each record of a kind."""
    columns, (among, chosen) = ", ".join(("id", "rev", *spec.columns)), _among("id", ids)
    query = f"SELECT {columns} FROM {spec.table} WHERE {among} ORDER BY id"
    for id, *row in connection.execute(query, chosen):
        yield id, row


def kept_spans(
    connection: Connection, entity: str, ids: Ids
) -> Iterator[tuple[int, list[tuple[str, str, str]]]]:
    """The spans of status of each item or case."""
    if not ENTITIES[entity].counted:
        return
    among, chosen = _among("subject_id", ids)
    rows = connection.execute(
        "SELECT subject_id, from_on, to_on, status FROM status_span WHERE subject = ?"
        f" AND {among} ORDER BY subject_id, from_on",
        [entity, *chosen],
    )
    for id, group in groupby(rows, key=itemgetter(0)):
        yield id, [row[1:] for row in group]


def kept_assignments(
    connection: Connection, entity: str, ids: Ids
) -> Iterator[tuple[int, list[tuple[Value, ...]]]]:
    """What each item was assigned in the past."""
    if entity != ITEM:
        return
    among, chosen = _among("item_id", ids)
    rows = connection.execute(
        f"SELECT {', '.join(COLUMNS)} FROM past_assignment WHERE {among} ORDER BY item_id, from_on",
        chosen,
    )
    for id, group in groupby(rows, key=itemgetter(0)):
        yield id, [row[1:] for row in group]


def kept_regions(connection: Connection, entity: str, ids: Ids) -> Iterator[tuple[int, list[int]]]:
    """The regions of each case."""
    if entity != CASE:
        return
    among, chosen = _among("case_id", ids)
    rows = connection.execute(
        f"SELECT case_id, region_id FROM case_region WHERE {among} ORDER BY case_id, region_id",
        chosen,
    )
    for id, group in groupby(rows, key=itemgetter(0)):
        yield id, [region for _, region in group]


def kept_histories(
    connection: Connection, entity: str, ids: Ids
) -> Iterator[tuple[int, RecordHistory]]:
    """Each record of a kind with its history."""
    among, chosen = _among("entity_id", ids)
    rows = connection.execute(
        "SELECT entity_id, batch_id, seq, field, old, new, effective_on, retracts FROM history"
        f" WHERE entity = ? AND {among} ORDER BY entity_id, seq",
        [entity, *chosen],
    )
    for id, group in groupby(rows, key=itemgetter(0)):
        yield id, [(row[1], Row(*row[2:])) for row in group]


def touched(connection: Connection, first_batch: int) -> dict[str, list[int]]:
    """The records of which a batch or a later one tells, by kind."""
    records: dict[str, list[int]] = {}
    for entity, id in connection.execute(
        "SELECT DISTINCT entity, entity_id FROM history WHERE batch_id >= ? ORDER BY 1, 2",
        [first_batch],
    ):
        records.setdefault(entity, []).append(id)
    return records
