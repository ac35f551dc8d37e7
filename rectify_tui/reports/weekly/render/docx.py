"""The report as a document to be signed."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.section import Section as Pages
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from rectify_tui.domain.text import width
from rectify_tui.i18n import Language
from rectify_tui.reports.table import NUMBERS, Column, Table
from rectify_tui.reports.weekly.model import Report, Section
from rectify_tui.reports.weekly.render import paper, words
from rectify_tui.reports.weekly.render.measure import Room, fitted, rooms
from rectify_tui.reports.weekly.render.paper import element
from rectify_tui.reports.weekly.render.zipped import timeless

_MOST_UPRIGHT = 8
_PADDING = 60  # twips at each side of a cell
_SLACK = 1.05  # letters of a program are not all as wide as those measured


def write(report: Report) -> bytes:
    """The document."""
    return Writer(report).written()


class Writer:
    """Writes a report as a document; `opening` is what a document of another kind has instead."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.t = Language(report.language)
        self.document: Document = paper.new_document()
        self.pages: Pages = self.document.sections[0]
        self.wide = False
        paper.lay_out(self.pages)
        self._set_properties()
        self._number_pages()

    def opening(self) -> None:
        """Title, period, cut-off and prose."""
        report, t = self.report, self.t
        self.say(words.line(report.title), "Title")
        self.say(words.period(t, report), "Subtitle")
        self.say(t("render.bracketed", text=words.cutoff(t, report)), "Subtitle")
        for text in words.paragraphs(report):
            self.say(text, "Body Text")

    def written(self) -> bytes:
        """The bytes of the document."""
        report, t = self.report, self.t
        self.opening()
        for section in report.sections:
            self._section(section)
        if notes := words.closing_notes(t, report):
            self.say(t("render.notes"), "Heading 1")
            for n, note in enumerate(notes, 1):
                self.say(t("render.numbered", n=n, text=note), "Table Note")
        self._sign()
        out = io.BytesIO()
        self.document.save(out)
        return timeless(out.getvalue())

    def say(self, text: str, style: str) -> Paragraph:
        """Add a paragraph."""
        return self.document.add_paragraph(text, style)

    def _set_properties(self) -> None:
        kept, report = self.document.core_properties, self.report
        day = report.period.cutoff
        moment = datetime(day.year, day.month, day.day)
        kept.title = words.line(report.title)[:255]
        kept.author = kept.last_modified_by = words.line(report.office)[:255]
        kept.subject = words.cutoff(self.t, report)
        kept.keywords = kept.comments = kept.category = ""
        kept.identifier = words.line(report.digest or "")[:255]
        kept.language = {"zh": "zh-CN", "en": "en"}[self.t.code]
        kept.created = kept.modified = moment
        kept.revision = 1

    def _number_pages(self) -> None:
        """The number outside on each page, one character in, and cut-off and office above."""
        pages, edge = self.pages, round(paper.NUMBER * paper.TWIPS_A_POINT)
        for header in (pages.header, pages.even_page_header):
            header.is_linked_to_previous = False
            header.paragraphs[0].text = words.imprint(self.t, self.report)
        for footer, side, align in (
            (pages.footer, "right", "right"),
            (pages.even_page_footer, "left", "left"),
        ):
            footer.is_linked_to_previous = False
            paragraph = footer.paragraphs[0]
            properties = paragraph._p.get_or_add_pPr()
            properties.append(element("ind", **{f"{side}Chars": 100, side: edge}))
            properties.append(element("jc", val=align))
            paragraph.add_run("— ")
            number = element("r", element("t"))
            number[0].text = "1"
            paragraph._p.append(element("fldSimple", number, instr="PAGE"))
            paragraph.add_run(" —")

    def _section(self, section: Section) -> None:
        table = section.table
        self._turn(len(table.columns) > _MOST_UPRIGHT)
        self.say(words.line(section.heading), "Heading 1")
        if table.columns:
            drawn = _Rows(
                table, paper.text_width(landscape=self.wide), self.t("render.nothing")
            ).drawn()
            self.document.element.body.sectPr.addprevious(drawn)
        for note in table.notes:
            self.say(words.plain(self.t("render.note", text=note)), "Table Note")

    def _turn(self, wide: bool) -> None:
        if wide != self.wide:
            self.wide = wide
            self.pages = self.document.add_section(WD_SECTION.NEW_PAGE)
            paper.lay_out(self.pages, landscape=wide)

    def _sign(self) -> None:
        """Office and day at the right, as GB/T 9704-2012 7.3.5.2 places them without a seal.

        In Chinese the office ends two characters from the edge, and the day begins two characters
        right of where it begins; a day that is the longer one ends at the two characters instead.
        """
        office = words.line(self.report.office)
        day = words.spoken_day(self.t, self.report.period.cutoff)
        longer = (width(office) - width(day)) / 2 if self.t.code == "zh" else 2.0
        self.say("", "Signature")
        if office:
            self._at_right(office, max(2.0, 4 - longer))
        last = self._at_right(day, max(2.0, longer))
        last.paragraph_format.keep_with_next = False

    def _at_right(self, text: str, characters: float) -> Paragraph:
        paragraph = self.say(text, "Signature")
        room = paper.text_width(landscape=self.wide) / paper.TWIPS_A_POINT
        free = room - width(text) / 2 * paper.BODY
        paragraph.paragraph_format.right_indent = Pt(max(0, min(characters * paper.BODY, free)))
        return paragraph


