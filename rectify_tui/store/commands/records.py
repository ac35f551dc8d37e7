"""What commands about items and about cases have in common."""

from __future__ import annotations

from rectify_tui.store.connection import Connection
from rectify_tui.store.records import ENTITIES


def next_number(connection: Connection, entity: str, programme_id: int) -> str:
    """The number after the highest whole one of a programme's items or cases; 1 for the first."""
    rows = connection.execute(
        f"SELECT number FROM {ENTITIES[entity].table} WHERE programme_id = ?", [programme_id]
    )
    numbers = [int(number) for (number,) in rows if number.isascii() and number.isdigit()]
    return str(max(numbers, default=0) + 1)
