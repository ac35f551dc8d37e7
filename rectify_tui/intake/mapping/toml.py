"""Reading files that people wrote in TOML, and writing text into one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from rectify_tui.errors import Problem

_MOST_BYTES = 2**20
_NAMED = {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


def read_toml(path: Path) -> dict[str, Any]:
    """What a file holds.

    Raises `Problem` that names the file, and the place in it for a fault of syntax.
    """
    import tomllib

    try:
        if path.stat().st_size > _MOST_BYTES:
            raise Problem("mapping.file.too_large", path=path)
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise Problem("mapping.file.not_utf8", path=path) from None
    except OSError as error:
        raise Problem("mapping.file.unreadable", path=path, error=error.strerror) from None
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        at = re.search(r"\(at line (\d+), column (\d+)\)$", str(error))
        line, column = at.groups() if at else (str(text.count("\n") + 1), "—")
        what = re.sub(r" \(at .*\)$", "", str(error))
        raise Problem(
            "mapping.file.syntax", path=path, line=line, column=column, error=what
        ) from None


def bad(path: Path, where: str, key: str, **params: object) -> Problem:
    """A complaint about a place in a file; `key` names a message of `mapping.wrong`."""
    why = Problem(f"mapping.wrong.{key}", **params)
    return Problem("mapping.file.bad", path=path, where=where, why=why)


def quoted(text: str) -> str:
    """A text as TOML writes it, on one line and whatever it contains.

    A lone surrogate, which no TOML can hold, becomes the replacement character.
    """
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(character: str) -> str:
    if character in _NAMED:
        return _NAMED[character]
    if "\ud800" <= character <= "\udfff":
        return "\ufffd"
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
