"""The sheet that a team takes along, as a document to be filled in by hand."""

from __future__ import annotations

from rectify_tui.domain.period import Period, PeriodKind
from rectify_tui.i18n import Language
from rectify_tui.intake.visits.columns import LOCKED, OPEN, POPULATION
from rectify_tui.intake.visits.sheet import VisitSheet, facts, population_lines
from rectify_tui.reports import labels
from rectify_tui.reports.draws import how_drawn
from rectify_tui.reports.table import Column, Table
from rectify_tui.reports.weekly.model import Report, Section
from rectify_tui.reports.weekly.render import words
from rectify_tui.reports.weekly.render.docx import Writer
from rectify_tui.reports.weekly.render.docx_table import DrawnTable
from rectify_tui.reports.weekly.render.measure import Room, rooms

_BY_HAND = {"result": 8, "on": 11, "person": 10, "team": 8, "position": 14, "findings": 22}
"""Cells that handwriting takes."""


def visit_document(sheet: VisitSheet, t: Language) -> bytes:
    """The sheet as the bytes of a DOCX file."""
    names = {name: key for name, key in {**LOCKED, **OPEN}.items() if name != "since"}
    columns = tuple(Column(name, t(key)) for name, key in names.items())
    sections = [Section("visits", t("visit.sheet.name"), Table("", columns, sheet.lines(t)))]
    draw = sheet.draw
    if draw is not None and not draw.whole:
        pairs = [{"field": name, "value": value} for name, value in facts(draw)]
        about = labels.columns(t, "field", "value")
        how = Table("", about, pairs, tuple(how_drawn(draw, t)))
        listed = tuple(Column(name, t(key)) for name, key in POPULATION.items())
        lines = list(population_lines(draw))
        sections.append(Section("about", t("visit.sheet.about"), how))
        sections.append(
            Section("population", t("visit.sheet.population"), Table("", listed, lines))
        )
    period = Period(PeriodKind.WEEK, sheet.day, sheet.day)
    hint = (t("visit.sheet.hint"),)
    report = Report(
        t.code, sheet.title(t), period, "", sheet.office, hint, tuple(sections), None, ()
    )
    return _SheetWriter(report).written()


class _SheetWriter(Writer):
    """A sheet has no period, and room to write by hand."""

    def opening(self) -> None:
        """Title and hint."""
        self.say(words.line(self.report.title), "Title")
        for text in words.paragraphs(self.report):
            self.say(text, "Body Text")

    def draw(self, table: DrawnTable) -> None:
        """Add a table; that of the visits is wider where somebody is to write."""
        by_hand = any(column.key == "findings" for column in table.table.columns)
        super().draw(_WrittenTable(table.table, table.room, table.nothing) if by_hand else table)


class _WrittenTable(DrawnTable):
    """A table with columns that are filled in by hand."""

    def wanted_rooms(self) -> list[Room]:
        """As wide as what is printed, or as handwriting."""
        keys = [column.key for column in self.table.columns]
        return [
            Room(tuple(range(max(room.want, _BY_HAND[key]), _BY_HAND[key] - 1, -1)))
            if key in _BY_HAND
            else room
            for key, room in zip(keys, rooms(self.table), strict=True)
        ]
