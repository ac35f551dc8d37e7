"""The report as one CSV file for spreadsheets."""

from __future__ import annotations

import io

from rectify_tui.i18n import Language
from rectify_tui.reports.output import write as write_rows
from rectify_tui.reports.table import Column, Table
from rectify_tui.reports.weekly.model import Report
from rectify_tui.reports.weekly.render import words

_MARK = "\ufeff"
_EMPTY_LINE = "\r\n"


def write(report: Report) -> bytes:
    """What is said in words, then every section under its heading, an empty line between."""
    t = Language(report.language)
    front = (report.title, words.period(t, report), words.cutoff(t, report), report.office)
    blocks = [_lines(front), _lines(words.paragraphs(report))]
    blocks.append(_lines([words.point(t, point) for point in report.points]))
    for section in report.sections:
        rows = _written(section.table)
        blocks.append(_lines([section.heading]) + rows + _lines(section.table.notes))
    blocks.append(_lines(words.closing_notes(t, report)))
    return (_MARK + _EMPTY_LINE.join(filter(None, blocks))).encode()


def _lines(texts: tuple[str, ...] | list[str]) -> str:
    """Lines of one cell each, which keep to the rules of cells."""
    return "".join(_written(Table("", (Column("", text),), ())) for text in texts if text)


def _written(table: Table) -> str:
    out = io.StringIO(newline="")
    write_rows(table, "csv", out)
    return out.getvalue().removeprefix(_MARK)
