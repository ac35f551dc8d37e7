from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from rectify_tui.domain.deadline import Deadline, DeadlineKind, read_deadline
from rectify_tui.i18n import LANGUAGES, Language

ISSUED = date(2019, 3, 31)


def read(text: str) -> Deadline:
    return read_deadline(text, default_year=2019, issued_on=ISSUED)


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("text", "due"),
    [
        # the end of a year
        ("2020年底前", "2020-12-31"),
        ("2020年底之前", "2020-12-31"),
        ("2020年年底前", "2020-12-31"),
        ("2020年末", "2020-12-31"),
        ("2020底前", "2020-12-31"),
        ("2020年内", "2020-12-31"),
        ("2020年年内完成", "2020-12-31"),
        ("2020年", "2020-12-31"),
        ("2020", "2020-12-31"),
        ("２０２０年底前", "2020-12-31"),
        ("二〇二〇年底前", "2020-12-31"),
        ("二零二零年底前", "2020-12-31"),
        ("“十三五”末", "2020-12-31"),
        ("十三五期末前", "2020-12-31"),
        ("十五五末", "2030-12-31"),
        # halves and quarters
        ("2020年上半年", "2020-06-30"),
        ("2020下半年", "2020-12-31"),
        ("2020年第三季度", "2020-09-30"),
        ("2020年一季度末前", "2020-03-31"),
        ("2020年Q2", "2020-06-30"),
        # months
        ("2024年12月底", "2024-12-31"),
        ("2017年9月底前完成", "2017-09-30"),
        ("二〇二〇年十二月底", "2020-12-31"),
        ("2020年⼗⼆⽉底", "2020-12-31"),
        ("2020年6月", "2020-06-30"),
        ("20年6月", "2020-06-30"),
        ("20年底前", "2020-12-31"),
        ("20年第三季度", "2020-09-30"),
        ("20年6月30日", "2020-06-30"),
        ("30-Jun-20", "2020-06-30"),
        # as spreadsheets and people space and time them
        ("2020-06-30 12:30", "2020-06-30"),
        ("2020/6/30 0:00", "2020-06-30"),
        ("2020-06-30T00:00:00.000", "2020-06-30"),
        ("2020/6/30 12:00:00 AM", "2020-06-30"),
        ("2020年6月30日0:00", "2020-06-30"),
        ("2020年6月30日 17:30前", "2020-06-30"),
        ("2020年6月30日下午5点前", "2020-06-30"),
        ("2020年6月30日17时30分前", "2020-06-30"),
        ("2020年6月30日（星期二）前", "2020-06-30"),
        ("2020年6月30日星期二", "2020-06-30"),
        ("2020. 6. 30", "2020-06-30"),
        ("2020. 6", "2020-06-30"),
        ("2020 / 6 / 30", "2020-06-30"),
        ("2020、6、30", "2020-06-30"),
        # traditional characters
        ("2020年底前完成並驗收", "2020-12-31"),
        ("2020年度內", "2020-12-31"),
        ("2020年6月份完成", "2020-06-30"),
        ("2020年6月末", "2020-06-30"),
        ("2020年2月底", "2020-02-29"),
        ("2019年2月底", "2019-02-28"),
        ("2020.6", "2020-06-30"),
        ("2020.06", "2020-06-30"),
        ("2020-06", "2020-06-30"),
        ("2025/12", "2025-12-31"),
        ("２０２０．６", "2020-06-30"),
        ("2020.6月底前", "2020-06-30"),
        ("2020-12底前", "2020-12-31"),
        # tens of days
        ("2020年6月上旬", "2020-06-10"),
        ("2020年6月中旬", "2020-06-20"),
        ("2020年6月中旬前", "2020-06-20"),
        ("2020年6月下旬", "2020-06-30"),
        ("2020年2月下旬", "2020-02-29"),
        ("2020年7月下旬", "2020-07-31"),
        # days
        ("2018年12月31日", "2018-12-31"),
        ("2018年12月31日前", "2018-12-31"),
        ("2018年12月31日以前", "2018-12-31"),
        ("2018年12月31日24时前", "2018-12-31"),
        (" 2018 年 12 月 31 日 ", "2018-12-31"),
        ("2018年12月31号", "2018-12-31"),
        ("2018年12月31", "2018-12-31"),
        ("二○一八年十二月三十一日", "2018-12-31"),
        ("2020/6/30", "2020-06-30"),
        ("2020.6.30前", "2020-06-30"),
        ("2020-06-30", "2020-06-30"),
        ("2020-06-30 00:00:00", "2020-06-30"),
        ("2020-06-30T23:59:59", "2020-06-30"),
        ("20200630", "2020-06-30"),
        ("\u200e2020/6/30\u200e", "2020-06-30"),
        ("2020年2月29日", "2020-02-29"),
        # with words
        ("完成时限：2020年底前", "2020-12-31"),
        ("整改时限为2020年12月31日", "2020-12-31"),
        ("确保2020年底前整改到位", "2020-12-31"),
        ("力争于2020年底全面完成", "2020-12-31"),
        ("原则上2020年底前", "2020-12-31"),
        ("不晚于2020年6月30日", "2020-06-30"),
        ("最迟2020年6月30日", "2020-06-30"),
        ("到2020年，全面完成", "2020-12-31"),
        ("截至2020年6月30日", "2020-06-30"),
        ("2020年底前完成107个问题整改", "2020-12-31"),
        ("2020年底前建立长效管控机制。", "2020-12-31"),
        ("2020年底前完成三年行动计划任务", "2020-12-31"),
        ("按照《2018年水污染防治方案》要求，2020年底前完成", "2020-12-31"),
        ("立行立改，2018年12月底前完成", "2018-12-31"),
        ("2020年6月30日前（已完成）", "2020-06-30"),
        # English
        ("end of 2020", "2020-12-31"),
        ("by the end of 2020", "2020-12-31"),
        ("before the end of June 2020", "2020-06-30"),
        ("end-2020", ""),
        ("by 30 June 2020", "2020-06-30"),
        ("no later than 30th of June 2020", "2020-06-30"),
        ("June 30, 2020", "2020-06-30"),
        ("Sept. 30, 2020", "2020-09-30"),
        ("30-Jun-2020", "2020-06-30"),
        ("June 2020", "2020-06-30"),
        ("Q3 2020", "2020-09-30"),
        ("2020 Q3", "2020-09-30"),
        ("end of the third quarter of 2020", "2020-09-30"),
        ("first half of 2020", "2020-06-30"),
        ("to be completed in 2020", "2020-12-31"),
    ],
)
def test_one_last_day(text: str, due: str) -> None:
    found = read_deadline(text)
    kind = DeadlineKind.DUE if due else DeadlineKind.UNREADABLE
    assert found == Deadline(text, kind, due_on=day(due))


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("今年底前", "2019-12-31"),
        ("今年年底前", "2019-12-31"),
        ("本年度内", "2019-12-31"),
        ("年底前", "2019-12-31"),
        ("年内", "2019-12-31"),
        ("明年底", "2020-12-31"),
        ("来年底前", "2020-12-31"),
        ("力争来年6月底前完成", "2020-06-30"),
        ("明年6月底前", "2020-06-30"),
        ("4月底前", "2019-04-30"),
        ("十二月底", "2019-12-31"),
        ("三季度末", "2019-09-30"),
        ("12月31日前", "2019-12-31"),
        ("6月中旬前", "2019-06-20"),
        ("一季度", "2019-03-31"),
        ("上半年", "2019-06-30"),
        ("上半年内", "2019-06-30"),
        ("一季度内", "2019-03-31"),
        ("end of June", "2019-06-30"),
        ("by the end of the year", "2019-12-31"),
        ("end of next year", "2020-12-31"),
        ("2月28日", "2019-02-28"),
    ],
)
def test_a_missing_year_is_the_default_year(text: str, due: str) -> None:
    found = read_deadline(text, default_year=2019)
    assert found == Deadline(text, DeadlineKind.DUE, due_on=day(due), year_assumed=True)
    assert read_deadline(text).kind is DeadlineKind.UNREADABLE


