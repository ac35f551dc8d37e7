"""The figures in words: exact, in a fixed order, and readable back."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from office import EN, OFFICE, ZH, Office, section

from rectify_tui.domain.closure import ClosureRate
from rectify_tui.domain.paragraph import read_paragraph
from rectify_tui.domain.period import PeriodKind, period_of
from rectify_tui.domain.status import CaseStatus, Status
from rectify_tui.reports.weekly import prose

GOLDEN = Path(__file__).parent / "golden"
REWRITE = bool(os.environ.get("REWRITE_GOLDEN"))
PUBLISHED = {
    "HLJ-2016": {"total": 56, "completed": 24, "on_schedule": 7, "not_completed": 1, "merged": 24},
    "HLJ-2018": {
        "total": 60, "completed": 7, "basically_completed": 12, "on_schedule": 38, "behind": 3,
        "cases_total": 4387, "cases_closed": 4347, "cases_open": 40, "rate": 99.1,
    },
    "DQ-DALONGHUPAO": {"total": 5, "merged": 5},
    "SX-2019-PROJECTS": {"total": 148, "completed": 132, "not_completed": 16},
    "SX-2019-OUTFALLS": {"total": 2039, "completed": 1934, "not_completed": 105},
    "YZ-2016-WATER": {"total": 490, "completed": 490},
    "CN-2018-WATER": {"total": 6251, "completed": 6251},
}  # fmt: skip
"""What the page prints of each programme, and the remainders that follow from it."""


@pytest.fixture
def seed(seeded, clock) -> Office:
    return Office(seeded, clock)


def figures_in_words(office: Office, **asked) -> str:
    """The sentences of the paragraph that the figures alone make."""
    built = office.build(**asked)
    return prose.figures_in_words(
        built.figures, built.report.period.cutoff, ClosureRate.CLOSED, asked.get("t", ZH)
    )


@pytest.mark.parametrize("t", [ZH, EN], ids=["zh", "en"])
def test_paragraphs_of_the_seed(seed, t):
    asked = [{}, *({"programme": code} for code in PUBLISHED)]
    text = "".join(f"{seed.report(t=t, **each).paragraphs[0]}\n" for each in asked)
    path = GOLDEN / f"prose.{t.code}.txt"
    if REWRITE:
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")


@pytest.mark.parametrize("code", PUBLISHED)
def test_the_seed_is_told_as_published(seed, code):
    paragraph = figures_in_words(seed, programme=code)
    assert seed.report(programme=code).paragraphs[0].startswith(paragraph)
    reading = read_paragraph(paragraph)
    assert {figure.what.value: figure.value for figure in reading.figures} == PUBLISHED[code]
    assert reading.unplaced == ()
    assert all(found.unaccounted == 0 for found in reading.sums)


@pytest.mark.parametrize("code", PUBLISHED)
def test_words_and_table_have_the_same_figures(seed, code):
    (line,) = seed.build(programme=code).figures.programmes
    assert {status.value: n for status, n in line.tally.statuses.items() if n} == {
        name: n for name, n in PUBLISHED[code].items() if name in list(Status)
    }
    assert line.tally.cases[CaseStatus.CLOSED] == PUBLISHED[code].get("cases_closed", 0)


def test_the_order_is_fixed(office: Office):
    for n, status in enumerate(reversed(Status), 10):
        if status is not Status.MERGED:
            office.item(f"HLJ/{n}", region="大庆市", status=status.value)
    office.programme("NEW", "黑龙江省")
    office.merge("HLJ/1", "NEW")
    office.case("NEW/Z9", region="大庆市")
    zh, en = (office.report(t=t, programme="HLJ").paragraphs[0] for t in (ZH, EN))
    words = ("共", "已完成", "基本完成", "超过序时", "按序时", "尚未启动", "未达", "未完成",
             "已并入", "转办件", "已办结", "阶段性", "未办结", "办结率")  # fmt: skip
    assert [zh.index(word) for word in words] == sorted(zh.index(word) for word in words)
    words = ("items", "completed", "basically", "ahead", "on schedule", "not started",
             "behind", "not completed", "merged", "passed on", "closed", "closed for", "open",
             "Closure rate")  # fmt: skip
    assert [en.index(word) for word in words] == sorted(en.index(word) for word in words)


def test_several_programmes_are_summed_up_in_one_paragraph(office: Office):
    office.programme("NEW", "黑龙江省")
    office.merge("HLJ/1,6", "NEW")
    office.case("NEW/Z1", region="大庆市")
    (summary,) = office.report().paragraphs
    assert summary.startswith("截至2020年3月6日，全部方案共4项：")
    assert "另有2项已并入" in summary
    assert "接收转办件4件" in summary
    assert figures_in_words(office, programme="NEW") == (
        "截至2020年3月6日，NEW方案：接收转办件1件，未办结1件。办结率0.0%（已办结 ÷ 转办总数）。"
    )
    rows = section(office.report(), "programmes").table.rows
    assert [row["key"] for row in rows] == ["HLJ", "NEW", ""]


def test_one_is_said_in_the_singular(office: Office):
    office.programme("ONE", "大庆市")
    office.item("ONE/1", region="大庆市", status="已完成")
    office.case("ONE/1", region="大庆市")
    assert office.report(t=EN, programme="ONE").paragraphs[0] == (
        "ONE方案. As of 6 March 2020 there is 1 item: 1 completed."
        " 1 case was passed on: 1 open. Closure rate: 0.0% (closed ÷ all)."
    )


def test_a_rate_without_a_divisor_is_not_told(office: Office):
    office.programme("ONE", "大庆市")
    office.case("ONE/1", region="大庆市", substantiated="不属实", status="已办结")
    settings = OFFICE._replace(closure=ClosureRate.COMPLETED_OF_SUBSTANTIATED)
    (paragraph,) = office.report(settings=settings, programme="ONE").paragraphs
    assert paragraph == "截至2020年3月6日，ONE方案：接收转办件1件，已办结1件。"


def test_the_paragraph_says_what_changed_and_what_the_schedule_says(office: Office):
    (first,) = office.report().paragraphs
    assert first.endswith("另有4项已过整改时限，报送未列为滞后。")
    office.at("2020-03-10")
    office.put("HLJ/2", status="已完成", verification="refuted")
    office.put("HLJ/5", status="未达序时进度", next_step="签约", next_on="2020-03-12")
    office.put("HLJ/4", status="按序时进度推进")
    (second,) = office.at("2020-03-13").report().paragraphs
    assert second.endswith(
        "另有3项已过整改时限，报送未列为滞后。现场核实不属实1项，承诺到期未兑现1项。"
        "比上期新完成1项，新滞后1项，赶上进度1项，完成率上升16.7个百分点。"
    )
    (third,) = office.at("2020-03-20").report(t=EN).paragraphs
    assert third.endswith("Nothing changed since the report before.")


@pytest.mark.parametrize(
    ("day", "kind", "zh", "en"),
    [
        ("2020-03-06", "week", "2020年第10周", "Week 10 of 2020"),
        ("2021-01-01", "week", "2020年第53周", "Week 53 of 2020"),
        ("2020-02-10", "month", "2020年2月", "February 2020"),
        ("2020-12-31", "quarter", "2020年第4季度", "Quarter 4 of 2020"),
        ("2020-06-30", "half_year", "2020年上半年", "First half of 2020"),
        ("2020-07-01", "half_year", "2020年下半年", "Second half of 2020"),
    ],
)
def test_periods_have_names(day, kind, zh, en):
    period = period_of(date.fromisoformat(day), PeriodKind(kind))
    assert (prose.period_name(period, ZH), prose.period_name(period, EN)) == (zh, en)