class _Rows:
    """A table whose headings stand on every page and whose rows stay whole."""

    def __init__(self, table: Table, room: int, nothing: str) -> None:
        self.table = table
        self.nothing = nothing
        wanted = rooms(table)
        self.small = _least(wanted, paper.TABLE) > room
        cell = _cell_width(paper.SMALL if self.small else paper.TABLE)
        padding = 2 * _PADDING * len(wanted)
        widths = fitted(wanted, (room - padding) / cell)
        self.widths = [round(wide * cell) + 2 * _PADDING for wide in widths]

    def drawn(self) -> Any:
        lines = {side: element(side, val="single", sz=4, space=0, color="000000") for side in
                 ("top", "left", "bottom", "right", "insideH", "insideV")}  # fmt: skip
        margins = (element(side, w=_PADDING, type="dxa") for side in ("left", "right"))
        made = element(
            "tbl",
            element(
                "tblPr",
                element("tblW", w=sum(self.widths), type="dxa"),
                element("jc", val="center"),
                element("tblBorders", *lines.values()),
                element("tblLayout", type="fixed"),
                element("tblCellMar", *margins),
            ),
            element("tblGrid", *(element("gridCol", w=wide) for wide in self.widths)),
        )
        columns = self.table.columns
        made.append(self._row((words.line(one.title) for one in columns), heading=True))
        empty = True
        for texts in words.texts(self.table):
            empty = False
            made.append(self._row(texts))
        if empty:
            made.append(self._empty())
        return made

    def _row(self, texts: Iterable[str], *, heading: bool = False) -> Any:
        properties = element("trPr", element("cantSplit"))
        if heading:
            properties.append(element("tblHeader"))
        row = element("tr", properties)
        for text, wide, column in zip(texts, self.widths, self.table.columns, strict=True):
            row.append(self._cell(text, wide, heading, _align(column)))
        return row

    def _empty(self) -> Any:
        cell = self._cell(self.nothing, sum(self.widths), False, "center")
        cell.tcPr.insert(1, element("gridSpan", val=len(self.widths)))
        return element("tr", element("trPr", element("cantSplit")), cell)

    def _cell(self, text: str, wide: int, heading: bool, align: str) -> Any:
        style = f"{'Small' if self.small else ''}Table{'Heading' if heading else 'Text'}"
        properties = element("pPr", element("pStyle", val=style))
        if not heading and align != "left":
            properties.append(element("jc", val=align))
        run = element("r")
        run.text = text
        return element(
            "tc",
            element("tcPr", element("tcW", w=wide, type="dxa"), element("vAlign", val="center")),
            element("p", properties, run),
        )


def _align(column: Column) -> str:
    if column.kind in NUMBERS:
        return "right"
    return "center" if column.kind == "date" else "left"


def _cell_width(size: float) -> float:
    """Half a Chinese character of so many points, in twips."""
    return size / 2 * paper.TWIPS_A_POINT * _SLACK


def _least(wanted: list[Room], size: float) -> float:
    cells = sum(room.least for room in wanted)
    return cells * _cell_width(size) + 2 * _PADDING * len(wanted)
