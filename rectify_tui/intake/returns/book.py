"""The look and the pages of a return, which its sheets share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]  # it says nothing about its types

from rectify_tui.domain.text import shorten
from rectify_tui.i18n import Language
from rectify_tui.reports.labels import spoken_day

SIZE = 11
"""Of letters, in points."""

FRAME = {"border": 1, "border_color": "#A6B0BA"}
PALE = "#4A5158"

_LINE = 1.4  # of the size of its letters
_HIGHEST = 400  # points; a row of a spreadsheet cannot be higher than 409
_A4 = 9
_LONGEST_FOOTER = 60


@dataclass(frozen=True)
class Imprint:
    """Whose return it is, for which week, due when, and under which code and office it goes out."""

    code: str
    recipient: str
    period: str
    cutoff: date
    due_on: date
    office: str

    def title(self, t: Language) -> str:
        """The title of the return."""
        return t("returns.sheet.title", recipient=self.recipient, period=self.period)

    def line(self, t: Language) -> str:
        """Everything else in one line."""
        parts = (
            t("returns.sheet.cutoff", day=spoken_day(t, self.cutoff)),
            t("returns.sheet.due", day=spoken_day(t, self.due_on)),
            t("returns.sheet.code", code=self.code),
            self.office,
        )
        return t("render.between").join(filter(None, parts))


class ReturnWorkbook:
    """A workbook in the making. Texts must be written as strings, so that none is a formula."""

    def __init__(self, imprint: Imprint, t: Language) -> None:
        self.imprint = imprint
        self.t = t
        self._out = BytesIO()
        self._workbook = xlsxwriter.Workbook(self._out, {"in_memory": True})
        self._formats: dict[object, Any] = {}
        created = imprint.cutoff
        self._workbook.set_properties(
            {
                "title": imprint.title(t),
                "subject": imprint.code,
                "author": imprint.office,
                "company": imprint.office,
                "created": datetime(created.year, created.month, created.day),
            }
        )

    def finished(self) -> bytes:
        """Close the workbook; its bytes."""
        self._workbook.close()
        return self._out.getvalue()

    def look(self, **properties: object) -> Any:
        """A format with these properties beside the common ones."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            common = {
                "font_name": self.t("render.font"), "font_size": SIZE, "valign": "vcenter",
                "text_wrap": True,
            }  # fmt: skip
            self._formats[key] = self._workbook.add_format({**common, **properties})
        return self._formats[key]

    def sheet(self, name: str) -> Any:
        """A new sheet without anything."""
        return self._workbook.add_worksheet(name)

    def page(self, name: str, widths: Sequence[float]) -> Any:
        """A new sheet to be printed on A4, whose columns are so many cells wide."""
        worksheet = self.sheet(name)
        for at, wide in enumerate(widths):
            worksheet.set_column(at, at, wide)
        worksheet.set_paper(_A4)
        worksheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.65)
        worksheet.fit_to_pages(1, 0)
        worksheet.center_horizontally()
        worksheet.hide_gridlines(2)
        page = self.t("render.page", page="&P", pages="&N")
        left = _footing(f"{self.imprint.recipient} {self.imprint.code}")
        worksheet.set_footer(f"&L{left}&C{page}&R{_footing(self.imprint.office)}")
        return worksheet


def height(lines: int, size: int = SIZE) -> float:
    """The height of a row with so many lines: not every program finds it by itself."""
    return min(lines * size * _LINE + 6, _HIGHEST)


def _footing(text: str) -> str:
    return shorten(text, _LONGEST_FOOTER).replace("&", "&&")
