"""The fields that a table may bring, by the names that commands use, and what they need."""

from __future__ import annotations

from collections.abc import Mapping

from rectify_tui.domain.fields import CASE, ITEM, REGION, FieldKind, Fields
from rectify_tui.intake.model import IntakeKind

CITY = "city"
"""The city of a row beside a column with a region in it."""

ON = "on"
"""The day from which the status of a row holds."""

MEASURES = "measures"
"""The measures of an item, which are records of their own."""

STEPS = "milestones"
"""The dated steps of measures, which are too."""


EXTENSION = {
    "extension_asked_by": "asked_by", "extension_decided_by": "decided_by",
    "extension_reason": "reason", "extension_document": "document",
}  # fmt: skip
"""What tells of a deadline that was moved, which is a record of its own, by its part in that."""


def _imported(fields: Fields, *own: str) -> tuple[str, ...]:
    return (*(field.name for field in fields.values() if field.imported), *own)


FIELDS: Mapping[IntakeKind, tuple[str, ...]] = {
    IntakeKind.ITEMS: _imported(ITEM, CITY, ON, MEASURES, STEPS, *EXTENSION),
    IntakeKind.CASES: _imported(CASE, CITY),
    IntakeKind.REGIONS: _imported(REGION),
    IntakeKind.FIGURES: (
        "programme", "region", "subject", "what", "value", "unit", "as_of", "text", "source",
    ),
    IntakeKind.COVERAGE: ("programme", "region", "done", "due", "note"),
}  # fmt: skip
"""The fields of each kind of table: those of the registry, and what is none of a record."""

_FORMER_NAMES = {"into": "merged_into"}


def present_name(name: object) -> object:
    """What a name in a map or in synonyms that an earlier version may have written is called now.

    Whatever else stands there comes back as it is.
    """
    return _FORMER_NAMES.get(name, name) if isinstance(name, str) else name


SERIAL = "serial"
"""A column that counts the rows: the numbers of items where there is no better column."""

IGNORED = "ignored"
"""Columns that are known and are no field: they are kept as they were sent, or passed over."""

LEFT_OUT = "left_out"
"""Columns that bring nothing: the office says so, or they follow from others in our own tables."""

NEEDS: Mapping[IntakeKind, tuple[tuple[str, ...], ...]] = {
    IntakeKind.ITEMS: (
        ("number", "ref"),
        ("problem", "status", "progress", "deadline", "goal", "measures", "note"),
    ),
    IntakeKind.CASES: (
        ("number", "ref"),
        ("complaint", "types", "substantiated", "status", "passed_on", "findings"),
    ),
    IntakeKind.REGIONS: (("name",), ("code", "under", "kind", "name_en")),
    IntakeKind.FIGURES: (("what",), ("value",)),
    IntakeKind.COVERAGE: (("region",), ("done", "due")),
}
"""Of each of these lists a table has to have a field, or it is not of the kind."""

NEVER_GUESSED = frozenset({IntakeKind.COVERAGE})
"""Kinds that have to be named: a table by place may as well have published figures of items."""

MONEY = frozenset({"元", "千元", "万元", "百万元", "亿元"})
_UNITS: Mapping[FieldKind, frozenset[str]] = {
    FieldKind.MONEY: MONEY,
    FieldKind.PERCENT: frozenset({"%"}),
    FieldKind.COUNT: frozenset({"人", "人次", "家", "件", "项", "个", "次"}),
}
_ANY_UNIT = frozenset({"value", "done", "due", IGNORED, LEFT_OUT})


def may_have(name: str, unit: str | None) -> bool:
    """Whether a heading with such a unit can be that of a field.

    问题（个） counts problems and says none, and 立案处罚（家） is no amount of money.
    """
    if unit is None or name in _ANY_UNIT:
        return True
    field = ITEM.get(name) or CASE.get(name)
    return field is not None and unit in _UNITS.get(field.kind, frozenset())
