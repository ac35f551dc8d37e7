"""What a table shows of an item, field by field, as the registry of fields declares it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date

from rectify_tui.domain.fields import ITEM, Field, FieldKind, Shown
from rectify_tui.i18n import Language
from rectify_tui.reports import labels
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
    """The fields of items that stand somewhere, by name.

    Raises `LookupError` for one that nothing fills, so that it is never a blank.
    """
    return {field.name: item_cell(field) for field in ITEM.shown(where)}


def item_cell(field: Field) -> ItemCell:
    """A field as a column. Raises `LookupError` for one that nothing fills."""
    kind, fill = _filled(field)
    return ItemCell(kind, f"{field.title_key}.title", _SPECIAL.get(field.name, fill))


def _filled(field: Field) -> tuple[Kind, Cell]:
    name = _attribute(field)
    kind, worded = _KINDS.get(field.kind, ("text", None))

    def cell(row: ItemRow, t: Language) -> object:
        value = getattr(row, name)
        return value if worded is None or value is None else worded(t, value)

    return kind, cell


_ATTRIBUTES = frozenset({"ref", *(each.name for each in fields(ItemRow))})


def _attribute(field: Field) -> str:
    """The name under which a row has the field's value."""
    for name in (field.name, *field.kept_in):
        if name in _ATTRIBUTES:
            return name
    raise LookupError(f"nothing fills the field {field.name} of items")


def _day(_: Language, text: str) -> date:
    return date.fromisoformat(text)


_KINDS: Mapping[FieldKind, tuple[Kind, Callable[[Language, str], object] | None]] = {
    **dict.fromkeys(
        (FieldKind.DAY, FieldKind.PAST_DAY, FieldKind.COMING_DAY, FieldKind.START), ("date", _day)
    ),
    FieldKind.STATUS: ("text", labels.status),
    FieldKind.VERIFICATION: ("text", labels.verification),
    FieldKind.PERCENT: ("count", lambda _, value: labels.percentage(int(value))),
    FieldKind.FLAG: ("text", lambda t, value: labels.yes_no(t, bool(value))),
    FieldKind.TYPES: ("text", labels.pollution_types),
    FieldKind.COUNT: ("count", None),
}


def _problem(row: ItemRow, t: Language) -> object:
    return labels.marked(t, row.problem, reconstructed=row.reconstructed, simulated=row.simulated)


_SPECIAL: Mapping[str, Cell] = {
    "problem": _problem,
    "region": lambda row, t: labels.place(t, row.region, row.region_en),
    "deadline": lambda row, t: row.deadline or row.due_on,
}
"""Fields whose cell takes more than their own value."""
