"""Complaint cases from spreadsheets."""

from __future__ import annotations

import pytest
from import_files import ZH, open_desk, reasons
from taking import take_import

from rectify_tui.i18n import Language
from rectify_tui.intake.lines import line_sentences
from rectify_tui.reports.cases import case_table
from rectify_tui.reports.output import write
from rectify_tui.store.cases import case_rows
from rectify_tui.store.commands.cases import set_cases

HEAD = ("受理编号", "信访内容", "行政区划", "污染类型", "办理状态", "办结日期")
NEW = ("D1", "夜间噪声扰民", "大庆市", "噪声", "已办结", "2020-02-01")


@pytest.fixture
def desk(regions_store, tmp_path, clock):
    desk = open_desk(regions_store, tmp_path, clock)
    yield desk
    desk.ledger.close()


def test_a_case_with_everything(desk):
    head = (
        *HEAD, "转办批次", "转办日期", "是否属实", "调查核实情况", "处理和整改情况",
        "责令整改（家）", "罚款金额（万元）", "立案侦查（件）", "行政拘留（人）", "约谈（人）",
        "问责（人）", "是否重点件", "经度", "纬度",
    )  # fmt: skip
    row = (
        *NEW, "第三批", "2020年1月20日", "基本属实", "确有其事", "已停工", "2家", "3.5", "1", "0",
        "3人", "", "是", "125°6′", "46.6",
    )  # fmt: skip
    taken = desk.take(head, row)
    assert not taken.rejected, reasons(taken)
    case = desk.case("D1")
    assert {name: case[name] for name in ("status", "closed_on", "passed_on", "batch")} == {
        "status": "closed", "closed_on": "2020-02-01", "passed_on": "2020-01-20", "batch": "第三批",
    }  # fmt: skip
    assert (case["types"], case["substantiated"], case["key_case"]) == ("noise", "mostly", 1)
    assert (case["ordered"], case["fined_yuan"], case["interviewed"]) == (2, 35_000, 3)
    assert (case["detained_administrative"], case["held_accountable"]) == (0, None)
    assert (case["longitude"], case["latitude"]) == (125.1, 46.6)
    assert case["source"] == "台账.csv / 台账 / 2"
    assert desk.take(head, row).receipt.batch is None
    assert desk.sound()


@pytest.mark.parametrize("between", ["、", ",", "，", ";", "；", "/", "\n"])
def test_several_regions_and_types_in_one_cell(desk, between):
    places = between.join(("大庆市", "哈尔滨市南岗区", "郊区"))
    row = ("D1", "扬尘", places, between.join(("大气", "扬尘")), "未办结", "")
    taken = desk.take(HEAD, row)
    assert not taken.rejected, reasons(taken)
    case = desk.case("D1")
    names = [desk.region(int(id)) for id in case["regions"].split(",")]
    assert names == ["大庆市", "南岗区", "郊区"]
    assert case["types"] == "air,dust"
    linked = "SELECT COUNT(*) AS n FROM case_region WHERE case_id = ?"
    assert desk.rows(linked, case["id"]) == [{"n": 3}]
    assert desk.take(HEAD, row).receipt.batch is None


def test_state_and_day_of_closing_go_together(desk):
    rows = (
        ("D1", "甲", "", "", "已办结", ""),
        ("D2", "乙", "", "", "", "2020-02-01"),
        ("D3", "丙", "", "", "未办结", ""),
    )
    desk.take(HEAD, *rows)
    assert desk.case("D1")["closed_on"] == "2020-03-06"
    assert (desk.case("D2")["status"], desk.case("D2")["closed_on"]) == ("closed", "2020-02-01")
    again = desk.take(HEAD, *rows)
    assert again.unchanged == 3
    desk.take(HEAD, ("D1", "", "", "", "未办结", ""), ("D3", "", "", "", "已办结", "2020-03-01"))
    assert (desk.case("D1")["status"], desk.case("D1")["closed_on"]) == ("open", None)
    assert desk.case("D3")["closed_on"] == "2020-03-01"
    assert desk.sound()


def test_a_case_that_was_closed_keeps_its_day(desk):
    desk.take(HEAD, NEW)
    taken = desk.take(HEAD, ("D1", "", "", "", "已办结", ""))
    assert taken.unchanged == 1


def test_without_a_column_of_statuses_the_day_of_closing_tells(desk):
    head = ("受理编号", "信访内容", "办结日期")
    taken = desk.take(head, ("D1", "甲", "2020-02-01"), ("D2", "乙", ""))
    assert [finding.code for finding in taken.prepared.remarks] == [
        "no_region_column", "no_case_status_column",
    ]  # fmt: skip
    assert (desk.case("D1")["status"], desk.case("D2")["status"]) == ("closed", "open")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("D2", "甲", "", "", "", ""), "新转办件没有填办理状态"),
        (("D2", "甲", "", "", "未办结", "2020-02-01"), "有办结日期，状态却不是“已办结”"),
        (("D1", "甲", "", "", "未办结", ""), "HLJ-2018/D1 在第 2 行已经有了"),
    ],
)
def test_what_cannot_be_read_is_rejected(desk, row, told):
    taken = desk.take(HEAD, NEW, row)
    assert (taken.added, len(taken.rejected)) == (1, 1)
    assert told in reasons(taken)[0]


