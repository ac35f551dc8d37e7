"""The columns of a return: which are filled in, and which column a heading stands for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from rectify_tui.domain.status import Status
from rectify_tui.i18n import LANGUAGES, Language

Kind = Literal["text", "status", "percent", "past_day", "day"]


@dataclass(frozen=True)
class Column:
    """A column by the name of its field; `editable` ones are for the unit to fill in.

    `percent` holds a whole number from 0 to 100, `past_day` a day that may not lie in the future.
    """

    name: str
    editable: bool
    kind: Kind = "text"


COLUMNS: tuple[Column, ...] = (
    Column("ref", editable=False),
    Column("problem", editable=False),
    Column("region", editable=False),
    Column("responsible", editable=False),
    Column("lead", editable=False),
    Column("supervising", editable=False),
    Column("deadline", editable=False),
    Column("status", editable=True, kind="status"),
    Column("progress", editable=True, kind="percent"),
    Column("on", editable=True, kind="past_day"),
    Column("note", editable=True),
    Column("reason", editable=True),
    Column("next_step", editable=True),
    Column("next_on", editable=True, kind="day"),
)
"""The columns that people see, in order. `on` is sent empty: it says from when a status holds."""

MARK = Column("mark", editable=False)
"""The hidden last column, which tells what item a row is about."""

IDENTITY = tuple(column.name for column in COLUMNS if not column.editable)
EDITABLE = tuple(column.name for column in COLUMNS if column.editable)

_NO_ANSWERS = frozenset({Status.MERGED, Status.IN_PROGRESS})
ANSWERS = tuple(status for status in Status if status not in _NO_ANSWERS)
"""The statuses that a unit may choose from.

Merging is for the office that sent the return, and 正在整改 would leave it asking again.
"""

_BRACKETED = re.compile(r"\([^()]*\)")


def heading(name: str, t: Language) -> str:
    """The heading of a column; what stands in brackets explains it and is no part of its name."""
    return t(f"returns.column.{name}")


def column_called(text: str) -> str | None:
    """The name of the column that a heading stands for, in either language; None for no column."""
    return _names().get(_folded(text))


def find_columns(headings: Iterable[str]) -> dict[str, int]:
    """Where each column stands among headings, in whatever order and language they are.

    Of two headings for the same column the first counts.
    """
    found: dict[str, int] = {}
    for at, text in enumerate(headings):
        name = column_called(text)
        if name is not None:
            found.setdefault(name, at)
    return found


@cache
def _names() -> dict[str, str]:
    return {
        _folded(heading(column.name, Language(code))): column.name
        for code in LANGUAGES
        for column in (*COLUMNS, MARK)
    }


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(_BRACKETED.sub("", plain).split())
