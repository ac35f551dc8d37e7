"""The formats: each has files, and everything that there is to write writes it."""

from __future__ import annotations

import io
from typing import get_args

import pytest

from rectify_tui.reports.formats import (
    BY_ENDING,
    FILES,
    FORMATS,
    REPORT_FORMATS,
    TABLE_BY_ENDING,
    ReportFormat,
)
from rectify_tui.reports.output import write
from rectify_tui.reports.table import Column, Table


def test_every_format_has_files_of_its_own() -> None:
    assert tuple(FILES) == REPORT_FORMATS == get_args(ReportFormat)
    endings = [ending for files in FILES.values() for ending in files.endings]
    assert len(endings) == len(set(endings)) == len(BY_ENDING)
    assert set(FORMATS) <= set(REPORT_FORMATS)


@pytest.mark.parametrize("format_", FORMATS)
def test_a_table_is_written_in_each_of_its_formats(format_: str) -> None:
    out = io.StringIO()
    write(Table("表", (Column("a", "甲"),), [{"a": "一"}]), format_, out)
    assert "一" in out.getvalue()
    assert not FILES[format_].binary
    assert TABLE_BY_ENDING[FILES[format_].endings[0]] == format_
