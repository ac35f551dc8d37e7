"""The columns of a return, as the registry of fields has them, and which a heading stands for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from rectify_tui.domain.fields import ITEM, Field, FieldKind, Returned
from rectify_tui.domain.status import Status
from rectify_tui.i18n import LANGUAGES, Language, known

TEXT_KINDS = frozenset({FieldKind.TEXT, FieldKind.LABEL, FieldKind.LONG_TEXT, FieldKind.PEOPLE})
CARRIED_KINDS = TEXT_KINDS | {
    FieldKind.STATUS, FieldKind.PERCENT, FieldKind.PAST_DAY, FieldKind.COMING_DAY,
}  # fmt: skip
"""The kinds of fields that units can fill in: those that a cell says completely by itself."""


@dataclass(frozen=True)
class ReturnColumn:
    """A column by the name of its field; `open` ones are for the unit to fill in.

    What is locked is text, whatever it is in the ledger: no program may make a day of it.
    """

    name: str
    kind: FieldKind = FieldKind.TEXT
    open: bool = False
    title_key: str | None = None

    @classmethod
    def of(cls, field: Field) -> ReturnColumn:
        """The column of a field that goes out in returns."""
        if field.returned is Returned.LOCKED:
            return cls(field.name, title_key=field.title_key)
        if field.kind not in CARRIED_KINDS:
            raise TypeError(f"no unit can fill in a field of the kind {field.kind}: {field.name}")
        return cls(field.name, field.kind, open=True, title_key=field.title_key)

    @property
    def heading_key(self) -> str:
        """The message with its heading: the title of its field, unless a return has to say more."""
        own = f"returns.column.{self.name}"
        return own if self.title_key is None or known(own) else f"{self.title_key}.title"

    @property
    def help_key(self) -> str:
        """The message that tells units what to fill in."""
        own = f"returns.input.{self.name}"
        return own if self.title_key is None or known(own) else f"{self.title_key}.help"

    @property
    def known_by(self) -> tuple[str, ...]:
        """The messages with the headings by which it is known: as it is called, and as it was."""
        keys = (self.heading_key, f"{self.title_key}.title", f"returns.former_column.{self.name}")
        return tuple(filter(known, keys))


LOCKED_FIELDS = tuple(field for field in ITEM.values() if field.returned is Returned.LOCKED)
OPEN_FIELDS = tuple(field for field in ITEM.values() if field.returned is Returned.OPEN)

ON = ReturnColumn("on", FieldKind.PAST_DAY, open=True)
"""Sent empty: it says from when a status holds."""

MARK = ReturnColumn("mark")
"""The hidden last column, which tells what item a row is about."""

_BEFORE_ON = "progress"


def _columns() -> Iterator[ReturnColumn]:
    for field in (*LOCKED_FIELDS, *OPEN_FIELDS):
        yield ReturnColumn.of(field)
        if field.name == _BEFORE_ON:
            yield ON


COLUMNS = tuple(_columns())
"""The columns that people see, in order: what identifies an item, then what is filled in."""

LOCKED = tuple(column.name for column in COLUMNS if not column.open)
OPEN = tuple(column.name for column in COLUMNS if column.open)

_NO_ANSWERS = frozenset({Status.MERGED, Status.IN_PROGRESS})
ANSWERS = tuple(status for status in Status if status not in _NO_ANSWERS)
"""The statuses that a unit may choose from.

Merging is for the office that sent the return, and 正在整改 would leave it asking again.
"""

_BRACKETED = re.compile(r"\([^()]*\)")


def heading(column: ReturnColumn, t: Language) -> str:
    """The heading of a column. What stands in brackets explains it and is no part of its name."""
    return t(column.heading_key)


def column_called(text: str, columns: tuple[ReturnColumn, ...] = COLUMNS) -> str | None:
    """The name of the column that a heading stands for, in either language; None for no column."""
    return _names(columns).get(_folded(text))


def find_columns(
    headings: Iterable[str], columns: tuple[ReturnColumn, ...] = COLUMNS
) -> dict[str, int]:
    """Where each column stands among headings, in whatever order and language they are.

    Of two headings for the same column the first counts.
    """
    found: dict[str, int] = {}
    for at, text in enumerate(headings):
        name = column_called(text, columns)
        if name is not None:
            found.setdefault(name, at)
    return found


@cache
def _names(columns: tuple[ReturnColumn, ...]) -> dict[str, str]:
    return {
        _folded(text): column.name
        for code in LANGUAGES
        for column in (*columns, MARK)
        for text in map(Language(code), column.known_by)
    }


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(_BRACKETED.sub("", plain).split())
