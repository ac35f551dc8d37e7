"""Filters as people could have typed them, for reading them back."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from rectify_tui.domain.filter import Between, Filter, Term, Value
from rectify_tui.domain.reference import ItemReference, NumberRange

_BARE = re.compile(r"[^\W_][\w./()%+-]*")


def text_of(filter: Filter) -> str:
    """Text that `parse_filter` reads as this filter, on any day."""
    texts = []
    for term in filter.terms:
        start = "-" if term.negated else ""
        if isinstance(term, Term):
            start += term.field + term.op
        texts.append(start + "|".join(map(_written, term.values)))
    return " ".join(texts)


def _written(value: Value) -> str:
    match value:
        case None:
            return "none"
        case bool():
            return "yes" if value else "no"
        case float() | int():
            return f"{Decimal(repr(value)):f}".removesuffix(".0")
        case date():
            return value.isoformat()
        case Between(first, last):
            return _written(first) if first == last else f"{_written(first)}..{_written(last)}"
        case NumberRange():
            return value.literal
        case ItemReference(ranges=()):
            return _quoted(value.programme)
        case _:
            return _quoted(value) if isinstance(value, str) else str(value)


def _quoted(text: str) -> str:
    if _BARE.fullmatch(text) and text.casefold() not in ("none", "无"):
        return text
    return '"' + text.replace('"', '""') + '"'
