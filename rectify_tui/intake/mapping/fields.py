"""The fields that a table may bring, by the names that commands use, and what they need."""

from __future__ import annotations

from collections.abc import Mapping

from rectify_tui.intake.model import FileKind

FIELDS: Mapping[FileKind, tuple[str, ...]] = {
    FileKind.ITEMS: (
        "programme", "number", "ref", "problem", "region", "city", "responsible", "lead",
        "supervising",
        "goal", "deadline", "start", "progress", "status", "on", "note", "reason", "next_step",
        "next_on", "verification", "measures", "into",
    ),
    FileKind.CASES: (
        "programme", "number", "ref", "batch", "passed_on", "complaint", "region", "city", "types",
        "findings", "substantiated", "measures", "status", "closed_on", "ordered", "fined_wan",
        "investigated",
        "detained_administrative", "detained_criminal", "interviewed", "held_accountable",
        "key_case", "duplicate_of", "latitude", "longitude", "note",
    ),
    FileKind.REGIONS: ("code", "name", "name_en", "kind", "under"),
    FileKind.FIGURES: (
        "programme", "region", "subject", "what", "value", "unit", "as_of", "text", "source",
    ),
}  # fmt: skip
"""The fields of each kind of table."""

SERIAL = "serial"
"""A column that counts the rows: the numbers of items where there is no better column."""

IGNORED = "ignored"
"""Columns that are understood and bring nothing, such as a telephone number."""

NEEDS: Mapping[FileKind, tuple[tuple[str, ...], ...]] = {
    FileKind.ITEMS: (
        ("number", "ref"),
        ("problem", "status", "progress", "deadline", "goal", "measures", "note"),
    ),
    FileKind.CASES: (
        ("number", "ref"),
        ("complaint", "types", "substantiated", "status", "passed_on", "findings"),
    ),
    FileKind.REGIONS: (("name",), ("code", "under", "kind", "name_en")),
    FileKind.FIGURES: (("what",), ("value",)),
}
"""Of each of these lists a table has to have a field, or it is not of the kind."""

MONEY = frozenset({"元", "千元", "万元", "百万元", "亿元"})
_COUNTED = frozenset({"人", "人次", "家", "件", "项", "个", "次"})
_PEOPLE = frozenset({"人", "人次", "件", "个", "项", "次"})
_UNITS: Mapping[str, frozenset[str]] = {
    "fined_wan": MONEY,
    "progress": frozenset({"%"}),
    "ordered": _COUNTED,
    "investigated": _COUNTED,
    "detained_administrative": _PEOPLE,
    "detained_criminal": _PEOPLE,
    "interviewed": _PEOPLE,
    "held_accountable": _PEOPLE,
}
_ANY_UNIT = frozenset({"value", IGNORED})


def may_have(field: str, unit: str | None) -> bool:
    """Whether a heading with such a unit can be that of the field.

    问题（个） counts problems and says none, and 立案处罚（家） is no amount of money.
    """
    return unit is None or field in _ANY_UNIT or unit in _UNITS.get(field, frozenset())
