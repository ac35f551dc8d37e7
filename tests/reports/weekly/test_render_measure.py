"""Widths of columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_report import weekly

from rectify_tui.domain.status import Status
from rectify_tui.domain.text import clean, width
from rectify_tui.i18n import Language
from rectify_tui.reports.table import Column, Table
from rectify_tui.reports.weekly import item_columns
from rectify_tui.reports.weekly.render.measure import (
    Room,
    broken,
    fitted,
    lines_needed,
    narrowed,
    rooms,
    title_pieces,
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
        ("任务数", "count", [5], (6,)),
        ("尚未启动", "count", [5], (8, 4)),
        ("按序时进度推进", "count", [5], (10, 8, 6)),
        ("完成率排名", "count", [5], (6,)),
        ("比上期（百分点）", "points", [5], (10,)),
        ("完成率", "percent", [1.0], (7,)),
        ("任务数", "count", [1234567], (7,)),
        ("Basically completed", "count", [5], (10,)),
        ("No", "count", [5], (5,)),
        ("地市", "text", ["大兴安岭地区"], (12,)),
        ("原因", "text", ["短\n" + "长" * 8], (16, 15, 14, 13, 12)),
    ],
)
def test_what_columns_want(title, kind, values, widths):
    table = Table("", (Column("a", title, kind),), [{"a": value} for value in values])
    assert rooms(table)[0].widths == widths


@given(st.text(alphabet="完成率比上期（百分点）按序时进度ab c1", max_size=20).map(clean))
def test_headings_break_between_words_and_lose_nothing(title):
    assert "".join(title_pieces(title)) == title
    for room in (4, 8, 12):
        lines = broken(title, room).split("\n")
        assert "".join("".join(lines).split()) == "".join(title.split())
        for line in lines:
            assert width(line) <= room or len(title_pieces(line)) == 1


def test_no_heading_of_a_report_breaks_within_a_word():
    t = Language("zh")
    titles = {t(each.title) for each in item_columns.CHANGES.values()}
    titles |= {t(f"status.item.{each}") for each in Status} | {"完成率排名", "完成比上期（项）"}
    words = {piece for title in titles for piece in title_pieces(title)}
    assert words >= {"完成率", "排名", "比上期", "（项）", "序时", "进度", "下一步", "责任", "单位"}
    assert not words & {"率排", "步措", "一步", "比上", "时进"}


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
