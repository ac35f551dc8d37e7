"""Settings files of an office: TOML, of which every complaint names the file and the place."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from rectify_tui.domain.text import clean
from rectify_tui.errors import Problem

LONGEST_LINE = 100
MOST_BYTES = 2**20
"""What is larger was not written by hand."""

_E = TypeVar("_E", bound=StrEnum)


def read_toml(path: Path, *, required: bool = False) -> dict[str, Any]:
    """What a settings file says; nothing where there is none, unless it is `required`.

    Raises `Problem` for a file that cannot be read, is too large, or is no TOML.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Problem("settings.too_large", path=path)
        text = path.read_text("utf-8-sig")
    except (FileNotFoundError, NotADirectoryError) as error:
        if not required:
            return {}
        raise Problem("settings.unreadable", path=path, error=error.strerror) from None
    except UnicodeDecodeError:
        raise Problem("settings.not_utf8", path=path) from None
    except OSError as error:
        raise Problem("settings.unreadable", path=path, error=error.strerror) from None
    import tomllib

    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        at = re.search(r"\(at line (\d+), column (\d+)\)$", str(error))
        line, column = at.groups() if at else (text.count("\n") + 1, "")
        what = re.sub(r" \(at .*\)$", "", str(error))
        raise Problem(
            "settings.syntax", path=path, line=line, column=column or "—", error=what
        ) from None


class SettingsReader:
    """Reads the parts of one file. Each method raises `Problem` for what it cannot use.

    `where` is the place of a value in the file, such as `layouts.short.sections`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def wrong(self, where: str, key: str, **params: object) -> Problem:
        """What is wrong at a place, by the name of a message."""
        return self.bad(where, Problem(f"settings.{key}", **params))

    def bad(self, where: str, why: Problem) -> Problem:
        """What is wrong at a place."""
        return Problem("settings.bad", path=self.path, where=where, why=why)

    def table(self, value: object, where: str) -> dict[str, Any]:
        """A value that has to be a table."""
        if not isinstance(value, dict):
            raise self.wrong(where, "not_table")
        return value

    def text(
        self, value: object, where: str, *, multiline: bool = False, limit: int = LONGEST_LINE
    ) -> str:
        """A text, cleaned, that is not empty."""
        if not isinstance(value, str):
            raise self.wrong(where, "not_text")
        try:
            cleaned = clean(value, multiline=multiline, limit=limit)
        except Problem as problem:
            raise self.bad(where, problem) from problem
        if not cleaned:
            raise self.wrong(where, "empty")
        return cleaned

    def choice(self, value: object, where: str, choices: type[_E]) -> _E:
        """One of an enumeration, by its value."""
        for one in choices:
            if value == one.value:
                return one
        known = ", ".join(one.value for one in choices)
        raise self.wrong(where, "unknown", name=value, known=known)

    def whole(self, value: object, where: str, *, least: int, most: int) -> int:
        """A value that has to be a whole number within bounds."""
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise self.wrong(where, "not_whole", least=least, most=most)
        return value

    def flag(self, value: object, where: str) -> bool:
        """A value that has to be true or false."""
        if not isinstance(value, bool):
            raise self.wrong(where, "not_flag")
        return value

    def names(
        self, value: object, where: str, known: Collection[str], *, least: int = 1
    ) -> tuple[str, ...]:
        """A list of at least so many names that are known, none of them twice."""
        if not isinstance(value, list) or len(value) < least:
            raise self.wrong(where, "not_list" if least else "not_names")
        for n, one in enumerate(value, 1):
            if not isinstance(one, str) or one not in known:
                raise self.wrong(f"{where}[{n}]", "unknown", name=one, known=", ".join(known))
            if one in value[: n - 1]:
                raise self.wrong(f"{where}[{n}]", "twice", name=one)
        return tuple(value)
