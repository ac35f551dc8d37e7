"""Yes and no under headings that ask something."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.domain.answers import in_words, is_tick, question, yes_or_no
from rectify_tui.domain.case_words import read_substantiated
from rectify_tui.domain.status import CaseStatus, Status, read_case_status, read_status
from rectify_tui.errors import Problem


@pytest.mark.parametrize(
    ("heading", "yes", "no"),
    [
        ("是否完成整改", Status.COMPLETED, Status.NOT_COMPLETED),
        ("是否完成", Status.COMPLETED, Status.NOT_COMPLETED),
        ("是否已完成整改（是/否）", Status.COMPLETED, Status.NOT_COMPLETED),
        ("整改任务是否完成", Status.COMPLETED, Status.NOT_COMPLETED),
        ("完成与否", Status.COMPLETED, Status.NOT_COMPLETED),
        ("是否整改到位", Status.COMPLETED, Status.NOT_COMPLETED),
        ("是否达到序时进度", Status.ON_SCHEDULE, Status.BEHIND),
        ("是否達到序時進度", Status.ON_SCHEDULE, Status.BEHIND),
        ("是否启动", Status.IN_PROGRESS, Status.NOT_STARTED),
        ("已完成", Status.COMPLETED, Status.NOT_COMPLETED),
        ("Completed?", Status.COMPLETED, Status.NOT_COMPLETED),
    ],
)
def test_yes_and_no_mean_what_the_heading_asks(heading: str, yes: Status, no: Status) -> None:
    for word in ("是", "√", "✓", "☑", "1", "Y"):
        assert read_status(in_words(word, heading)) is yes
    for word in ("否", "×", "0", "n"):
        assert read_status(in_words(word, heading)) is no


def test_of_cases_too() -> None:
    assert read_case_status(in_words("是", "是否办结")) is CaseStatus.CLOSED
    assert read_case_status(in_words("否", "是否办结")) is CaseStatus.OPEN
    assert read_case_status(in_words("是", "是否阶段性办结")) is CaseStatus.INTERIM
    assert read_substantiated(in_words("是", "是否属实")) == "yes"
    assert read_substantiated(in_words("否", "信访是否属实")) == "no"


@pytest.mark.parametrize("heading", ["整改状态", "状态", "Status", "", "进度"])
def test_yes_says_nothing_where_nothing_is_asked(heading: str) -> None:
    assert question(heading) is None
    with pytest.raises(Problem):
        read_status(in_words("是", heading))


def test_no_to_a_question_may_say_nothing_of_the_status() -> None:
    for heading in ("是否滞后", "是否销号", "是否公开"):
        with pytest.raises(Problem):
            read_status(in_words("否", heading))


@given(st.sampled_from(["已完成", "未完成", "滞后", "", "是的", "不是", "12", "有问题"]))
def test_other_words_stay(word: str) -> None:
    assert yes_or_no(word) is None
    assert in_words(word, "是否完成整改") == word


def test_ticks() -> None:
    assert all(map(is_tick, ("√", "✓", "☑", "是", "1", "●")))
    assert not any(map(is_tick, ("", "0", "×", "否", "已完成", "12")))
