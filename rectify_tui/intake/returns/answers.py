"""Single cells of a return, read strictly by the kind of their column."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from rectify_tui.domain.dates import read_day
from rectify_tui.domain.deadline import DeadlineKind, read_deadline
from rectify_tui.domain.fields import FieldKind
from rectify_tui.domain.status import read_status
from rectify_tui.domain.text import clean, narrow
from rectify_tui.domain.timeline import Value
from rectify_tui.errors import Problem
from rectify_tui.intake.returns.columns import COLUMNS, TEXT_KINDS

KINDS = {column.name: column.kind for column in COLUMNS}
"""The kinds of the columns by name."""


class UnreadableAnswer(Exception):  # noqa: N818 - becomes a finding, and no user sees it
    """A cell that cannot be read: the code of the finding, and what should stand there."""

    def __init__(self, code: str, expected: Problem) -> None:
        super().__init__(code)
        self.code = code
        self.expected = expected


def read_answer(name: str, text: str, today: date) -> Value:
    """The typed value of a cell by the name of its column, None where it is empty.

    Raises `UnreadableAnswer`.
    """
    return read_cell(KINDS[name], text, today)


def read_cell(kind: FieldKind, text: str, today: date) -> Value:
    """The typed value of a cell by the kind of its column. Raises `UnreadableAnswer`."""
    try:
        plain = clean(text, multiline=True)
    except Problem as problem:  # longer than any text may be
        raise UnreadableAnswer("text_too_long", problem) from None
    return _READERS[kind](plain, today) if plain else None


def same_answer(name: str, one: Value, other: Value) -> bool:
    """Whether values are the same; other programs change spaces and line ends on their own."""
    if KINDS[name] in TEXT_KINDS:
        return str(one or "").split() == str(other or "").split()
    return one == other


def _unreadable(code: str, expected: str, **params: object) -> UnreadableAnswer:
    return UnreadableAnswer(code, Problem(f"return_check.expected.{expected}", **params))


def _read_status(text: str, _: date) -> Value:
    try:
        return read_status(text).value
    except Problem:
        raise _unreadable("unknown_status", "status") from None


def _read_percent(text: str, _: date) -> Value:
    digits = re.fullmatch(r"([0-9]{1,3})(?:\.0+)? ?%?", narrow(text))
    if digits is None or int(digits[1]) > 100:
        raise _unreadable("bad_progress", "progress")
    return int(digits[1])


def _read_text(text: str, _: date) -> Value:
    return text


def _read_past_day(text: str, today: date) -> Value:
    day = _calendar_day(text, today)
    if day is None:
        raise _unreadable("unreadable_date", "day")
    if day > today:
        raise _unreadable("future_date", "past_day", today=today)
    return day.isoformat()


def _read_coming_day(text: str, today: date) -> Value:
    day = _calendar_day(text, today)
    if day is None:
        deadline = read_deadline(text, default_year=today.year)
        day = deadline.due_on if deadline.kind is DeadlineKind.DUE else None
    if day is None:
        raise _unreadable("unreadable_date", "day")
    return day.isoformat()


def _calendar_day(text: str, today: date) -> date | None:
    """A day by its date. Yesterday and Friday are none: nobody knows when the cell was filled."""
    if not re.search(r"\d\D+\d", text) and not re.fullmatch(r"\d{8}", text):
        return None
    try:
        return read_day(text, today=today)
    except Problem:
        return None


_READERS: Mapping[FieldKind, Callable[[str, date], Value]] = {
    FieldKind.STATUS: _read_status,
    FieldKind.PERCENT: _read_percent,
    FieldKind.PAST_DAY: _read_past_day,
    FieldKind.COMING_DAY: _read_coming_day,
    **dict.fromkeys(TEXT_KINDS, _read_text),
}
