"""Fields in reports: their titles and columns, and their values as people and programs read them.

What is shown of a value follows from the kind of its field, once for lists, details, exports and
history. A table takes the fields that it shows from where they are declared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from operator import attrgetter
from typing import Any

from rectify_tui.domain.fields import CASE, ITEM, Field, FieldKind
from rectify_tui.domain.sent_cells import read_cells
from rectify_tui.i18n import Language
from rectify_tui.reports import labels
from rectify_tui.reports.table import Column, Kind, Labelled, shown

Cell = Callable[[Any], object]
"""What a table has of a row: a raw value, or a value with the words that people read for it."""


def title(field: Field, t: Language, *, short: bool = False) -> str:
    """The title of a field, `short` for a narrow column."""
    if short:
        try:
            return t(f"{field.title_key}.short")
        except KeyError:
            pass
    return t(f"{field.title_key}.title")


_COLUMN_KINDS: Mapping[FieldKind, Kind] = {
    FieldKind.DAY: "date", FieldKind.PAST_DAY: "date", FieldKind.COMING_DAY: "date",
    FieldKind.START: "date", FieldKind.PERCENT: "count", FieldKind.COUNT: "count",
    FieldKind.MONEY: "count", FieldKind.REFERENCE: labels.WHOLE, FieldKind.CODE: labels.WHOLE,
}  # fmt: skip


def column_kind(field: Field) -> Kind:
    """How the values of a field stand in a column."""
    return _COLUMN_KINDS.get(field.kind, "text")


def column(field: Field, t: Language) -> Column:
    """The column of a field."""
    return Column(field.key, title(field, t), column_kind(field))


def columns(fields: Iterable[Field], t: Language) -> tuple[Column, ...]:
    """The columns of fields."""
    return tuple(column(field, t) for field in fields)


_LABELS: Mapping[FieldKind, Callable[[Field, Any, Language], Labelled]] = {
    FieldKind.STATUS: lambda field, value, t: labels.status(t, value),
    FieldKind.CASE_STATUS: lambda field, value, t: labels.case_status(t, value),
    FieldKind.VERIFICATION: lambda field, value, t: labels.verification(t, value),
    FieldKind.SUBSTANTIATED: lambda field, value, t: labels.substantiated(t, value),
    FieldKind.CHOICE: lambda field, value, t: Labelled(
        value, t(f"{field.words}.{value}") if value else ""
    ),
    FieldKind.TYPES: lambda field, value, t: labels.pollution_types(t, value),
    FieldKind.FLAG: lambda field, value, t: labels.yes_no(t, bool(value)),
    FieldKind.PERCENT: lambda field, value, t: labels.percentage(value),
    FieldKind.MONEY: lambda field, value, t: Labelled(value, labels.wan(value)),
    FieldKind.UNREAD: lambda field, value, t: Labelled(value, unread_cells(t, value)),
    FieldKind.CLOSURE: lambda field, value, t: labels.closure(t, value),
    FieldKind.LEVEL: lambda field, value, t: labels.levels(t, value),
    FieldKind.LEVELS: lambda field, value, t: labels.levels(t, value),
    FieldKind.NOTICE: lambda field, value, t: labels.notice(t, value),
}
"""Kinds whose values people read as other words than programs."""


_OF_FEW = frozenset({
    FieldKind.STATUS, FieldKind.CASE_STATUS, FieldKind.VERIFICATION, FieldKind.SUBSTANTIATED,
    FieldKind.CHOICE, FieldKind.FLAG, FieldKind.PERCENT, FieldKind.CLOSURE,
})  # fmt: skip
"""Kinds that have the same few values in all rows, so that each is put into words once."""

_KEPT = 1024


def unread_cells(t: Language, value: object) -> str:
    """Cells that could not be read, behind the titles of their fields."""
    cells = read_cells(value)
    titles = (t(f"{(ITEM.get(name) or CASE[name]).title_key}.title") for name in cells)
    return labels.joined(
        t, [f"{each}“{cell}”" for each, cell in zip(titles, cells.values(), strict=True)]
    )


def words(field: Field, value: object, t: Language) -> str:
    """A value as the store keeps it, as people read it; of no field that points to a record."""
    label = _LABELS.get(field.kind)
    return shown(label(field, value, t) if label else value)


def cells(fields: Iterable[Field], t: Language) -> dict[str, Cell]:
    """How the cells of fields are filled from a row, by the names that programs know them by."""
    return {field.key: cell(field, t) for field in fields}


def cell(field: Field, t: Language) -> Cell:
    """How the cell of a field is filled from a row, which has the value under the field's key."""
    value = attrgetter(field.key)
    match field.kind:
        case FieldKind.REGION | FieldKind.NAME:
            both = attrgetter(field.key, f"{field.key}_en")
            place = lru_cache(_KEPT)(lambda names: labels.place(t, *names))
            return lambda row: place(both(row))
        case FieldKind.REGIONS:
            both = attrgetter(field.key, f"{field.key}_en")
            return lambda row: _regions(t, *both(row))
    label = _LABELS.get(field.kind)
    if label is None:
        return value
    if field.kind not in _OF_FEW:
        return lambda row: label(field, value(row), t)
    labelled = lru_cache(_KEPT)(lambda kept: label(field, kept, t))
    return lambda row: labelled(value(row))


def _regions(t: Language, names: tuple[str, ...], names_en: tuple[str, ...]) -> Labelled:
    shown_names = [t.name(*pair) for pair in zip(names, names_en, strict=True)]
    return Labelled(names, labels.joined(t, shown_names))


def line(row: object, cells: Mapping[str, Cell]) -> dict[str, object]:
    """A row as a line of a table."""
    return {key: cell(row) for key, cell in cells.items()}


def pairs(
    row: object, fields: Iterable[Field], t: Language, composed: Mapping[str, str | None]
) -> Iterable[tuple[str, str]]:
    """Titles and values of fields under each other, as people read them; no empty ones.

    `told` has what is put together from several values, by the names of fields.
    """
    for field in fields:
        text = composed[field.name] if field.name in composed else row_text(row, field, t)
        if text:
            yield title(field, t), text


def row_text(row: object, field: Field, t: Language) -> str:
    """What a row has for a field, as people read it; empty for a flag that does not hold."""
    unset = field.kind is FieldKind.FLAG and not getattr(row, field.key)
    return "" if unset else shown(cell(field, t)(row))
