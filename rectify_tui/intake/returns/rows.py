"""A return as it came back: its table, its rows by column, and what is hidden in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from rectify_tui.domain.text import clean
from rectify_tui.errors import Problem
from rectify_tui.intake.importing.other_deadlines import DeadlinesOfFile
from rectify_tui.intake.model import Origin
from rectify_tui.intake.reading.cells import cell_text
from rectify_tui.intake.rejects import has_refused_titles
from rectify_tui.intake.returns import mark
from rectify_tui.intake.returns.columns import (
    COLUMNS,
    LOCKED,
    MARK,
    OPEN,
    column_called,
    find_columns,
)
from rectify_tui.intake.returns.filled import filled_text, own_text
from rectify_tui.intake.returns.step_rows import StepSheet, read_steps
from rectify_tui.intake.table import Heading, Table, TableRow, find_table

if TYPE_CHECKING:
    from rectify_tui.intake.reading.book import Book

_KINDS = {column.name: column.kind for column in COLUMNS}
NO_RETURN = "return_check.no_return"
"""The problem of a file that has not the columns of a return."""

_LONGEST_CELL = 100_000


class ReturnRow(NamedTuple):
    """A row: its number in the sheet, its cells under the headings, and its mark.

    `answers` has what the unit says and `locked` what identifies the item, as text by column.
    """

    number: int
    cells: tuple[str, ...]
    mark: str
    answers: Mapping[str, str]
    locked: Mapping[str, str]


@dataclass(frozen=True)
class ReceivedReturn:
    """A return that came back. `columns` has the heading of each column that is there.

    `fingerprint` is None where the hidden sheet is gone or `damaged`. `title` has the rows above
    the table, `others` names further sheets that look like returns and are not read. `steps` is
    None where there is no sheet of steps. `deadlines` says what becomes of those that it tells
    otherwise than they were sent.
    """

    origin: Origin
    title: str
    headings: tuple[str, ...]
    columns: Mapping[str, Heading]
    rows: tuple[ReturnRow, ...]
    fingerprint: mark.Fingerprint | None = None
    damaged: bool = False
    skipped: Mapping[int, str] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    steps: StepSheet | None = None
    deadlines: DeadlinesOfFile = field(default_factory=DeadlinesOfFile)

    @property
    def sent_back(self) -> bool:
        """Whether it is a workbook of what was not taken, which came back put right."""
        return has_refused_titles(self.headings)

    @property
    def made_by_hand(self) -> bool:
        """Whether nothing is hidden in it, so that only its rows tell what it is about."""
        hidden = self.fingerprint is not None or self.damaged
        return not hidden and MARK.name not in self.columns


def read_return(book: Book) -> ReceivedReturn:
    """What a file holds as a return, wherever in it that stands.

    Raises `Problem` where no sheet has the columns of a return or none can be read, and for a
    return that a newer version of the program made.
    """
    fingerprint, damaged = _fingerprint(book)
    if fingerprint is not None and fingerprint.version > mark.VERSION:
        raise Problem("return_check.newer", file=book.name)
    table, *others = _tables(book)
    indexes = find_columns(map(own_text, table.headings))
    columns = {name: table.headings[at] for name, at in indexes.items()}
    rows = tuple(_row(row, indexes) for row in table.rows())
    return ReceivedReturn(
        origin=Origin(book.path, book.name, table.sheet, book.digest),
        title=table.title,
        headings=tuple(heading.text for heading in table.headings),
        columns=columns,
        rows=rows,
        fingerprint=fingerprint,
        damaged=damaged,
        skipped=dict(table.skipped),
        others=tuple(other.sheet for other in others),
        steps=read_steps(book, besides=table.sheet),
    )


def _fingerprint(book: Book) -> tuple[mark.Fingerprint | None, bool]:
    """The fingerprint in the hidden sheet, and whether that sheet is there and damaged."""
    if all(sheet.name != mark.SHEET for sheet in book.sheets):
        return None, False
    rows = ([cell_text(cell) for cell in row.cells] for row in book.grid(mark.SHEET).rows())
    fingerprint = mark.read_fingerprint(rows)
    return fingerprint, fingerprint is None


def _tables(book: Book) -> list[Table]:
    """The tables that have the columns of a return, those on visible sheets first.

    Raises `Problem` where there is none: that of a sheet that cannot be read comes first.
    """
    sheets = [sheet for sheet in book.sheets if sheet.name != mark.SHEET]
    tables: list[Table] = []
    trouble: list[Problem] = []
    for sheet in sorted(sheets, key=lambda sheet: not sheet.visible):
        try:
            table = find_table(book.grid(sheet.name), _knows)
        except Problem as problem:
            trouble += [] if problem.key.startswith("table_finding.") else [problem]
            continue
        columns = find_columns(map(own_text, table.headings)).keys()
        if columns & set(OPEN) and columns & {"ref", MARK.name}:
            tables.append(table)
    if not tables:
        raise next(iter(trouble), Problem(NO_RETURN, file=book.name))
    return tables


def _knows(heading: str) -> bool:
    return column_called(heading) is not None


def _row(row: TableRow, columns: Mapping[str, int]) -> ReturnRow:
    def text(name: str) -> str:
        return row.cells[columns[name]]

    answers = {
        name: filled_text(_KINDS[name], text(name), row.raw[columns[name]])
        for name in OPEN
        if name in columns
    }
    locked = {name: text(name) for name in LOCKED if name in columns}
    hidden = clean(text(MARK.name), limit=_LONGEST_CELL) if MARK.name in columns else ""
    return ReturnRow(row.number, row.cells, hidden, answers, locked)
