"""What the rows under the headings are: records, or what stands between and below them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from rectify_tui.intake.reading.cells import cell_text
from rectify_tui.intake.reading.limits import MAX_COLUMNS
from rectify_tui.intake.table import words
from rectify_tui.intake.table.header import Header, filled
from rectify_tui.intake.table.headings import fold

if TYPE_CHECKING:
    from rectify_tui.intake.reading.cells import Cell, Merged, Row

_LABEL_CELLS = 3
"""In how many cells from the left 合计 may stand."""
_LONGEST_TITLE = 80


class Skipped(StrEnum):
    """Why a row is no record; the value is a message."""

    HEADINGS = "table_finding.skipped.headings"
    COLUMN_NUMBERS = "table_finding.skipped.column_numbers"
    EXAMPLE = "table_finding.skipped.example"
    TOTAL = "table_finding.skipped.total"
    NOTE = "table_finding.skipped.note"
    TITLE = "table_finding.skipped.title"
    SECTION = "table_finding.skipped.section"
    ONLY_NUMBER = "table_finding.skipped.only_number"


class Body:
    """Goes through the rows under a heading, in their order."""

    def __init__(
        self, header: Header, titles: Collection[str], merges: Mapping[int, Sequence[Merged]],
        span: range = range(MAX_COLUMNS),
    ) -> None:  # fmt: skip
        self._header = header
        self._span = span
        self._titles = titles
        self._merges = merges
        self._first = min(header.columns)
        self._figures = {
            column
            for column, lines in header.columns.items()
            if {fold(lines[-1]), fold("".join(lines))} & words.FIGURE_NAMES
        }
        self._after: Skipped | None = Skipped.HEADINGS

    def judge(self, row: Row) -> Skipped | None:
        """Why a row is no record, or None for a record. Not to be asked of a blank row.

        `span` are the columns that count, of a table that stands beside another one.
        """
        first, last = self._span.start, self._span.stop
        cells = [
            (c, cell)
            for c, cell in enumerate(row.cells[first:last], first)
            if cell is not None and cell != ""
        ]
        self._after = self._judged(row, cells)
        return self._after

    def _judged(self, row: Row, cells: Sequence[tuple[int, Cell]]) -> Skipped | None:
        after_headings = self._after is Skipped.HEADINGS
        if self._header.repeated_by(row, after_another=after_headings):
            return Skipped.HEADINGS
        if self._titles and all(cell_text(cell) in self._titles for _, cell in cells):
            return Skipped.TITLE
        every = len(cells) == len(self._header.columns)
        if after_headings and every and _are_column_numbers([cell for _, cell in cells]):
            return Skipped.COLUMN_NUMBERS
        column, first = cells[0]
        if isinstance(first, str) and words.is_example(first):
            return Skipped.EXAMPLE
        if any(self._is_total(c, cell) for c, cell in cells[:_LABEL_CELLS]):
            return Skipped.TOTAL
        if self._is_note(first, len(cells)):
            return Skipped.NOTE
        if len(cells) == 1:
            return self._alone(row, column, first)
        return Skipped.SECTION if len(cells) == 2 and self._is_numbered_title(row, cells) else None

    def _is_total(self, column: int, cell: Cell) -> bool:
        return isinstance(cell, str) and column not in self._figures and words.is_total(cell)

    def _is_note(self, first: Cell, count: int) -> bool:
        if count > 1 and count * 2 > len(self._header.columns):
            return False
        return isinstance(first, str) and words.is_note(first)

    def _alone(self, row: Row, column: int, cell: Cell) -> Skipped | None:
        """What a row with a single cell is."""
        text = cell_text(cell)
        if column <= self._first and text.isdecimal():
            return Skipped.ONLY_NUMBER
        if self._after is Skipped.NOTE and column <= self._first:
            return Skipped.NOTE
        if self._spans(row, column) or (column == self._first and self._is_section(text)):
            return Skipped.SECTION
        return None

    def _is_section(self, text: str) -> bool:
        return words.is_section(text) or (len(self._header.columns) > 2 and words.is_title(text))

    def _is_numbered_title(self, row: Row, cells: Sequence[tuple[int, Cell]]) -> bool:
        """Whether a row has 一 in the first column and a title in the next, and nothing else."""
        (first, numeral), (second, title) = cells
        if first != self._first or len(self._header.columns) <= 2:
            return False
        if not (isinstance(numeral, str) and isinstance(title, str)):
            return False
        return words.is_numeral(numeral) and (self._spans(row, second) or words.is_title(title))

    def _spans(self, row: Row, column: int) -> bool:
        """Whether a cell is merged over at least half of the columns."""
        return any(
            merge.left == column and (merge.right - merge.left + 1) * 2 >= len(self._header.columns)
            for merge in self._merges.get(row.number - 1, ())
        )


def _are_column_numbers(cells: Sequence[Cell]) -> bool:
    """Whether cells count the columns, as below the headings of statistics: 甲, 1, 2, 3."""
    found = [words.ordinal(cell_text(cell)) for cell in cells]
    letters = [each for each in found if isinstance(each, str)]
    numbers = list(range(1, len(found) - len(letters) + 1))
    return len(found) >= (3 if letters else 5) and found == [*letters, *numbers]


def titles_of(rows: Iterable[Row]) -> frozenset[str]:
    """The texts of the rows above a table, by which a repeated title is known."""
    texts = (cell_text(cell) for row in rows for cell in row.cells if filled(cell))
    return frozenset(text for text in texts if len(text) <= _LONGEST_TITLE)
