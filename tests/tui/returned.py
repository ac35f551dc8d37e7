"""Returns that were sent from a store, and hands that fill them in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl

from rectify_tui.i18n import Language
from rectify_tui.intake.returns.columns import column_called
from rectify_tui.intake.returns.make import MakeRequest, make_returns
from rectify_tui.store.ledger import Ledger

CUTOFF = date(2020, 3, 6)


def send(ledger: Ledger, folder: Path, programme: str = "HLJ", language: str = "zh") -> Path:
    """Make the returns of a week; the file of the first city."""
    request = MakeRequest("city", programme, None, CUTOFF, CUTOFF)
    folder.mkdir(exist_ok=True)
    return make_returns(ledger, request, folder, Language(language), "rectify").files[0].path


def fill(path: Path, rows: dict[str, dict[str, object]], to: Path | None = None) -> Path:
    """Write into cells of rows by reference and name of the column; saved over the file or as `to`.

    `gone` as a name takes the row out.
    """
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    head = next(
        row[0].row for row in sheet.iter_rows() if column_called(str(row[0].value)) is not None
    )
    columns = {column_called(str(cell.value)): cell.column for cell in sheet[head]}
    places = {sheet.cell(row, columns["ref"]).value: row for row in range(head, sheet.max_row + 1)}
    gone = [places[ref] for ref, cells in rows.items() if "gone" in cells]
    for ref, cells in rows.items():
        for name, value in cells.items():
            if name != "gone":
                sheet.cell(places[ref], columns[name]).value = value
    for row in sorted(gone, reverse=True):
        sheet.delete_rows(row)
    book.save(to or path)
    return to or path
