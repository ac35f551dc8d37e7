"""A workbook to be read and printed: its look, its pages and how a value becomes a cell."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]  # it says nothing about its types

from rectify_tui.domain.text import shorten
from rectify_tui.i18n import Language
from rectify_tui.reports.table import NUMBERS, Kind, shown
from rectify_tui.reports.weekly.model import Report
from rectify_tui.reports.weekly.render import words
from rectify_tui.reports.weekly.render.measure import lines_needed

_NUMBER_FORMATS: dict[Kind, str] = {
    "count": "#,##0",
    "percent": "0.0%",
    "points": "+0.0;-0.0;0.0",
    "date": "yyyy-mm-dd",
}
_LOOKS: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 18, "align": "center", "text_wrap": True},
    "sheet_title": {"bold": True, "font_size": 14, "align": "center", "text_wrap": True},
    "centred": {"align": "center", "text_wrap": True},
    "imprint": {"align": "right", "font_color": "#4A5158"},
    "prose": {"align": "left", "text_wrap": True, "font_size": 12},
    "point": {"align": "left", "text_wrap": True, "bold": True},
    "note": {"align": "left", "text_wrap": True, "font_color": "#4A5158", "font_size": 10},
    "subheading": {"bold": True, "align": "left", "font_size": 12},
    "heading": {"bold": True, "align": "center", "text_wrap": True, "bg_color": "#E4EBF2"},
    "text": {"align": "left", "text_wrap": True, "indent": 1},
    "number": {"align": "right", "text_wrap": True},
    "day": {"align": "center", "text_wrap": True},
    "tile": {"align": "center"},
}
_FRAMED = frozenset({"heading", "text", "number", "day"})
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\\n]")
_LONGEST_NAME = 31
_LONGEST_TEXT = 32_767
_LONGEST_FOOTER = 60
_EXACT = 10**15  # a whole number beyond has more digits than a spreadsheet keeps
_FIRST_DAY = date(1900, 3, 1)  # programs disagree about the days before
_PER_CELL, _AIR = 1.1, 3
_TAKEN = 1.05  # how much of that text can count on
_LINE = 1.45
_SIZE, _SMALL = 11, 9
_A4 = 9


class Book:
    """A workbook in the making. Rows of a sheet are written from the top down."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.t = Language(report.language)
        self._out = BytesIO()
        self._workbook = xlsxwriter.Workbook(
            self._out,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._formats: dict[object, Any] = {}
        self.picture_at: tuple[int, int, Sheet] | None = None
        self._names: set[str] = {"history"}  # which Excel keeps for itself
        office, created = words.line(report.office), report.period.cutoff
        self._workbook.set_properties(
            {
                "title": words.line(report.title),
                "subject": words.cutoff(self.t, report),
                "author": office,
                "company": office,
                "keywords": words.line(report.digest or ""),
                "created": datetime(created.year, created.month, created.day),
            }
        )

    def finished(self) -> bytes:
        """Close the workbook; its bytes."""
        self._workbook.close()
        return self._out.getvalue()

    def sheet(self, name: str, widths: Sequence[float]) -> Sheet:
        """A new sheet whose columns are so many cells wide."""
        return Sheet(self, self._workbook.add_worksheet(self._name(name)), widths)

    def add_chart(self, kind: Mapping[str, str]) -> Any:
        """An empty chart of a kind that xlsxwriter knows, to be put on a sheet."""
        return self._workbook.add_chart(kind)

    def look(self, name: str, **further: object) -> Any:
        """The format of that name, with further properties."""
        key = (name, *sorted(further.items()))
        if key not in self._formats:
            frame = {"border": 1, "border_color": "#A6B0BA"} if name in _FRAMED else {}
            common = {
                "font_name": self.t("render.font"), "font_size": _SIZE, "valign": "vcenter",
            }  # fmt: skip
            self._formats[key] = self._workbook.add_format(
                {**common, **frame, **_LOOKS[name], **further}
            )
        return self._formats[key]

    def _name(self, wished: str) -> str:
        """A name that a sheet may have and no other has."""
        plain = _FORBIDDEN_IN_NAMES.sub(" ", words.line(wished)).strip(" '") or "-"
        name, n = plain[:_LONGEST_NAME].rstrip(" '"), 1
        while name.casefold() in self._names:
            n += 1
            end = f" ({n})"
            name = plain[: _LONGEST_NAME - len(end)].rstrip(" '") + end
        self._names.add(name.casefold())
        return name


class Sheet:
    """One sheet, printed on A4 landscape, as wide as the page."""

    def __init__(self, book: Book, worksheet: Any, widths: Sequence[float]) -> None:
        self.book = book
        self.worksheet = worksheet
        self.widths = widths
        self.row = 0
        for at, wide in enumerate(widths):
            worksheet.set_column(at, at, wide * _PER_CELL + _AIR)
        worksheet.set_landscape()
        worksheet.set_paper(_A4)
        worksheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.75)
        worksheet.fit_to_pages(1, 0)
        worksheet.center_horizontally()
        worksheet.hide_gridlines(2)
        worksheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        worksheet.set_footer(self._footer())

    def _footer(self) -> str:
        t, report = self.book.t, self.book.report
        office = shorten(words.line(report.office), _LONGEST_FOOTER).replace("&", "&&")
        page = t("render.page", page="&P", pages="&N")
        return f"&L{words.cutoff(t, report)}&C{page}&R{office}"

    @property
    def name(self) -> str:
        """The name on its tab."""
        return str(self.worksheet.get_name())

    @property
    def last_column(self) -> int:
        """Its last column that has a width."""
        return len(self.widths) - 1

    def line(self, text: str, look: str) -> None:
        """A text over all columns in the next row, which is as high as it needs."""
        room = sum(wide * _PER_CELL + _AIR for wide in self.widths)
        format = self._text_look(text, look)
        size = format.font_size
        lines = lines_needed(text, max(1, int(room * _SIZE / size / _PER_CELL)))
        self.worksheet.set_row(self.row, lines * size * _LINE + 6)
        if self.last_column:
            self.worksheet.merge_range(self.row, 0, self.row, self.last_column, "", format)
        self.worksheet.write_string(self.row, 0, _cut(text), format)
        self.row += 1

    def tile(self, row: int, column: int, span: int, lines: Sequence[str], **look: object) -> None:
        """A place of a map: a line in each of the rows from `row` on, over some columns."""
        for at, text in enumerate(lines, row):
            format = self.book.look("tile", **look)
            if span > 1:
                self.worksheet.merge_range(at, column, at, column + span - 1, "", format)
            self.worksheet.write_string(at, column, _cut(text), format)

    def graded(self, column: int, number: float, kind: Kind, mark: str, **look: object) -> None:
        """A number in a column of the next row, its sign before it; it is still a number."""
        format = _number_format(number, kind)
        signed = ";".join(f'"{mark} "{part}' for part in format.split(";"))
        value = _number(number, kind)
        look = {"num_format": signed, "font_size": _SMALL, **look}
        self.worksheet.write_number(self.row, column, value, self.book.look("tile", **look))

    def skip(self, rows: int = 1) -> None:
        """Leave rows empty."""
        self.row += rows

    def headings(self, titles: Sequence[str]) -> None:
        """The titles of columns."""
        self._set_height(titles)
        for at, title in enumerate(titles):
            self.worksheet.write_string(
                self.row, at, _cut(title), self._text_look(title, "heading")
            )
        self.row += 1

    def values(self, values: Sequence[object], kinds: Sequence[Kind]) -> None:
        """A row of cells."""
        self._set_height([words.plain(shown(*each)) for each in zip(values, kinds, strict=True)])
        for at, (value, kind) in enumerate(zip(values, kinds, strict=True)):
            self._value(at, value, kind)
        self.row += 1

    def _set_height(self, texts: Sequence[str]) -> None:
        """Make the row as high as its texts need: not every program does so by itself."""
        lines = max(map(lines_needed, texts, (int(wide * _TAKEN + 1) for wide in self.widths)))
        self.worksheet.set_row(self.row, lines * _SIZE * _LINE + 5)

    def _value(self, at: int, value: object, kind: Kind) -> None:
        look = "number" if kind in NUMBERS else "day" if kind == "date" else "text"
        if kind in NUMBERS and (number := _number(value, kind)) is not None:
            format = self.book.look(look, num_format=_number_format(number, kind))
            self.worksheet.write_number(self.row, at, number, format)
        elif kind == "date" and type(value) is date and value >= _FIRST_DAY:
            format = self.book.look(look, num_format=_NUMBER_FORMATS[kind])
            self.worksheet.write_datetime(self.row, at, value, format)
        elif text := words.plain(shown(value, kind)):
            self.worksheet.write_string(self.row, at, _cut(text), self._text_look(text, look))
        else:
            self.worksheet.write_blank(self.row, at, None, self.book.look(look))

    def _text_look(self, text: str, look: str) -> Any:
        """A text like a formula keeps being a text when somebody edits its cell."""
        further = {"quote_prefix": True} if text.startswith(("=", "+", "-", "@")) else {}
        return self.book.look(look, **further)


def _cut(text: str) -> str:
    return shorten(text, _LONGEST_TEXT) if len(text) > _LONGEST_TEXT // 2 else text


def _number(value: object, kind: Kind) -> float | int | None:
    """What a cell holds; None where it is better a text. Points are percentage points."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    if not math.isfinite(value) or abs(value) >= _EXACT:
        return None
    if kind == "points":
        points = float(Decimal(repr(float(value))) * 100)
        return 0 if shown(value, kind) == "0.0" else points
    return value


def _number_format(number: float | int, kind: Kind) -> str:
    whole = kind != "count" or float(number).is_integer()
    return _NUMBER_FORMATS[kind] if whole else "#,##0.######"
