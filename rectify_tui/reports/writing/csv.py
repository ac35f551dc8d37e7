"""A table as CSV for spreadsheets, in which no cell is a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import TextIO

from rectify_tui.domain.text import safe_text
from rectify_tui.reports.table import Column, Labelled, Table, shown


def write_csv(table: Table, out: TextIO) -> None:
    """Write a byte order mark, the titles and the rows, one after another."""
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow([_no_formula(column.title) for column in table.columns])
    writer.writerows(_csv_rows(table))


def _csv_rows(table: Table) -> Iterable[list[str]]:
    for row in table.rows:
        yield [_csv_cell(row.get(column.key), column) for column in table.columns]


def _csv_cell(value: object, column: Column) -> str:
    text = shown(value, column.kind)
    is_text = column.kind == "text" or isinstance(value, (str, Labelled))
    return _no_formula(text) if is_text else text


def _no_formula(text: str) -> str:
    """Text with an apostrophe before what a spreadsheet would run: `= + - @`, a tab or a CR."""
    guard = "'" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else ""
    text = safe_text(text, multiline=True)
    return f"'{text}" if guard or text.startswith(("=", "+", "-", "@")) else text
