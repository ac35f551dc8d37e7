"""Numbers of items and cases, as spreadsheets leave them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.errors import Problem
from rectify_tui.i18n import Language
from rectify_tui.intake.table import read_number_cell


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (12, "12"),
        (12.0, "12"),
        ("12.0", "12"),
        (12.5, "12.5"),
        ("12", "12"),
        ("012", "012"),
        ("1.10", "1.10"),
        ("12-2", "12-2"),
        ("12－2", "12-2"),
        ("12—2", "12-2"),
        ("12 - 2", "12-2"),
        ("12（+1）", "12(+1)"),
        ("12\n（＋１）", "12(+1)"),
        ("１２", "12"),
        ("D3JL201806040001*", "D3JL201806040001*"),
        ("410000201806020001", "410000201806020001"),
        ("豫信访〔2018〕12号", "豫信访〔2018〕12号"),
        ("2018-6-15", "2018-6-15"),
        (None, ""),
        ("", ""),
    ],
)
def test_numbers_are_kept_as_they_are_written(cell, number):
    assert read_number_cell(cell) == number


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        (date(2024, 12, 2), "date"),
        (datetime(2024, 12, 2), "date"),
        (time(12, 2), "date"),
        (timedelta(hours=12), "date"),
        ("12月2日", "date"),
        ("2-Dec", "date"),
        ("Dec-12", "date"),
        ("2024/12/2", "date"),
        ("2024年12月2日", "date"),
        ("2024-12-02 00:00:00", "date"),
        (4.1000020180602e17, "too_long"),
        (410000201806020001, "too_long"),
        ("4.1E+17", "too_long"),
        (float("inf"), "too_long"),
        (True, "no_number"),
    ],
)
def test_what_a_spreadsheet_has_spoilt_is_said(cell, key):
    with pytest.raises(Problem) as problem:
        read_number_cell(cell)
    assert problem.value.key == f"table_finding.number.{key}"
    for code in ("zh", "en"):
        assert Language(code).problem(problem.value)


@given(st.from_regex(r"[0-9]{1,4}(-[0-9]{1,2}|\(\+[0-9]\))?", fullmatch=True))
def test_reading_a_number_again_changes_nothing(number):
    assert read_number_cell(read_number_cell(number)) == read_number_cell(number) == number
