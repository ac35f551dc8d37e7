"""Reading a workbook through the library, as lines to be sent away.

Runs only in a process of its own: the library allocates the whole filled area of a sheet, and what
hostile bytes make it ask for can end the process.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from rectify_tui.errors import Problem
from rectify_tui.intake.reading.archive import Archive
from rectify_tui.intake.reading.cell_scan import SheetScan
from rectify_tui.intake.reading.cells import Merged, sheet_name
from rectify_tui.intake.reading.faults import too_far, too_long, too_many_merged
from rectify_tui.intake.reading.kinds import (
    Container,
    check_ole,
    container_of,
    has_macros,
    is_encrypted_xls,
)
from rectify_tui.intake.reading.limits import (
    MAX_ALIKE,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_MERGED,
    MAX_PACKED,
    MAX_SHEETS,
    MIB,
)
from rectify_tui.intake.reading.memo import TooLong
from rectify_tui.intake.reading.packing import (
    ROWS_IN_LINE,
    Packed,
    Packer,
    line,
    line_of_rows,
)
from rectify_tui.intake.reading.recoding import in_utf_8
from rectify_tui.intake.reading.scan import WorkbookScan, scan, scan_ods

Result = TypeVar("Result")

_OURS = (MemoryError, KeyboardInterrupt, SystemExit, GeneratorExit)
"""All else that ends the library is its panic over what it read, which is no `Exception`."""


def lines(data: bytes) -> Iterator[bytes]:
    """A workbook as lines: what is true of all of it, then for each sheet a head and its rows.

    Raises `Problem` for the workbook; what is wrong with one sheet is a line of that sheet.
    """
    archive = None
    if container_of(data) is Container.ZIP:
        archive = Archive(data)
        if recoded := in_utf_8(archive):
            data, archive = recoded, Archive(recoded)
    found = scan(archive) if archive else _scan_xls(data)
    book = _load(data, archive)
    sheets = [each for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
    names = [each.name for each in sheets]
    if len(names) > MAX_SHEETS:
        raise Problem("reading.many_sheets", n=len(names), limit=MAX_SHEETS)
    if len(set(names)) < len(names):
        raise Problem("reading.damaged")
    if not names:
        raise Problem("reading.no_content")
    visible = [each.visible == SheetVisibleEnum.Visible for each in sheets]
    yield line(
        {
            "format": found.format,
            "remarks": [packed_problem(each) for each in found.remarks],
            "sheets": list(zip(_shown(names), visible, strict=True)),
        }
    )
    yield from _Sheets(book, found.sheets).lines(names)


def packed_problem(problem: Problem) -> list[object]:
    """A problem as a list of its key and its parameters."""
    return [problem.key, problem.params]


def _scan_xls(data: bytes) -> WorkbookScan:
    check_ole(data)
    return WorkbookScan("xls", (Problem("reading.macros"),) if has_macros(data) else (), {})


def _load(data: bytes, archive: Archive | None) -> CalamineWorkbook:
    """The workbook; where the library gives up without a reason, a reason is looked for."""
    try:
        return _ask(lambda: load_workbook(io.BytesIO(data)))
    except Problem:
        if archive is None and is_encrypted_xls(data):
            raise Problem("reading.password") from None
        for sheet in scan_ods(archive) if archive else []:
            if sheet.problem:
                raise sheet.problem from None
        raise


def _ask(question: Callable[[], Result]) -> Result:
    """What the library answers; whatever it cannot make sense of is a damaged file."""
    try:
        return question()
    except PasswordError as error:
        raise Problem("reading.password") from error
    except _OURS:
        raise
    except BaseException as error:
        raise Problem("reading.damaged") from error


def _shown(names: list[str]) -> list[str]:
    """Names that can be shown, no two of them alike, none of them empty."""
    shown: list[str] = []
    for place, name in enumerate(names, 1):
        text = sheet_name(name) or f"#{place}"
        shown.append(f"{text} #{place}" if text in shown else text)
    return shown


class _Sheets:
    def __init__(self, book: CalamineWorkbook, scans: dict[str, SheetScan]) -> None:
        self.book = book
        self.scans = scans
        self.cells = 0
        self.bytes = 0

    def lines(self, names: list[str]) -> Iterator[bytes]:
        for place, name in enumerate(names):
            try:
                yield from self.sheet(place, name, self.scans.get(name, SheetScan(name)))
            except Problem as problem:
                yield line({"sheet": place, "problem": packed_problem(problem)})

    def sheet(self, place: int, name: str, scanned: SheetScan) -> Iterator[bytes]:
        if scanned.problem:
            raise scanned.problem
        sheet = _ask(lambda: self.book.get_sheet_by_name(name))
        start, end = sheet.start, sheet.end
        if start is None or end is None:
            yield line({"sheet": place, "rows": 0, "merged": []})
            return
        area = (end[0] - start[0] + 1) * (end[1] - start[1] + 1)
        if end[1] >= MAX_COLUMNS or self.cells + area > MAX_CELLS:
            raise too_far(name, end[0] + 1, end[1], self.cells + area)
        self.cells += area
        merged = _merged(sheet, scanned, end)
        yield line({"sheet": place, "rows": end[0] + 1, "merged": merged})
        batch: list[list[Packed]] = []
        for row in _rows(name, sheet, start[1]):
            batch.append(row)
            if len(batch) == ROWS_IN_LINE:
                yield self.packed(name, batch)
                batch = []
        if batch:
            yield self.packed(name, batch)

    def packed(self, name: str, batch: list[list[Packed]]) -> bytes:
        packed = line_of_rows(batch)
        self.bytes += len(packed)
        if self.bytes > MAX_PACKED:
            raise Problem("reading.much_text", sheet=sheet_name(name), limit=MAX_PACKED // MIB)
        return packed


def _rows(name: str, sheet: CalamineSheet, first_column: int) -> Iterator[list[Packed]]:
    """The rows that hold something: the number of each, and its cells from column A on."""
    packer = Packer()
    before = [None] * first_column
    last: list[Packed] = []
    alike = 0
    for number, cells in enumerate(_guarded(sheet.iter_rows()), 1):
        try:
            row = packer.row(cells)
        except TooLong as error:
            column = first_column + next(i for i, cell in enumerate(cells) if cell is error.text)
            raise too_long(name, number, column, len(error.text)) from error
        if not row:
            continue
        alike = alike + 1 if row == last else 0
        if alike == MAX_ALIKE:
            raise Problem(
                "reading.alike", sheet=sheet_name(name), row=number - alike, limit=MAX_ALIKE
            )
        last = row
        yield [number, *before, *row]


def _guarded(rows: Iterator[list[Any]]) -> Iterator[list[Any]]:
    try:
        yield from rows
    except _OURS:
        raise
    except BaseException as error:
        raise Problem("reading.damaged") from error


def _merged(sheet: CalamineSheet, scanned: SheetScan, end: tuple[int, int]) -> list[list[int]]:
    """Merged ranges, from the library or else from the scan, within the filled area."""
    told = sheet.merged_cell_ranges
    ranges = scanned.merged if told is None else [Merged(*first, *last) for first, last in told]
    if len(ranges) > MAX_MERGED:
        raise too_many_merged(scanned.sheet)
    clipped = (
        [each.top, each.left, min(each.bottom, end[0]), min(each.right, end[1])] for each in ranges
    )
    return [
        each
        for each in clipped
        if each[0] <= each[2] and each[1] <= each[3] and each[:2] != each[2:]
    ]
