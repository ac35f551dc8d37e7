"""The burn-up in a document: the very chart of the workbook, with its figures in it."""

from __future__ import annotations

import io
import zipfile

import xlsxwriter  # type: ignore[import-untyped]  # it says nothing about its types
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.text.paragraph import Paragraph

from rectify_tui.i18n import Language
from rectify_tui.reports.pictures.drawn_weeks import BurnUp
from rectify_tui.reports.weekly.render import burn_chart, words
from rectify_tui.reports.weekly.render.paper import EMU_A_TWIP

_KIND = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_SHARE = 0.5  # of its width: how high it is
_SHEET = "burn-up"
_GAPS = b'<c:dispBlanksAs val="gap"/>'  # what some take for granted, others not
_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def put_chart(paragraph: Paragraph, found: BurnUp, room: int, t: Language) -> None:
    """Put the chart into a paragraph that is as wide as a room in twips."""
    part = Part(PackURI("/word/charts/chart1.xml"), _KIND, _chart(found, t), paragraph.part.package)
    id = paragraph.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    wide = room * EMU_A_TWIP
    drawing = parse_xml(
        f'<w:drawing {_NAMES}><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{wide}" cy="{round(wide * _SHARE)}"/><wp:docPr id="1" name="{_SHEET}"/>'
        "<wp:cNvGraphicFramePr/><a:graphic>"
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        f'<c:chart r:id="{id}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )
    drawing[0][1].set("descr", words.line(found.title))
    paragraph.add_run()._r.append(drawing)


def _chart(found: BurnUp, t: Language) -> bytes:
    """The chart as a workbook has it, which keeps the figures of its cells within itself."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet(_SHEET)
    for column, title in enumerate(burn_chart.titles(found, t)):
        sheet.write_string(0, column, title)
    for row, (week, *counts) in enumerate(burn_chart.rows(found), 1):
        sheet.write_string(row, 0, str(week))
        for column, count in enumerate(counts, 1):
            if count is not None:
                sheet.write_number(row, column, count)
    sheet.insert_chart(0, 0, burn_chart.drawn(book, _SHEET, found, t, 1))
    book.close()
    chart = zipfile.ZipFile(out).read("xl/charts/chart1.xml")
    return chart.replace(b"</c:chart>", _GAPS + b"</c:chart>")
