"""A sheet that came back from a team: its rows by column, wherever the table stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from rectify_tui.errors import Problem
from rectify_tui.intake.model import Origin
from rectify_tui.intake.reading.book import Book
from rectify_tui.intake.reading.cells import Cell
from rectify_tui.intake.table import Heading, Table, find_table
from rectify_tui.intake.visits.columns import OPEN, column_called


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A row: its number in the sheet, its cells, its reference, and what the team says."""

    number: int
    cells: tuple[str, ...]
    ref: str
    answers: Mapping[str, str]


@dataclass(frozen=True)
class ReceivedVisits:
    """The rows of a sheet; those of items that nobody has visited say nothing."""

    origin: Origin
    headings: tuple[str, ...]
    columns: Mapping[str, Heading]
    rows: tuple[VisitRow, ...]


def read_visits(book: Book) -> ReceivedVisits:
    """What a file holds as visits. Raises `Problem` where no sheet has references and results."""
    table = _table(book)
    columns = {name: each for each in table.headings if (name := column_called(each.last))}
    rows = []
    for row in table.rows():
        answers = {
            name: _text(row.cells[columns[name].index], row.raw[columns[name].index])
            for name in OPEN
            if name in columns
        }
        rows.append(VisitRow(row.number, row.cells, row.cells[columns["ref"].index], answers))
    return ReceivedVisits(
        Origin(book.path, book.name, table.sheet, book.digest),
        tuple(heading.text for heading in table.headings), columns, tuple(rows),
    )  # fmt: skip


def _table(book: Book) -> Table:
    trouble: Problem | None = None
    for sheet in book.sheets:
        try:
            table = find_table(book.grid(sheet.name), lambda text: column_called(text) is not None)
        except Problem as problem:
            if not problem.key.startswith("table_finding."):
                trouble = trouble or problem
            continue
        names = {column_called(heading.last) for heading in table.headings}
        if {"ref", "result"} <= names:
            return table
    raise trouble or Problem("visit.sheet.no_sheet", file=book.name)


def _text(text: str, raw: Cell) -> str:
    return raw.date().isoformat() if isinstance(raw, datetime) else text.strip()
