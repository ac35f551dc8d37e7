"""Reading units."""

from __future__ import annotations

from dataclasses import dataclass

from rectify_tui.store.connection import Connection


@dataclass(frozen=True)
class Unit:
    """A unit that is responsible for items, leads or supervises."""

    id: int
    name: str
    region: str | None
    region_en: str | None


def units(connection: Connection) -> list[Unit]:
    """All units, by name."""
    rows = connection.execute(
        "SELECT u.id, u.name, r.name, r.name_en FROM unit u LEFT JOIN region r"
        " ON r.id = u.region_id ORDER BY u.name, u.id"
    )
    return [Unit(*row) for row in rows]
