"""What a row says and what it would change, by the names and values that commands use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from rectify_tui.domain.fields import FieldKind
from rectify_tui.domain.timeline import Value, Values
from rectify_tui.intake.importing.context import ImportContext
from rectify_tui.intake.importing.parsed_row import ParsedRow
from rectify_tui.intake.mapping.fields import MEASURES, ON, STEPS
from rectify_tui.intake.model import FieldChange, IntakeKind
from rectify_tui.intake.record_fields import RECORDS
from rectify_tui.reports.labels import wan
from rectify_tui.store.commands.intake import RecordEntry, StepEntry
from rectify_tui.store.labels import label
from rectify_tui.store.records import AS_SENT, CASE, ITEM, UNIT, UNREAD

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
    if parsed.steps:
        values[STEPS] = _steps(parsed.steps)
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
    columns = _columns_of(context.kind)
    for column, value in entry.values.items():
        shown = columns[column]
        if shown.follows or (now is None and column not in parsed.values):
            continue
        held = now.get(column) if now else None
        if value is not None or held is not None:
            yield shown.change(context, held, shown.written(context, value))
    for column, unit in entry.units.items():
        held = now.get(column) if now else None
        yield columns[column].change(context, held, unit)
    if parsed.link is not None and (entry.link is not None or now is None):
        column, key = parsed.link
        ref = f"{context.programmes[key[0]].code}/{key[1]}"
        yield columns[column].change(context, None, ref)
    if entry.measures:
        if added := [measure.text for measure in entry.measures if measure.id is None]:
            yield FieldChange(MEASURES, None, "\n".join(added), context.letter(MEASURES))
        if steps := [step for measure in entry.measures for step in measure.steps]:
            yield FieldChange(STEPS, None, _steps(steps), context.letter(STEPS))


def _steps(steps: Iterable[StepEntry]) -> str:
    return "\n".join(f"{step.due_on or ''} {step.text}".strip() for step in steps)


# --- how columns of the store are shown ---

_Text = Callable[[ImportContext, str | int | float], str]


class _ShownColumn(NamedTuple):
    """The field that a column belongs to, and how its values become text, None for as they are.

    It `follows` where it says nothing by itself, or is nothing that a row says.
    """

    name: str
    follows: bool
    text: _Text | None

    def written(self, context: ImportContext, value: Value) -> Value:
        """A value as commands take it: names and references in place of ids."""
        return value if value is None or self.text is None else self.text(context, value)

    def change(self, context: ImportContext, held: Value, after: Value) -> FieldChange:
        """The change from a value that the store holds to one as commands take it."""
        before = None if held is None else self.written(context, held)
        return FieldChange(self.name, before, after, context.letter(self.name))


class _ShownColumns(dict[str, _ShownColumn]):
    """The columns of a kind of record; each is looked up in the registry once."""

    def __init__(self, kind: IntakeKind) -> None:
        super().__init__()
        self.kind = kind

    def __missing__(self, column: str) -> _ShownColumn:
        self[column] = shown = _shown(self.kind, column)
        return shown


@cache
def _columns_of(kind: IntakeKind) -> _ShownColumns:
    return _ShownColumns(kind)


def _shown(kind: IntakeKind, column: str) -> _ShownColumn:
    field = RECORDS[kind].by_column.get(column)
    if field is None:  # which only figures have; of their source every row has one
        name = _FIGURE_FIELDS.get(column, column)
        return _ShownColumn(name, column == "source", _RECORDS.get(column))
    # Of a reference the columns are alternatives: an item is merged into an item or a programme.
    aside = column != field.column and field.kind is not FieldKind.REFERENCE
    text = _RECORDS.get(column) or _TEXTS.get(field.kind)
    kept_beside = field.name in (AS_SENT, UNREAD)  # no column of its own, but it is written
    return _ShownColumn(field.name, aside or not (field.imported or kept_beside), text)


def _region(context: ImportContext, id: str | int | float) -> str:
    return context.regions[int(id)].name


def _regions(context: ImportContext, ids: str | int | float) -> str:
    return "、".join(_region(context, id) for id in str(ids).split(","))


def _programme(context: ImportContext, id: str | int | float) -> str:
    return context.programmes[int(id)].code


def _unit(context: ImportContext, id: str | int | float) -> str:
    return context.unit_names.get(int(id)) or label(context.connection, UNIT, int(id))


def _item(context: ImportContext, id: str | int | float) -> str:
    return label(context.connection, ITEM, int(id))


def _case(context: ImportContext, id: str | int | float) -> str:
    return label(context.connection, CASE, int(id))


def _money(_: ImportContext, yuan: str | int | float) -> str:
    return wan(int(yuan))


_RECORDS: Mapping[str, _Text] = {
    "region_id": _region, "parent_id": _region, "programme_id": _programme,
    "merged_programme_id": _programme, "merged_item_id": _item, "duplicate_of": _case,
}  # fmt: skip
_TEXTS: Mapping[FieldKind, _Text] = {
    FieldKind.REGIONS: _regions, FieldKind.UNIT: _unit, FieldKind.MONEY: _money,
}  # fmt: skip