def test_this_year_is_the_year_of_issue_where_no_other_is_given() -> None:
    assert read_deadline("今年底前", issued_on=ISSUED).due_on == date(2019, 12, 31)
    assert not read_deadline("今年底前", issued_on=ISSUED).year_assumed
    assert read_deadline("4月底前", issued_on=ISSUED).kind is DeadlineKind.UNREADABLE
    assert read_deadline("今年底前", default_year=2020, issued_on=ISSUED).due_on == date(
        2020, 12, 31
    )


@pytest.mark.parametrize(
    ("text", "start", "due"),
    [
        ("2023-2025年完成", "2023-01-01", "2025-12-31"),
        ("2023年至2025年", "2023-01-01", "2025-12-31"),
        ("2018—2020", "2018-01-01", "2020-12-31"),
        ("2018年到2020年底", "2018-01-01", "2020-12-31"),
        ("2018年10月-2019年6月", "2018-10-01", "2019-06-30"),
        ("2018年10～12月", "2018-10-01", "2018-12-31"),
        ("2018年10月至12月底前", "2018-10-01", "2018-12-31"),
        ("2018.10-2019.6", "2018-10-01", "2019-06-30"),
        ("2018/10/1-2018/12/31", "2018-10-01", "2018-12-31"),
        ("2018-10-01至2018-12-31", "2018-10-01", "2018-12-31"),
        ("2018年10月1日-31日", "2018-10-01", "2018-10-31"),
        ("2018年10月1-31日", "2018-10-01", "2018-10-31"),
        ("自2018年10月1日起至2020年底", "2018-10-01", "2020-12-31"),
        ("2020年一至三季度", "2020-01-01", "2020-09-30"),
        ("2020年第一到第三季度", "2020-01-01", "2020-09-30"),
        ("“十三五”期间", "2016-01-01", "2020-12-31"),
        ("2018年10月启动，2018年12月底前完成", "2018-10-01", "2018-12-31"),
        ("2018年6月启动建设，次年底前建成投用", "2018-06-01", "2019-12-31"),
        ("2017年10月启动并于2018年底前完成", "2017-10-01", "2018-12-31"),
        ("2018年6月启动，年底完成", "2018-06-01", "2018-12-31"),
        ("自2018年6月起，2020年底前完成", "2018-06-01", "2020-12-31"),
        ("from October 2018 to June 2019", "2018-10-01", "2019-06-30"),
        ("between 2018 and 2020", "2018-01-01", "2020-12-31"),
    ],
)
def test_a_range_ends_at_its_last_day(text: str, start: str, due: str) -> None:
    expected = Deadline(text, DeadlineKind.DUE, due_on=day(due), start_on=day(start))
    assert read_deadline(text) == expected


