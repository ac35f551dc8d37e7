"""What published lists show of an item, field by field, as the registry of fields declares it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial

from rectify_tui.domain.fields import ITEM, Field, Shown
from rectify_tui.i18n import Language
from rectify_tui.reports import fields
from rectify_tui.reports.items import problem
from rectify_tui.reports.table import Kind
from rectify_tui.store.items import ItemRow

Cell = Callable[[ItemRow, Language], object]


@dataclass(frozen=True)
class ItemCell:
    """A field as a column: its kind, the key of its title, and how it is filled."""

    kind: Kind
    title: str
    cell: Cell


def item_cells(where: Shown) -> dict[str, ItemCell]:
    """The fields of items that stand somewhere, by name."""
    return {
        field.name: ItemCell(
            fields.column_kind(field), f"{field.title_key}.title", _cell(field)
        )
        for field in ITEM.shown(where)
    }  # fmt: skip


def _cell(field: Field) -> Cell:
    if field.name in _SPECIAL:
        return _SPECIAL[field.name]
    if fields.column_kind(field) == "date":
        return lambda row, _: date.fromisoformat(row[field]) if row[field] else None
    in_language = lru_cache(maxsize=2)(partial(fields.cell, field))
    return lambda row, t: None if row[field] is None else in_language(t)(row)


_SPECIAL: Mapping[str, Cell] = {
    "problem": problem,
    "deadline": lambda row, _: row.deadline or row.due_on,
}
"""Fields whose cell takes more than their own value."""
