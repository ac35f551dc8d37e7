"""Breaking sentences into lines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.domain.text import width
from rectify_tui.tui.wrap import wrapped

TEXTS = st.text(alphabet="水务局，。：（） ab c1/-\n", max_size=80)


def test_chinese_fills_the_line():
    assert wrapped("! 不认识的污染类型，请改正。", 12) == "! 不认识的污\n染类型，请改\n正。"


def test_words_stay_whole():
    assert wrapped("已改 HLJ-2018/58 等", 10) == "已改\nHLJ-2018/58\n等"
    assert wrapped("the usual keys hold", 10) == "the usual\nkeys hold"


def test_no_line_begins_with_a_sign_that_ends_a_sentence():
    assert wrapped("一二三，四", 6) == "一二\n三，四"


@given(TEXTS, st.integers(4, 40))
def test_nothing_is_lost_and_lines_fit(text, cells):
    lines = wrapped(text, cells).split("\n")
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert width(line.rstrip()) <= cells or " " not in line.strip()


@given(TEXTS, st.integers(-3, 0))
def test_without_room_nothing_changes(text, cells):
    assert wrapped(text, cells) == text
