"""Breaking sentences into lines."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.domain.text import width
from rectify_tui.domain.wrapping import CLOSING, wrapped

TEXTS = st.text(alphabet="水务局，。：（） ab c1/-\n", max_size=80)
ODD_TEXTS = st.text(alphabet="水，） \u3000\u00a0\t、（𠮷1.5%a\n", max_size=60)
COUNTS = (
    "已完成7项，", "基本完成12项，", "按序时进度推进38项，", "未达序时进度10项，", "（其中",
    "99.1%）。",
    "尚未启动的任务中有1200项已到启动时间，计入滞后。", "截至2026年11月27日，", "HLJ-2018/12、",
    "某省生态环境保护督察整改工作领导小组办公室，", "完成率31.7%，", "比上期上升1.2个百分点；",
    "x 10 items, ",
)  # fmt: skip
PROSE = st.lists(st.sampled_from(COUNTS), min_size=1, max_size=20).map("".join)


def test_chinese_fills_the_line():
    assert wrapped("! 不认识的污染类型，请改正。", 12) == "! 不认识的污\n染类型，请改\n正。"


def test_words_stay_whole():
    assert wrapped("已改 HLJ-2018/58 等", 10) == "已改\nHLJ-2018/58\n等"
    assert wrapped("the usual keys hold", 10) == "the usual\nkeys hold"


def test_no_line_begins_with_a_sign_that_ends_a_sentence():
    assert wrapped("一二三，四", 6) == "一二\n三，四"
    assert wrapped("一二三 ，四", 6) == "一二\n三 ，\n四"
    assert wrapped("一二三（四", 8) == "一二三\n（四"


def test_a_count_stays_beside_what_it_counts():
    text = "已完成7项，未达序时进度10项，未完成1项"
    assert wrapped(text, 40) == "已完成7项，未达序时进度10项，未完成1项"
    assert wrapped(text, 36) == "已完成7项，未达序时进度10项，\n未完成1项"
    assert wrapped(text, 20) == "已完成7项，未达序时\n进度10项，未完成1项"
    assert wrapped("HLJ-2018/12、其中的未达序时进度10项，", 36) == (
        "HLJ-2018/12、其中的\n未达序时进度10项，"
    )
    assert wrapped("已完成7项，HLJ-2018/12、未达序时进度10项，", 40) == (
        "已完成7项，HLJ-2018/12、\n未达序时进度10项，"
    )
    assert wrapped("一二三四五六 66 天", 16) == "一二三四五六\n66 天"


@given(TEXTS, st.integers(4, 40))
def test_nothing_is_lost_and_lines_fit(text, cells):
    lines = wrapped(text, cells).split("\n")
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert width(line.rstrip()) <= cells or not re.search(r"[^ ] +[^ ，。：）]", line)


@given(ODD_TEXTS, st.integers(1, 40))
def test_no_character_but_spaces_is_lost(text, cells):
    assert "".join(wrapped(text, cells).split()) == "".join(text.split())


@given(PROSE, st.integers(40, 200))
def test_prose_keeps_its_numbers_and_its_counts_whole(text, cells):
    lines = wrapped(text, cells).split("\n")
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert width(line.rstrip()) <= cells
        assert not line.startswith(tuple(CLOSING))
        assert not line.endswith("（")
    for number in ("未达序时进度10项", "31.7%", "1200项", "1.2个百分点", "HLJ-2018/12", "99.1%"):
        assert sum(line.count(number) for line in lines) == text.count(number)


@pytest.mark.parametrize("cells", range(40, 201))
def test_what_is_behind_is_never_told_as_its_opposite(cells):
    text = "截至11月27日，整改方案共60项：已完成17项，按序时进度推进25项，未达序时进度10项。"
    assert "未达序时进度10项" in wrapped(text, cells)


@given(TEXTS, st.integers(-3, 0))
def test_without_room_nothing_changes(text, cells):
    assert wrapped(text, cells) == text