@pytest.mark.parametrize(
    ("row", "told", "unread"),
    [
        (("D2", "甲", "", "", "已办结", "2020-04-01"), "晚于今天", "closed_on：2020-04-01"),
        (("D2", "甲", "", "", "已办结", "2月1日"), "不是完整的日期", "closed_on：2月1日"),
        (("D2", "甲", "", "杂音", "未办结", ""), "不认识的污染类型“杂音”", "types：杂音"),
        (("D2", "甲", "火星", "", "未办结", ""), "找不到行政区划“火星”", "region：火星"),
    ],
)
def test_a_cell_that_cannot_be_read_costs_the_field_and_not_the_case(desk, row, told, unread):
    assert told in line_sentences(desk.propose(HEAD, NEW, row).lines[1], ZH)
    taken = desk.take(HEAD, NEW, row)
    assert (taken.added, taken.rejected, taken.lost_cells) == (2, (), 1)
    assert desk.case("D2")["unread"] == unread
    assert desk.take(HEAD, NEW, row).receipt.batch is None


@pytest.mark.parametrize(
    ("heading", "cell", "yuan"),
    [("罚款（元）", "35000", 35_000), ("罚款（万元）", "3.5", 35_000), ("罚款", "3.5万元", 35_000)],
)
def test_fines_are_in_the_unit_of_their_heading(desk, heading, cell, yuan):
    taken = desk.take((*HEAD, heading), (*NEW, cell))
    assert not taken.rejected, reasons(taken)
    assert desk.case("D1")["fined_yuan"] == yuan


def test_a_fine_without_any_unit_stays_unread(desk):
    desk.take((*HEAD, "罚款"), (*NEW, "3.5"))
    assert (desk.case("D1")["fined_yuan"], desk.case("D1")["unread"]) == (None, "fined_wan：3.5")


def test_a_fine_that_may_be_in_yuan_stays_unread(desk):
    desk.take((*HEAD, "罚款（万元）"), (*NEW, "50000"))
    assert desk.case("D1")["unread"] == "fined_wan：50000"
    desk.take((*HEAD, "罚款（万元）"), (*NEW, "50000元"))
    assert desk.case("D1")["fined_yuan"] == 50_000


def test_a_repeated_case_points_to_the_first_wherever_it_stands(desk):
    head = (*HEAD, "重复件编号")
    rows = ((*NEW, "D2"), ("D2", "乙", "", "", "未办结", "", ""))
    desk.take(head, *rows, ("D3", "丙", "", "", "未办结", "", "1"))
    assert desk.case("D1")["duplicate_of"] == desk.case("D2")["id"]
    assert desk.case("D3")["duplicate_of"] == desk.case("1")["id"]
    assert desk.take(head, *rows).receipt.batch is None
    lost = desk.take(
        head, ("D4", "丁", "", "", "未办结", "", "D9"), ("D5", "", "", "", "", "", "D5")
    )
    assert "没有 HLJ-2018/D9" in reasons(lost)[0]
    assert "自己的重复件" in reasons(lost)[1]


def test_long_receipt_numbers(desk):
    rows = (
        ("230000201812010001", "甲", "", "", "未办结", ""),
        (2.30000201812e17, "乙", "", "", "未办结", ""),
    )
    taken = desk.take(HEAD, *rows, name="转办件.xlsx")
    assert desk.case("230000201812010001")["complaint"] == "甲"
    assert len(taken.rejected) == 1


def test_a_case_closed_on_an_unknown_day_stays_so(desk):
    with desk.ledger.batch("set") as writing:
        set_cases(writing.draft, [desk.case("1")["id"]], {"status": "closed", "closed_on": ""})
    assert desk.take(HEAD, ("1", "", "", "", "已办结", "")).unchanged == 1
    assert desk.case("1")["closed_on"] is None


def test_cases_that_were_written_out_come_back_as_they_are(desk):
    taken = desk.take((*HEAD, "是否属实", "罚款（元）"), (*NEW, "部分属实", "12000"))
    assert not taken.rejected, reasons(taken)
    connection = desk.ledger.reader()
    ids = [row["id"] for row in desk.rows("SELECT id FROM complaint_case ORDER BY id")]
    for code in ("zh", "en"):
        rows = case_rows(connection, ids)
        table = case_table(rows, Language(code), as_of=desk.ledger.today(), full=True)
        path = desk.folder / f"{code}.csv"
        with path.open("w", encoding="utf-8", newline="") as out:
            write(table, "csv", out)
        taken = take_import(desk.ledger, path, desk.request(programme=None))
        assert not taken.rejected, reasons(taken)
        assert (taken.unchanged, taken.receipt.batch) == (len(ids), None)


def test_flags(desk):
    head = (*HEAD, "是否重点件")
    desk.take(head, (*NEW, "重点件"), ("D2", "", "", "", "未办结", "", "也许"))
    assert desk.case("D1")["key_case"] == 1
    assert (desk.case("D2")["key_case"], desk.case("D2")["unread"]) == (0, "key_case：也许")
