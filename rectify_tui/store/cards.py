"""Cards that were given to responsible units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rectify_tui.domain.points import Colour
from rectify_tui.store.connection import Connection
from rectify_tui.store.labels import labels
from rectify_tui.store.records import ITEM, read_ids


@dataclass(frozen=True)
class Card:
    """A card as it was given; `items` are references."""

    id: int
    colour: Colour
    unit_id: int
    unit: str
    items: tuple[str, ...]
    given_on: date
    given_by: str
    cause: str | None


def cards(connection: Connection, day: date, unit_id: int | None = None) -> list[Card]:
    """The cards given by a day, to one unit or to all, the newest first."""
    where, params = ("", []) if unit_id is None else (" AND c.unit_id = ?", [unit_id])
    rows = connection.execute(
        "SELECT c.id, c.colour, c.unit_id, u.name, c.item_ids, c.given_on, c.given_by, c.cause"
        f" FROM card c JOIN unit u ON u.id = c.unit_id WHERE c.given_on <= ?{where}"
        " ORDER BY c.given_on DESC, c.id DESC",
        [day.isoformat(), *params],
    ).fetchall()
    names = labels(connection, ITEM, {id for row in rows for id in read_ids(row[4])})
    return [
        Card(
            id, Colour(colour), unit_id, unit, tuple(names[each] for each in read_ids(item_ids)),
            date.fromisoformat(given_on), *rest,
        )
        for id, colour, unit_id, unit, item_ids, given_on, *rest in rows
    ]  # fmt: skip