@pytest.mark.parametrize(
    ("text", "kind", "due", "start"),
    [
        ("立行立改", DeadlineKind.AT_ONCE, "2019-03-31", ""),
        ("立行立改、边督边改", DeadlineKind.AT_ONCE, "2019-03-31", ""),
        ("立即整改。", DeadlineKind.AT_ONCE, "2019-03-31", ""),
        ("immediately", DeadlineKind.AT_ONCE, "2019-03-31", ""),
        ("立行立改，长期坚持", DeadlineKind.DUE_THEN_CONTINUOUS, "2019-03-31", ""),
        ("即知即改，常态化推进", DeadlineKind.DUE_THEN_CONTINUOUS, "2019-03-31", ""),
        ("at once, then long-term", DeadlineKind.DUE_THEN_CONTINUOUS, "2019-03-31", ""),
        ("2024年底前，并长期坚持", DeadlineKind.DUE_THEN_CONTINUOUS, "2024-12-31", ""),
        ("2020年底前完成，长期坚持", DeadlineKind.DUE_THEN_CONTINUOUS, "2020-12-31", ""),
        ("2020年底前完成并持续推进", DeadlineKind.DUE_THEN_CONTINUOUS, "2020-12-31", ""),
        ("2020年底前完成，此后长期坚持", DeadlineKind.DUE_THEN_CONTINUOUS, "2020-12-31", ""),
        ("end of 2020, then keep it up", DeadlineKind.DUE_THEN_CONTINUOUS, "2020-12-31", ""),
        ("长期坚持", DeadlineKind.CONTINUOUS, "", ""),
        ("持续推进", DeadlineKind.CONTINUOUS, "", ""),
        ("长期", DeadlineKind.CONTINUOUS, "", ""),
        ("已完成并长期坚持", DeadlineKind.CONTINUOUS, "", ""),
        ("ongoing", DeadlineKind.CONTINUOUS, "", ""),
        ("自2018年10月起，长期坚持", DeadlineKind.CONTINUOUS, "", "2018-10-01"),
        ("2018年10月启动，长期坚持", DeadlineKind.CONTINUOUS, "", "2018-10-01"),
        ("2018年及以后", DeadlineKind.NO_END, "", "2018-01-01"),
        ("2018年及以后年度", DeadlineKind.NO_END, "", "2018-01-01"),
        ("自2018年10月起", DeadlineKind.NO_END, "", "2018-10-01"),
        ("2018年10月至长期", DeadlineKind.NO_END, "", "2018-10-01"),
        ("from 2018 onwards", DeadlineKind.NO_END, "", "2018-01-01"),
        ("应于2017年10月启动", DeadlineKind.START_ONLY, "", "2017-10-01"),
        ("2017年10月15日开工建设", DeadlineKind.START_ONLY, "", "2017-10-15"),
        ("2017年10月底前启动", DeadlineKind.START_ONLY, "", "2017-10-31"),
        ("2017年10月启动，确保按期完成", DeadlineKind.START_ONLY, "", "2017-10-01"),
        ("启动时间：2017年10月", DeadlineKind.START_ONLY, "", "2017-10-01"),
        ("to start in October 2017", DeadlineKind.START_ONLY, "", "2017-10-01"),
        ("", DeadlineKind.NONE, "", ""),
        (" \n\u3000", DeadlineKind.NONE, "", ""),
        ("\u200b", DeadlineKind.NONE, "", ""),
        ("——", DeadlineKind.NONE, "", ""),
        ("/", DeadlineKind.NONE, "", ""),
        ("无", DeadlineKind.NONE, "", ""),
    ],
)
def test_kinds(text: str, kind: DeadlineKind, due: str, start: str) -> None:
    expected = Deadline(text, kind, due_on=day(due), start_on=day(start))
    assert read_deadline(text, issued_on=ISSUED) == expected


