"""A report before it is printed: titled columns, and rows of raw values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from math import isfinite
from typing import TYPE_CHECKING, Literal, NamedTuple, SupportsFloat

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Context

Kind = Literal["text", "whole", "count", "percent", "date", "points"]
"""Of a column's values; `whole` is text that is never cut, such as a reference or a code."""

NUMBERS: frozenset[Kind] = frozenset({"count", "percent", "points"})
"""Kinds that stand on the right."""


class Column(NamedTuple):
    """A column of a table; the title is already in the reader's language.

    `percent` takes a rate from 0 to 1. `points` takes the difference of two such rates, and shows
    it in percentage points.
    """

    key: str
    title: str
    kind: Kind = "text"


class Labelled(NamedTuple):
    """A value with the words people read for it; JSON gets the value, every other format the words.

    So a status is `completed` to a program in any language, and 已完成 to a Chinese reader.
    """

    value: object
    label: str


@dataclass(frozen=True)
class Table:
    """A report.

    Rows hold raw values by key and may be a generator, which can be read once. Keys without a
    column are for programs: only JSON writes them.
    """

    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Mapping[str, object]]
    notes: tuple[str, ...] = ()


def shown(value: object, kind: Kind = "text") -> str:
    """A value as people read it, not yet cleaned; empty where it is missing (None or NaN).

    Percentages and points are rounded half up to one decimal, as offices do by hand.
    """
    if isinstance(value, Labelled):
        return value.label
    if value is None or value != value:  # only NaN differs from itself
        return ""
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, str):
        return value
    if kind in NUMBERS and isinstance(value, (int, float, SupportsFloat)):
        return _number(value, kind)
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return ", ".join(shown(one) for one in value)
    return str(value)


@cache
def _exact() -> Context:
    """Room for every digit that a float can have before the point."""
    from decimal import Context

    return Context(prec=400)


def _number(value: SupportsFloat, kind: Kind) -> str:
    if kind == "count":
        return f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    number = float(value)
    if not isfinite(number):
        return str(number)
    from decimal import ROUND_HALF_UP, Decimal

    hundredths = Decimal(repr(number)).scaleb(2, _exact())
    tenths = hundredths.quantize(Decimal("0.1"), ROUND_HALF_UP, _exact())
    tenths = tenths or Decimal("0.0")  # no negative zero
    if kind == "percent":
        return f"{tenths}%"
    return f"{tenths:+}" if tenths else str(tenths)
