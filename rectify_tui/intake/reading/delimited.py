"""Rows of text in which commas, tabs, semicolons, or now and then other signs, part the cells."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple, TextIO

from rectify_tui.domain.text import clean
from rectify_tui.errors import Problem
from rectify_tui.intake.reading.cells import Row, clean_cell
from rectify_tui.intake.reading.encodings import Encoding
from rectify_tui.intake.reading.faults import too_far, too_long
from rectify_tui.intake.reading.limits import MAX_COLUMNS, MAX_LINE, MAX_TEXT
from rectify_tui.intake.reading.memo import Memo, TooLong, trimmed

_SAMPLE = 2**16
_SAMPLE_ROWS = 50
_ODD_QUOTES = 0.1
_DELIMITERS = (",", "\t", ";")
_RARE = ("|", "，")
"""What parts cells in few files: 序号，整改任务，责任单位 was typed with a Chinese keyboard."""
_HINT = re.compile(r"sep=([,;\t])\s*$", re.IGNORECASE)
_END = "end"
_RUNS = ("=", "+", "-", "@", "\t", "\r")
_FORMULA_TEXT = re.compile(r'="([^"]*)"')


class Delimited(NamedTuple):
    """A delimited text, its encoding and its delimiter."""

    data: bytes
    encoding: Encoding
    delimiter: str

    @property
    def format(self) -> str:
        """`tsv` where tabs part the cells, else `csv`."""
        return "tsv" if self.delimiter == "\t" else "csv"

    def row_count(self) -> int:
        """How many rows there are at most: quoted cells can hold line ends."""
        return max(self.data.count(b"\n"), self.data.count(b"\r")) + 1

    def rows(self, sheet: str) -> Iterator[Row]:
        """The rows that hold something, decoded as they are asked for.

        An apostrophe that keeps a spreadsheet from running a cell is taken off, and so is the
        shell of `="007"`. Raises `Problem` for a quote that never ends and for whatever is too
        long or too wide.
        """
        text = _text(self.data, self.encoding)
        lines = _Lines(text)
        memo = Memo(_cell)
        for number, record in enumerate(_records(lines, self.delimiter), 1):
            if number == 1 and _HINT.match(self.delimiter.join(record)):
                continue
            try:
                cells = trimmed(
                    [each or None for each in record]
                    if _is_plain(record)
                    else [memo[each] for each in record]
                )
            except TooLong as error:
                column = record.index(error.text)
                raise too_long(sheet, number, column, len(error.text)) from error
            if not cells:
                continue
            if len(cells) > MAX_COLUMNS:
                raise too_far(sheet, number, len(cells) - 1)
            yield Row(number, tuple(cells))


def delimited(data: bytes, encoding: Encoding) -> Delimited:
    """A text with the delimiter by which its first rows make the most even table."""
    text = _text(data, encoding).read(_SAMPLE)
    return Delimited(data, encoding, _delimiter(list(io.StringIO(text, newline=""))))


def _text(data: bytes, encoding: Encoding) -> TextIO:
    return io.TextIOWrapper(io.BytesIO(data), encoding.codec, encoding.errors, newline="")


def _delimiter(lines: list[str]) -> str:
    if lines and (hint := _HINT.match(lines[0].strip("\ufeff"))):
        return hint[1]
    best = max(_DELIMITERS, key=lambda each: _evenness(lines, each))
    if _evenness(lines, best) >= min(len(lines), _SAMPLE_ROWS):
        return best
    return next((each for each in _RARE if _parts_all(lines, each)), best)


def _parts_all(lines: list[str], delimiter: str) -> bool:
    """Whether a delimiter that stands in texts too makes as many cells of every row."""
    filled = [line for line in lines[:_SAMPLE_ROWS] if line.strip()]
    widths = {line.count(delimiter) for line in filled}
    return len(filled) > 1 and len(widths) == 1 and min(widths) > 1


def _evenness(lines: list[str], delimiter: str) -> float:
    """How many cells a delimiter makes in the rows of the width that most rows have.

    It counts little where quotes would then stand at odd places.
    """
    try:
        return _even_cells(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error:
        pass
    try:
        return _even_cells(csv.reader(lines, delimiter=delimiter)) * _ODD_QUOTES
    except csv.Error:
        return 0


def _even_cells(records: Iterator[list[str]]) -> int:
    widths = Counter(map(len, islice(records, _SAMPLE_ROWS)))
    return max(((width - 1) * rows for width, rows in widths.items()), default=0)


class _Lines:
    """Lines of a text, and one more, which is a row of its own unless a quote was left open."""

    def __init__(self, text: TextIO) -> None:
        self.text = text
        self.pending = 0
        """Characters given out since the last whole row."""
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        while line := self.text.readline(MAX_LINE + 1):
            self.pending += len(line)
            if self.pending > MAX_LINE:
                raise csv.Error
            yield line
        self.ended = True
        yield _END


def _records(lines: _Lines, delimiter: str) -> Iterator[list[str]]:
    """The cells of each row."""
    number = 0
    try:
        for number, record in enumerate(csv.reader(lines, delimiter=delimiter), 1):
            if lines.ended and lines.pending:
                raise Problem("reading.open_quote", row=number)
            if lines.ended:
                return
            lines.pending = 0
            yield record
    except csv.Error as error:
        raise Problem("reading.long_row", row=number + 1, limit=MAX_LINE) from error


def _is_plain(record: list[str]) -> bool:
    """Whether nothing has to be done about any cell: one look at the row is quicker than many."""
    row = f"|{'|'.join(record)}|"
    return (
        len(row) <= MAX_TEXT
        and "|'" not in row
        and "|=" not in row
        and " |" not in row
        and "| " not in row
        and clean(row, limit=MAX_TEXT) == row
    )


def _cell(text: str) -> str | None:
    if text[0] == "'" and text[1:2] in _RUNS:
        text = text[1:]
    elif text[0] == "=" and (shell := _FORMULA_TEXT.fullmatch(text)):
        text = shell[1]
    return clean_cell(text)
