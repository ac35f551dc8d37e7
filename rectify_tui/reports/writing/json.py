"""A table as an array of objects, for other programs."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from functools import cache
from json.encoder import encode_basestring
from pathlib import PurePath
from typing import TextIO

from rectify_tui.reports.table import Labelled, Table

_DECIMALS = 6
_ENCODER = json.JSONEncoder(ensure_ascii=False)
BETWEEN = ",\n    "
"""What stands between the members of an object."""
_BY_LINES = json.JSONEncoder(ensure_ascii=False, separators=(BETWEEN, ": "))
_PLAIN = frozenset({str, int, bool, float, type(None)})
"""Values that JSON has as they are, and on one line."""
_UNSAFE = (
    "[\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""A pattern that few lists need, and that takes its time to compile."""


def write_json(table: Table, out: TextIO) -> None:
    """Write the rows, one after another."""
    write_objects(map(_members, table.rows), out)


def write_objects(objects: Iterable[str], out: TextIO) -> None:
    """Write objects one after another, of each of which the members are given as JSON has them.

    They stand `BETWEEN` each other; what cannot be seen in them is written as escapes.
    """
    before = "[\n  {"
    for object in objects:
        members = escaped(object)
        out.write(f"{before}\n    {members}\n  }}" if members else f"{before}}}")
        before = ",\n  {"
    out.write("[]\n" if before.startswith("[") else "\n]\n")


def _members(row: Mapping[str, object]) -> str:
    """The members of a row, a line each. The encoder is quicker, where it is told enough."""
    values = {key: _plainest(value) for key, value in row.items()}
    if _PLAIN.issuperset(map(type, values.values())):
        return _BY_LINES.encode(values)[1:-1]
    return BETWEEN.join([f"{_json_key(str(key))}: {_json(row[key])}" for key in row])


def _plainest(value: object) -> object:
    """A value as the encoder takes it, if it is one of the kinds that nearly all are of."""
    kind = type(value)
    if kind is Labelled:
        value = value.value  # type: ignore[attr-defined]  # which it has
        kind = type(value)
    return _raw(value) if kind is float else value


def _json(value: object) -> str:
    """A value as JSON, in which what is unsafe is not escaped yet."""
    kind = type(value)
    if kind is Labelled:
        return _json(value.value)  # type: ignore[attr-defined]  # which it has
    if kind is str:
        return encode_basestring(value)  # type: ignore[arg-type]  # which it is
    if kind is int:
        return str(value)
    return "null" if value is None else _ENCODER.encode(_raw(value))


_json_key = cache(encode_basestring)


_SAFE = re.compile("[\n -~\xb7\u2010-\u2027\u3001-\u3163\u4e00-\u9fff\uff01-\uff5e]*").fullmatch
"""What nearly every row is made of; to see that takes a fifth of looking for what is unsafe."""


def escaped(written: str) -> str:
    """JSON in which invisible and control characters are escapes."""
    if _SAFE(written):
        return written
    return re.sub(_UNSAFE, lambda found: json.dumps(found[0])[1:-1], written)


def _raw(value: object) -> object:
    """A value as JSON has it. Raises `TypeError` for one that no report should hold."""
    if isinstance(value, (Enum, Labelled)):
        return _raw(value.value)
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return round(value, _DECIMALS) if math.isfinite(value) else None
    if isinstance(value, date):  # a datetime too
        return value.isoformat()
    if isinstance(value, PurePath):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): _raw(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_raw(one) for one in value]
    return _raw_rarely(value)


def _raw_rarely(value: object) -> object:
    """What next to no table holds; its modules need not be loaded for all others."""
    from decimal import Decimal
    from uuid import UUID

    if isinstance(value, Decimal):
        return _raw(float(value))
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"no JSON for {type(value).__name__}")