def test_at_once_has_no_day_without_the_day_of_issue() -> None:
    assert read_deadline("立行立改") == Deadline("立行立改", DeadlineKind.AT_ONCE)
    kept_up = read_deadline("立行立改，长期坚持", default_year=2019)
    assert kept_up == Deadline("立行立改，长期坚持", DeadlineKind.DUE_THEN_CONTINUOUS)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("三年内分阶段完成", "2022-03-31"),
        ("3年内", "2022-03-31"),
        ("一年半内", "2020-09-30"),
        ("半年内", "2019-09-30"),
        ("11个月内", "2020-02-29"),
        ("三个月之内", "2019-06-30"),
        ("自方案印发之日起三个月内完成", "2019-06-30"),
        ("印发后30日内", "2019-04-30"),
        ("两周内", "2019-04-14"),
        ("一百八十天内", "2019-09-27"),
        ("within three years", "2022-03-31"),
        ("within 30 days of issue", "2019-04-30"),
    ],
)
def test_a_term_is_counted_from_the_day_of_issue(text: str, due: str) -> None:
    found = read_deadline(text, default_year=2001, issued_on=ISSUED)
    assert found == Deadline(text, DeadlineKind.DUE, due_on=day(due))
    assert read_deadline(text).kind is DeadlineKind.UNREADABLE


def test_a_term_in_years_counts_the_default_year_as_its_first() -> None:
    found = read_deadline("三年内分阶段完成", default_year=2018)
    assert found.due_on == date(2020, 12, 31)
    assert found.year_assumed
    for text in ("半年内", "一年半内", "三个月内", "30日内"):
        assert read_deadline(text, default_year=2018).kind is DeadlineKind.UNREADABLE


def test_this_month_needs_the_day_of_issue() -> None:
    assert read("本月底前").due_on == date(2019, 3, 31)
    assert read("下个月15日前").due_on == date(2019, 4, 15)
    assert read_deadline("本月底前", default_year=2019).kind is DeadlineKind.UNREADABLE


