"""Which column is what, and what that makes of the rows: all that is shown while it is decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rectify_tui.errors import Problem
from rectify_tui.intake.importing.prepare import mapped, prepare
from rectify_tui.intake.importing.request import ImportRequest, PreparedImport
from rectify_tui.intake.mapping import FIELDS, Certainty
from rectify_tui.intake.model import LOST_CELL, IntakeKind, ProposedLine
from rectify_tui.intake.reading.book import Book
from rectify_tui.store.connection import Connection

SAMPLES = 3
"""Values of a column that are shown."""

UNREAD = ("cell", LOST_CELL, "deadline_kept")
"""What is found of a cell whose words cannot be read."""


@dataclass(frozen=True)
class SurveyedColumn:
    """A column: its first values, the field that it is read as (empty: none), how sure that is.

    `filled` cells have something in them, `words` has how often each of their texts is there.
    """

    index: int
    letter: str
    heading: str
    samples: tuple[str, ...]
    field: str
    certainty: Certainty | None
    filled: int
    words: Counter[str]


@dataclass(frozen=True)
class Survey:
    """The columns of a sheet of a file, beside all its sheets that people see.

    `prepared` is what an import would read, None where `problem` says why there can be none yet.
    """

    kind: IntakeKind
    sheet: str
    sheets: tuple[str, ...]
    columns: tuple[SurveyedColumn, ...]
    n_rows: int
    prepared: PreparedImport | None
    problem: Problem | None

    def choices(self) -> tuple[str, ...]:
        """The fields that a column may be."""
        return FIELDS[self.kind]

    def column_of(self, field: str) -> SurveyedColumn | None:
        """The column that is read as a field."""
        return next((each for each in self.columns if each.field == field), None)


def survey(connection: Connection, book: Book, request: ImportRequest, today: date) -> Survey:
    """Look at all columns of a file. Raises `Problem` for a file that has no table."""
    table, mapping, _ = mapped(book, request, lenient=True)
    words: list[Counter[str]] = [Counter() for _ in table.headings]
    samples: list[list[str]] = [[] for _ in table.headings]
    n_rows = 0
    for row in table.rows():
        n_rows += 1
        for at, cell in enumerate(row.cells):
            if cell:
                words[at][cell] += 1
                if len(samples[at]) < SAMPLES:
                    samples[at].append(cell)
    columns = tuple(
        SurveyedColumn(
            each.index, each.letter, each.text, tuple(samples[each.index]),
            mapping.fields.get(each.index, ""), mapping.certainty.get(each.index),
            words[each.index].total(), words[each.index],
        )
        for each in table.headings
    )  # fmt: skip
    prepared, problem = None, None
    try:
        prepared = prepare(connection, book, request, today)
    except Problem as found:
        problem = found
    sheets = tuple(sheet.name for sheet in book.sheets if sheet.visible)
    return Survey(mapping.kind, table.sheet, sheets, columns, n_rows, prepared, problem)


def unread_words(lines: Sequence[ProposedLine], column: SurveyedColumn) -> Counter[str]:
    """The texts of a column that could not be read, and how often."""
    return Counter(
        line.cells[column.index]
        for line in lines
        if any(each.column == column.letter and each.code in UNREAD for each in line.findings)
        and column.index < len(line.cells)
    )
