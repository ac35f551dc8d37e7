"""Regions and published figures from spreadsheets."""

from __future__ import annotations

from datetime import date

import pytest
from import_files import open_desk, reasons

from rectify_tui.errors import Problem
from rectify_tui.intake.model import IntakeKind

REGIONS = ("区划代码", "名称", "英文名称", "类别", "上级")
FIGURES = ("整改方案", "地区", "对象", "指标", "数值", "单位", "截至日期", "原文", "来源")
FIGURE = (
    "HLJ-2018",
    "黑龙江省",
    "督察整改任务",
    "total",
    "60",
    "项",
    "2019-12-31",
    "共60项",
    "日报",
)


@pytest.fixture
def desk(regions_store, tmp_path, clock):
    desk = open_desk(regions_store, tmp_path, clock)
    yield desk
    desk.ledger.close()


def regions(desk, *rows, **asked):
    return desk.take(REGIONS, *rows, programme=None, kind=IntakeKind.REGIONS, **asked)


def figures(desk, *rows, **asked):
    return desk.take(FIGURES, *rows, programme=None, kind=IntakeKind.FIGURES, **asked)


def place(desk, name):
    return desk.rows("SELECT * FROM region WHERE name = ?", name)


def test_regions_without_a_code_are_added(desk):
    rows = (
        ("", "大庆高新区", "Daqing Zone", "开发区", "大庆市"),
        ("", "省生态环境厅", "", "省直部门", "黑龙江省"),
        ("230600", "大庆市", "", "", ""),
    )
    taken = regions(desk, *rows)
    assert (taken.added, taken.unchanged) == (2, 1), reasons(taken)
    (zone,) = place(desk, "大庆高新区")
    assert (zone["kind"], zone["depth"], zone["code"], zone["name_en"]) == (
        "zone", 3, None, "Daqing Zone",
    )  # fmt: skip
    assert desk.region(zone["parent_id"]) == "大庆市"
    assert regions(desk, *rows).receipt.batch is None
    assert desk.sound()


def test_a_region_may_lie_below_one_of_the_same_file(desk):
    rows = (
        ("", "龙江新区", "", "新区", "黑龙江省"),
        ("", "龙江新区南片", "", "开发区", "龙江新区"),
        ("", "龙江新区南片", "", "开发区", "龙江新区"),
    )
    proposal = desk.propose(REGIONS, *rows, programme=None, kind=IntakeKind.REGIONS)
    assert [line.new for line in proposal.lines] == [True, True, False]
    taken = regions(desk, *rows)
    assert (taken.added, len(taken.rejected)) == (2, 1)
    assert desk.region(place(desk, "龙江新区南片")[0]["parent_id"]) == "龙江新区"
    assert desk.sound()


def test_what_lies_above_may_be_asked_for(desk):
    taken = regions(desk, ("", "试验区", "", "开发区", ""), ("", "无上级", "", "开发区", ""))
    assert len(taken.rejected) == 2
    assert "没有写上级地区" in reasons(taken)[0]
    regions(desk, ("", "试验区", "", "开发区", ""), under="大庆市")
    assert desk.region(place(desk, "试验区")[0]["parent_id"]) == "大庆市"


def test_known_regions_take_on_names_and_kinds(desk):
    taken = regions(desk, ("", "运城市经济技术开发区", "Yuncheng Zone", "新区", "运城市"))
    assert taken.changed == 1
    (zone,) = place(desk, "运城市经济技术开发区")
    assert (zone["name_en"], zone["kind"]) == ("Yuncheng Zone", "new_area")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("999999", "乌有市", "", "", ""), "没有区划代码“999999”"),
        (("230600", "哈尔滨市", "", "", ""), "代码 230600 在台账里是“大庆市”"),
        (("", "", "X", "开发区", "大庆市"), "须写明行政区划的名称"),
        (("", "某区", "", "县级", "大庆市"), "类别“县级”不可用"),
        (("", "某区", "", "", "大庆市"), "类别“”不可用"),
        (("", "某区", "", "开发区", "南岗区"), "南岗区 已是县级"),
        (("", "某区", "", "开发区", "火星"), "找不到行政区划“火星”"),
    ],
)
def test_regions_that_cannot_be(desk, row, told):
    assert told in reasons(regions(desk, row))[0]


def test_figures_are_added_and_corrected(desk):
    taken = figures(desk, FIGURE, (*FIGURE[:3], "completed", "7", *FIGURE[5:]))
    assert taken.added == 2, reasons(taken)
    found = desk.rows("SELECT * FROM figure WHERE source = '日报' ORDER BY id")
    assert [(row["what"], row["value"], row["as_of"]) for row in found] == [
        ("total", "60", "2019-12-31"), ("completed", "7", "2019-12-31"),
    ]  # fmt: skip
    assert desk.region(found[0]["region_id"]) == "黑龙江省"
    assert figures(desk, FIGURE).receipt.batch is None
    assert figures(desk, (*FIGURE[:4], "61", *FIGURE[5:])).changed == 1
    assert desk.sound()


