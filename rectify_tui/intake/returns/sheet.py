"""One return as a workbook: the lines to fill in, how to fill them in, and what is hidden."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rectify_tui.i18n import Language
from rectify_tui.intake.returns import mark
from rectify_tui.intake.returns.book import Imprint, ReturnWorkbook
from rectify_tui.intake.returns.columns import COLUMNS, OPEN
from rectify_tui.intake.returns.form_page import FormRow, SheetCell, write_form
from rectify_tui.intake.returns.guide import write_guide
from rectify_tui.intake.returns.step_columns import STEP_COLUMNS
from rectify_tui.intake.step_cells import STEPS


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line about an item: the cells of its columns by name. Days are ISO text.

    `warned` lines are shown in red: what they report was refuted on site.
    """

    id: int
    cells: Mapping[str, SheetCell]
    warned: bool = False


@dataclass(frozen=True)
class ReturnSheet:
    """What a return holds. `head` is sequence and hash of the newest row of history it shows.

    `steps` are the rows of the sheet of steps, which is left out where there are none.
    """

    imprint: Imprint
    head: tuple[int, str]
    lines: tuple[SheetLine, ...]
    steps: tuple[FormRow, ...] = ()


def write_return(path: Path, sheet: ReturnSheet, t: Language) -> None:
    """Write a return to a file. Raises `OSError`."""
    path.write_bytes(return_bytes(sheet, t))


def return_bytes(sheet: ReturnSheet, t: Language) -> bytes:
    """A return as the content of a file; every text in it is a text, whatever it looks like."""
    book = ReturnWorkbook(sheet.imprint, t)
    rows = [_row(line, sheet.imprint.code) for line in sheet.lines]
    write_form(book, t("returns.sheet.lines"), COLUMNS, rows)
    if sheet.steps:
        write_form(book, t("returns.sheet.steps"), STEP_COLUMNS, sheet.steps)
    write_guide(book, len(sheet.lines), with_steps=bool(sheet.steps))
    _write_hidden(book, sheet, [row.mark for row in rows])
    return book.finished()


def _row(line: SheetLine, code: str) -> FormRow:
    sealed = [str(line.cells.get(name) or "") for name in mark.SEALED]
    return FormRow(line.cells, mark.row_mark(code, line.id, sealed), line.warned)


def _write_hidden(book: ReturnWorkbook, sheet: ReturnSheet, marks: list[str]) -> None:
    """Write the sheet that only programs read."""
    imprint = sheet.imprint
    worksheet = book.sheet(mark.SHEET)
    columns = (*OPEN, STEPS) if sheet.steps else OPEN
    fingerprint = mark.make_fingerprint(
        imprint.code, imprint.cutoff, sheet.head, marks, imprint.recipient, columns
    )
    look = book.look(num_format="@", text_wrap=False)
    for row, pair in enumerate(mark.fingerprint_rows(fingerprint)):
        for at, text in enumerate(pair):
            worksheet.write_string(row, at, text, look)
    worksheet.protect()
    worksheet.very_hidden()
