"""Widths of columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_report import weekly

from rectify_tui.reports.table import Column, Table
from rectify_tui.reports.weekly.render.measure import (
    Room,
    fitted,
    lines_needed,
    narrowed,
    rooms,
)

ROOMS = st.lists(
    st.lists(st.integers(1, 60), min_size=1, max_size=8, unique=True).map(
        lambda widths: Room(tuple(sorted(widths, reverse=True)))
    ),
    min_size=1,
    max_size=20,
)


@given(ROOMS, st.integers(20, 200))
def test_columns_give_way_until_they_fit(columns, room):
    widths = narrowed(columns, room)
    assert all(wide in column.widths for wide, column in zip(widths, columns, strict=True))
    least = sum(column.least for column in columns)
    assert sum(widths) <= max(room, least)
    if sum(column.want for column in columns) <= room:
        assert widths == [column.want for column in columns]
    assert sum(fitted(columns, room)) == pytest.approx(room)


@pytest.mark.parametrize(
    ("title", "kind", "values", "widths"),
    [
        ("任务数", "count", [5], (6, 4)),
        ("尚未启动", "count", [5], (8, 4)),
        ("按序时进度推进", "count", [5], (8, 6, 4)),
        ("任务数", "count", [1234567], (7,)),
        ("Basically completed", "count", [5], (9,)),
        ("No", "count", [5], (4,)),
        ("地市", "text", ["大兴安岭地区"], (12,)),
        ("原因", "text", ["短\n" + "长" * 8], (16, 15, 14, 13, 12)),
    ],
)
def test_what_columns_want(title, kind, values, widths):
    table = Table("", (Column("a", title, kind),), [{"a": value} for value in values])
    assert rooms(table)[0].widths == widths


def test_numbers_and_days_are_never_broken():
    for section in weekly().sections:
        for column, room in zip(section.table.columns, rooms(section.table), strict=True):
            if column.kind == "date":
                assert room.least >= len("2019-12-31")


@pytest.mark.parametrize(
    ("text", "room", "lines"), [("", 5, 1), ("长" * 5, 10, 1), ("长" * 6, 10, 2), ("a\nb", 9, 2)]
)
def test_lines(text, room, lines):
    assert lines_needed(text, room) == lines
