"""Complaints about files that say what columns are, and text as TOML writes it."""

from __future__ import annotations

from pathlib import Path

from rectify_tui.errors import Problem

_NAMED = {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


def bad(path: Path, where: str, key: str, **params: object) -> Problem:
    """A complaint about a place in a file; `key` names a message of `mapping.wrong`."""
    why = Problem(f"mapping.wrong.{key}", **params)
    return Problem("settings.bad", path=path, where=where, why=why)


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
