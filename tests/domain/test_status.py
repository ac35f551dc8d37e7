"""Words for progress, as offices write them."""

from __future__ import annotations

from contextlib import suppress

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
from rectify_tui.domain.status_words import leading_status_of
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
    Status.IN_PROGRESS: "正在整改 正在推进 推进中 整改中 in_progress",
}
WORDS = [(word, status) for status, words in SPELLINGS.items() for word in words.split()]

BUILT = {
    Status.COMPLETED: (
        "已完成 完成 完成整改 已整改完成 整改完成 提前完成 已完成整改 已完成整改并长期坚持 "
        "已完工 已整改 已完成,长期坚持 完成整改，长期坚持 已完成并长期坚持 已完成整改任务 "
        "已全部完成 全部完成整改 按期完成 已按期完成整改 已按时完成 如期完成 完成销号 已销号 "
        "已完成销号 已验收销号 已通过验收 已申请验收 待验收 待销号 已完成待验收 "
        "已完成，正在验收 完成整改（待销号） 整改到位 已整改到位 整改完毕 已落实 落实到位 "
        "已解决 问题已解决 已达标 已竣工 已办结 已完成(2021年12月) 1.已完成 完成，持续巩固 "
        "已完成并持续推进 逾期完成 按计划完成 已完成未销号 圆满完成 已于2021年12月完成 完成整改验收"
        " "
        ""
        "已完成整改，持续推进 整改已完成 任务已完成 已完成工程建设 已上报销号 申请销号 "
        "正在销号 已完成整改，並長期堅持 2021年底已完成 2021.12.31已完成 12月底前已完成 "
        "已完成√ √已完成 已完成。详见附件 超额完成 已销账 已消号 完成整改，长期保持 "
        "☑已完成□未完成 已建成投运 整改完成已投入使用"
    ),
    Status.BASICALLY_COMPLETED: (
        "基本完成 基本完成整改 已基本完成 整改基本完成 已基本完成整改 基本整改到位 "
        "基本整改完成 已基本整改到位 基本完成，待验收 基本解决 任务基本完成"
    ),
    Status.AHEAD: (
        "超过序时进度 快于序时进度 超序时进度 超前推进 进度超前 快于计划 超计划进度 提前推进 超前"
    ),
    Status.ON_SCHEDULE: (
        "按序时进度推进 达到序时进度 按时序进度推进 总体按序时推进 按序时推进 有序推进 "
        "达序时进度 符合序时进度 达到序时进度要求 序时推进 序时进度 已达到序时进度 "
        "按照序时进度推进 正按序时进度推进 达到序时进度并持续推进 按计划推进 按照计划推进 "
        "按整改方案推进 正常推进 正在有序推进 按期推进 进度正常 符合序时进度要求 按进度推进 "
        "达到时序进度 达到進度要求 按计划有序推进 与序时进度同步 按时间节点推进 "
        "基本达到序时进度 有序推进中 正在整改，达到序时进度 正在推进，已达序时 "
        "未完成但达到序时进度 尚未完成（达到序时进度） 达到序时进度，已完成60% "
        "□已完成☑达到序时进度□未达序时进度 有序推进，详见附件"
    ),
    Status.NOT_STARTED: (
        "尚未启动 未启动 未开工 尚未开工 未开展 未实施 待启动 尚未开始 还未启动 未启动整改 未动工"
    ),
    Status.BEHIND: (
        "未达序时进度 未达到序时进度 进展滞后 进展严重滞后 滞后 慢于序时进度 未达序时 "
        "进度滞后 整改滞后 推进缓慢 进展缓慢 未按序时进度推进 落后于序时进度 低于序时进度 "
        "不符合序时进度 未达到序时进度要求 未達到序時進度 严重滞后 工作进度滞后 未按计划推进 "
        "尚未达到序时进度 滞后序时进度 进度缓慢 未达进度 正在推进，未达序时进度 "
        "未达到序时进度，完成30.5%"
    ),
    Status.NOT_COMPLETED: (
        "未完成 未按期完成 到期未完成 逾期 未完成整改 未完工 尚未完成 超期 超期未完成 "
        "逾期未完成 未整改 未整改到位 没有完成 未按时完成 未完成整改任务 尚未整改到位 已逾期 "
        "未整改完成 到期未整改 未达标 未能按期完成"
    ),
    Status.MERGED: ("并入 转入 已转入第二轮 已并入 合并 已合并"),
    Status.IN_PROGRESS: (
        "正在整改 正在推进 推进中 整改中 正在推进中 正在整改中 在建 持续推进 加快推进 "
        "积极推进 实施中 建设中 施工中 进行中 已启动 已开工 已启动整改 稳步推进 正在实施 "
        "正在办理 正在建设 部分完成 阶段性完成 完成阶段性目标 持续整改 正在整改 加快整改 "
        "正在加快推进 整改推进中 正在施工 扎实推进 正在治理 全力推进 正在開展 长期整改 "
        "已开展整改 正在整改，已完成80%"
    ),
}
BUILT_WORDS = [(word, status) for status, words in BUILT.items() for word in words.split()]
CASES = {
    CaseStatus.CLOSED: (
        "已办结 办结 按期办结 已办结并公开 已结案 已整改完成 整改完成 已完成整改 已解决 "
        "已销号 已上报办结 处理完毕 办理完毕 已办结，已公开 结案 已整改 现场办结 按时办结 "
        "已处理 已结 ☑已办结□未办结"
    ),
    CaseStatus.INTERIM: ("阶段性办结 阶段办结 已阶段性办结 阶段性完成"),
    CaseStatus.OPEN: (
        "未办结 正在办理 办理中 在办 正在整改 超期未办结 长期整改 逾期未办结 尚未办结 处理中 "
        "整改中 正在处理 未完成 正在调查 调查中 未结 正在办理，未办结"
    ),
}
CASE_WORDS = [(word, status) for status, words in CASES.items() for word in words.split()]


