"""What a record is entered with, as history keeps it: without the fields of which nothing is said.

Such fields used to be written as nulls, and the hash of a row covers the text that was written. So
of rows of then the *shape* is kept beside them: all fields in their order, from which that text is
put together again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from rectify_tui.domain.timeline import Value

_bare = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_as_written_then = json.JSONEncoder(ensure_ascii=False).encode


def entry(values: Mapping[str, Value]) -> str:
    """The text that a record is entered with."""
    return _bare({name: value for name, value in values.items() if value is not None})


def whole(bare: str, fields: str) -> str | None:
    """The text as it was written with all of its fields; None where it cannot be put together."""
    try:
        said: dict[str, Value] = json.loads(bare)
        if _bare(said) != bare:
            return None
        return _as_written_then(dict.fromkeys(_names(fields)) | said)
    except (ValueError, TypeError):
        return None


@lru_cache(maxsize=64)
def _names(fields: str) -> tuple[str, ...]:
    return tuple(json.loads(fields))


@lru_cache(maxsize=1)
def _taken_apart(text: object) -> tuple[str, str] | None:
    """What is said in a text that was written with all fields, and those; None for any other."""
    if not isinstance(text, str):
        return None
    try:
        values = json.loads(text)
    except ValueError:
        return None
    if not isinstance(values, dict) or None not in values.values():
        return None
    bare, fields = entry(values), _bare(list(values))
    return (bare, fields) if whole(bare, fields) == text else None


def _bare_entry(text: Any) -> Any:
    apart = _taken_apart(text)
    return apart[0] if apart else text


def _entry_fields(text: Any) -> str | None:
    apart = _taken_apart(text)
    return apart[1] if apart else None


def _hash_bytes(hash: Any) -> Any:
    """A hash as the bytes that it is; what is no hash stays as it is."""
    try:
        return bytes.fromhex(hash) if len(hash) == _DIGITS and hash == hash.lower() else hash
    except (ValueError, TypeError):
        return hash


_DIGITS = 64

FUNCTIONS: Mapping[str, Callable[[Any], Any]] = {
    "bare_entry": _bare_entry, "entry_fields": _entry_fields, "hash_bytes": _hash_bytes,
}  # fmt: skip
"""What migrations say of history that SQL cannot, by name."""
