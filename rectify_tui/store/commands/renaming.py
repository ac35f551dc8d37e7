"""Calling programmes, regions and units otherwise, for the past too; putting programmes away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from rectify_tui.domain.fields import PROGRAMME as PROGRAMME_FIELDS
from rectify_tui.domain.text import clean
from rectify_tui.errors import Problem
from rectify_tui.store.commands.dates import effective
from rectify_tui.store.commands.places import require_year
from rectify_tui.store.commands.typed import read_typed
from rectify_tui.store.draft import Draft
from rectify_tui.store.records import PROGRAMME, REGION, UNIT


def set_programme(draft: Draft, id: int, fields: Mapping[str, str]) -> None:
    """Correct fields of a programme; deadlines stay as they were read.

    Raises `Problem` for what cannot be read, and for a name that is empty.
    """
    values = read_typed(draft, PROGRAMME_FIELDS, fields)
    if "name" in values and not values["name"]:
        raise Problem("programme.no_name", code=draft.get(PROGRAMME, id)["code"])
    if "year" in values:
        require_year(int(values["year"] or 0))
    draft.change(PROGRAMME, id, values, draft.batch.recorded_on)


def archive_programme(
    draft: Draft, id: int, *, on: date | None = None, restore: bool = False
) -> None:
    """Have lists leave a programme out from now on, or have it back."""
    day = effective(draft, on)
    held = draft.get(PROGRAMME, id).get("archived_on")
    if restore or held is None:
        draft.change(PROGRAMME, id, {"archived_on": None if restore else day}, day)


def rename_unit(draft: Draft, old: str, new: str) -> int:
    """Call a unit otherwise; returns its id. Raises `Problem` for no name, or one that is taken."""
    old, new = clean(old, limit=200), clean(new, limit=200)
    ids: dict[str, int] = {
        name: id
        for id, name in draft.connection.execute(
            "SELECT id, name FROM unit WHERE name IN (?, ?) ORDER BY id DESC", [old, new]
        )
    }
    if not new:
        raise Problem("command.unit_without_name")
    if old not in ids:
        raise Problem("command.unit_not_found", name=old)
    if new in ids and new != old:
        raise Problem("command.unit_exists", name=new)
    draft.change(UNIT, ids[old], {"name": new}, draft.batch.recorded_on)
    return ids[old]


def rename_region(draft: Draft, id: int, name: str, name_en: str | None = None) -> None:
    """Call a region otherwise. Raises `Problem` for no name, or one that is taken beside it."""
    name = clean(name)
    if not name:
        raise Problem("region.no_name")
    taken = draft.connection.execute(
        "SELECT above.name FROM region r JOIN region other ON other.parent_id = r.parent_id"
        " JOIN region above ON above.id = r.parent_id"
        " WHERE r.id = ? AND other.id <> r.id AND other.name = ?",
        [id, name],
    ).fetchone()
    if taken:
        raise Problem("region.exists", name=name, under=taken[0])
    given = {} if name_en is None else {"name_en": clean(name_en) or None}
    draft.change(REGION, id, {"name": name, **given}, draft.batch.recorded_on)
