"""Two units that are one: two spellings of the same, or one that another takes over from a day."""

from __future__ import annotations

from datetime import date

from rectify_tui.domain.fields import ITEM as ITEM_FIELDS
from rectify_tui.domain.fields import FieldKind
from rectify_tui.domain.text import clean
from rectify_tui.errors import Problem, Refusal
from rectify_tui.store.commands.dates import effective
from rectify_tui.store.commands.handing_over import hand_over
from rectify_tui.store.draft import Draft
from rectify_tui.store.records import ESCALATION, MILESTONE, RETURN_SHEET, UNIT

KIND = "merge_units"
"""The kind of batch."""

_COLUMNS = tuple(field.column for field in ITEM_FIELDS.of_kind(FieldKind.UNIT))
_PLAIN = ((MILESTONE, "milestone"), (ESCALATION, "escalation"), (RETURN_SHEET, "return_sheet"))


def unit_id(draft: Draft, name: str) -> int:
    """The unit of exactly this name, be it merged or not. Raises `Problem` where there is none."""
    name = clean(name, limit=200)
    row = draft.connection.execute(
        "SELECT id FROM unit WHERE name = ? ORDER BY id LIMIT 1", [name]
    ).fetchone()
    if row is None:
        raise Problem("command.unit_not_found", name=name)
    return int(row[0])


def merge_units(draft: Draft, old: str, into: str, *, on: date | None = None,
                correction: bool = False) -> tuple[int, list[int]]:  # fmt: skip
    """Have one unit stand for another; returns the id of that, and of the items that were its.

    From a day on (default: today), or for ever where it is a `correction` of the spelling. Files
    that still name the old one mean the new. Raises `Problem` for unknown names, `Refusal` where
    both are one already.
    """
    old_id, new_id = unit_id(draft, old), unit_id(draft, into)
    for name, id in ((old, old_id), (into, new_id)):
        if draft.get(UNIT, id).get("merged_id") is not None:
            raise Refusal("command.unit.merged_already", name=name)
    if old_id == new_id:
        raise Refusal("command.unit.same", name=old)
    day = effective(draft, on)
    items = [id for (id,) in draft.connection.execute(_HOLDING, [old_id] * (2 * len(_COLUMNS)))]
    since = None if correction else day
    moved = [id for id in items if hand_over(draft, id, _COLUMNS, old_id, new_id, since)]
    _move_plain(draft, old_id, new_id, day, all_of_them=correction)
    merged = [id for (id,) in draft.connection.execute(_MERGED, [old_id])]
    for id in merged:
        draft.change(UNIT, id, {"merged_id": new_id}, day)
    draft.change(UNIT, old_id, {"merged_id": new_id, "merged_on": since}, day)
    return old_id, moved


_ANY = " OR ".join(f"{{table}}.{column} = ?" for column in _COLUMNS)
_HOLDING = (
    f"SELECT item.id FROM item WHERE {_ANY.format(table='item')}"
    f" UNION SELECT p.item_id FROM past_assignment p WHERE {_ANY.format(table='p')} ORDER BY 1"
)
_MERGED = "SELECT id FROM unit WHERE merged_id = ? ORDER BY id"


def _move_plain(draft: Draft, old: int, new: int, day: str, *, all_of_them: bool) -> None:
    """Steps that are not done go along; what was sent out and written stays, unless misspelt."""
    for entity, table in _PLAIN:
        condition = "unit_id = ?"
        if not all_of_them:
            if entity != MILESTONE:
                continue
            condition += " AND done IS NULL"
        ids = draft.connection.execute(
            f"SELECT id FROM {table} WHERE {condition} ORDER BY id", [old]
        ).fetchall()
        for (id,) in ids:
            draft.change(entity, id, {"unit_id": new}, day)
