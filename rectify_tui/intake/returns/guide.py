"""How a return is filled in: a sheet of plain words in each workbook."""

from __future__ import annotations

from typing import Any

from rectify_tui.intake.returns.book import FRAME, PALE, SIZE, ReturnWorkbook, height
from rectify_tui.intake.returns.columns import ANSWERS, COLUMNS, heading
from rectify_tui.intake.returns.step_columns import STEP_COLUMNS
from rectify_tui.reports.labels import spoken_day
from rectify_tui.reports.weekly.render.measure import lines_needed

_WIDTHS = (22, 84)
_LEAVE = ("grey", "rows", "merged", "refuted", "file")


def write_guide(book: ReturnWorkbook, n_items: int, *, with_steps: bool) -> None:
    """Add the sheet to a workbook of so many items, with or without a sheet of their steps."""
    t, imprint = book.t, book.imprint
    worksheet = book.page(t("returns.sheet.instructions"), _WIDTHS)
    worksheet.set_portrait()
    page = _GuidePage(book, worksheet)
    page.text(t("returns.sheet.instructions"), bold=True, font_size=16, align="center")
    page.text(
        t("returns.help.about", recipient=imprint.recipient, period=imprint.period, n=n_items)
    )
    office = imprint.office or t("returns.help.the_office")
    page.text(t("returns.help.due", due=spoken_day(t, imprint.due_on), office=office), bold=True)
    page.part(t("returns.help.fill"))
    for column in COLUMNS:
        if column.open:
            page.pair(heading(column, t), t(column.help_key))
    page.text(t("returns.help.unchanged"))
    if with_steps:
        page.part(t("returns.sheet.steps"))
        page.text(t("returns.help.steps"))
        for column in STEP_COLUMNS:
            if column.open:
                page.pair(heading(column, t), t(column.help_key))
    page.part(t("returns.help.leave"))
    for key in _LEAVE:
        page.text(t(f"returns.help.{key}"))
    page.part(t("returns.help.statuses"))
    for status in ANSWERS:
        page.pair(t(f"status.item.{status}"), t(f"returns.meaning.{status}"))
    page.text(t("returns.help.no_status"))
    page.text(t("returns.sheet.code", code=imprint.code), font_color=PALE)
    worksheet.protect("", {"format_columns": True, "format_rows": True})


class _GuidePage:
    """A sheet of texts, written from the top down."""

    def __init__(self, book: ReturnWorkbook, worksheet: Any) -> None:
        self.book = book
        self.worksheet = worksheet
        self.row = 0

    def text(self, text: str, *, font_size: int = SIZE, **look: object) -> None:
        """A text over the whole width."""
        room = sum(_WIDTHS) * SIZE // font_size - 2
        format = self.book.look(**{"align": "left", "font_size": font_size, **look})
        self.worksheet.set_row(self.row, height(lines_needed(text, room), font_size))
        self.worksheet.merge_range(self.row, 0, self.row, 1, "", format)
        self.worksheet.write_string(self.row, 0, text, format)
        self.row += 1

    def part(self, title: str) -> None:
        """The title of a part, after an empty row."""
        self.row += 1
        self.text(title, font_size=13, bold=True)

    def pair(self, name: str, meaning: str) -> None:
        """A word and what is to be said of it."""
        lines = max(map(lines_needed, (name, meaning), (wide - 2 for wide in _WIDTHS)))
        self.worksheet.set_row(self.row, height(lines))
        self.worksheet.write_string(self.row, 0, name, self.book.look(bold=True, **FRAME))
        self.worksheet.write_string(self.row, 1, meaning, self.book.look(**FRAME))
        self.row += 1
