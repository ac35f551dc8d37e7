"""Giving cards to responsible units."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rectify_tui.domain.points import Colour
from rectify_tui.domain.text import clean
from rectify_tui.domain.timeline import Values
from rectify_tui.errors import Problem
from rectify_tui.store.commands.dates import effective
from rectify_tui.store.commands.escalations import Addressee, of_addressee
from rectify_tui.store.connection import Connection
from rectify_tui.store.draft import Draft
from rectify_tui.store.labels import labels
from rectify_tui.store.records import CARD, ITEM

_NAME = 100


def card_unit(connection: Connection, name: str) -> Addressee:
    """The unit that a card goes to. Raises `Problem` where none is called so."""
    row = connection.execute(
        "SELECT id, name, region_id FROM unit WHERE id ="
        " (SELECT COALESCE(merged_id, id) FROM unit WHERE name = ? ORDER BY id LIMIT 1)",
        [clean(name)],
    ).fetchone()
    if row is None:
        raise Problem("card.no_unit", text=clean(name))
    return Addressee(row[1], row[2], row[0])


def give_card(
    draft: Draft, unit: Addressee, colour: Colour, item_ids: Iterable[int], *, given_by: str = "",
    cause: str = "", on: date | None = None,
) -> int:  # fmt: skip
    """Record a card that a person gave, with the items that caused it; returns its id.

    Raises `Problem` where no item is given, or one has nothing to do with the unit.
    """
    ids = list(dict.fromkeys(item_ids))
    if not ids:
        raise Problem("card.no_items", name=unit.name)
    theirs = set(of_addressee(draft.connection, unit, ids))
    if strangers := [id for id in ids if id not in theirs]:
        names = labels(draft.connection, ITEM, strangers[:6])
        raise Problem("card.strangers", name=unit.name, refs="、".join(names.values()))
    day = effective(draft, on)
    who = clean(given_by, limit=_NAME) or draft.batch.on_behalf or draft.batch.who
    values: Values = {
        "colour": colour.value, "unit_id": unit.unit_id, "item_ids": ",".join(map(str, ids)),
        "given_on": day, "given_by": who, "cause": clean(cause, multiline=True) or None,
    }  # fmt: skip
    return draft.create(CARD, values, day)
