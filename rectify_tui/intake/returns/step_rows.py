"""The sheet of steps of a return as it came back."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from rectify_tui.errors import Problem
from rectify_tui.intake.returns import mark
from rectify_tui.intake.returns.columns import MARK, column_called, find_columns
from rectify_tui.intake.returns.filled import filled_text, own_text
from rectify_tui.intake.returns.step_columns import ANSWERED, STEP_COLUMNS
from rectify_tui.intake.table import TableRow, find_table

if TYPE_CHECKING:
    from rectify_tui.intake.reading.book import Book

_KINDS = {column.name: column.kind for column in STEP_COLUMNS}
_COLUMNS = {name: f"step_{name}" for name in ANSWERED}


class StepRow(NamedTuple):
    """A row: its number in the sheet, its item, what is to be done, and its mark.

    `answers` has what the unit says, as text by field of the step.
    """

    number: int
    ref: str
    text: str
    mark: str
    answers: Mapping[str, str]


class StepSheet(NamedTuple):
    """The sheet of steps: its name and its rows."""

    name: str
    rows: tuple[StepRow, ...]


def read_steps(book: Book, *, besides: str) -> StepSheet | None:
    """The first sheet with the columns of steps, besides that of the items; None without one."""
    for sheet in book.sheets:
        if sheet.name in (mark.SHEET, besides):
            continue
        with suppress(Problem):
            table = find_table(book.grid(sheet.name), _knows)
            at = find_columns(map(own_text, table.headings), STEP_COLUMNS)
            if at.keys() >= {"ref", "step_text"} and at.keys() & set(_COLUMNS.values()):
                return StepSheet(sheet.name, tuple(_row(row, at) for row in table.rows()))
    return None


def _knows(heading: str) -> bool:
    return column_called(heading, STEP_COLUMNS) is not None


def _row(row: TableRow, at: Mapping[str, int]) -> StepRow:
    def text(name: str) -> str:
        return row.cells[at[name]] if name in at else ""

    answers = {
        field: filled_text(_KINDS[column], text(column), row.raw[at[column]])
        for field, column in _COLUMNS.items()
        if column in at
    }
    return StepRow(row.number, text("ref"), text("step_text"), text(MARK.name), answers)