@pytest.mark.parametrize(
    ("text", "stages"),
    [
        (
            "11月底阶段性销号，12月底全面销号",
            [("阶段性销号", "2019-11-30"), ("全面销号", "2019-12-31")],
        ),
        (
            "阶段性销号：11月底；全面销号：12月底",
            [("阶段性销号", "2019-11-30"), ("全面销号", "2019-12-31")],
        ),
        (
            "2020年11月底阶段性销号，12月底全面销号",
            [("阶段性销号", "2020-11-30"), ("全面销号", "2020-12-31")],
        ),
        (
            "2020年6月底前完成管网，2021年底前完成厂区",
            [("完成管网", "2020-06-30"), ("完成厂区", "2021-12-31")],
        ),
        (
            "2021年底前完成厂区\n2020年6月底前完成管网",
            [("完成管网", "2020-06-30"), ("完成厂区", "2021-12-31")],
        ),
        (
            "①2020年6月底前完成管网；②2021年底前，完成厂区",
            [("完成管网", "2020-06-30"), ("完成厂区", "2021-12-31")],
        ),
        ("A市2020年6月底前，B市2020年底前", [("A市", "2020-06-30"), ("B市", "2020-12-31")]),
        (
            "力争2020年10月底前、确保2020年底前完成",
            [("力争", "2020-10-31"), ("确保完成", "2020-12-31")],
        ),
        (
            "complete the sewers by end of June 2020, complete the plant by end of 2021",
            [("complete the sewers", "2020-06-30"), ("complete the plant", "2021-12-31")],
        ),
    ],
)
def test_steps_are_kept_and_the_last_one_is_due(text: str, stages: list[tuple[str, str]]) -> None:
    found = read(text)
    assert found.kind is DeadlineKind.DUE
    assert found.stages == tuple((name, date.fromisoformat(due)) for name, due in stages)
    assert found.due_on == found.stages[-1][1]


def test_a_year_in_the_text_is_not_assumed() -> None:
    assert read("11月底阶段性销号，12月底全面销号").year_assumed
    assert not read("2020年11月底阶段性销号，12月底全面销号").year_assumed


UNREADABLE = [
    # impossible
    "2月30日", "2020年2月30日", "2019年2月29日", "2020/13", "2020.00", "20200631", "2020-6-31",
    "2020年6月三十一日", "Q5 2020", "2025-2023年", "2018年10月至3月",
    "2020年底启动，2019年底前完成",
    # no date
    "加快推进", "尽快完成", "2020年汛期前", "汛期前", "2020年春节前", "2020年6月初", "三年",
    "20日前", "月底前",
    "每年", "每年12月底前", "15个工作日内", "0", "44012", "202006", "《2018年方案》", "几年内",
    "数月内",
    # might mean one day or another
    "2020年6月前", "2020年前", "2020年第一季度前", "by 2020", "by June 2020", "before 30 June 2020",
    "20年", "20.6", "30/6/2020", "06/07/2020", "2018.10-12", "2020-6-12月", "三月内", "6月内",
    "2020年6月30日后", "2020年以后", "2018年至今", "自2018年10月", "after 2020", "去年底",
    "上年度6月底",
    "2020年底左右", "约2020年底", "2020年底前后", "2020年底前或2021年底前", "2020年底或2021年底",
    "持续推进至2020年底", "第三年内", "壬寅年底", "甲辰年底前", "隔年底", "将来年底",
    "2020年6月30日17时后", "2020年6月30日9时左右",
    "2020年底前持续推进", "2023-2025年持续推进", "2020年6月30日前，周五", "2020年6月²",
    "2020年6月30个",
    "2020年6月30，000元", "2020-06-30 25:30", "2020 12:30", "2020年12月3 1日", "次年3月底",
    # another number or date
    "2020年底前，12", "2020年底前完成3", "2020年6月底、2020年12月底",
    "2020年6月底前完成管网，3月底前完成厂区",
    "2018年、2019年完成", "分别于2020年6月底、12月底前完成", "三年内，2020年底前完成",
    "2020年底前，三年内完成",
    "2020年底前完成，六个月试运行", "两年内完成一期，三年内完成二期", "2020年底前排放比2018年下降",
    "2020年底前完成2019年底前确定的任务", "2020年方案要求", "完成2020年任务", "2020年6月整改方案",
    # delay, condition, denial
    "原定2020年6月底，延期至2020年12月底", "如资金到位，2020年底前完成", "待批复后2020年底前完成",
    "2020年底前未完成", "2020年底前不能完成", "2020年底前的任务", "已于2019年6月完成",
    "超过2020年底",
    "不能立行立改的，2020年底前完成", "立行立改，汛期前完成", "立行立改，2018年10月启动",
    "立即启动",
    "启动整改，2020年底", "2018年6月启动并完成", "2018年起完成", "not by 30 June 2020",
    # shown differently from how it is read
    "\u202e2020年底前", "2020年底前\u05d0", "2020年底前\x07", "٢٠٢٠年底前", "2020年底前完成" * 200,
]  # fmt: skip


