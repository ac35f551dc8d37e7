"""What each kind of record consists of, for the door, the history and the replay alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from rectify_tui.domain import fields
from rectify_tui.domain.fields import FieldKind, Fields
from rectify_tui.domain.text import natural_key
from rectify_tui.domain.timeline import Timeline, Value, Values

PROGRAMME, REGION, UNIT, ITEM, MEASURE, MILESTONE, CASE, FIGURE, ESCALATION, REPORT = (
    "programme", "region", "unit", "item", "measure", "milestone", "case", "figure", "escalation",
    "report",
)  # fmt: skip
RETURN_SHEET, INTAKE_FILE, EXTENSION, WITHDRAWAL = (
    "return_sheet", "intake_file", "extension", "withdrawal",
)  # fmt: skip
CARD = "card"
VISIT, DRAW = "visit", "draw"
COVERAGE, COVERAGE_TARGET = "coverage", "coverage_target"
EVIDENCE, CLOSING = "evidence", "closing"

AS_SENT, UNREAD = "as_sent", "unread"
"""The fields of items and cases that keep what a file brought beside what was read of it."""


class Entity(NamedTuple):
    """A kind of record: its table, its fields, and who may refer to it (table and column)."""

    table: str
    fields: tuple[str, ...]
    used_by: tuple[tuple[str, str], ...] = ()
    counted: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The table's columns after `id` and `rev`."""
        return self.fields + (_FOLLOWING if self.counted else ())


_FOLLOWING = ("number_key", "status_on", "last_on")
"""Columns of counted records that follow from others."""

DECLARED: Mapping[str, Fields] = {
    ITEM: fields.ITEM, CASE: fields.CASE, PROGRAMME: fields.PROGRAMME, REGION: fields.REGION,
    UNIT: fields.UNIT,
}  # fmt: skip
"""The fields of the kinds of records that `domain/fields.py` declares."""


def _kept(entity: str) -> tuple[str, ...]:
    return tuple(name for name in DECLARED[entity].columns if name not in _FOLLOWING)


