"""What a row says and what it would change, by the names and values that commands use."""

from __future__ import annotations

from collections.abc import Iterator

from rectify_tui.domain.fields import Field, FieldKind
from rectify_tui.domain.timeline import Value, Values
from rectify_tui.intake.importing.context import ImportContext
from rectify_tui.intake.importing.parsed_row import ParsedRow
from rectify_tui.intake.mapping.fields import MEASURES, ON
from rectify_tui.intake.model import FieldChange, FileKind
from rectify_tui.intake.record_fields import RECORDS
from rectify_tui.reports.labels import wan
from rectify_tui.store.commands.intake import RecordEntry
from rectify_tui.store.labels import label
from rectify_tui.store.records import CASE, ITEM, UNIT

_FIGURE_FIELDS = {"programme_id": "programme", "region_id": "region"}
"""The fields of published figures, where they are not called like their columns."""


def read_values(context: ImportContext, parsed: ParsedRow) -> dict[str, Value]:
    """What the filled cells of a row say, by the names that commands use.

    What a deadline says stands under `due_on` and `deadline_kind`.
    """
    alone = RecordEntry(None, parsed.values, parsed.on, units=parsed.units)
    values = {change.field: change.after for change in changes(context, parsed, alone, None)}
    if "deadline" in parsed.values:
        values |= {name: parsed.values[name] for name in ("due_on", "deadline_kind")}
    if parsed.measures:
        values[MEASURES] = "\n".join(parsed.measures)
    if ON in parsed.given:
        values[ON] = parsed.state_on
    return values


def changes(
    context: ImportContext, parsed: ParsedRow, entry: RecordEntry, now: Values | None
) -> tuple[FieldChange, ...]:
    """What an entry writes. Of a new record only what the row itself says."""
    return tuple(_changes(context, parsed, entry, now))


def _changes(
    context: ImportContext, parsed: ParsedRow, entry: RecordEntry, now: Values | None
) -> Iterator[FieldChange]:
    for column, value in entry.values.items():
        if (now is None and column not in parsed.values) or _follows(context.kind, column):
            continue
        held = now.get(column) if now else None
        if value is not None or held is not None:
            yield _change(context, column, *(_text(context, column, v) for v in (held, value)))
    for column, unit in entry.units.items():
        held = now.get(column) if now else None
        yield _change(context, column, _text(context, column, held), unit)
    if parsed.link is not None and (entry.link is not None or now is None):
        column, key = parsed.link
        yield _change(context, column, None, f"{context.programmes[key[0]].code}/{key[1]}")
    if now is None and entry.measures:
        measures = "\n".join(entry.measures)
        yield FieldChange(MEASURES, None, measures, context.letter(MEASURES))


def _field(kind: FileKind, column: str) -> Field | None:
    """The field that a column of the store belongs to."""
    return RECORDS[kind].by_column.get(column)


def _follows(kind: FileKind, column: str) -> bool:
    """Whether a column follows from another one, or is nothing that a row says.

    Of a reference the columns are alternatives: an item is merged into an item or a programme.
    """
    field = _field(kind, column)
    if field is None:
        return column == "source"  # which figures have whether a row names it or not
    aside = column != field.column and field.kind is not FieldKind.REFERENCE
    return aside or not field.imported


def _change(context: ImportContext, column: str, before: Value, after: Value) -> FieldChange:
    field = _field(context.kind, column)
    name = field.name if field else _FIGURE_FIELDS.get(column, column)
    return FieldChange(name, before, after, context.letter(name))


def _text(context: ImportContext, column: str, value: Value) -> Value:
    """A value as commands take it: names and references in place of ids."""
    if value is None:
        return None
    field = _field(context.kind, column)
    if column in _FIGURE_FIELDS or (field is not None and field.kind in _RECORD_KINDS):
        return _record_text(context, column, int(value))
    match field.kind if field else None:
        case FieldKind.REGIONS:
            return "、".join(context.regions[int(id)].name for id in str(value).split(","))
        case FieldKind.UNIT:
            id = int(value)
            return context.unit_names.get(id) or label(context.connection, UNIT, id)
        case FieldKind.MONEY:
            return wan(int(value))
    return value


_RECORD_KINDS = frozenset({FieldKind.REGION, FieldKind.PROGRAMME, FieldKind.REFERENCE})


def _record_text(context: ImportContext, column: str, id: int) -> str:
    """What a record is called that a column holds the id of."""
    if column in ("region_id", "parent_id"):
        return context.regions[id].name
    if column in ("programme_id", "merged_programme_id"):
        return context.programmes[id].code
    return label(context.connection, CASE if context.kind is FileKind.CASES else ITEM, id)
