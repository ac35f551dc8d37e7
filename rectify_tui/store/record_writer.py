"""Writes records as they have become, with the rows that follow from each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import compress
from operator import ne

from rectify_tui.domain.timeline import Value
from rectify_tui.store.connection import Connection
from rectify_tui.store.record_in_hand import RecordInHand
from rectify_tui.store.records import CASE, ENTITIES, REGION, region_ids, row_of
from rectify_tui.store.regions import write_ladders


def write_records(connection: Connection, entity: str, records: Mapping[int, RecordInHand]) -> None:
    """Add records of one kind that are new, change those that were there, and remove the others."""
    spec = ENTITIES[entity]
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
    connection.insert(spec.table, ("id", "rev", *spec.columns), created)
    for names, rows in updated.items():
        assignments = ", ".join(f"{name} = ?" for name in (*names, "rev"))
        connection.executemany(f"UPDATE {spec.table} SET {assignments} WHERE id = ?", rows)
    # Links never go before their record: an open foreign key makes every insert search for it.
    _write_links(connection, entity, records)
    connection.executemany(f"DELETE FROM {spec.table} WHERE id = ?", gone)


def _differing(
    names: tuple[str, ...], kept: Sequence[Value], row: Sequence[Value]
) -> tuple[tuple[str, ...], tuple[Value, ...]]:
    """The columns whose value differs, and their new values: indexes of the others are spared."""
    differ = list(map(ne, kept, row))
    return tuple(compress(names, differ)), tuple(compress(row, differ))


def _write_links(connection: Connection, entity: str, records: Mapping[int, RecordInHand]) -> None:
    """Rows that follow from a record: the ladder of a region, the regions of a case."""
    if entity == REGION:
        write_ladders(connection, {id: record.values for id, record in records.items()})
    if entity == CASE:
        moved = {id: record for id, record in records.items() if record.moved}
        connection.executemany("DELETE FROM case_region WHERE case_id = ?", [(id,) for id in moved])
        connection.executemany(
            "INSERT INTO case_region (region_id, case_id) VALUES (?, ?)",
            [
                (region, id)
                for id, record in moved.items()
                if record.values is not None
                for region in region_ids(entity, record.values)
            ],
        )
