"""Reading how deadlines were moved, and how many days were granted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rectify_tui.domain.region import Depth
from rectify_tui.store.connection import Connection, fetch_chunks
from rectify_tui.store.on_day import on_day


@dataclass(frozen=True)
class Extension:
    """A deadline that was moved, or that somebody refused to move. Days are ISO text.

    `place` and `unit` are the city that counted the item when it was decided, and its unit.
    """

    id: int
    item_id: int
    ref: str
    due_from: str
    deadline: str
    due_on: str
    asked_by: str
    decided_by: str
    decided_on: str
    refused: bool
    reason: str
    document: str | None
    place: str
    place_en: str | None
    unit: str | None

    @property
    def days(self) -> int:
        """The days that were granted."""
        if self.refused:
            return 0
        return (date.fromisoformat(self.due_on) - date.fromisoformat(self.due_from)).days


def extensions(connection: Connection, item_ids: Iterable[int], day: date) -> list[Extension]:
    """What was decided by a day of these items, the oldest first; where they lay on that day."""
    on = on_day(connection, day)
    region, unit = on.column("region_id"), on.column("responsible_id")
    query = f"""
        WITH asked (day) AS (SELECT ?)
        SELECT e.id, e.item_id, programme.code || '/' || item.number, e.due_from, e.deadline,
            e.due_on, e.asked_by, e.decided_by, e.decided_on, e.refused, e.reason, e.document,
            place.name, place.name_en, (SELECT name FROM unit WHERE unit.id = {unit})
        FROM {on.tables} JOIN extension e ON e.item_id = item.id
        JOIN programme ON programme.id = item.programme_id
        JOIN region_ladder l ON l.region_id = {region} AND l.depth = {int(Depth.CITY)}
        JOIN region place ON place.id = l.place_id
        WHERE e.decided_on <= asked.day AND item.id IN ({{marks}})
    """
    rows = fetch_chunks(connection, query, list(item_ids), day.isoformat())
    found = [Extension(*(*row[:9], bool(row[9]), *row[10:])) for row in rows]
    return sorted(found, key=lambda each: (each.decided_on, each.id))


def was_refused(connection: Connection, id: int) -> bool:
    """Whether somebody refused to move the deadline."""
    row = connection.execute("SELECT refused FROM extension WHERE id = ?", [id]).fetchone()
    return row is not None and bool(row[0])
