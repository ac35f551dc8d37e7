"""A report as it is when it is read back from its data, without its lists being read for that."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from rectify_tui.reports.weekly.render.json import as_data, row_as_data
from rectify_tui.reports.weekly.render.reading import from_data, read_row
from rectify_tui.reports.weekly.rows import Row, each

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rectify_tui.reports.weekly.model import Report, Section


def read_again(report: Report) -> Report:
    """The report that `as_data` and `from_data` give; rows follow when they are read."""
    rowless = [each._replace(table=replace(each.table, rows=())) for each in report.sections]
    kept = from_data(as_data(report._replace(sections=tuple(rowless))))
    sections = map(_with_rows, kept.sections, report.sections)
    return kept._replace(sections=tuple(sections))


def _with_rows(kept: Section, section: Section) -> Section:
    columns = kept.table.columns
    keys = [column.key for column in columns]
    days = frozenset(column.key for column in columns if column.kind == "date")
    rows = each(section.table.rows, partial(_again, keys, days))
    return kept._replace(table=replace(kept.table, rows=rows))


def _again(keys: Sequence[str], days: frozenset[str], row: Mapping[str, object]) -> Row:
    return read_row(row_as_data(row, keys), days)
