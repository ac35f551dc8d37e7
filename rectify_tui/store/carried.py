"""Merged items that nothing carries on: they would be missing from every total."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from operator import itemgetter

from rectify_tui.domain.status import Status
from rectify_tui.domain.timeline import Row, replay
from rectify_tui.store.connection import Connection, fetch_chunks
from rectify_tui.store.records import ITEM

_AS_OF = "s.subject = 'item' AND s.from_on <= ? AND s.to_on > ?"


def not_carried(connection: Connection, day: date, programme_id: int | None = None) -> list[int]:
    """Ids of items merged on a day whose chain does not end at what was there on that day.

    A programme carries on what is merged into it as long as it exists; an item does where it was in
    the ledger on that day.
    """
    targets = _targets(connection, day.isoformat())
    programmes = {id for (id,) in connection.execute("SELECT id FROM programme")}
    ends = {item for item, _ in targets.values() if item is not None and item not in targets}
    there = {
        id
        for (id,) in fetch_chunks(
            connection,
            "SELECT s.subject_id FROM status_span s"
            f" WHERE {_AS_OF} AND s.subject_id IN ({{marks}})",
            sorted(ends), *[day.isoformat()] * 2,
        )
    }  # fmt: skip
    asked = set(targets)
    if programme_id is not None:
        asked &= {
            id
            for (id,) in connection.execute(
                "SELECT id FROM item WHERE programme_id = ?", [programme_id]
            )
        }
    return [id for id in sorted(asked) if not _ends_well(id, targets, there, programmes)]


_Target = tuple[int | None, int | None]
"""The item or the programme that a merged item points to."""


def _ends_well(id: int, targets: dict[int, _Target], there: set[int], programmes: set[int]) -> bool:
    passed = set()
    while id in targets:
        if id in passed:
            return False
        passed.add(id)
        item, programme = targets[id]
        if item is None:
            return programme in programmes
        id = item
    return id in there


def _targets(connection: Connection, day: str) -> dict[int, _Target]:
    """Where the items that were merged on a day point, as of that day."""
    found: dict[int, _Target] = {}
    otherwise_now = []
    for id, status, *target in connection.execute(
        "SELECT item.id, item.status, item.merged_item_id, item.merged_programme_id"
        f" FROM status_span s JOIN item ON item.id = s.subject_id WHERE {_AS_OF} AND s.status = ?",
        [day, day, Status.MERGED],
    ):
        found[id] = (target[0], target[1])
        if status != Status.MERGED:
            otherwise_now.append(id)
    rows = fetch_chunks(
        connection,
        "SELECT entity_id, seq, field, old, new, effective_on, retracts FROM history"
        " WHERE entity = ? AND entity_id IN ({marks}) ORDER BY entity_id, seq",
        otherwise_now, ITEM,
    )  # fmt: skip
    for id, group in groupby(rows, key=itemgetter(0)):
        then = replay([Row(*row[1:]) for row in group], as_of=day)
        if then is not None:
            item, programme = (
                then.values[name] for name in ("merged_item_id", "merged_programme_id")
            )
            found[id] = (int(item) if item else None, int(programme) if programme else None)
    return found
