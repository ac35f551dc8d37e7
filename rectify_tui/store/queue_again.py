"""A queue that was read before, with the few lines put in their places that changed since."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from rectify_tui.store.chain import HASH, head
from rectify_tui.store.connection import Connection, limited, marks
from rectify_tui.store.filters import Condition
from rectify_tui.store.on_day import on_day
from rectify_tui.store.queue import QueueQuery, WorkQueue, lines_of, read_queue
from rectify_tui.store.queue_sql import ORDER
from rectify_tui.store.records import ITEM, MEASURE, MILESTONE, PROGRAMME

_MOST, _MOST_ROWS = 8, 200
"""Items that are put in their places one by one, and rows of history that tell of them."""

_OF_STEPS = {
    MEASURE: "SELECT item_id FROM measure WHERE id IN ({})",
    MILESTONE: "SELECT m.item_id FROM milestone s JOIN measure m ON m.id = s.measure_id"
    " WHERE s.id IN ({})",
}
"""The items of steps, which are in their tables no more where their entry was taken back."""


def read_again(connection: Connection, before: WorkQueue) -> WorkQueue:
    """A queue that was read before, as it is now.

    Of the whole ledger as it stands, only the items are judged of which something was said since,
    where they are few. Raises `Problem` for a filter that names what there is not any more.
    """
    with connection.snapshot():
        touched = _touched_since(connection, before)
        if touched is None:
            return read_queue(connection, before.query)
        return _placed_anew(connection, before, touched)


def _touched_since(connection: Connection, before: WorkQueue) -> set[int] | None:
    """The items of which something was said since; None where more may be otherwise than they."""
    seq, hash = before.head
    known = connection.execute(f"SELECT {HASH} FROM history WHERE seq = ?", [seq]).fetchone()
    if known != (hash,) or before.query.filter.terms or on_day(connection, before.query.as_of).past:
        return None
    rows = connection.execute(
        "SELECT entity, entity_id FROM history WHERE seq > ? ORDER BY seq"
        f"{limited(_MOST_ROWS + 1)}",
        [seq],
    ).fetchall()
    told: dict[str, set[int]] = {}
    for entity, id in rows:
        told.setdefault(entity, set()).add(id)
    items = told.get(ITEM, set())
    for entity, query in _OF_STEPS.items():
        if ids := told.get(entity):
            found = connection.execute(query.format(marks(ids)), [*ids]).fetchall()
            if len(found) < len(ids):
                return None
            items.update(id for (id,) in found)
    many = len(rows) > _MOST_ROWS or len(items) > _MOST
    return None if many or PROGRAMME in told else items


def _placed_anew(connection: Connection, before: WorkQueue, touched: set[int]) -> WorkQueue:
    """The queue in which all but some items kept their places."""
    query, ids = before.query, before.ids[:]
    for id in touched:
        with suppress(ValueError):
            ids.remove(id)
    reviewed, hidden = set(before.reviewed - touched), set(before.hidden - touched)
    for id, put_off, seen, *key in _with_keys(connection, query, touched):
        if put_off:
            hidden.add(id)
            if not query.put_off:
                continue
        ids.insert(bisect_left(ids, key, key=partial(_key_of, connection, query)), id)
        if seen:
            reviewed.add(id)
    return WorkQueue(query, ids, frozenset(reviewed), frozenset(hidden), head(connection))


def _with_keys(
    connection: Connection, query: QueueQuery, ids: Collection[int]
) -> Sequence[tuple[Any, ...]]:
    """The lines of some items, each with what it is sorted by."""
    if not ids:
        return []
    among = Condition(f"item.id IN ({marks(ids)})", [*ids])
    return lines_of(connection, query, among, more=ORDER).fetchall()


def _key_of(connection: Connection, query: QueueQuery, id: int) -> list[Any]:
    ((_, _, _, *key),) = _with_keys(connection, query, [id])
    return key