ENTITIES: Mapping[str, Entity] = {
    PROGRAMME: Entity(
        "programme",
        _kept(PROGRAMME),
        (("item", "programme_id"), ("item", "merged_programme_id"),
         ("complaint_case", "programme_id"), ("figure", "programme_id"),
         ("report", "programme_id"), ("return_sheet", "programme_id"),
         ("withdrawal", "programme_id"), ("coverage", "programme_id"),
         ("coverage_target", "programme_id"),
         ("draw", "programme_id")),
    ),
    REGION: Entity(
        "region",
        _kept(REGION),
        (("region", "parent_id"), ("region", "successor_id"), ("item", "region_id"),
         ("case_region", "region_id"),
         ("programme", "region_id"), ("unit", "region_id"), ("escalation", "region_id"),
         ("return_sheet", "region_id"), ("figure", "region_id"), ("past_assignment", "region_id"),
         ("coverage", "region_id"), ("coverage_target", "region_id"),
         ("draw", "region_id")),
    ),
    UNIT: Entity(
        "unit",
        _kept(UNIT),
        (("item", "responsible_id"), ("item", "lead_id"), ("item", "supervising_id"),
         ("return_sheet", "unit_id"), ("escalation", "unit_id"),
         ("past_assignment", "responsible_id"), ("past_assignment", "lead_id"),
         ("past_assignment", "supervising_id"), ("milestone", "unit_id"), ("unit", "merged_id"),
          ("card", "unit_id")),
    ),
    ITEM: Entity(
        "item",
        _kept(ITEM),
        (("item", "merged_item_id"), ("measure", "item_id"), ("extension", "item_id"),
         ("evidence", "item_id"), ("closing", "item_id"), ("visit", "item_id")),
        counted=True,
    ),
    MEASURE: Entity(
        "measure", ("item_id", "position", "text", "source"), (("milestone", "measure_id"),)
    ),
    MILESTONE: Entity(
        "milestone",
        ("measure_id", "position", "text", "due", "due_on", "done", "done_on", "unit_id",
         "evidence", "from_on", "until_on", "stands_for"),
        (("milestone", "stands_for"),),
    ),
    CASE: Entity(
        "complaint_case",
        _kept(CASE),
        (("complaint_case", "duplicate_of"),),
        counted=True,
    ),
    FIGURE: Entity(
        "figure",
        ("programme_id", "region_id", "subject", "what", "value", "unit", "as_of", "text",
         "source"),
    ),
    ESCALATION: Entity(
        "escalation",
        ("step", "region_id", "programmes", "issued", "cause", "source", "unit_id", "item_ids",
         "issued_on", "due_on", "answer", "answered_on", "issuer", "minutes", "commitment"),
    ),
    COVERAGE: Entity(
        "coverage",
        ("programme_id", "region_id", "stated_on", "done", "due", "note", "source"),
    ),
    COVERAGE_TARGET: Entity(
        "coverage_target", ("programme_id", "region_id", "due_on", "percent", "source")
    ),
    REPORT: Entity(
        "report",
        ("name", "period", "first_on", "cutoff", "programme_id", "lines_by", "settings", "figures",
         "body", "digest", "head_seq", "head_hash", "withdrawn"),
    ),
    EXTENSION: Entity(
        "extension",
        ("item_id", "due_from", "deadline", "due_on", "asked_by", "decided_by", "decided_on",
         "refused", "reason", "document"),
    ),
    CLOSING: Entity(
        "closing",
        ("item_id", "follows", "step", "level", "acted_on", "acted_by", "stage", "notice_until",
         "reason", "visit_id"),
        (("closing", "follows"),),
    ),
    EVIDENCE: Entity(
        "evidence",
        ("item_id", "about", "about_id", "digest", "name", "size", "added_on", "day", "latitude",
         "longitude", "note", "taken_at", "taken_latitude", "taken_longitude"),
    ),
    CARD: Entity(
        "card", ("colour", "unit_id", "item_ids", "given_on", "given_by", "cause")
    ),
    VISIT: Entity(
        "visit",
        ("item_id", "result", "visited_on", "person", "team", "latitude", "longitude", "findings",
         "reported", "said", "missing"),
        (("item", "visit_id"), ("closing", "visit_id")),
    ),
    DRAW: Entity(
        "draw",
        ("code", "programme_id", "region_id", "tolerable", "confidence", "frozen_on", "head_seq",
         "head_hash", "digest", "population", "nonce", "drawn_on"),
    ),
    WITHDRAWAL: Entity(
        "withdrawal",
        ("subject", "subject_id", "programme_id", "number", "text", "reason", "withdrawn_on"),
    ),
    RETURN_SHEET: Entity(
        "return_sheet",
        ("code", "programme_id", "region_id", "unit_id", "cutoff", "due_on", "item_ids",
         "head_seq", "head_hash", "received_on", "received_how"),
        (("intake_file", "return_sheet_id"),),
    ),
    INTAKE_FILE: Entity(
        "intake_file",
        ("kind", "name", "sheet", "digest", "rows_read", "rows_taken", "rows_refused",
         "return_sheet_id", "rows_missing"),
    ),
}  # fmt: skip


PAST_ASSIGNMENT = "past_assignment"
"""The table of what items were assigned on earlier days."""

_OWNED = {"case_region": (CASE, "case_id"), PAST_ASSIGNMENT: (ITEM, "item_id")}
_BY_TABLE = {spec.table: (entity, "id") for entity, spec in ENTITIES.items()} | _OWNED


def owner_of(table: str) -> tuple[str, str]:
    """The kind of record whose rows a table has, and the column with the record's id."""
    return _BY_TABLE[table]


_POINTERS = {
    (table, column): target for target, spec in ENTITIES.items() for table, column in spec.used_by
} | {("escalation", "programmes"): PROGRAMME}


def target_of(entity: str, column: str) -> str | None:
    """The kind of record whose id a column holds, or whose ids with commas between."""
    field = DECLARED[entity].by_column.get(column) if entity in DECLARED else None
    if field is not None and field.kind is FieldKind.REGIONS:
        return REGION
    return _POINTERS.get((ENTITIES[entity].table, column))


def row_of(entity: str, values: Values, timeline: Timeline, last_on: str) -> list[Value]:
    """The values of an entity's columns, those that follow from others included."""
    spec = ENTITIES[entity]
    row = list(map(values.get, spec.fields))
    if spec.counted:
        row += [natural_key(str(values["number"])), timeline[-1][0], last_on]
    return row


def region_ids(entity: str, values: Mapping[str, Value]) -> tuple[int, ...]:
    """The regions that a counted record belongs to; a case may belong to several."""
    if entity == CASE:
        return read_ids(str(values["regions"]))
    return (int(values["region_id"] or 0),)


def read_ids(text: str | None) -> tuple[int, ...]:
    """Ids that a field keeps with commas between."""
    return tuple(map(int, text.split(","))) if text else ()
