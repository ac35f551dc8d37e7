"""A sheet of a return that is filled in: titles, headings, and rows of open and locked cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from rectify_tui.domain.fields import FieldKind
from rectify_tui.domain.text import shorten, width
from rectify_tui.i18n import Language
from rectify_tui.intake.returns.book import FRAME, PALE, ReturnWorkbook, height
from rectify_tui.intake.returns.columns import ANSWERS, MARK, TEXT_KINDS, ReturnColumn, heading
from rectify_tui.reports.weekly.render.measure import lines_needed

HEADING_ROW = 3
"""Rows above the headings: a title, the imprint, and a hint."""

LONGEST_TEXT = 4000
"""Characters that the store takes in one text."""

_WIDTHS = {
    FieldKind.STATUS: 17, FieldKind.PERCENT: 9, FieldKind.PAST_DAY: 12, FieldKind.COMING_DAY: 13,
    FieldKind.TEXT: 18, FieldKind.LABEL: 18, FieldKind.PEOPLE: 18, FieldKind.LONG_TEXT: 20,
}  # fmt: skip
_WIDER = {"problem": 36, "note": 26, "measure": 30, "step_text": 30}
"""In cells; the locked columns are narrower where what stands in them is."""
_DAYS = frozenset({FieldKind.PAST_DAY, FieldKind.COMING_DAY})
_NUMBER_FORMATS = {FieldKind.PERCENT: "0", **dict.fromkeys(_DAYS, "yyyy-mm-dd")}
_CENTRED = frozenset({FieldKind.STATUS, FieldKind.PERCENT, *_DAYS})
_NARROW = frozenset({"ref", "step_number"})
_WARNED = frozenset({"ref", "problem", "status"})
_GREY, _DARKER_GREY, _YELLOW, _RED = "#ECEEF0", "#D5DADF", "#FFE8B3", "#B00020"
_ALLOWED = {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True}
_EARLIEST, _LATEST = date(2000, 1, 1), date(2099, 12, 31)
_FIRST_DAY = date(1900, 3, 1)  # programs disagree about the days before
_LONGEST_TITLE = 32
_ARROW = 4  # the button of the filter
_AIR = 3  # before and after a text

SheetCell = str | int | None


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row: the cells of its columns by name, and its mark. Days are ISO text.

    `warned` rows are shown in red; of `opened` columns, though locked, this row's cell is open.
    """

    cells: Mapping[str, SheetCell]
    mark: str
    warned: bool = False
    opened: frozenset[str] = frozenset()


def write_form(
    book: ReturnWorkbook, name: str, columns: Sequence[ReturnColumn], rows: Sequence[FormRow]
) -> None:
    """Add a sheet of this name; the marks of its rows stand in a hidden last column."""
    widths = [_width(column, rows, book.t) for column in columns]
    worksheet = book.page(name, widths)
    worksheet.set_landscape()
    hidden = len(columns)
    worksheet.set_column(hidden, hidden, 24, None, {"hidden": True})
    _write_titles(book, worksheet, len(columns))
    _write_headings(book, worksheet, columns)
    first, last = HEADING_ROW + 1, HEADING_ROW + len(rows)
    for at, row in enumerate(rows, start=first):
        _write_row(book, worksheet, at, columns, row, widths)
    for at, column in enumerate(columns):
        if column.open or any(column.name in row.opened for row in rows):
            worksheet.data_validation(first, at, last, at, _check(column, book.t))
    worksheet.autofilter(HEADING_ROW, 0, last, hidden)  # marks go along when somebody sorts
    worksheet.freeze_panes(HEADING_ROW + 1, 2)
    worksheet.repeat_rows(HEADING_ROW)
    worksheet.print_area(0, 0, last, hidden - 1)
    worksheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    worksheet.protect("", _ALLOWED)


def _write_titles(book: ReturnWorkbook, worksheet: Any, n_columns: int) -> None:
    t, imprint = book.t, book.imprint
    titles: tuple[tuple[str, int, dict[str, object]], ...] = (
        (imprint.title(t), 30, {"bold": True, "font_size": 16}),
        (imprint.line(t), 20, {}),
        (t("returns.sheet.hint"), 20, {"font_color": PALE}),
    )
    for row, (text, high, look) in enumerate(titles):
        format = book.look(align="center", **look)
        worksheet.set_row(row, high)
        worksheet.merge_range(row, 0, row, n_columns - 1, "", format)
        worksheet.write_string(row, 0, text, format)


