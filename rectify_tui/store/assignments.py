"""What items were assigned before it was changed: where they lay, who had to see to it, by when.

What holds at present stands with the item itself, so that only items whose assignment was ever
changed have rows here.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from rectify_tui.domain.timeline import ASSIGNED, Assignments, Replayed, Timeline, Value
from rectify_tui.store.connection import Connection, fetch_chunks

COLUMNS = ("item_id", "from_on", "to_on", *ASSIGNED)
"""The columns of the table."""


def read_assignments(connection: Connection, ids: list[int]) -> dict[int, tuple[Assignments, str]]:
    """Past assignments of items, and the day since which the present one holds, by item."""
    past: dict[int, tuple[Assignments, str]] = {}
    query = (
        f"SELECT {', '.join(COLUMNS)} FROM past_assignment WHERE item_id IN ({{marks}})"
        " ORDER BY item_id, from_on"
    )
    for id, from_on, to_on, *assignment in fetch_chunks(connection, query, ids):
        earlier, _ = past.get(id, ((), ""))
        past[id] = (*earlier, (from_on, tuple(assignment))), to_on
    return past


def assignments_of(
    connection: Connection, timelines: Mapping[int, Timeline]
) -> dict[int, Assignments]:
    """The assignments of items over time, given their statuses."""
    ids = list(timelines)
    past = read_assignments(connection, ids)
    query = f"SELECT id, {', '.join(ASSIGNED)} FROM item WHERE id IN ({{marks}})"
    assignments: dict[int, Assignments] = {}
    for id, *assignment in fetch_chunks(connection, query, ids):
        earlier, since = past.get(id, ((), timelines[id][0][0]))
        assignments[id] = (*earlier, (since, tuple(assignment)))
    return assignments


def past_rows(now: Replayed | None) -> list[tuple[Value, ...]]:
    """The rows about an item, without its id."""
    entries = now.assignments if now else ()
    return [
        (since, following[0], *assignment) for (since, assignment), following in pairwise(entries)
    ]


def write_assignments(
    connection: Connection, items: Mapping[int, tuple[Replayed | None, Replayed | None]]
) -> None:
    """Write the past of items, given as they were kept and as they are now."""
    moved = {
        id: rows
        for id, (before, now) in items.items()
        if past_rows(before) != (rows := past_rows(now))
    }
    connection.executemany("DELETE FROM past_assignment WHERE item_id = ?", [(id,) for id in moved])
    connection.insert(
        "past_assignment", COLUMNS, [(id, *row) for id, rows in moved.items() for row in rows]
    )
