"""The report as a document to be signed."""

from __future__ import annotations

import io
from datetime import datetime

from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.section import Section as Pages
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from rectify_tui.domain.text import width
from rectify_tui.i18n import Language
from rectify_tui.reports import labels
from rectify_tui.reports.pictures.drawn_map import DrawnMap
from rectify_tui.reports.pictures.drawn_weeks import BurnUp
from rectify_tui.reports.weekly.model import Picture, Report, Section
from rectify_tui.reports.weekly.render import paper, words
from rectify_tui.reports.weekly.render.docx_chart import put_chart
from rectify_tui.reports.weekly.render.docx_front import FrontPage
from rectify_tui.reports.weekly.render.docx_table import DrawnTable, needs_a_turned_page
from rectify_tui.reports.weekly.render.docx_tiles import heat_table, legend_runs, tile_table
from rectify_tui.reports.weekly.render.paper import element
from rectify_tui.reports.weekly.render.zipped import timeless


def write(report: Report) -> bytes:
    """The report as the bytes of a DOCX file."""
    return Writer(report).written()


class Writer:
    """Writes a report as a document; `opening` is what a document of another kind has instead."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.t = Language(report.language)
        self.document: Document = paper.new_document()
        self.pages: Pages = self.document.sections[0]
        self.wide = False
        self.on_front = report.front is not None
        paper.lay_out(self.pages)
        self._set_properties()
        self._number_pages()

    def opening(self) -> None:
        """The first page, or title, period, cut-off and prose of a report that has none."""
        report, t = self.report, self.t
        if report.front is not None:
            FrontPage(self, report.front).write()
            return
        self.say(words.line(report.title), "Title")
        self.say(words.period(t, report), "Subtitle")
        self.say(t("render.bracketed", text=words.cutoff(t, report)), "Subtitle")
        for text in words.paragraphs(report):
            self.say(text, "Body Text")

    def written(self) -> bytes:
        """The bytes of the document."""
        self.opening()
        for picture in self.report.pictures:
            self._picture(picture)
        for section in self.report.sections:
            if not section.front:
                self._section(section)
        self.closing()
        out = io.BytesIO()
        self.document.save(out)
        return timeless(out.getvalue())

    def closing(self) -> None:
        """The notes, and who signs."""
        if notes := self._notes():
            self.say(self.t("render.notes"), "Heading 1")
            for n, note in enumerate(notes, 1):
                said = self.say(self.t("render.numbered", n=n, text=note), "Table Note")
            said.paragraph_format.keep_with_next = True  # who signs stands on no page alone
        self.sign()

    def _notes(self) -> list[str]:
        """The closing notes, after those on the table of the first page, which has no room."""
        front = self.report.front
        of_front = [] if front is None else words.notes(self.t, front)
        return of_front + words.closing_notes(self.t, self.report)

    def say(self, text: str, style: str) -> Paragraph:
        """Add a paragraph in a style of the document."""
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
        kept.language = self.t("render.language")
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

    def _picture(self, picture: Picture) -> None:
        heading = self.say(words.line(picture.title), "Heading 1")
        heading.paragraph_format.page_break_before = self.on_front
        self.on_front = False
        room = paper.text_width(landscape=self.wide)
        if isinstance(picture, BurnUp):
            put_chart(self.say("", "Picture"), picture, room, self.t)
            if picture.unsaid:
                self.say(self.t("render.note", text=words.line(picture.unsaid)), "Table Note")
            return
        table = (
            tile_table(picture, room)
            if isinstance(picture, DrawnMap)
            else heat_table(picture, room)
        )
        self.document.element.body.sectPr.addprevious(table)
        self.say("", "Table Note")._p.extend(legend_runs(picture.measure, picture.levels))

    def _section(self, section: Section) -> None:
        table, _ = words.printed(section)
        self._turn(needs_a_turned_page(table, paper.text_width(landscape=False)))
        heading = self.say(words.line(section.heading), "Heading 1")
        if self.on_front:
            heading.paragraph_format.page_break_before = True
            self.on_front = False
        said_to_be_empty = not list(table.rows) and table.notes
        if table.columns and not said_to_be_empty:
            room = paper.text_width(landscape=self.wide)
            self.draw(DrawnTable(table, room, self.t("render.nothing")))
        for note in words.notes(self.t, section):
            self.say(self.t("render.note", text=note), "Table Note")

    def draw(self, table: DrawnTable) -> None:
        """Add a table."""
        self.document.element.body.sectPr.addprevious(table.drawn())

    def _turn(self, wide: bool) -> None:
        if wide != self.wide:
            self.on_front = False
            self.wide = wide
            self.pages = self.document.add_section(WD_SECTION.NEW_PAGE)
            paper.lay_out(self.pages, landscape=wide)

    def sign(self) -> None:
        """Office and day at the right, as GB/T 9704-2012 7.3.5.2 places them without a seal.

        In Chinese the office ends two characters from the edge, and the day begins two characters
        right of where it begins; a day that is the longer one ends at the two characters instead.
        """
        office = words.line(self.report.office)
        day = labels.spoken_day(self.t, self.report.period.cutoff)
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
