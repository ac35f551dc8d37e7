"""Cells and rows as they come out of any file, and cells as text."""

from __future__ import annotations

import math
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from rectify_tui.domain.text import clean
from rectify_tui.intake.reading.limits import MAX_TEXT

Cell = str | int | float | bool | date | datetime | time | timedelta | None
"""What a cell holds. Text is clean and keeps its line breaks; an empty cell is None."""

_NAME = 100
_DIGITS = 15  # as many as a spreadsheet keeps of a number
_MANY = 10**_DIGITS


class Row(NamedTuple):
    """A row that holds something: its number in the sheet, counted from 1, and its cells.

    The cells begin in column A and end with the last filled one.
    """

    number: int
    cells: tuple[Cell, ...]


class Merged(NamedTuple):
    """A merged range; rows and columns are counted from 0, the last ones belong to it.

    What lies beyond the last filled row and column of the sheet is cut off.
    """

    top: int
    left: int
    bottom: int
    right: int


def column_letter(index0: int) -> str:
    """The letters of a column, counted from 0: 0 is A, 26 is AA."""
    letters = ""
    index = index0 + 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """The index of a column, counted from 0, by its letters."""
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def cell_name(row: int, column0: int) -> str:
    """The name of a cell, such as C5, of a row counted from 1 and a column counted from 0."""
    return f"{column_letter(column0)}{row}"


def sheet_name(name: str) -> str:
    """The name of a sheet as it may be shown."""
    return clean(name[:_NAME])


def clean_cell(text: str) -> str | None:
    """The text of a cell without whatever could do harm; None where nothing is left of it.

    Text of at most `MAX_TEXT` characters never fails: composing adds little to it.
    """
    return clean(text, multiline=True, limit=4 * MAX_TEXT) or None


def cell_text(cell: Cell) -> str:
    """A cell as text, the same whatever program wrote the file.

    Numbers have no more digits than a spreadsheet keeps (15) and never an exponent; dates are ISO,
    a date and time at midnight is a date; an empty cell is empty text.
    """
    match cell:
        case None:
            return ""
        case str():
            return cell
        case bool():
            return "TRUE" if cell else "FALSE"
        case int():
            return str(cell)
        case float():
            return _number(cell)
        case datetime():
            return _moment(cell)
        case date():
            return cell.isoformat()
        case time():
            return _clock(timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second))
        case timedelta():
            return _clock(cell)


def _number(number: float) -> str:
    if number.is_integer() and abs(number) < _MANY:
        return str(int(number))
    if not math.isfinite(number):
        return str(number)
    return format(Decimal(format(number, f".{_DIGITS}g")), "f")


def _moment(moment: datetime) -> str:
    moment = _to_seconds(moment)
    if moment.time() == time():
        return moment.date().isoformat()
    return moment.isoformat(" ", "seconds" if moment.second else "minutes")


def _to_seconds(moment: datetime) -> datetime:
    """The nearest second: spreadsheets keep times as fractions of a day, which are never exact."""
    try:
        return (moment + timedelta(microseconds=500_000)).replace(microsecond=0)
    except OverflowError:
        return moment.replace(microsecond=0)


def _clock(span: timedelta) -> str:
    seconds = round(abs(span).total_seconds())
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    tail = f":{seconds:02}" if seconds else ""
    return f"{'-' if span < timedelta() else ''}{hours:02}:{minutes:02}{tail}"
