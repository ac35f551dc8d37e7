"""The report as a workbook: what is said in words first, then each section, then the chart."""

from __future__ import annotations

from itertools import takewhile
from typing import Any

from rectify_tui.domain.text import width
from rectify_tui.reports.table import Column, Kind
from rectify_tui.reports.weekly.model import Chart, Report, Section
from rectify_tui.reports.weekly.render import words
from rectify_tui.reports.weekly.render.measure import narrowed, rooms
from rectify_tui.reports.weekly.render.tones import Tone, tones
from rectify_tui.reports.weekly.render.workbook import Book, Sheet

_FRONT = (14,) * 8
_LEAST = 64
_PAGE = 118
_WIDEST_NAME = 32
_MOST_FROZEN = 2
_HEADING_ROW = 2
_CHART_COLUMNS = (8.0,) * 10
_CHART_WIDTH = 800
_LEAST_HEIGHT = 260
_LEAST_SHARE = 0.03
"""Of the longest bar: a shorter piece has no room for its value."""
_ROW = 20  # pixels


def write(report: Report) -> bytes:
    """The workbook; every text in it is a text, whatever it looks like."""
    book = Book(report)
    _front(book)
    for section in report.sections:
        _section(book, section)
    if report.chart is not None:
        _chart(book, report.chart)
    return book.finished()


def _front(book: Book) -> None:
    report, t = book.report, book.t
    sheet = book.sheet(t("render.prose"), _FRONT)
    sheet.line(words.line(report.title), "title")
    sheet.line(words.period(t, report), "centred")
    sheet.line(words.imprint(t, report), "centred")
    sheet.skip()
    for text in words.paragraphs(report):
        sheet.line(text, "prose")
    if notes := words.closing_notes(t, report):
        sheet.skip()
        sheet.line(t("render.notes"), "subheading")
        for note in notes:
            sheet.line(note, "note")
    sheet.worksheet.print_area(0, 0, sheet.row - 1, sheet.last_column)


def _section(book: Book, section: Section) -> None:
    table, t = section.table, book.t
    columns = table.columns or (Column("", ""),)
    widths = narrowed(rooms(table), _PAGE) or [_LEAST]
    growth = max(1.0, _LEAST / sum(widths))
    sheet = _titled(book, section.heading, section.heading, [wide * growth for wide in widths])
    sheet.headings([words.line(column.title) for column in columns])
    empty = True
    for row in table.rows:
        empty = False
        sheet.values([row.get(one.key) for one in columns], [one.kind for one in columns])
    if empty:
        sheet.line(t("render.nothing"), "centred")
    for note in table.notes:
        sheet.line(words.plain(t("render.note", text=note)), "note")
    sheet.worksheet.freeze_panes(_HEADING_ROW + 1, _frozen(columns))
    sheet.worksheet.repeat_rows(0, _HEADING_ROW)
    sheet.worksheet.print_area(0, 0, sheet.row - 1, sheet.last_column)


def _titled(book: Book, name: str, title: str, widths: list[float]) -> Sheet:
    sheet = book.sheet(name, widths)
    sheet.line(words.line(title), "sheet_title")
    sheet.line(words.imprint(book.t, book.report), "imprint")
    return sheet


def _frozen(columns: tuple[Column, ...]) -> int:
    """How many columns stay in view: the texts in front, when figures follow."""
    texts = len(list(takewhile(lambda column: column.kind == "text", columns)))
    return texts if texts <= _MOST_FROZEN and texts < len(columns) else 1


def _chart(book: Book, chart: Chart) -> None:
    """The figures of the chart, and the chart beside them."""
    t = book.t
    titles = [t("render.category"), *(words.line(one.name) for one in chart.series)]
    names = max(map(width, (titles[0], *chart.categories)))
    widths = [float(min(max(each, 8), _WIDEST_NAME)) for each in (names, *map(width, titles[1:]))]
    sheet = _titled(book, t("render.chart"), chart.title, [*widths, 1.0, *_CHART_COLUMNS])
    sheet.headings(titles)
    first = sheet.row
    kinds: list[Kind] = ["text"]
    kinds += ["count"] * len(chart.series)
    for at, category in enumerate(chart.categories):
        sheet.values([category, *(one.values[at] for one in chart.series)], kinds)
    last = sheet.row - 1
    end = last
    if chart.series and chart.categories:
        drawn = _drawn(book, sheet, chart, first)
        high = max(_LEAST_HEIGHT, 90 + 28 * len(chart.categories))
        drawn.set_size({"width": _CHART_WIDTH, "height": high})
        sheet.worksheet.insert_chart(
            _HEADING_ROW, len(titles) + 1, drawn, {"description": words.line(chart.title)}
        )
        end = max(last, _HEADING_ROW + -(-high // _ROW))
    sheet.worksheet.print_area(0, 0, end, sheet.last_column)


def _drawn(book: Book, sheet: Sheet, chart: Chart, first: int) -> Any:
    """Stacked bars over the cells of the sheet; names are taken from cells, never read as code."""
    drawn = book.stacked_bars()
    last = first + len(chart.categories) - 1
    least = _LEAST_SHARE * max(map(sum, zip(*(one.values for one in chart.series), strict=True)))
    for at, (one, tone) in enumerate(zip(chart.series, tones(chart.series), strict=True), 1):
        drawn.add_series(
            {
                "name": [sheet.name, _HEADING_ROW, at],
                "categories": [sheet.name, first, 0, last, 0],
                "values": [sheet.name, first, at, last, at],
                "gap": 40,
                "border": {"color": tone.ink},
                **_filling(tone),
                "data_labels": {
                    "value": True,
                    "num_format": "#,##0",
                    "custom": [
                        None if value and value >= least else {"delete": True}
                        for value in one.values
                    ],
                    "font": {"bold": True, "size": 9, "color": "#1C2024"},
                    "fill": {"color": "#FFFFFF", "transparency": 15},
                },
            }
        )
    drawn.set_title({"none": True})
    drawn.set_legend({"position": "top", "font": {"size": 10}})
    drawn.set_y_axis({"reverse": True, "num_font": {"size": 10}})
    drawn.set_x_axis(
        {
            "num_format": "#,##0",
            "min": 0,
            "label_position": "high",  # below, as the other axis runs downwards
            "major_gridlines": {"visible": True, "line": {"color": "#DFE3E7"}},
        }
    )
    return drawn


def _filling(tone: Tone) -> dict[str, object]:
    if not tone.pattern:
        return {"fill": {"color": tone.ground}}
    return {"pattern": {"pattern": tone.pattern, "fg_color": tone.ink, "bg_color": tone.ground}}