@pytest.mark.parametrize(("word", "status"), WORDS)
def test_every_spelling_of_the_glossary(word: str, status: Status) -> None:
    assert read_status(word) is status


@pytest.mark.parametrize(("word", "status"), BUILT_WORDS)
def test_words_are_read_by_how_they_are_built(word: str, status: Status) -> None:
    assert read_status(word) is status


@pytest.mark.parametrize(("word", "status"), CASE_WORDS)
def test_states_of_cases_are_read_by_how_they_are_built(word: str, status: CaseStatus) -> None:
    assert read_case_status(word) is status


@given(st.text("未不部分拟预计即将除外含率", min_size=1, max_size=3), st.sampled_from(BUILT_WORDS))
def test_a_word_more_never_makes_a_completion_of_what_is_none(
    more: str, word: tuple[str, Status]
) -> None:
    done = (Status.COMPLETED, Status.BASICALLY_COMPLETED)
    try:
        status = read_status(more + word[0])
    except Problem:
        return
    assert status not in done or word[1] in done


@given(st.text("已未基本完成整改推进正在按序时进度达到滞后验收销号中", max_size=60))
def test_no_cell_has_two_statuses(text: str) -> None:
    with suppress(Problem):
        assert read_status(text) in Status


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
    "word",
    [
        "",
        " ",
        "完成了一半",
        "未",
        "整改",
        "推进",
        "长期坚持",
        "立行立改",
        "延期",
        "未到期",
        "未销号",
        "未验收",
        "验收未通过",
        "未滞后",
        "预计完成",
        "2021年12月底前完成",
        "将按序时进度推进",
        "计划完成",
        "拟完成",
        "即将完成",
        "除管网外已完成",
        "已完成，滞后",
        "部分完成部分滞后",
        "已完成80%",
        "已完成，进度80%",
        "未完成，未达序时进度",
        "未完成将达到序时进度",
        "☑已完成☑达到序时进度",
        "2021年底完成",
        "完成率",
        "达到目标",
        "不需要整改",
        "是",
        "100%",
        "√",
    ],
)
def test_what_may_mean_something_else_is_no_status(word: str) -> None:
    with pytest.raises(Problem) as caught:
        read_status(word)
    assert caught.value.key == "status.unknown"
    assert caught.value.params == {"word": word}


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("已完成。已关停2家企业，拆除设备5台。", "已完成"),
        ("达到序时进度；已建成管网12公里，预计年底完工", "达到序时进度"),
        ("按序时进度推进\n已完成投资3000万元", None),
        ("滞后。资金未落实", "滞后"),
        ("已完成整改。下一步将巩固成果", None),
        ("已完成。但仍有2处未拆除", None),
        ("基本完成。剩余1处正在拆除", None),
        ("达到序时进度。其中2项滞后", None),
        ("正在整改。已完成", None),
        ("已完成一期。二期正在建设", None),
        ("已完成。", None),
        ("已完成", None),
        ("", None),
    ],
)
def test_a_first_sentence_is_the_status_where_the_rest_takes_nothing_back(
    text: str, first: str | None
) -> None:
    assert leading_status_of(text) == first


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


@pytest.mark.parametrize(
    "word", ["", "基本办结", "已办结(含阶段性办结)", "待验收", "100%", "差不多", "关闭了吗"]
)
def test_unknown_states_of_cases(word: str) -> None:
    with pytest.raises(Problem) as caught:
        read_case_status(word)
    assert caught.value.key == "status.unknown_case"


def test_groups_are_a_partition_of_the_statuses() -> None:
    assert set(GROUP_OF) == set(Status)
    assert [status for group in Group for status in statuses_of(group)] == list(Status)
    assert statuses_of(Group.COMPLETED) == (Status.COMPLETED, Status.BASICALLY_COMPLETED)
    assert statuses_of(Group.BEHIND) == (Status.BEHIND, Status.NOT_COMPLETED)
