"""The report as a workbook: the first page, each section whole, the pictures, then the chart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Any

from rectify_tui.domain.text import width
from rectify_tui.reports.pictures.drawing import LOOKS, sign
from rectify_tui.reports.pictures.drawn_map import DrawnMap
from rectify_tui.reports.pictures.drawn_weeks import BurnUp, Heat
from rectify_tui.reports.pictures.figure import Level
from rectify_tui.reports.pictures.tile_map import ACROSS
from rectify_tui.reports.table import Column, Kind
from rectify_tui.reports.weekly.model import Chart, Picture, Report, Section
from rectify_tui.reports.weekly.render import burn_chart, words
from rectify_tui.reports.weekly.render.measure import broken, narrowed, rooms
from rectify_tui.reports.weekly.render.tones import Tone, tones
from rectify_tui.reports.weekly.render.workbook import Book, Sheet

_FRONT = (14,) * 8
_LEAST = 64
_PAGE = 118
_WIDEST_NAME = 32
_MOST_FROZEN = 2
_HEADING_ROW = 2
_CHART_COLUMNS = (8.0,) * 7
_CHART_WIDTH = 560
_LEAST_HEIGHT = 260
_LEAST_SHARE = 0.06
"""Of its bar: a shorter piece has no room for its value."""
_ROW, _TABLE_ROW, _BAR = 20, 28, 24  # pixels
_GAP = 2.0
_TILE, _BETWEEN = 10.0, 4
"""Cells of a tile, and points between two rows of them."""
_DAY, _FIGURE = 10, 3.6
"""Cells of a day, and of a figure with its sign."""
_CHART_ROWS, _BURN_UP_WIDTH = 22, 980
_NO_FIGURE: dict[str, object] = {"bg_color": "#F4F5F7", "font_color": "#4A5158"}


def write(report: Report) -> bytes:
    """The workbook; every text in it is a text, whatever it looks like."""
    book = Book(report)
    if report.front is None:
        _words(book)
    else:
        _front(book, report.front)
    for section in report.sections:
        if not section.front:
            _section(book, words.read_once(section))
    for picture in report.pictures:
        _picture(book, picture)
    if report.chart is not None:
        _chart(book, report.chart)
    return book.finished()


def _words(book: Book) -> None:
    """What is said in words on a sheet of its own, of a report that has no first page."""
    sheet = book.sheet(book.t("render.prose"), _FRONT)
    _titles(sheet)
    sheet.skip()
    _prose(sheet)
    _notes(sheet)
    sheet.worksheet.print_area(0, 0, sheet.row - 1, sheet.last_column)


def _front(book: Book, section: Section) -> None:
    """The first page: title and paragraph, the table with room for the picture beside it, notes."""
    widths = narrowed(rooms(section.table), _PAGE)
    beside = [_GAP, *_CHART_COLUMNS] if book.report.chart is not None else [_GAP, *_FRONT[:4]]
    sheet = book.sheet(section.heading, [*map(float, widths), *beside])
    _titles(sheet)
    _prose(sheet)
    top = sheet.row
    _rows(sheet, section, widths)
    book.picture_at = top, len(widths) + 1, sheet
    below = _high(book.report.chart) - (sheet.row - top) * _TABLE_ROW
    sheet.row += max(0, -(-below // _ROW)) + 1
    for point in book.report.points:
        sheet.line(words.point(book.t, point), "point")
    _notes(sheet, [words.plain(book.t("render.note", text=each)) for each in section.table.notes])
    sheet.worksheet.freeze_panes(top + 1, 1)
    sheet.worksheet.print_area(0, 0, sheet.row - 1, sheet.last_column)
    sheet.worksheet.fit_to_pages(1, 1)


def _titles(sheet: Sheet) -> None:
    report, t = sheet.book.report, sheet.book.t
    sheet.line(words.line(report.title), "title")
    sheet.line(words.period(t, report), "centred")
    sheet.line(words.imprint(t, report), "centred")


def _prose(sheet: Sheet) -> None:
    for text in words.paragraphs(sheet.book.report):
        sheet.line(text, "prose")


def _notes(sheet: Sheet, before: Sequence[str] = ()) -> None:
    t = sheet.book.t
    if notes := [*before, *words.closing_notes(t, sheet.book.report)]:
        sheet.skip()
        sheet.line(t("render.notes"), "subheading")
        for note in notes:
            sheet.line(note, "note")


def _section(book: Book, section: Section) -> None:
    table, t = section.table, book.t
    columns = table.columns or (Column("", ""),)
    widths = narrowed(rooms(table), _PAGE) or [_LEAST]
    growth = max(1.0, _LEAST / sum(widths))
    grown = [wide * growth for wide in widths]
    sheet = _titled(book, section.heading, section.heading, grown)
    if not _rows(sheet, section, grown):
        sheet.line(t("render.nothing"), "centred")
    for note in table.notes:
        sheet.line(words.plain(t("render.note", text=note)), "note")
    sheet.worksheet.freeze_panes(_HEADING_ROW + 1, _frozen(columns))
    sheet.worksheet.repeat_rows(0, _HEADING_ROW)
    sheet.worksheet.print_area(0, 0, sheet.row - 1, sheet.last_column)


def _rows(sheet: Sheet, section: Section, widths: Sequence[float]) -> bool:
    """The headings and all rows of a table; whether there is any."""
    columns = section.table.columns or (Column("", ""),)
    sheet.headings(
        [broken(words.line(one.title), wide) for one, wide in zip(columns, widths, strict=True)]
    )
    empty = True
    for row in section.table.rows:
        empty = False
        sheet.values([row.get(one.key) for one in columns], [one.kind for one in columns])
    return not empty


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
    """The figures of the chart on a sheet, and the chart on the first page, else beside them."""
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
        high = _high(chart)
        drawn.set_size({"width": _CHART_WIDTH, "height": high})
        row, column, place = book.picture_at or (_HEADING_ROW, len(titles) + 1, sheet)
        place.worksheet.insert_chart(row, column, drawn, {"description": words.line(chart.title)})
        if place is sheet:
            end = max(last, _HEADING_ROW + -(-high // _ROW))
    sheet.worksheet.print_area(0, 0, end, sheet.last_column)
    sheet.worksheet.fit_to_pages(1, 1)


def _picture(book: Book, picture: Picture) -> None:
    if isinstance(picture, DrawnMap):
        _map(book, picture)
    elif isinstance(picture, BurnUp):
        _burn_up(book, picture)
    else:
        _heat(book, picture)


def _map(book: Book, drawn: DrawnMap) -> None:
    """The places as coloured cells, two rows for each: its name, its sign with the figure."""
    sheet = _titled(book, book.t("render.map"), drawn.title, [_TILE] * ACROSS)
    for tile in drawn.tiles:
        mark = sign(tile.level, ascii=False) if tile.level is not None else ""
        lines = words.line(tile.short), f"{mark} {words.line(tile.figure) or '-'}".strip()
        row = sheet.row + 3 * tile.row
        sheet.tile(row, tile.column, tile.span, lines, **_colours(tile.level))
        sheet.worksheet.set_row(row + 2, _BETWEEN)
    sheet.skip(3 * drawn.rows)
    _legend(sheet, drawn.measure, drawn.levels, 3)
    sheet.worksheet.print_area(0, 0, sheet.row - 1, sheet.last_column)


def _legend(sheet: Sheet, measure: str, levels: Sequence[str], wide: int) -> None:
    """What colours and signs stand for, the best first, in words over so many columns."""
    sheet.line(words.line(measure), "note")
    for level in reversed(Level):
        mark = [sign(level, ascii=False)]
        sheet.tile(sheet.row, 0, 1, mark, **_colours(level))
        sheet.tile(sheet.row, 1, wide, [words.line(levels[level])], align="left")
        sheet.skip()


def _colours(level: Level | None) -> dict[str, object]:
    if level is None:
        return _NO_FIGURE
    return {"bg_color": LOOKS[level].ground, "font_color": LOOKS[level].letters}


def _burn_up(book: Book, found: BurnUp) -> None:
    """The chart, which is printed, and below it the figures that it is of, which are not."""
    titles = burn_chart.titles(found, book.t)
    widths = [float(max(_DAY, *map(width, broken(title, _DAY).split("\n")))) for title in titles]
    sheet = _titled(book, book.t("render.burn_up"), found.title, widths)
    if found.unsaid:
        sheet.line(words.line(found.unsaid), "note")
    top = sheet.row
    sheet.skip(_CHART_ROWS)
    sheet.worksheet.print_area(0, 0, sheet.row, sheet.last_column)
    sheet.skip()
    sheet.headings([broken(title, wide) for title, wide in zip(titles, widths, strict=True)])
    chart = burn_chart.drawn(book, sheet.name, found, book.t, sheet.row)
    kinds = burn_chart.kinds(found, book.t)
    for row in burn_chart.rows(found):
        sheet.values(row, kinds)
    chart.set_size({"width": _BURN_UP_WIDTH, "height": _CHART_ROWS * _ROW})
    sheet.worksheet.insert_chart(top, 0, chart, {"description": words.line(found.title)})


def _heat(book: Book, found: Heat) -> None:
    """A row for each place, and in each week its figure with the sign and the colour."""
    names = max(width(words.line(each)) for each in (found.place, *(s.short for s in found.strips)))
    widths = [float(max(names, _DAY)), *(_FIGURE for _ in found.weeks)]
    sheet = _titled(book, book.t("render.heat"), found.title, widths)
    top = sheet.row
    sheet.headings([words.line(found.place), *(f"{week:%m-%d}" for week in found.weeks)])
    for strip in found.strips:
        sheet.tile(sheet.row, 0, 1, [words.line(strip.short)], align="left")
        for column, value in enumerate(strip.values, 1):
            if value.number is None or value.level is None:
                sheet.tile(sheet.row, column, 1, ["-"], **_NO_FIGURE)
            else:
                mark = sign(value.level, ascii=False)
                sheet.graded(column, value.number, found.kind, mark, **_colours(value.level))
        sheet.skip()
    _legend(sheet, found.measure, found.levels, 3)
    sheet.worksheet.fit_to_pages(1, 1)
    sheet.worksheet.freeze_panes(top + 1, 1)
    sheet.worksheet.print_area(0, 0, sheet.row - 1, sheet.last_column)


def _high(chart: Chart | None) -> int:
    """How high the picture is, in pixels."""
    return max(_LEAST_HEIGHT, 90 + _BAR * len(chart.categories)) if chart else 0


def _drawn(book: Book, sheet: Sheet, chart: Chart, first: int) -> Any:
    """Bars of shares over the cells of the sheet, with the counts in them.

    So a line with thousands of items leaves the others their room. Names are taken from cells,
    never read as code.
    """
    drawn = book.add_chart({"type": "bar", "subtype": "percent_stacked"})
    last = first + len(chart.categories) - 1
    totals = [sum(values) for values in zip(*(one.values for one in chart.series), strict=True)]
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
                        None if value and value >= _LEAST_SHARE * total else {"delete": True}
                        for value, total in zip(one.values, totals, strict=True)
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
            "num_format": "0%",
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