def _write_headings(book: ReturnWorkbook, worksheet: Any, columns: Sequence[ReturnColumn]) -> None:
    worksheet.set_row(HEADING_ROW, height(2))
    for at, column in enumerate((*columns, MARK)):
        colour = _YELLOW if column.open else _DARKER_GREY
        look = book.look(bold=True, align="center", bg_color=colour, **FRAME)
        worksheet.write_string(HEADING_ROW, at, heading(column, book.t), look)


def _width(column: ReturnColumn, rows: Sequence[FormRow], t: Language) -> int:
    """What the longest cell of a locked column takes, between its heading and what is usual."""
    most = _WIDER.get(column.name, _WIDTHS[column.kind])
    if column.open:
        return most
    wide = width(heading(column, t)) + _ARROW
    for row in rows:
        if wide >= most:
            break
        wide = max(wide, width(str(row.cells.get(column.name) or "")) + _AIR)
    return min(wide, most)


def _write_row(
    book: ReturnWorkbook, worksheet: Any, at: int, columns: Sequence[ReturnColumn], row: FormRow,
    widths: Sequence[int],
) -> None:  # fmt: skip
    lines = 1
    for place, column in enumerate(columns):
        cell = row.cells.get(column.name)
        opened = replace(column, open=column.open or column.name in row.opened)
        _write_cell(book, worksheet, (at, place), opened, cell, warned=row.warned)
        lines = max(lines, _lines_of(cell, widths[place] - _AIR))
    worksheet.set_row(at, height(lines))
    worksheet.write_string(at, len(columns), row.mark, book.look(num_format="@"))


def _write_cell(
    book: ReturnWorkbook, worksheet: Any, where: tuple[int, int], column: ReturnColumn,
    cell: SheetCell, *, warned: bool,
) -> None:  # fmt: skip
    look: dict[str, object] = {
        **FRAME,
        "num_format": _NUMBER_FORMATS.get(column.kind, "@"),
        **({"align": "center"} if _is_centred(column) else {"align": "left", "indent": 1}),
    }
    look |= {"locked": False} if column.open else {"bg_color": _GREY}
    if warned and column.name in _WARNED:
        look["font_color"] = _RED
    format = book.look(**look)
    day = _day(cell) if column.kind in _DAYS else None
    if day is not None:
        worksheet.write_datetime(*where, day, format)
    elif isinstance(cell, int):
        worksheet.write_number(*where, cell, format)
    elif cell:
        worksheet.write_string(*where, cell, format)
    else:
        worksheet.write_blank(*where, None, format)


def _is_centred(column: ReturnColumn) -> bool:
    return column.name in _NARROW or column.kind in _CENTRED


def _check(column: ReturnColumn, t: Language) -> dict[str, object]:
    """What a cell of a column takes, what is said beside it, and what when it is wrong."""
    words = [t(f"status.item.{status}") for status in ANSWERS]
    between: dict[str, object] = {"criteria": "between"}
    days = {"validate": "date", **between, "minimum": _EARLIEST}
    rules: dict[FieldKind, dict[str, object]] = {
        FieldKind.STATUS: {"validate": "list", "source": words},
        FieldKind.PERCENT: {"validate": "integer", **between, "minimum": 0, "maximum": 100},
        FieldKind.PAST_DAY: {**days, "maximum": "=TODAY()"},
        FieldKind.COMING_DAY: {**days, "maximum": _LATEST},
        FieldKind.TEXT: {"validate": "length", "criteria": "<=", "value": LONGEST_TEXT},
    }
    kind = FieldKind.TEXT if column.kind in TEXT_KINDS else column.kind
    return {
        **rules[kind],
        "input_title": shorten(heading(column, t), _LONGEST_TITLE),
        "input_message": t(column.help_key),
        "error_title": t("returns.error.title"),
        "error_message": t(f"returns.error.{kind}", most=LONGEST_TEXT),
    }


def _day(cell: SheetCell) -> date | None:
    """A day that a spreadsheet can hold, None for what is better left a text."""
    if not isinstance(cell, str):
        return None
    try:
        day = date.fromisoformat(cell)
    except ValueError:
        return None
    return day if day >= _FIRST_DAY else None


def _lines_of(cell: SheetCell, wide: int) -> int:
    if not isinstance(cell, str) or (len(cell) * 2 < wide and "\n" not in cell):
        return 1
    return lines_needed(cell, wide)
