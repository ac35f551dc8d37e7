"""Lists whose rows are made when they are read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.i18n import Language
from rectify_tui.reports.table import Column, Table
from rectify_tui.reports.weekly.model import Section
from rectify_tui.reports.weekly.render import words
from rectify_tui.reports.weekly.rows import WINDOW, Rows, each


class Source:
    """So many rows, and which of them were asked for."""

    def __init__(self, count: int) -> None:
        self.asked: list[tuple[int, int]] = []
        self.rows = Rows(count, self._read, [{"n": count, "sum": True}])

    def _read(self, start: int, stop: int):
        self.asked.append((start, stop))
        return [{"n": n} for n in range(start, stop)]


def section(rows, most: int | None) -> Section:
    table = Table("", (Column("n", "n", "count"),), rows)
    return Section("behind", "", table, most=most)


@given(st.integers(0, 3 * WINDOW))
def test_all_rows_are_there_in_their_order_as_often_as_they_are_read(count):
    rows = Source(count).rows
    expected = [*({"n": n} for n in range(count)), {"n": count, "sum": True}]
    assert len(rows) == len(expected)
    assert list(rows) == list(rows) == expected
    doubled = each(rows, lambda row: {**row, "n": 2 * row["n"]})
    assert list(doubled) == [{**row, "n": 2 * row["n"]} for row in expected]
    assert list(rows.lines(3)) == expected[: min(3, count)]


def test_how_many_there_are_is_known_before_any_is_read():
    source = Source(10_000)
    assert len(source.rows) == 10_001
    assert words.notes(Language("en"), section(source.rows, 3)) == [
        "… 9997 more are in the workbook annexed"
    ]
    assert source.asked == []


def test_no_more_is_read_than_is_printed():
    source = Source(10_000)
    table, left_out = words.printed(section(each(source.rows, dict), 3))
    assert [row["n"] for row in table.rows] == [0, 1, 2, 10_000]
    assert left_out == 9_997
    assert source.asked == [(0, WINDOW)]


def test_all_is_printed_where_an_office_wants_all():
    source = Source(3)
    for most in (None, 0, 3):
        table, left_out = words.printed(section(source.rows, most))
        assert ([row["n"] for row in table.rows], left_out) == ([0, 1, 2, 3], 0)