@pytest.mark.parametrize("text", UNREADABLE)
def test_nothing_is_guessed(text: str) -> None:
    assert read(text) == Deadline(text, DeadlineKind.UNREADABLE)


def test_a_term_runs_to_the_end_of_a_shorter_month() -> None:
    leap_day = date(2020, 2, 29)
    assert read_deadline("一年内", issued_on=leap_day).due_on == date(2021, 2, 28)
    assert read_deadline("四年内", issued_on=leap_day).due_on == leap_day.replace(year=2024)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_kind_has_a_name(code: str) -> None:
    tell = Language(code)
    assert len({tell(f"deadline.kind.{kind}") for kind in DeadlineKind}) == len(DeadlineKind)
    assert "汛期前" in tell("deadline.unreadable", text="汛期前")
    assert "2019" in tell("deadline.year_assumed", text="年底", year=2019)


CHINESE = "〇一二三四五六七八九"


def chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else CHINESE[tens] + "十"
    return head + (CHINESE[ones] if ones else "")


def full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


DAYS = st.dates(min_value=date(1901, 1, 1), max_value=date(2099, 12, 31))


@settings(deadline=None)
@given(DAYS)
@example(date(2020, 2, 29))
@example(date(2000, 2, 29))
@example(date(2011, 11, 11))
def test_every_spelling_of_a_day_reads_back(due: date) -> None:
    y, m, d = due.year, due.month, due.day
    year = "".join(CHINESE[int(digit)] for digit in str(y))
    numeric = f"{y}年{m}月{d}日"
    for text in (
        numeric, f"{numeric}前", f"{y}年{m:02}月{d:02}日之前完成", f"{y} 年 {m} 月 {d} 日",
        full_width(numeric), f"{y}/{m}/{d}", full_width(f"{y}-{m}-{d}"), f"{y}.{m}.{d}",
        f"{due:%Y%m%d}", f"{due} 00:00:00", f"{due:%d %B %Y}", f"by {due:%b %d, %Y}",
        f"{year}年{chinese(m)}月{chinese(d)}日", f"力争于{numeric}前整改到位",
    ):  # fmt: skip
        found = read_deadline(text)
        assert (text, found.kind, found.due_on) == (text, DeadlineKind.DUE, due)
    assert read_deadline(f"{m}月{d}日前", default_year=y).due_on == due


@settings(deadline=None)
@given(DAYS)
def test_every_spelling_of_a_month_reads_back(within: date) -> None:
    y, m = within.year, within.month
    due = within.replace(day=calendar.monthrange(y, m)[1])
    for text in (
        f"{y}年{m}月底前", f"{y}年{m:02}月", f"{y}年{chinese(m)}月底", f"{y}.{m}", f"{y}/{m}",
        f"{y}-{m:02}", full_width(f"{y}.{m:02}"), f"end of {within:%B %Y}", f"{within:%b %Y}",
        f"{y}年1-{m}月" if m > 1 else f"{y}年1月", f"{y - 1}年{m}月至{y}年{m}月",
    ):  # fmt: skip
        assert (text, read_deadline(text).due_on) == (text, due)


