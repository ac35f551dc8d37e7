"""What a row says and what it would change, by the names and values that commands use."""

from __future__ import annotations

from collections.abc import Iterator

from rectify_tui.domain.timeline import Value, Values
from rectify_tui.intake.importing.context import ImportContext
from rectify_tui.intake.importing.parsed_row import ParsedRow
from rectify_tui.intake.model import FieldChange
from rectify_tui.reports.labels import wan
from rectify_tui.store.commands.intake import RecordEntry
from rectify_tui.store.labels import label
from rectify_tui.store.records import CASE, ITEM

_FIELD_OF = {
    "regions": "region", "region_id": "region", "responsible_id": "responsible", "lead_id": "lead",
    "supervising_id": "supervising", "start_on": "start", "fined_yuan": "fined_wan",
    "merged_item_id": "into", "merged_programme_id": "into", "parent_id": "under",
    "programme_id": "programme",
}  # fmt: skip
_ALONG = frozenset({"deadline_kind", "due_on", "source", "depth", "code"})
"""What follows from other fields, or is not of the row."""


def read_values(context: ImportContext, parsed: ParsedRow) -> dict[str, Value]:
    """What the filled cells of a row say, by the names that commands use.

    What a deadline says stands under `due_on` and `deadline_kind`.
    """
    alone = RecordEntry(None, parsed.values, parsed.on, units=parsed.units)
    found = {change.field: change.after for change in changes(context, parsed, alone, None)}
    if "deadline" in parsed.values:
        found |= {name: parsed.values[name] for name in ("due_on", "deadline_kind")}
    if parsed.measures:
        found["measures"] = "\n".join(parsed.measures)
    if "on" in parsed.given:
        found["on"] = parsed.state_on
    return found


def changes(
    context: ImportContext, parsed: ParsedRow, entry: RecordEntry, now: Values | None
) -> tuple[FieldChange, ...]:
    """What an entry writes. Of a new record only what the row itself says."""
    return tuple(_changes(context, parsed, entry, now))


def _changes(
    context: ImportContext, parsed: ParsedRow, entry: RecordEntry, now: Values | None
) -> Iterator[FieldChange]:
    names = [name for name in entry.values if now is not None or name in parsed.values]
    for name in names:
        if name in _ALONG or (name == "region_id" and "regions" in names):
            continue
        value, held = entry.values[name], now.get(name) if now else None
        if value is None and held is None:
            continue
        yield _change(context, name, _text(context, name, held), _text(context, name, value))
    for name, unit in entry.units.items():
        held = now.get(name) if now else None
        yield _change(context, name, _text(context, name, held), unit)
    if parsed.link is not None and (entry.link is not None or now is None):
        name, key = parsed.link
        yield _change(context, name, None, f"{context.programmes[key[0]].code}/{key[1]}")
    if now is None and entry.measures:
        yield _change(context, "measures", None, "\n".join(entry.measures))


def _change(context: ImportContext, name: str, before: Value, after: Value) -> FieldChange:
    field = _FIELD_OF.get(name, name)
    index = context.at.get(field)
    return FieldChange(
        field, before, after, "" if index is None else context.headings[index].letter
    )


def _text(context: ImportContext, name: str, value: Value) -> Value:
    """A value as commands take it: names and references in place of ids."""
    if value is None:
        return None
    if name in ("region_id", "parent_id"):
        return context.regions[int(value)].name
    if name == "regions":
        return "、".join(context.regions[int(id)].name for id in str(value).split(","))
    if name in ("responsible_id", "lead_id", "supervising_id"):
        return context.unit_names.get(int(value)) or label(context.connection, "unit", int(value))
    if name in ("programme_id", "merged_programme_id"):
        return context.programmes[int(value)].code
    if name == "merged_item_id":
        return label(context.connection, ITEM, int(value))
    if name == "duplicate_of":
        return label(context.connection, CASE, int(value))
    if name == "fined_yuan":
        return wan(int(value))
    return value