def test_figures_fall_back_on_what_is_asked_for_and_on_the_file(desk):
    row = ("", "", "水源地问题", "total", "490", "", "2017年6月底", "", "")
    taken = desk.take(
        FIGURES,
        row,
        (*row[:3], "left", "1/3", "", "2016", "", ""),
        kind=IntakeKind.FIGURES,
        under="山西省",
    )
    assert taken.added == 2, reasons(taken)
    found = desk.rows("SELECT * FROM figure WHERE subject = '水源地问题' ORDER BY id")
    assert [row["as_of"] for row in found] == ["2017-06-30", "2016"]
    assert found[0]["source"] == "台账.csv / 台账"
    assert desk.region(found[0]["region_id"]) == "山西省"


@pytest.mark.parametrize(
    ("at", "cell", "told"),
    [
        (2, "", "没有写数据的对象"),
        (3, "", "没有写指标"),
        (4, "", "没有数值"),
        (0, "NO-1", "没有整改方案 NO-1"),
        (6, "去年底", "不是完整的日期"),
    ],
)
def test_figures_that_cannot_be(desk, at, cell, told):
    row = [*FIGURE]
    row[at] = cell
    assert told in reasons(figures(desk, row))[0]


def test_a_file_without_what_its_kind_needs_is_refused(desk):
    with pytest.raises(Problem) as caught:
        desk.prepare(("指标", "数值"), ("total", "1"), kind=IntakeKind.FIGURES)
    assert caught.value.key == "importing.missing_column"


@pytest.mark.parametrize(
    ("head", "row", "what"),
    [
        (
            ("序号", "省辖市", "受理件数", "办结", "阶段性办结", "未办结", "办结率（%）", "排名"),
            ("1", "大庆市", "100", "90", "6", "4", "90", "2"),
            {"cases_total": "100", "cases_closed": "90", "cases_interim": "6", "cases_open": "4",
             "cases_rate": "90"},
        ),
        (
            ("市县", "应完成", "完成数（项）", "任务数（项）"), ("大庆市", "３０", "26项", "33 项"),
            {"due": "30", "completed": "26", "total": "33"},
        ),
        (
            ("地区", "排查出的“四乱”问题数量", "已完成清理整治“四乱”问题数量", "整改率"),
            ("大庆市", "1,230", "1200", "97.6%"),
            {"total": "1230", "completed": "1200", "rate": "97.6%"},
        ),
        (
            ("地区", "任务总数", "其中重点问题数", "新增问题数", "已完成"),
            ("大庆市", "9", "3", "1", "2"),
            {"total": "9", "其中重点问题数": "3", "新增问题数": "1", "completed": "2"},
        ),
    ],
)  # fmt: skip
def test_a_table_with_a_place_to_a_row_is_read_by_its_headings(desk, head, row, what):
    taken = desk.take(head, row, kind=IntakeKind.FIGURES, on=date(2019, 12, 31))
    assert taken.added == len(what), reasons(taken)
    found = desk.rows("SELECT * FROM figure WHERE source LIKE '台账.csv%'")
    assert {row["what"]: row["value"] for row in found} == what
    assert {desk.region(row["region_id"]) for row in found} == {"大庆市"}


def test_what_is_not_read_of_a_table_of_places_is_said(desk):
    head = ("序号", "市州", "任务总数", "已完成", "较上周", "排名")
    prepared = desk.prepare(head, ("1", "大庆市", "3", "1", "+2", "1"), kind=IntakeKind.FIGURES)
    told = {remark.expected.key: remark.expected.params for remark in prepared.remarks}
    assert told["importing.wide_left"] == {"columns": "较上周、排名"}


def test_the_column_of_places_is_shown_as_that_wherever_it_stands(desk):
    head = ("序号", "市州", "任务总数", "已完成")
    prepared = desk.prepare(head, ("1", "大庆市", "3", "1"), kind=IntakeKind.FIGURES)
    assert [heading.index for heading in prepared.table.headings] == [0, 1, 2, 3, 4]
    assert prepared.table.headings[0].letter == "B"


def test_the_whole_of_the_province_is_the_region_of_the_programme(desk):
    head = ("地区", "任务总数", "已完成")
    rows = (("大庆市", "3", "1"), ("绥化市", "2", "1"), ("全省", "5", "2"))
    taken = desk.take(head, *rows, kind=IntakeKind.FIGURES, on=date(2019, 12, 31))
    assert taken.added == 6, reasons(taken)
    (whole,) = desk.rows("SELECT * FROM figure WHERE source LIKE '台账.csv%' AND value = '5'")
    assert desk.region(whole["region_id"]) == "黑龙江省"
