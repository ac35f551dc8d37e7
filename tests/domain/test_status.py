"""Words for progress, as offices write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.domain.status import (
    GROUP_OF,
    CaseStatus,
    Group,
    Status,
    read_case_status,
    read_status,
    statuses_of,
)
from rectify_tui.errors import Problem

SPELLINGS = {
    Status.COMPLETED: "已完成 完成整改 已整改完成 提前完成 已完成整改并长期坚持 completed",
    Status.BASICALLY_COMPLETED: "基本完成 基本完成整改 basically_completed",
    Status.AHEAD: "超过序时进度 快于序时进度 超过时序进度 ahead",
    Status.ON_SCHEDULE: "按序时进度推进 达到序时进度 按时序进度推进 总体按序时推进 有序推进"
    " on_schedule",
    Status.NOT_STARTED: "尚未启动 未启动 not_started",
    Status.BEHIND: "未达序时进度 未达到序时进度 未达到时序进度 进展滞后 进展严重滞后 behind",
    Status.NOT_COMPLETED: "未完成 未按期完成 到期未完成 逾期 not_completed",
    Status.MERGED: "并入 转入 已转入第二轮 merged",
}
WORDS = [(word, status) for status, words in SPELLINGS.items() for word in words.split()]


@pytest.mark.parametrize(("word", "status"), WORDS)
def test_every_spelling_of_the_glossary(word: str, status: Status) -> None:
    assert read_status(word) is status


@given(st.sampled_from(WORDS), st.sampled_from(["", " ", "\u3000", "。", "\n", "“", "；"]))
def test_blanks_and_marks_around_a_word_say_nothing(word: tuple[str, Status], mark: str) -> None:
    text, status = word
    assert read_status(f"{mark}{text[:1]}{mark}{text[1:]}{mark}") is status
    assert read_status(text.upper()) is status


@pytest.mark.parametrize("status", list(Status))
def test_every_status_reads_its_own_name(status: Status) -> None:
    assert read_status(status.value) is status
    assert read_status(status.value.replace("_", " ").title()) is status


@pytest.mark.parametrize(
    "word", ["", " ", "正在整改", "正在推进", "整改中", "in progress", "完成了一半", "不完成", "未"]
)
def test_what_says_nothing_of_the_schedule_is_not_guessed(word: str) -> None:
    with pytest.raises(Problem) as caught:
        read_status(word)
    assert caught.value.key == "status.unknown"
    assert caught.value.params == {"word": word}


def test_no_and_not_are_never_lost() -> None:
    assert read_status("未完成") is not read_status("完成")
    assert read_status("未达到序时进度") is not read_status("达到序时进度")


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("已办结", CaseStatus.CLOSED), ("办结", CaseStatus.CLOSED), ("Closed", CaseStatus.CLOSED),
        ("阶段性办结", CaseStatus.INTERIM), ("interim", CaseStatus.INTERIM),
        ("未办结", CaseStatus.OPEN), ("正在办理", CaseStatus.OPEN), (" 在办 ", CaseStatus.OPEN),
    ],
)  # fmt: skip
def test_states_of_cases(word: str, status: CaseStatus) -> None:
    assert read_case_status(word) is status


@pytest.mark.parametrize("word", ["", "已完成", "差不多", "关闭了吗"])
def test_unknown_states_of_cases(word: str) -> None:
    with pytest.raises(Problem) as caught:
        read_case_status(word)
    assert caught.value.key == "status.unknown_case"


def test_groups_are_a_partition_of_the_statuses() -> None:
    assert set(GROUP_OF) == set(Status)
    assert [status for group in Group for status in statuses_of(group)] == list(Status)
    assert statuses_of(Group.COMPLETED) == (Status.COMPLETED, Status.BASICALLY_COMPLETED)
    assert statuses_of(Group.BEHIND) == (Status.BEHIND, Status.NOT_COMPLETED)
