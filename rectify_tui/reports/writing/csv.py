"""A table as CSV for spreadsheets, in which no cell is a formula."""

from __future__ import annotations

import csv
from functools import lru_cache
from typing import TextIO

from rectify_tui.domain.text import safe_text
from rectify_tui.reports.table import Kind, Labelled, Table, shown


def write_csv(table: Table, out: TextIO) -> None:
    """Write a byte order mark, the titles and the rows, one after another."""
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow([_no_formula(column.title) for column in table.columns])
    columns = [(column.key, column.kind) for column in table.columns]
    writer.writerows([_cell(row.get(key), kind) for key, kind in columns] for row in table.rows)


def _cell(value: object, kind: Kind) -> str:
    if value is None:
        return ""
    text = shown(value, kind)
    is_text = kind == "text" or isinstance(value, (str, Labelled))
    return _no_formula(text) if text and is_text else text


_KEPT = 4096
"""Cells that are kept: most columns have few values, such as a status, a region or a unit."""


@lru_cache(_KEPT)
def _no_formula(text: str) -> str:
    """Text with an apostrophe before what a spreadsheet would run: `= + - @`, a tab or a CR."""
    guard = "'" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else ""
    text = safe_text(text, multiline=True)
    return f"'{text}" if guard or text.startswith(("=", "+", "-", "@")) else text
