"""The promises of items that came to something, read from their history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from rectify_tui.domain.promises import Promise, promises
from rectify_tui.domain.timeline import Row, replay
from rectify_tui.store.connection import Connection, fetch_chunks
from rectify_tui.store.history import histories
from rectify_tui.store.records import ITEM


def promises_of(
    connection: Connection, ids: list[int], day: date
) -> Iterator[tuple[int, list[Row], Promise]]:
    """Each promise that was kept or broken by a day, with its item and all of its history."""
    promised = _promised(connection, ids)
    done = _steps_done(connection, promised)
    for id, rows in histories(connection, ITEM, promised):
        then = replay(rows, as_of=day.isoformat())
        for each in promises(rows, then.timeline, done[id], day.isoformat()) if then else ():
            yield id, rows, each


def _promised(connection: Connection, ids: list[int]) -> list[int]:
    """The items of which a promise was ever made."""
    query = (
        "SELECT id FROM item WHERE (next_on IS NOT NULL OR EXISTS (SELECT 1 FROM history h"
        " WHERE h.entity = 'item' AND h.entity_id = item.id AND h.field = 'next_on'))"
        " AND id IN ({marks})"
    )
    return [id for (id,) in fetch_chunks(connection, query, ids)]


def _steps_done(connection: Connection, ids: list[int]) -> defaultdict[int, list[str]]:
    done: defaultdict[int, list[str]] = defaultdict(list)
    query = (
        "SELECT m.item_id, s.done_on FROM measure m JOIN milestone s ON s.measure_id = m.id"
        " WHERE s.done_on IS NOT NULL AND s.stands_for IS NULL AND m.item_id IN ({marks})"
    )
    for id, on in fetch_chunks(connection, query, ids):
        done[id].append(on)
    return done
