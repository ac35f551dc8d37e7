"""Reading units."""

from __future__ import annotations

from typing import NamedTuple

from rectify_tui.store.connection import Connection


class Unit(NamedTuple):
    """A unit that is responsible for items, leads or supervises."""

    id: int
    name: str
    region: str | None
    region_en: str | None
    merged_into: str | None = None


def units(connection: Connection) -> list[Unit]:
    """All units, by name, those too that were merged into another."""
    rows = connection.execute(
        "SELECT u.id, u.name, r.name, r.name_en, (SELECT name FROM unit m WHERE m.id = u.merged_id)"
        " FROM unit u LEFT JOIN region r ON r.id = u.region_id ORDER BY u.name, u.id"
    )
    return [Unit(*row) for row in rows]


def unit_ids(connection: Connection) -> dict[str, int]:
    """Ids by name; a name that was merged into another is that one's too."""
    rows = connection.execute("SELECT name, COALESCE(merged_id, id) FROM unit ORDER BY id DESC")
    return dict(rows.fetchall())