@settings(deadline=None)
@given(DAYS, DAYS)
def test_a_range_of_days_reads_back(one: date, other: date) -> None:
    first, last = sorted((one, other))
    for text in (
        f"{first}至{last}", f"{first:%Y/%m/%d}-{last:%Y/%m/%d}",
        f"{first:%Y.%m.%d}—{last:%Y.%m.%d}",
        f"{first.year}年{first.month}月{first.day}日到{last.year}年{last.month}月{last.day}日",
    ):  # fmt: skip
        found = read_deadline(text)
        assert (text, found.start_on, found.due_on) == (text, first, last)


FRAGMENTS = st.sampled_from(
    [
        "2020", "2019", "年", "年底", "月", "6月", "12月底", "30日", "前", "内", "后", "起",
        "至", "到", "-", ".", "/",
        "，", "；", "。", "（", "）", "立行立改", "长期坚持", "持续推进", "完成", "启动", "并",
        "及以后", "三年", "半年",
        "十二", "一", "上半年", "第三季度", "中旬", "今年", "明年", "次年", "本月", "十三五",
        "末", "期间", "by ",
        "end of ", "June ", " 30", "within ", "years", "从", "自", "应于", "个", "日", "季度",
        "\n", "²", "\u202e",
    ]
)  # fmt: skip


def sound(text: str, found: Deadline) -> None:
    assert found.text == text
    if found.due_on and found.start_on:
        assert found.start_on <= found.due_on
    if found.stages:
        assert found.due_on == found.stages[-1][1]
        assert [due for _, due in found.stages] == sorted(due for _, due in found.stages)
        assert all(name for name, _ in found.stages)
    if found.kind in {DeadlineKind.UNREADABLE, DeadlineKind.NONE}:
        assert found == Deadline(text, found.kind)
    if found.kind is DeadlineKind.DUE:
        assert found.due_on
    if found.kind in {DeadlineKind.CONTINUOUS, DeadlineKind.NO_END, DeadlineKind.START_ONLY}:
        assert not found.due_on


@settings(deadline=None)
@given(
    text=st.text(max_size=40) | st.lists(FRAGMENTS, max_size=10).map("".join),
    default_year=st.none() | st.integers(-1, 10000),
    issued_on=st.none() | st.dates(),
)
def test_any_text_is_read_soundly(
    text: str, default_year: int | None, issued_on: date | None
) -> None:
    sound(text, read_deadline(text, default_year=default_year, issued_on=issued_on))


@settings(deadline=None)
@given(st.lists(FRAGMENTS, max_size=10).map("".join))
def test_a_year_is_assumed_only_where_a_default_makes_the_difference(text: str) -> None:
    assumed, bare = read_deadline(text, default_year=2019), read_deadline(text)
    assert not bare.year_assumed
    if bare.kind is not DeadlineKind.UNREADABLE:
        assert assumed == bare
    elif assumed.kind is not DeadlineKind.UNREADABLE:
        assert assumed.year_assumed


@settings(deadline=None)
@given(due=DAYS, tail=st.from_regex(r"[0-9]{1,4}(?:年|月|日|天|周|个月)?", fullmatch=True))
def test_another_number_makes_it_unreadable(due: date, tail: str) -> None:
    assume(tail.lstrip("0") not in ("12月", f"{due.year}年"))  # they say the same day again
    for text in (f"{due.year}年底前完成，{tail}", f"{due.year}年底前{tail}"):
        assert read_deadline(text).kind is DeadlineKind.UNREADABLE, text


def test_long_texts_take_no_time() -> None:
    """Patterns that backtrack would run for minutes here."""
    for part in (
        "2020",
        "(",
        "一",
        "长期",
        "1-",
        "2020年底前",
        "20200101",
        "自从",
        "并于",
        "x by ",
        " ",
    ):
        text = (part * 1000)[:1000]
        sound(text, read(text))


def test_a_day_of_issue_at_the_end_of_time() -> None:
    last = date.max - timedelta(days=1)
    assert read_deadline("三年内", issued_on=last).kind is DeadlineKind.UNREADABLE
    assert read_deadline("30日内", issued_on=last).kind is DeadlineKind.UNREADABLE
    assert read_deadline("明年底", default_year=9999).kind is DeadlineKind.UNREADABLE
