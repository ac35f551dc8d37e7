"""Merged items that nothing carries on: they would be missing from every total."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from datetime import date

from rectify_tui.domain.status import Status
from rectify_tui.domain.timeline import STATE, Row, live_rows, replay, value_on
from rectify_tui.store.connection import Connection, fetch_chunks
from rectify_tui.store.history import histories
from rectify_tui.store.records import ITEM

_ON_DAY = "s.subject = 'item' AND s.from_on <= ? AND s.to_on > ?"


def unresolved_merges(
    connection: Connection, day: date, programme_id: int | None = None
) -> list[int]:
    """Ids of items merged on a day whose chain does not end at what was there on that day.

    A programme carries on what is merged into it as long as it exists; an item does where it was in
    the ledger on that day.
    """
    pointers = _pointers(connection, day.isoformat())
    programmes = {id for (id,) in connection.execute("SELECT id FROM programme")}
    ends = {item for item, _ in pointers.values() if item is not None and item not in pointers}
    present = _present(connection, day.isoformat(), ends)
    merged = set(pointers)
    if programme_id is not None:
        rows = connection.execute("SELECT id FROM item WHERE programme_id = ?", [programme_id])
        merged &= {id for (id,) in rows}
    return [id for id in sorted(merged) if not _is_carried_on(id, pointers, present, programmes)]


_Pointer = tuple[int | None, int | None]
"""The item or the programme that a merged item points to."""


def _is_carried_on(
    id: int, pointers: Mapping[int, _Pointer], present: Set[int], programmes: Set[int]
) -> bool:
    passed = set()
    while id in pointers:
        if id in passed:
            return False
        passed.add(id)
        item, programme = pointers[id]
        if item is None:
            return programme in programmes
        id = item
    return id in present


def _present(connection: Connection, day: str, ids: Set[int]) -> set[int]:
    """Those of the items that were in the ledger on a day."""
    query = (
        f"SELECT s.subject_id FROM status_span s WHERE {_ON_DAY} AND s.subject_id IN ({{marks}})"
    )
    return {id for (id,) in fetch_chunks(connection, query, sorted(ids), day, day)}


def _pointers(connection: Connection, day: str) -> dict[int, _Pointer]:
    """Where the items that were merged on a day point, as of that day."""
    pointers: dict[int, _Pointer] = {}
    changed_since = []
    for id, last_on, *pointer in connection.execute(
        "SELECT item.id, item.last_on, item.merged_item_id, item.merged_programme_id"
        f" FROM status_span s JOIN item ON item.id = s.subject_id WHERE {_ON_DAY} AND s.status = ?",
        [day, day, Status.MERGED],
    ):
        pointers[id] = (pointer[0], pointer[1])
        if last_on > day:  # what the row points to may have been set anew since
            changed_since.append(id)
    for id, rows in histories(connection, ITEM, changed_since):
        then = replay(rows, as_of=day)
        if then is not None:
            item, programme = (
                then.values[name] for name in ("merged_item_id", "merged_programme_id")
            )
            pointers[id] = (int(item) if item else None, int(programme) if programme else None)
    return pointers


def pointers_over_time(
    connection: Connection, ids: Iterable[int]
) -> dict[str, dict[int, int | None]]:
    """Which item carried on which, by each day on which that changed among these items.

    Those that their chains pass through on any day are there too.
    """
    spans: dict[int, list[tuple[str, int | None]]] = {}
    frontier = set(ids)
    while frontier:
        merged = _ever_merged(connection, sorted(frontier))
        spans |= {id: _carriers(rows) for id, rows in histories(connection, ITEM, merged)}
        frontier = {to for id in merged for _, to in spans[id] if to is not None} - spans.keys()
    days = sorted({day for entries in spans.values() for day, _ in entries})
    return {day: {id: _latest(entries, day) for id, entries in spans.items()} for day in days}


def _ever_merged(connection: Connection, ids: list[int]) -> list[int]:
    query = (
        "SELECT DISTINCT subject_id FROM status_span WHERE subject = 'item'"
        f" AND status = '{Status.MERGED}' AND subject_id IN ({{marks}})"
    )
    return [id for (id,) in fetch_chunks(connection, query, ids)]


def _carriers(rows: list[Row]) -> list[tuple[str, int | None]]:
    """The item that carried one on, from each day on which that was said anew."""
    days = {row.effective_on for row in live_rows(rows) if row.field in ("", *STATE)}
    carriers = ((day, value_on(rows, "merged_item_id", day)) for day in sorted(days))
    return [(day, int(to) if to else None) for day, to in carriers]


def _latest(entries: Iterable[tuple[str, int | None]], day: str) -> int | None:
    return next((to for since, to in reversed(list(entries)) if since <= day), None)
