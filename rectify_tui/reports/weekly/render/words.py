"""What every format says in words: its cut-off, its office, its notes, its cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from rectify_tui.domain.text import safe_text
from rectify_tui.i18n import Language
from rectify_tui.reports.labels import spoken_day
from rectify_tui.reports.table import Column, Table, shown
from rectify_tui.reports.weekly.model import Point, Report, Section
from rectify_tui.reports.weekly.rows import Rows

SUM = "sum"
"""The key, without a column, of rows that sum up the others."""


def plain(text: str) -> str:
    """Text without anything that could steer a reader's program; line ends stay."""
    return safe_text(text, multiline=True)


def line(text: str) -> str:
    """Text without anything that could steer a reader's program, in one line."""
    return safe_text(text)


def cell(row: Mapping[str, object], column: Column) -> str:
    """A cell as people read it."""
    return plain(shown(row.get(column.key), column.kind))


def texts(table: Table) -> Iterator[list[str]]:
    """The rows of a table as people read them."""
    return ([cell(row, column) for column in table.columns] for row in table.rows)


def printed(section: Section) -> tuple[Table, int]:
    """What is printed of a table, and how many of its rows are not; sums always are."""
    rows, left_out = section.table.rows, _left_out(section)
    if left_out and isinstance(rows, Rows):
        rows = [*rows.lines(section.most), *rows.sums]
    elif left_out:
        rows = [*_lines(rows)[: section.most], *(row for row in rows if row.get(SUM))]
    return replace(section.table, rows=list(rows)), left_out


def _left_out(section: Section) -> int:
    rows = section.table.rows
    if not section.most:
        return 0
    lines = rows.count if isinstance(rows, Rows) else len(_lines(rows))
    return max(0, lines - section.most)


def _lines(rows: Iterable[Mapping[str, object]]) -> list[Mapping[str, object]]:
    return [row for row in rows if not row.get(SUM)]


def read_once(section: Section) -> Section:
    """A section that can be gone through often: what its columns have of each row, now read."""
    keys = {SUM, *(column.key for column in section.table.columns)}
    rows = [{key: row[key] for key in keys & row.keys()} for row in section.table.rows]
    return section._replace(table=replace(section.table, rows=rows))


def notes(t: Language, section: Section) -> list[str]:
    """The notes on a table, after the number of rows that are not printed."""
    left_out = _left_out(section)
    more = [t("render.more", n=left_out)] if left_out else []
    return more + [plain(note) for note in section.table.notes]


def cut(t: Language, section: Section) -> Section:
    """A section of what is printed of it alone, which says itself how many rows are not."""
    table, _ = printed(section)
    return section._replace(table=replace(table, notes=tuple(notes(t, section))), most=None)


def point(t: Language, point: Point, most: int | None = None) -> str:
    """A thing to look at first, with so many of its lines, in one sentence."""
    lines = [line(each) for each in point.lines[:most]]
    heading = line(point.heading)
    if not lines:
        return t("render.point_none", heading=heading)
    more = "" if len(lines) == point.n else " …"
    joined = t("render.semicolon").join(lines)
    return t("render.point", heading=heading, lines=joined + more)


def cutoff(t: Language, report: Report) -> str:
    """As of which day the figures are."""
    return t("render.cutoff", day=spoken_day(t, report.period.cutoff))


def period(t: Language, report: Report) -> str:
    """The period with its first and its last day."""
    first, last = report.period.first, report.period.cutoff
    over_years = first.year != last.year
    form = "day" if over_years else "day_of_year"
    return t(
        "render.period_over_years" if over_years else "render.period",
        name=line(report.period_name),
        year=last.year,
        first=spoken_day(t, first, form),
        last=spoken_day(t, last, form),
    )


def imprint(t: Language, report: Report) -> str:
    """Cut-off and office, as every page carries them, after the mark of a withdrawn report."""
    mark = t("render.withdrawn") if report.withdrawn else ""
    return t("render.between").join(filter(None, (mark, cutoff(t, report), line(report.office))))


def paragraphs(report: Report) -> list[str]:
    """The prose, after what is said of a withdrawn report."""
    return [plain(text) for text in (report.withdrawn, *report.paragraphs) if text]


def closing_notes(t: Language, report: Report) -> list[str]:
    """The notes on the whole report; on a published one its place in history and its digest too."""
    notes = [plain(note) for note in report.notes]
    if anchor := report.history:
        notes.append(t("render.anchor", seq=anchor.seq, hash=line(anchor.hash)))
    if report.digest:
        notes.append(t("render.digest", digest=line(report.digest)))
    return notes
