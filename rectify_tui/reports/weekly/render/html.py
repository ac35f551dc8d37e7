"""The report as one web page: nothing in it refers to anything outside, and it prints well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from rectify_tui.i18n import Language
from rectify_tui.reports import labels
from rectify_tui.reports.pictures.drawn_map import DrawnMap
from rectify_tui.reports.pictures.drawn_weeks import BurnUp
from rectify_tui.reports.pictures.map_svg import map_svg
from rectify_tui.reports.pictures.weeks_svg import burn_up_svg, heat_svg
from rectify_tui.reports.table import NUMBERS, Column
from rectify_tui.reports.weekly.model import Chart, Picture, Point, Report, Section
from rectify_tui.reports.weekly.render import words
from rectify_tui.reports.weekly.render.measure import Room, rooms, title_pieces
from rectify_tui.reports.weekly.render.svg import BESIDE, WIDE, drawing

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = """
:root { color-scheme: only light; }
body { margin: 0 auto; padding: 24px 32px 40px; max-width: 1200px; background: #fff; color: #1c2024;
  font: 15px/1.7 "Source Han Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC",
  "WenQuanYi Micro Hei", system-ui, sans-serif; }
h1 { margin: 0 0 4px; font-size: 26px; line-height: 1.35; text-align: center; }
h2 { margin: 32px 0 8px; font-size: 18px; line-height: 1.4; break-after: avoid; }
.front p { margin: 0; text-align: center; color: #4a5158; }
.front .imprint { color: #1c2024; font-weight: 600; }
.prose { margin: 20px 0; padding: 12px 20px; border-left: 4px solid #2f5d8a; background: #f6f8fa; }
.prose p { margin: 4px 0; overflow-wrap: anywhere; }
figure { margin: 24px 0; break-inside: avoid; }
figcaption { margin-bottom: 8px; font-weight: 600; }
.chart { display: block; width: 100%; height: auto; font-size: 13px; }
.chart text { fill: #1c2024; }
.chart .name { text-anchor: end; }
.chart .tick { text-anchor: middle; fill: #4a5158; font-size: 12px; }
.chart .grid { stroke: #dfe3e7; }
.chart .total { font-weight: 600; }
.chart .value { text-anchor: middle; font-weight: 600; paint-order: stroke; stroke: #fff;
  stroke-width: 4px; stroke-linejoin: round; }
.picture svg { width: 100%; height: auto; }
.rows { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 13.5px; line-height: 1.5; }
th, td { padding: 5px 8px; border: 1px solid #c5cbd1; vertical-align: middle; }
th { background: #e9eef3; font-weight: 600; text-align: center; text-wrap: balance;
  word-break: keep-all; }
td.long { min-width: 9em; overflow-wrap: anywhere; }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.date { text-align: center; }
.short { white-space: nowrap; }
td.empty { text-align: center; color: #4a5158; }
tbody tr:nth-child(even) { background: #f8fafb; }
.front-page.beside { display: grid; grid-template-columns: minmax(min-content, 11fr) minmax(0, 9fr);
  gap: 0 28px; align-items: start; }
.front-page td, .front-page th { padding: 3px 6px; }
.front-page .note { font-size: 12px; }
.points h3 { margin: 10px 0 2px; font-size: 15px; }
.points ul { margin: 0; padding-left: 20px; }
.points li { overflow-wrap: anywhere; }
.note, .closing li { margin: 6px 0 0; color: #4a5158; font-size: 13px; overflow-wrap: anywhere; }
.closing ul { margin: 0; padding-left: 20px; }
.sign { margin: 32px 0 0; text-align: right; break-inside: avoid; }
.sign p { margin: 2px 0; }
@page { size: A4 landscape; margin: 14mm 12mm 16mm;
  @bottom-left { content: $imprint; font-size: 9pt; color: #4a5158; }
  @bottom-right { content: $page; font-size: 9pt; color: #4a5158; } }
@page front { size: A4 portrait; }
@media (max-width: 860px) { .front-page.beside { display: block; } }
@media print {
  .front, .prose, .front-page, .points, .picture { page: front; }
  .points + .picture { break-before: page; }
  .picture { margin: 0 0 16px; }
  .picture svg { max-height: 235mm; }
  .prose { margin: 8px 0; padding: 4px 12px; font-size: 10pt; line-height: 1.5; }
  .front-page.beside { display: grid; }
  .front-page h2, .points h2 { margin: 6px 0 4px; font-size: 11pt; }
  .front-page table { font-size: 8pt; line-height: 1.2; }
  .front-page td, .front-page th { padding: 0 4px; }
  .front-page figure { margin: 6px 0; break-inside: auto; }
  .front-page .note { font-size: 7.5pt; margin: 2px 0 0; }
  .points { font-size: 9pt; line-height: 1.4; }
  .points h2 { display: none; }
  .points h3 { margin: 2px 0 0; font-size: 9pt; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  .chart { max-height: 125mm; }
  table { font-size: 9pt; }
  .rows { overflow: visible; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""
_SHORT = 18
_PAGE, _PAGES = "\ue000", "\ue001"


def write(report: Report, *, below_title: str | None = None) -> bytes:
    """The report as one HTML page in UTF-8.

    What stands `below_title` of a page that is no report goes for its period and its cut-off.
    """
    return "".join(_page(report, Language(report.language), below_title)).encode()


def _page(report: Report, t: Language, below_title: str | None) -> Iterator[str]:
    title = _line(report.title)
    yield (
        f'<!DOCTYPE html>\n<html lang="{t("render.language")}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_style(report, t)}</style>\n</head>\n<body>\n"
    )
    heads = [f"<p>{_line(below_title)}</p>\n"] if below_title is not None else [
        f"<p>{_line(words.period(t, report))}</p>\n",
        f'<p class="imprint">{_line(words.imprint(t, report))}</p>\n',
    ]  # fmt: skip
    yield f'<header class="front">\n<h1>{title}</h1>\n{"".join(heads)}</header>\n<main>\n'
    if paragraphs := words.paragraphs(report):
        yield f'<section class="prose">\n{_all("p", paragraphs)}</section>\n'
    figure = _figure(report.chart, t, BESIDE if report.front else WIDE)
    if report.front is not None:
        picture = " beside" if figure else ""
        yield f'<div class="front-page{picture}">\n'
        yield from _section(report.front, t)
        yield f"{figure}</div>\n"
    else:
        yield figure
    yield _points(report, t)
    yield from map(_picture, report.pictures)
    for section in report.sections:
        if not section.front:
            yield from _section(section, t)
    yield "</main>\n"
    yield from _closing(report, t)
    yield "</body>\n</html>\n"


def _picture(picture: Picture) -> str:
    if isinstance(picture, DrawnMap):
        drawn = map_svg(picture)
    elif isinstance(picture, BurnUp):
        drawn = burn_up_svg(picture)
    else:
        drawn = heat_svg(picture)
    unsaid = picture.unsaid if isinstance(picture, BurnUp) else ""
    note = f'<p class="note">{_line(unsaid)}</p>\n' if unsaid else ""
    return f'<figure class="picture">\n{drawn}{note}</figure>\n'


def _figure(chart: Chart | None, t: Language, wide: int) -> str:
    if chart is None:
        return ""
    caption = _line(chart.title)
    return f"<figure>\n<figcaption>{caption}</figcaption>\n{drawing(chart, t, wide)}</figure>\n"


def _points(report: Report, t: Language) -> str:
    """What to look at first."""
    if not report.points:
        return ""
    items = "".join(map(_point, report.points))
    return f'<section class="points">\n<h2>{t("render.points")}</h2>\n{items}</section>\n'


def _point(point: Point) -> str:
    lines = f"<ul>\n{_all('li', point.lines)}</ul>\n" if point.lines else ""
    return f"<h3>{_line(point.heading)}</h3>\n{lines}"


def _style(report: Report, t: Language) -> str:
    page = t("render.page", page=_PAGE, pages=_PAGES)
    content = _css_string(page).replace(_css_escape(_PAGE), '" counter(page) "')
    content = content.replace(_css_escape(_PAGES), '" counter(pages) "')
    imprint = _css_string(words.imprint(t, report))
    return _STYLE.replace("$imprint", imprint).replace("$page", content)


def _css_string(text: str) -> str:
    plain = "".join(one if one.isascii() and one.isalnum() else _css_escape(one) for one in text)
    return f'"{plain}"'


def _css_escape(character: str) -> str:
    return f"\\{ord(character):06X} "


def _section(section: Section, t: Language) -> Iterator[str]:
    table, _ = words.printed(section)
    yield (
        f'<section>\n<h2>{_line(section.heading)}</h2>\n<div class="rows"><table>\n<thead><tr>'
        f"{''.join(_heading(column) for column in table.columns)}</tr></thead>\n<tbody>\n"
    )
    empty = True
    kinds = [_kind(column, room) for column, room in zip(table.columns, rooms(table), strict=True)]
    for row in words.texts(table):
        empty = False
        cells = "".join(map(_cell, row, kinds))
        yield f"<tr>{cells}</tr>\n"
    if empty:
        span = max(len(table.columns), 1)
        yield f'<tr><td class="empty" colspan="{span}">{t("render.nothing")}</td></tr>\n'
    yield "</tbody>\n</table></div>\n"
    for note in words.notes(t, section):
        yield f'<p class="note">{_text(t("render.note", text=note))}</p>\n'
    yield "</section>\n"


def _heading(column: Column) -> str:
    title = "<wbr>".join(escape(piece) for piece in title_pieces(words.line(column.title)))
    return f'<th scope="col">{title}</th>'


def _kind(column: Column, room: Room) -> str:
    kinds = ["number"] if column.kind in NUMBERS else []
    if column.kind == "date":
        kinds = ["date"]
    kinds.append("short" if room.want <= _SHORT else "long")
    return " ".join(kinds)


def _cell(text: str, kind: str) -> str:
    return f'<td class="{kind}">{_text(text)}</td>'


def _closing(report: Report, t: Language) -> Iterator[str]:
    yield '<footer class="closing">\n'
    if notes := words.closing_notes(t, report):
        yield f"<h2>{t('render.notes')}</h2>\n<ul>\n{_all('li', notes)}</ul>\n"
    signed = filter(None, (report.office, labels.spoken_day(t, report.period.cutoff)))
    yield f'<div class="sign">\n{_all("p", signed)}</div>\n</footer>\n'


def _all(tag: str, texts: Iterable[str]) -> str:
    return "".join(f"<{tag}>{_text(text)}</{tag}>\n" for text in texts)


def _line(text: str) -> str:
    return escape(words.line(text))


def _text(text: str) -> str:
    return escape(words.plain(text)).replace("\n", "<br>")
