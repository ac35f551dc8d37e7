"""The report as data: figures, ranks, lists, and what they are compared with."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date

import pytest
from office import EN, OFFICE, ZH, Office, keys, raw, section

from rectify_tui.domain.closure import ClosureRate
from rectify_tui.domain.fields import ITEM, FieldKind, Shown
from rectify_tui.domain.ladder import EscalationStep
from rectify_tui.domain.period import PeriodKind
from rectify_tui.domain.status import Status
from rectify_tui.errors import Problem, Refusal
from rectify_tui.reports.table import shown
from rectify_tui.reports.weekly import item_columns, lists, remarks, rows
from rectify_tui.reports.weekly.build import Request as AskedReport
from rectify_tui.reports.weekly.build import building
from rectify_tui.reports.weekly.columns import COLUMNS, DEFAULTS, require_filled
from rectify_tui.reports.weekly.render import render
from rectify_tui.store.commands.coverage import Statement, state_coverage
from rectify_tui.store.commands.escalations import escalate, find_addressee, of_addressee
from rectify_tui.store.commands.extensions import Request, extend_items
from rectify_tui.store.commands.steps import add_step
from rectify_tui.store.rollup_read import By
from rectify_tui.store.undo import undo

# --- which period, which lines ---


def test_the_default_is_the_latest_cutoff_that_has_come(office: Office):
    assert office.report().period.cutoff == date(2020, 3, 6)
    assert office.at("2020-03-12").report().period.cutoff == date(2020, 3, 6)
    assert office.at("2020-03-13").report().period.cutoff == date(2020, 3, 13)


def test_a_running_period_is_shown_as_of_today_and_says_so(office: Office):
    built = office.at("2020-03-10").build(day="2020-03-11")
    assert not built.over
    assert built.period.cutoff == date(2020, 3, 13)
    assert built.report.period.cutoff == date(2020, 3, 10)
    assert any("2020-03-13" in note for note in built.report.notes)
    assert "截至2020年3月10日" in built.report.paragraphs[0]


def test_a_period_to_come_has_no_report(office: Office):
    with pytest.raises(Problem) as caught:
        office.build(day="2020-03-07")
    assert caught.value.key == "weekly.future"


def test_nothing_is_not_reported(office: Office):
    with pytest.raises(Refusal) as caught:
        office.build(day="2020-02-28")
    assert caught.value.key == "weekly.nothing_yet"
    office.programme("NEW", "黑龙江省")
    with pytest.raises(Refusal) as caught:
        office.build(programme="NEW")
    assert caught.value.key == "weekly.nothing"


def test_after_an_import_of_today_the_period_that_has_it_is_shown_and_offered(office: Office):
    office.at("2020-03-10").programme("NEW", "黑龙江省")
    office.item("NEW/1", region="大庆市", status="按序时进度推进")
    first = office.build(programme="NEW")
    assert (first.period.cutoff, first.over) == (date(2020, 3, 13), False)
    assert office.build().over
    with pytest.raises(Refusal) as caught:
        office.build(programme="NEW", day="2020-03-06")
    assert (caught.value.key, caught.value.params) == ("weekly.nothing_yet", {
        "day": date(2020, 3, 6), "first": date(2020, 3, 10), "begins": date(2020, 3, 7),
        "cutoff": date(2020, 3, 13),
    })  # fmt: skip
    assert office.report(programme="NEW", day="2020-03-10").paragraphs


def test_one_finished_item_before_the_rest_was_entered_is_no_achievement(office: Office):
    office.programme("NEW", "黑龙江省")
    office.item("NEW/1", region="大庆市", status="已完成")
    office.at("2020-03-10")
    for number in range(2, 5):
        office.item(f"NEW/{number}", region="大庆市", status="未达序时进度")
    report = office.report(programme="NEW", day="2020-03-06")
    assert "当日台账尚缺3项" in report.paragraphs[0]
    assert any("NEW 3 项（最早自 2020-03-10）" in note for note in report.notes)
    report = office.at("2020-03-13").report(programme="NEW")
    assert "尚缺" not in report.paragraphs[0]
    assert "上期台账只有1项，完成率不可比" in report.paragraphs[0]


@pytest.mark.parametrize(
    ("kind", "first", "cutoff", "name", "title"),
    [
        ("week", "2020-02-29", "2020-03-06", "2020年第10周", "黑龙江省进度周报"),
        ("month", "2020-03-01", "2020-03-31", "2020年3月", "黑龙江省进度月报"),
        ("quarter", "2020-01-01", "2020-03-31", "2020年第1季度", "黑龙江省进度季报"),
        ("half_year", "2020-01-01", "2020-06-30", "2020年上半年", "黑龙江省进度半年报"),
    ],
)
def test_other_periods(office: Office, kind, first, cutoff, name, title):
    settings = OFFICE._replace(period=PeriodKind(kind))
    report = office.at("2020-07-01").report(settings=settings, day="2020-03-06")
    assert (report.period.first.isoformat(), report.period.cutoff.isoformat()) == (first, cutoff)
    assert (report.period_name, report.title, report.office) == (name, title, "某省整改办")


def test_an_office_may_end_its_weeks_on_another_day(office: Office):
    period = office.report(settings=OFFICE._replace(week_ends_on=3)).period
    assert (period.first, period.cutoff) == (date(2020, 2, 28), date(2020, 3, 5))


def test_lines_follow_from_the_programmes(office: Office):
    assert office.build().figures.by is By.CITY
    assert office.build(programme="hlj").figures.by is By.CITY
    office.programme("SX", "山西省")
    office.item("SX/1", region="太原市", status="已完成")
    assert office.build().figures.by is By.CITY  # nothing is left to do in the other province
    office.item("SX/2", region="太原市", status="按序时进度推进")
    assert office.build().figures.by is By.PROVINCE
    assert office.build(programme="HLJ").figures.by is By.CITY
    assert office.build(settings=OFFICE._replace(by=By.COUNTY)).figures.by is By.COUNTY
    assert office.build(settings=OFFICE._replace(by=By.COUNTY), by=By.UNIT).figures.by is By.UNIT


def test_a_national_programme_is_by_province(office: Office):
    office.programme("CN", "全国")
    office.item("CN/1", region="全国", status="按序时进度推进")
    assert office.build().figures.by is By.PROVINCE
    assert office.build(programme="CN").figures.by is By.PROVINCE


# --- progress ---


def test_progress_by_city(office: Office):
    report = office.report()
    for key in ("progress", "statuses"):
        assert raw(report, key, "name", "total", "completed", "behind", "completion_rate") == [
            ("黑龙江省", 1, 0, 0, 0.0),
            ("哈尔滨市", 2, 1, 0, 0.5),
            ("大庆市", 3, 0, 1, 1 / 3),
            ("", 6, 1, 1, 1 / 3),
        ]
    assert keys(report, "progress") == [
        "name", "total", "group_completed", "group_on_schedule", "group_behind",
        "completion_rate", "rank_by_rate",
    ]  # fmt: skip
    occurring = [name for name in keys(report, "statuses") if name in list(Status)]
    assert occurring == ["completed", "basically_completed", "on_schedule", "behind"]


def test_ranks_leave_out_what_belongs_to_no_city(office: Office):
    report = office.report()
    names = ("name", "rank_by_rate", "rank_by_count", "against_average")
    assert raw(report, "progress", *names) == [
        ("黑龙江省", None, None, None),
        ("哈尔滨市", 1, 1, "above"),
        ("大庆市", 2, 1, "below"),
        ("", None, None, None),
    ]


def test_the_average_is_that_of_what_is_ranked(office: Office):
    for number in range(20):  # a finished programme of the province itself
        office.item(f"HLJ/P{number}", region="黑龙江省", status="已完成")
    against = raw(office.report(), "statuses", "name", "against_average")
    assert against == [
        ("黑龙江省", None), ("哈尔滨市", "above"), ("大庆市", "below"), ("", None),
    ]  # fmt: skip


def test_equals_share_a_rank_and_the_next_stays_empty(office: Office):
    for region, status in (("鸡西市", "已完成"), ("鹤岗市", "已完成"), ("伊春市", "未完成")):
        office.item(f"HLJ/{region}", region=region, status=status)
    ranks = {name: n for name, n in raw(office.report(), "progress", "name", "rank_by_rate") if n}
    assert ranks == {"鸡西市": 1, "鹤岗市": 1, "哈尔滨市": 3, "大庆市": 4, "伊春市": 5}


def test_columns_that_would_say_nothing_are_left_out_unless_chosen(office: Office):
    office.programme("ONE", "大庆市")
    office.item("ONE/1", region="大庆市", status="已完成")
    report = office.report(programme="ONE")
    assert keys(report, "progress") == ["name", "total", "group_completed", "completion_rate"]
    assert keys(report, "statuses") == ["name", "total", "completed", "completion_rate"]
    chosen = {"progress": ("rank_by_rate", "statuses", "completed", "rate_change", "groups")}
    report = office.report(programme="ONE", settings=OFFICE._replace(columns=chosen))
    assert keys(report, "progress") == [
        "rank_by_rate", "completed", "rate_change", "group_completed",
    ]  # fmt: skip


def test_units_are_lines_and_cases_stay_with_places(office: Office):
    report = office.report(by=By.UNIT)
    assert raw(report, "progress", "name", "total")[:-1] == [
        ("哈尔滨市水务局", 2), ("大庆市水务局", 3), ("黑龙江省水务局", 1),
    ]  # fmt: skip
    assert raw(report, "cases", "name")[:2] == [("哈尔滨市",), ("大庆市",)]


def test_the_chart_has_the_figures_of_the_table(office: Office):
    chart = office.report().chart
    assert chart is not None
    assert chart.categories == ("黑龙江省（未分到下级）", "哈尔滨市", "大庆市")
    assert {series.key: series.values for series in chart.series} == {
        "completed": (0, 1, 1), "on_schedule": (1, 1, 1), "behind": (0, 0, 1),
    }  # fmt: skip


def test_several_programmes_have_a_table_and_merged_items_count_once(office: Office):
    office.programme("NEW", "黑龙江省")
    office.item("NEW/1", region="大庆市", status="按序时进度推进")
    office.merge("HLJ/4-5", "NEW/1")
    report = office.report()
    assert raw(report, "programmes", "key", "total", "merged") == [
        ("HLJ", 6, 2), ("NEW", 1, 0), ("", 5, 0),
    ]  # fmt: skip
    assert raw(report, "progress", "total")[-1] == (5,)
    assert office.report(programme="HLJ").sections[0].key == "progress"


# --- cases ---


def test_cases_by_city(office: Office):
    names = ("name", "cases_total", "cases_closed", "cases_interim", "cases_open", "closure_rate")
    report = office.report()
    assert raw(report, "cases", *names) == [
        ("哈尔滨市", 2, 1, 0, 1, 0.5),
        ("大庆市", 2, 1, 1, 0, 0.5),
        ("", 3, 1, 1, 1, 1 / 3),
    ]
    assert any("1" in note for note in section(report, "cases").table.notes[1:])


def test_a_case_of_several_types_counts_under_each(office: Office):
    report = office.report()
    assert keys(report, "case_types") == [
        "name", "cases_total", "type_water", "type_air", "untyped",
    ]  # fmt: skip
    assert raw(report, "case_types", "cases_total", "type_water", "type_air", "untyped") == [
        (2, 2, 1, 0), (2, 1, 0, 1), (3, 2, 1, 1),
    ]  # fmt: skip


def test_types_are_those_of_the_cutoff(office: Office):
    office.at("2020-03-13").case("HLJ/B1", region="大庆市", types="噪声")
    assert "type_noise" not in keys(office.report(day="2020-03-06"), "case_types")
    assert "type_noise" in keys(office.report(day="2020-03-13"), "case_types")


@pytest.mark.parametrize(
    ("closure", "rates", "formula"),
    [
        (ClosureRate.CLOSED, (1 / 2, 1 / 2, 1 / 3), "已办结 ÷ 转办总数"),
        (ClosureRate.CLOSED_AND_INTERIM, (1 / 2, 1, 2 / 3), "（已办结＋阶段性办结）÷ 转办总数"),
        (ClosureRate.COMPLETED_OF_SUBSTANTIATED, (1 / 2, 1, 1 / 2), "整改完成 ÷ 属实"),
    ],
)
def test_the_office_chooses_what_its_closure_rate_is(office: Office, closure, rates, formula):
    report = office.report(settings=OFFICE._replace(closure=closure))
    assert tuple(rate for (rate,) in raw(report, "cases", "closure_rate")) == rates
    assert formula in section(report, "cases").table.notes[0]
    assert formula in report.paragraphs[0]


# --- behind ---


def test_the_behind_list(office: Office):
    office.at("2020-03-05").put("HLJ/2", status="未完成", on="2020-03-03", why="设备没有到货")
    office.put("HLJ/5", status="未达序时进度", note="原因：征地未完。下一步：月底前签约。")
    report = office.at("2020-03-06").report()
    names = ("ref", "responsible", "region", "days_behind", "days_overdue", "reason", "next_step")
    assert raw(report, "behind", *names) == [
        ("HLJ/4", "大庆市水务局", "大庆市", 4, 2, None, None),
        ("HLJ/2", "哈尔滨市水务局", "哈尔滨市", 3, 2, "设备没有到货", None),
        ("HLJ/5", "大庆市水务局", "大庆市", 1, 2, "征地未完", "月底前签约"),
    ]


def test_days_behind_run_on_through_a_change_within_the_group(office: Office):
    office.put("HLJ/4", status="未完成")
    assert raw(office.report(), "behind", "ref", "days_behind") == [("HLJ/4", 4)]


def test_why_a_change_was_recorded_is_not_the_reason_of_the_unit(office: Office):
    office.at("2020-03-05").put("HLJ/2", status="未完成", reason="整改清单.xlsx")
    office.at("2020-03-09").put("HLJ/4", status="未完成", reason="电话核实")
    report = office.at("2020-03-13").report()
    assert {reason for (reason,) in raw(report, "behind", "reason")} == {None}
    assert "整改清单.xlsx" not in str(section(report, "behind"))
    assert raw(report, "changes", "ref", "change_note", "reason")[0] == ("HLJ/4", "电话核实", None)
    titles = {column.title for column in section(report, "changes").table.columns}
    assert "变更说明" in titles
    assert "滞后原因" not in titles


def test_a_reason_is_that_of_the_cutoff(office: Office):
    office.put("HLJ/4", why="资金没有到位")
    office.at("2020-03-09").put("HLJ/4", why="设备没有到货")
    assert raw(office.report(), "behind", "reason") == [("资金没有到位",)]
    assert raw(office.report(day="2020-03-13"), "behind", "reason") == [("设备没有到货",)]


def test_an_item_falls_behind_when_its_start_comes(office: Office):
    office.item("HLJ/7", region="大庆市", status="尚未启动", start="2020-03-10")
    assert len(raw(office.report(), "behind", "ref")) == 1
    report = office.at("2020-03-13").report()
    assert ("HLJ/7", "not_started_due", 3) in raw(report, "behind", "ref", "status", "days_behind")
    assert ("behind", "HLJ/7", date(2020, 3, 10), None) in raw(
        report, "changes", "change", "ref", "effective_on", "change_note"
    )
    assert not any("补登" in note for note in section(report, "changes").table.notes)
    assert "1项已到启动时间" in report.paragraphs[0]


def test_the_list_is_that_of_the_cutoff(office: Office):
    office.at("2020-03-11").put("HLJ/4", status="已完成")
    assert raw(office.report(day="2020-03-06"), "behind", "ref") == [("HLJ/4",)]
    report = office.at("2020-03-13").report()
    assert raw(report, "behind", "ref") == []
    assert section(report, "behind").table.notes == ("没有滞后的整改任务。",)


# --- past the deadline, reported otherwise ---


def test_what_is_past_its_deadline_and_reported_otherwise_has_a_list(office: Office):
    report = office.report()
    names = ("ref", "status", "days_overdue", "schedule")
    assert raw(report, "past_due", *names) == [
        ("HLJ/6", "on_schedule", 2, "overdue"),
        ("HLJ/2", "on_schedule", 2, "overdue"),
        ("HLJ/3", "basically_completed", 2, "overdue"),
        ("HLJ/5", "on_schedule", 2, "overdue"),
    ]
    assert "past_due" not in keys(report, "progress")
    assert raw(report, "statuses", "name", "past_due") == [
        ("黑龙江省", 1), ("哈尔滨市", 1), ("大庆市", 2), ("", 4),
    ]  # fmt: skip
    assert "past_due" in keys(report, "statuses")
    office.put("HLJ/2-3,5-6", deadline="2020年底前")
    report = office.report()
    assert "past_due" not in [each.key for each in report.sections]
    assert "past_due" not in keys(report, "statuses")


def test_a_layout_may_choose_what_stands_beside_the_statuses(office: Office):
    office.put("HLJ/1", verification="refuted")
    office.put("HLJ/5", next_step="签约", next_on="2020-03-09")
    marks = ("past_due", "refuted", "escalated", "promised", "promise_broken", "promise_kept")
    settings = OFFICE._replace(columns={"progress": ("name", *marks)})
    assert raw(office.report(settings=settings), "progress", "name", *marks) == [
        ("黑龙江省", 1, 0, 0, 0, 0, 0),
        ("哈尔滨市", 1, 1, 0, 0, 0, 0),
        ("大庆市", 2, 0, 0, 1, 0, 0),
        ("", 4, 1, 0, 1, 0, 0),
    ]
    report = office.at("2020-03-13").report(settings=settings)
    assert raw(report, "progress", "promised", "promise_broken")[-1] == (0, 1)
    assert raw(office.report(by=By.UNIT), "progress", "past_due")[-1] == (4,)
    assert raw(office.report(day="2020-03-06"), "past_due", "ref", "promise")[-1] == (
        "HLJ/5", "promised",
    )  # fmt: skip


def test_a_layout_says_how_many_lines_of_a_list_are_printed(office: Office):
    report = office.report(settings=OFFICE._replace(most=3))
    for format in ("table", "md", "html"):
        text = render(report, format).decode()
        assert "… 另有 1 项见附件工作簿" in text
        assert "HLJ/3" in text
        assert "HLJ/5" not in text
    for format in ("csv", "json"):
        text = render(report, format).decode()
        assert "HLJ/5" in text
        assert "另有 1 项" not in text
    assert "另有 1 项" not in render(office.report(), "table").decode()
    assert "HLJ/5" in render(office.report(settings=OFFICE._replace(most=0)), "table").decode()


@pytest.mark.parametrize("window", [1, 2])
def test_it_makes_no_difference_how_many_rows_are_read_at_a_time(
    office: Office, monkeypatch: pytest.MonkeyPatch, window: int
):
    office.at("2020-03-10").put("HLJ/5,6", status="未达序时进度")
    office.put("HLJ/1,3", verification="refuted")
    office.put("HLJ/4", next_step="签约", next_on="2020-03-11")
    office.put("HLJ/6", note="原因：缺资金。下一步：催款。")
    office.at("2020-03-13").item("HLJ/7", region="鸡西市", status="已完成")
    wanted = render(office.report(), "json")
    for module in (rows, lists, remarks):
        monkeypatch.setattr(module, "WINDOW", window)
    assert render(office.report(), "json") == wanted
    behind, past_due = (keys(office.report(), key) for key in ("behind", "past_due"))
    assert {"reason", "next_step", "promise"} <= set(behind)
    assert {"status", "days_overdue"} <= set(past_due)
    assert {"progress", "next_step", "promise"}.isdisjoint(past_due)


def test_the_lists_are_read_while_their_moment_lasts(office: Office):
    wanted = render(office.report(), "csv")
    with building(office.ledger, OFFICE, ZH, AskedReport()) as built:
        office.at("2020-03-07").put("HLJ/4", "2020-03-05", reason="补记", problem="改名")
        assert render(built.report, "csv") == wanted


# --- the first page ---


def test_the_first_page_has_the_table_and_what_to_look_at(office: Office):
    office.at("2020-03-10").put("HLJ/2", status="未达序时进度")
    office.put("HLJ/1,3", verification="refuted")
    office.put("HLJ/4", next_step="签约", next_on="2020-03-11")
    report = office.at("2020-03-13").report()
    assert report.front is section(report, "progress")
    assert [each.key for each in report.points] == ["newly_behind", "refuted", "promise_broken"]
    assert [each.n for each in report.points] == [3, 2, 1]  # refuted completions fall behind too
    newly, refuted, broken = (each.lines for each in report.points)
    assert "HLJ/2 哈尔滨市 问题2，未达序时进度" in newly
    assert refuted[0].startswith("HLJ/1 哈尔滨市 问题1，报送已完成")
    assert broken == ("HLJ/4 大庆市 问题4，2020-03-11 未兑现，已过 2 天",)
    headings = [each.heading for each in report.sections]
    assert headings[0] == "整改进度（按市）"
    assert [heading[:3] for heading in headings[1:]] == [
        f"附件{n}" for n in range(1, len(headings))
    ]


# --- what changed ---


def test_every_kind_of_change(office: Office):
    office.programme("NEW", "黑龙江省")
    office.item("NEW/1", region="大庆市", status="未达序时进度")
    office.merge("HLJ/6", "NEW")
    office.at("2020-03-10")
    office.put("HLJ/2", status="已完成")
    office.put("HLJ/1", status="未完成", reason="又有反弹")
    office.put("HLJ/3", status="按序时进度推进")
    office.put("HLJ/4", status="按序时进度推进")
    office.put("NEW/1", status="未完成")
    office.merge("HLJ/5", "NEW/1")
    office.put("HLJ/6", status="按序时进度推进")
    office.item("HLJ/7", region="大庆市", status="按序时进度推进")
    office.item("HLJ/8", region="大庆市", status="按序时进度推进")
    office.put("HLJ/8", status="未达序时进度")
    office.programme("BIG", "黑龙江省")
    office.item("BIG/1", region="大庆市", status="已完成")
    office.item("BIG/2", region="大庆市", status="已完成")
    report = office.at("2020-03-13").report()
    assert raw(report, "changes", "change", "ref", "before", "after")[:-1] == [
        ("completed", "HLJ/2", "on_schedule", "completed"),
        ("slipped_back", "HLJ/1", "completed", "not_completed"),
        ("merged", "HLJ/5", "on_schedule", "merged"),
        ("reopened", "HLJ/6", "merged", "on_schedule"),
        ("reopened", "HLJ/3", "basically_completed", "on_schedule"),
        ("new", "HLJ/7", None, "on_schedule"),
        ("new", "HLJ/8", None, "behind"),
        ("new", "BIG", None, None),
        ("caught_up", "HLJ/4", "behind", "on_schedule"),
        ("other", "NEW/1", "behind", "not_completed"),
    ]
    rows = list(section(report, "changes").table.rows)
    assert rows[-1]["ref"].value == 11
    assert (rows[-1]["n_new"], rows[-1]["n_reopened"], rows[-1]["n_behind"]) == (4, 2, 0)
    assert rows[1]["change_note"] == "又有反弹"
    assert rows[2]["merged_into"] == "NEW/1"
    assert rows[2]["after"].label == "并入 → NEW/1"


def test_changes_are_those_since_the_cutoff_before(office: Office):
    office.put("HLJ/5", status="未达序时进度", reason="缺料")
    report = office.at("2020-03-13").report()
    assert raw(report, "changes", "ref") == []
    assert section(report, "changes").table.notes == ("与上期相比没有变化。",)
    office.put("HLJ/5", status="已完成")
    report = office.report()
    names = ("change", "ref", "effective_on", "recorded_on", "who")
    assert raw(report, "changes", *names)[0] == (
        "completed", "HLJ/5", date(2020, 3, 13), date(2020, 3, 13), "王五",
    )  # fmt: skip
    assert raw(report, "progress", "completed_change", "rate_change")[-1] == (1, 1 / 6)


def test_without_a_frozen_report_the_past_is_as_it_is_known_now(office: Office):
    office.at("2020-03-13").put("HLJ/5", status="已完成", on="2020-03-05")
    report = office.report()
    assert raw(report, "changes", "ref") == []
    assert raw(report, "progress", "completed_change")[-1] == (0,)
    assert any("没有存档" in note for note in report.notes)


def test_with_a_frozen_report_nobody_restates_last_week(office: Office):
    office.freeze()
    office.at("2020-03-13").put("HLJ/5", status="已完成", on="2020-03-05")
    report = office.report()
    assert raw(report, "changes", "change", "ref", "effective_on")[0] == (
        "completed", "HLJ/5", date(2020, 3, 5),
    )  # fmt: skip
    assert "1 项自本期之前" in section(report, "changes").table.notes[-1]
    assert raw(report, "progress", "completed_change", "rate_change")[-1] == (1, 1 / 6)
    assert any("存档报表比较" in note for note in report.notes)


def test_only_a_report_of_the_same_kind_is_compared_with(office: Office):
    office.freeze(programme="HLJ")
    office.freeze(by=By.COUNTY)
    office.at("2020-03-13").put("HLJ/5", status="已完成", on="2020-03-05")
    assert raw(office.report(), "changes", "ref") == []
    assert len(raw(office.report(programme="HLJ"), "changes", "ref")) == 2
    assert len(raw(office.report(by=By.COUNTY), "changes", "ref")) == 2


def test_an_item_taken_back_after_the_freeze_is_told(office: Office):
    office.item("HLJ/7", region="大庆市", status="已完成")
    added = office.ledger.newest_batch()
    office.freeze()
    undo(office.ledger, added)
    report = office.at("2020-03-13").report()
    assert raw(report, "changes", "change", "ref", "before", "after")[0] == (
        "removed", "HLJ/7", "completed", None,
    )  # fmt: skip


# --- settings and notes ---


def test_sections_and_their_order_are_the_offices(office: Office):
    settings = OFFICE._replace(sections=("changes", "behind", "progress"), title="督办周报")
    report = office.report(settings=settings)
    assert [each.key for each in report.sections] == ["changes", "behind", "progress"]
    assert report.title == "督办周报"


@pytest.mark.parametrize("t", [EN, None])
def test_every_column_there_is_can_be_shown_in_every_format(office: Office, t):
    office.programme("NEW", "黑龙江省", simulated=True)
    office.item("NEW/1", region="大庆市", status="尚未启动", start="2020-03-05", campaign="散煤")
    with office.ledger.batch("coverage") as writing:
        programme, region = (
            writing.draft.connection.execute(f"SELECT id FROM {table} WHERE {where}").fetchone()[0]
            for table, where in (("programme", "code = 'NEW'"), ("region", "name = '大庆市'"))
        )
        state_coverage(writing.draft, programme, region, Statement(1, 2))
    office.freeze()
    office.at("2020-03-13").merge("HLJ/1", "NEW/1")
    settings = OFFICE._replace(columns={name: tuple(all) for name, all in COLUMNS.items()})
    report = office.report(settings=settings, **({"t": t} if t else {}))
    assert {each.key for each in report.sections} == set(COLUMNS)
    for format in ("table", "md", "csv", "json", "html"):
        assert render(report, format)


def test_every_declared_column_is_filled(office: Office):
    """A column that nothing fills would be a blank that nobody notices."""
    texts = ITEM.of_kind(
        FieldKind.TEXT, FieldKind.LABEL, FieldKind.LONG_TEXT, FieldKind.PEOPLE, FieldKind.UNIT
    )
    typed = {field.name: "文字" for field in texts if field.settable}
    typed |= {"progress": "40", "start": "2020-01-02", "why": typed.pop("reason")}
    office.put("HLJ/4", next_on="2020-03-09", verification="refuted", **typed)
    office.put("HLJ/2", next_on="2020-03-20", verification="confirmed", **typed)
    with office.ledger.batch("escalate") as writing:
        for text in ("大庆市", "哈尔滨市"):
            addressee = find_addressee(writing.draft.connection, text)
            ids = of_addressee(writing.draft.connection, addressee, office.ids("HLJ/2,4"))
            escalate(writing.draft, addressee, EscalationStep.LETTER, ids)
    with office.ledger.batch("extend") as writing:
        for id in office.ids("HLJ/1-6"):
            add_step(writing.draft, id, {"text": "验收", "due": "2020-03-09"})
        asked = Request("2020-03-05", "李工", "王局长", "汛期")
        extend_items(writing.draft, office.ids("HLJ/1-6"), asked)
    office.programme("NEW", "黑龙江省")
    office.item("NEW/1", region="大庆市", status="尚未启动", start="2020-03-05")
    office.freeze()
    office.at("2020-03-13")
    office.put("HLJ/4", status="未完成", reason="电话核实")
    office.put("HLJ/2", status="超过序时进度", reason="电话核实")
    office.merge("HLJ/1", "NEW/1")
    settings = OFFICE._replace(columns={name: tuple(all) for name, all in COLUMNS.items()})
    blank = [
        f"{each.key}.{column.key}"
        for each in office.report(settings=settings).sections
        for column in each.table.columns
        if not any(shown(row.get(column.key), column.kind) for row in each.table.rows)
    ]
    assert blank == ["behind.merged_into", "past_due.merged_into"]  # a merged item is in neither


def test_a_column_that_nothing_fills_is_an_error_at_once():
    with pytest.raises(LookupError, match="untyped of the section case_types"):
        require_filled("case_types", {"key": 1, "name": 1, "cases_total": 1})


def test_the_columns_of_items_are_the_fields_that_are_declared_for_reports():
    declared = [field.name for field in ITEM.shown(Shown.REPORT)]
    for key in ("behind", "past_due", "changes"):
        assert set(declared) <= set(COLUMNS[key])
    for t in (ZH, EN):
        for name in declared:
            title = t(f"{ITEM[name].title_key}.title")
            assert t(item_columns.FIELDS[name].title) == title


def test_default_columns_exist():
    assert set(DEFAULTS) == set(COLUMNS)
    for name, columns in DEFAULTS.items():
        assert set(columns) <= set(COLUMNS[name])


def test_notes_tell_of_holidays_and_simulated_data(office: Office):
    office.programme("SIM", "黑龙江省", simulated=True)
    office.item("SIM/1", region="大庆市", status="已完成")
    notes = office.at("2020-04-10").report().notes
    assert "本期有法定节假日：清明（4月4日至4月6日）。截至日期不变。" in notes
    assert "含模拟数据。" in notes
    notes = office.at("2020-04-30").report(day="2020-05-01", t=EN).notes
    assert "Public holidays in the period: Labour Day (1 May). The cut-off stays." in notes
    assert "Weekend days worked in exchange: 26 April." in notes
    assert any(note.startswith("The public holidays of 2099") for note in
               office.at("2099-01-10").report(t=EN).notes)  # fmt: skip
    assert "含模拟数据。" not in office.report(programme="HLJ").notes


@pytest.mark.parametrize(
    ("statement", "key"),
    [
        ("DELETE FROM status_span WHERE subject = 'item' AND status = 'completed'", "unexplained"),
        ("UPDATE item SET start_on = '2020-03-02' WHERE number = '7'", "behind_differ"),
        ("DELETE FROM status_span WHERE subject = 'case' AND status = 'open'", "cases_differ"),
    ],
)
def test_figures_that_do_not_add_up_are_not_printed(office: Office, statement, key):
    office.item("HLJ/7", region="大庆市", status="尚未启动")
    office.at("2020-03-13").put("HLJ/1", status="按序时进度推进")
    office.build()
    with closing(sqlite3.connect(office.ledger.address)) as store, store:
        store.execute(statement)
    with pytest.raises(Refusal) as caught:
        office.build()
    assert caught.value.key == f"weekly.{key}"


def test_why_a_store_was_filled_is_no_reason_for_being_behind(seeded, clock):
    report = Office(seeded, clock).report(programme="HLJ-2018")
    assert raw(report, "behind", "ref", "reason") == [
        (f"HLJ-2018/{number}", None) for number in (58, 59, 60)
    ]
