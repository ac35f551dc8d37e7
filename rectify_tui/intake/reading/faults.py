"""Problems of single sheets, rows and cells, put into words the same way for every format."""

from __future__ import annotations

from rectify_tui.errors import Problem
from rectify_tui.intake.reading.cells import cell_name, column_letter, sheet_name
from rectify_tui.intake.reading.limits import MAX_CELLS, MAX_COLUMNS, MAX_MERGED, MAX_TEXT


def too_far(sheet: str, row: int, column0: int, cells: int = 0) -> Problem:
    """A filled area that ends in a cell too far to the right, or has too many cells."""
    name = sheet_name(sheet)
    if column0 >= MAX_COLUMNS:
        return Problem("reading.far_cell", sheet=name, column=column_letter(column0))
    end = cell_name(row, column0)
    return Problem("reading.large_area", sheet=name, cell=end, cells=cells, limit=MAX_CELLS)


def too_long(sheet: str, row: int, column0: int, length: int) -> Problem:
    """A cell with more text than a spreadsheet allows."""
    place = {"sheet": sheet_name(sheet), "cell": cell_name(row, column0)}
    return Problem("reading.long_text", **place, length=length, limit=MAX_TEXT)


def too_many_merged(sheet: str) -> Problem:
    """More merged ranges than are kept."""
    return Problem("reading.many_merged", sheet=sheet_name(sheet), limit=MAX_MERGED)
