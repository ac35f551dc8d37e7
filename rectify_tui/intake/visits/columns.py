"""The columns of a sheet for visits and of its population, and which a heading stands for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from rectify_tui.i18n import LANGUAGES, Language

LOCKED: Mapping[str, str] = {
    "ref": "field.ref.title", "county": "visit.column.county",
    "responsible": "field.responsible.title", "problem": "field.problem.title",
    "status": "field.status.title", "since": "field.since.title",
}  # fmt: skip
OPEN: Mapping[str, str] = {
    name: f"visit.column.{name}"
    for name in ("result", "on", "person", "team", "position", "findings")
}
"""What a team fills in, with the messages of the headings."""

POPULATION: Mapping[str, str] = {
    "ref": "field.ref.title",
    **{name: f"visit.column.{name}" for name in ("county", "whole", "watched", "taken")},
}
"""The columns of the population that a draw was made from."""

_BRACKETED = re.compile(r"\([^()]*\)")


def column_called(text: str) -> str | None:
    """The name of the column that a heading stands for, in any language; None for no column."""
    return _names().get(_folded(text))


@cache
def _names() -> dict[str, str]:
    return {
        _folded(Language(code)(key)): name
        for code in LANGUAGES
        for columns in (LOCKED, OPEN, POPULATION)
        for name, key in columns.items()
    }


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(_BRACKETED.sub("", plain).split())
