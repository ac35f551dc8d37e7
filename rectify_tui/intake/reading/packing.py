"""Rows as lines of JSON: how they leave the process that reads them, and how they are kept."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from rectify_tui.intake.reading.cells import Cell, Row, clean_cell
from rectify_tui.intake.reading.memo import Memo, trimmed

ROWS_IN_LINE = 500
SIZE_BYTES = 8
"""Bytes of the number before each workbook that says how long it is."""

_PLAIN = frozenset({float, int, bool})

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode

Packed = str | float | int | bool | list[str] | None


class Packer:
    """Turns cells of the library into what JSON knows, cleaning text on the way."""

    def __init__(self) -> None:
        self._memo = Memo(_packed)

    def row(self, cells: list[Any]) -> list[Packed]:
        """A row, as far as its last filled cell. Raises `TooLong`."""
        memo = self._memo
        return trimmed([cell if cell.__class__ in _PLAIN else memo[cell] for cell in cells])


def _packed(value: object) -> Packed:
    if isinstance(value, str):
        return clean_cell(value)
    match value:
        case datetime():
            return ["datetime", value.isoformat()]
        case date():
            return ["date", value.isoformat()]
        case time():
            return ["time", value.isoformat()]
        case timedelta():
            return ["span", repr(value.total_seconds())]
    return str(value)


def line(value: object) -> bytes:
    """A value as one line."""
    return _encode(value).encode() + b"\n"


def line_of_rows(rows: list[list[Packed]]) -> bytes:
    """Rows as one line; numbers that are none, such as infinity, become text."""
    try:
        return line(rows)
    except ValueError:
        return line([[_finite(cell) for cell in row] for row in rows])


def _finite(cell: Packed) -> Packed:
    return cell if not isinstance(cell, float) or math.isfinite(cell) else str(cell)


def _span(seconds: str) -> timedelta:
    return timedelta(seconds=float(seconds))


_UNPACK: dict[str, Callable[[str], Cell]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "span": _span,
}


def unpack(lines: Iterable[bytes]) -> Iterator[Row]:
    """The rows in lines of rows, each a list of its number and its cells."""
    for each in lines:
        for number, *cells in json.loads(each):
            yield Row(number, tuple(map(_cell, cells) if list in map(type, cells) else cells))


def _cell(packed: Packed) -> Cell:
    if isinstance(packed, list):
        kind, text = packed
        return _UNPACK[kind](text)
    return packed
