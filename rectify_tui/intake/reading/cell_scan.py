"""Going through the cells of a packed workbook one by one, where a first scan found something odd.

Nothing is kept but counts, a few names of cells, and merged ranges, whatever the size of the part.
"""

from __future__ import annotations

from collections.abc import Iterable

from rectify_tui.errors import Problem
from rectify_tui.intake.reading.cells import Merged, cell_name, column_index
from rectify_tui.intake.reading.elements import Attributes, go_through, local
from rectify_tui.intake.reading.faults import too_far, too_many_merged
from rectify_tui.intake.reading.limits import MAX_CELLS, MAX_COLUMNS, MAX_MERGED

_SHOWN = 5
_LETTERS = 3
_TRUE = frozenset({"1", "true"})
_UNSEEN = frozenset({"filter", "collapse"})
_COUNT_DIGITS = 9


class Noted:
    """How many cells have something in common, and the names of the first few."""

    def __init__(self) -> None:
        self.n = 0
        self.cells: list[str] = []

    def add(self, row: int, column0: int) -> None:
        """Count a cell, and keep its name while it is one of the first."""
        self.n += 1
        if len(self.cells) < _SHOWN:
            self.cells.append(cell_name(row, column0))


class SheetScan:
    """What stands on a sheet.

    Cells that hold an error, formulas without a computed value, merged ranges, rows with something
    in them that people do not see, whether a filter hides them, and what makes it unreadable.
    """

    def __init__(self, sheet: str) -> None:
        self.sheet = sheet
        self.errors = Noted()
        self.stale = Noted()
        self.merged: list[Merged] = []
        self.hidden_rows = 0
        self.filtered = False
        self.problem: Problem | None = None


def scan_sheet(sheet: str, pieces: Iterable[bytes]) -> SheetScan:
    """The cells of a worksheet part of an xlsx file."""
    return _SheetPass(sheet).run(pieces)


def scan_content(pieces: Iterable[bytes]) -> list[SheetScan]:
    """The cells of all sheets in the content of an ods file."""
    return _ContentPass().run(pieces)


class _Area:
    """The area in which cells are filled, rows and columns counted from 0."""

    def __init__(self) -> None:
        self.top = self.left = 2**31
        self.bottom = self.right = -1

    def add(self, row: int, column: int, rows: int = 1, columns: int = 1) -> None:
        self.top, self.bottom = min(self.top, row), max(self.bottom, row + rows - 1)
        self.left, self.right = min(self.left, column), max(self.right, column + columns - 1)

    def problem(self, sheet: str) -> Problem | None:
        cells = (self.bottom - self.top + 1) * (self.right - self.left + 1)
        if self.right < MAX_COLUMNS and (cells <= MAX_CELLS or self.bottom < 0):
            return None
        return too_far(sheet, self.bottom + 1, self.right, cells)


class _SheetPass:
    def __init__(self, sheet: str) -> None:
        self.found = SheetScan(sheet)
        self.hidden = False
        self.row = self.column = -1
        self.type = ""
        self.formula = self.in_value = self.filled = False
        self.area = _Area()

    def run(self, pieces: Iterable[bytes]) -> SheetScan:
        go_through(pieces, self.start, self.end, self.text)
        self.found.problem = self.area.problem(self.found.sheet)
        return self.found

    def start(self, name: str, attributes: Attributes) -> None:
        match local(name):
            case "row":
                number = attributes.get("r", "")
                self.row = int(number) - 1 if number.isdecimal() else self.row + 1
                self.column = -1
                self.hidden = attributes.get("hidden", "") in _TRUE
            case "autoFilter":
                self.found.filtered = True
            case "c":
                self.place(attributes.get("r", ""))
                self.type = attributes.get("t", "")
                self.formula = self.filled = False
            case "f":
                self.formula = True
            case "v" | "t":
                self.in_value = True

    def place(self, reference: str) -> None:
        letters = reference.rstrip("0123456789")
        if not letters:
            self.column += 1
            return
        if not (letters.isascii() and letters.isalpha() and len(letters) <= _LETTERS):
            raise Problem("reading.damaged")
        self.column = column_index(letters)
        if digits := reference[len(letters) :]:
            self.row = int(digits) - 1

    def text(self, text: str) -> None:
        self.filled |= self.in_value and not text.isspace()

    def end(self, name: str) -> None:
        match local(name):
            case "v" | "t":
                self.in_value = False
            case "c":
                self.close()

    def close(self) -> None:
        if self.filled:
            self.area.add(self.row, self.column)
            self.found.hidden_rows += self.hidden
            self.hidden = False  # counted once
            if self.type == "e":
                self.found.errors.add(self.row + 1, self.column)
        elif self.formula and self.type != "str":
            self.found.stale.add(self.row + 1, self.column)


class _ContentPass:
    def __init__(self) -> None:
        self.sheets: list[SheetScan] = []
        self.visibility = ""
        self.area = _Area()
        self.row = self.column = 0
        self.rows = 1

    def run(self, pieces: Iterable[bytes]) -> list[SheetScan]:
        go_through(pieces, self.start, self.end)
        return self.sheets

    def start(self, name: str, attributes: Attributes) -> None:
        match name:
            case "table:table":
                self.sheets.append(SheetScan(attributes.get("table:name", "")))
                self.area = _Area()
                self.row = 0
            case "table:table-row":
                self.rows = _count(attributes, "table:number-rows-repeated")
                self.column = 0
                self.visibility = attributes.get("table:visibility", "")
            case "table:table-cell" | "table:covered-table-cell" if self.sheets:
                columns = _count(attributes, "table:number-columns-repeated")
                if "office:value-type" in attributes:
                    self.area.add(self.row, self.column, self.rows, columns)
                    self.note_row(self.sheets[-1])
                self.cell(self.sheets[-1], attributes)
                self.column += columns

    def note_row(self, sheet: SheetScan) -> None:
        if self.visibility in _UNSEEN:
            sheet.hidden_rows += self.rows
            sheet.filtered |= self.visibility == "filter"
            self.visibility = ""  # counted once

    def cell(self, sheet: SheetScan, attributes: Attributes) -> None:
        rows = _count(attributes, "table:number-rows-spanned")
        columns = _count(attributes, "table:number-columns-spanned")
        if rows * columns > 1:
            if len(sheet.merged) >= MAX_MERGED:
                sheet.problem = too_many_merged(sheet.sheet)
            else:
                bottom, right = self.row + rows - 1, self.column + columns - 1
                sheet.merged.append(Merged(self.row, self.column, bottom, right))
        if attributes.get("calcext:value-type") == "error":
            sheet.errors.add(self.row + 1, self.column)
        elif "table:formula" in attributes and "office:value-type" not in attributes:
            sheet.stale.add(self.row + 1, self.column)

    def end(self, name: str) -> None:
        if name == "table:table-row":
            self.row += self.rows
        elif name == "table:table" and self.sheets:
            sheet = self.sheets[-1]
            sheet.problem = sheet.problem or self.area.problem(sheet.sheet)


def _count(attributes: Attributes, name: str) -> int:
    text = attributes.get(name, "1")
    return int(text) if text.isdecimal() and len(text) <= _COUNT_DIGITS else 1
