"""What offices write into cells, from the file to the ledger."""

from __future__ import annotations

from datetime import date

import pytest
import xlsxwriter
from import_files import ZH, Desk, codes, open_desk, reasons
from taking import take_import

from rectify_tui.intake.importing.prepare import prepare
from rectify_tui.intake.lines import line_sentences
from rectify_tui.intake.reading.book import open_book

HEAD = ("序号", "整改任务", "整改状态")
CASES = ("受理编号", "举报内容", "污染类型", "是否属实", "是否办结")


@pytest.fixture
def desk(regions_store, tmp_path, clock) -> Desk:
    return open_desk(regions_store, tmp_path, clock)


def statuses(desk: Desk, first: int, n: int) -> list[str]:
    return [desk.item(str(first + i))["status"] for i in range(n)]


def test_yes_and_no_are_read_by_their_heading(desk):
    head = ("序号", "整改任务", "是否完成整改")
    taken = desk.take(head, ("61", "a", "是"), ("62", "b", "否"), ("63", "c", "√"))
    assert not taken.rejected
    assert statuses(desk, 61, 3) == ["completed", "not_completed", "completed"]
    head = ("序号", "整改任务", "是否达到序时进度（是/否）")
    taken = desk.take(head, ("64", "a", "是"), ("65", "b", "否"), ("66", "c", "滞后"))
    assert statuses(desk, 64, 3) == ["on_schedule", "behind", "behind"]


def test_what_says_nothing_of_the_schedule_is_kept_as_that(desk):
    rows = [("61", "a", "正在整改"), ("62", "b", "推进中"), ("63", "c", "已完成，长期坚持")]
    taken = desk.take(HEAD, *rows)
    assert not taken.rejected
    assert statuses(desk, 61, 3) == ["in_progress", "in_progress", "completed"]
    assert desk.sound()


def test_a_tick_below_a_status_is_that_status(desk):
    head = ("序号", "整改任务", "已完成", "达到序时进度", "未达到序时进度", "未启动")
    taken = desk.take(
        head, ("61", "a", "√", "", "", ""), ("62", "b", "", "1", "", ""),
        ("63", "c", "", "", "✓", ""), ("64", "d", "", "√", "√", ""), ("65", "e", "", "", "", ""),
        ("66", "f", "", "", "已完成一半", ""),
    )  # fmt: skip
    assert statuses(desk, 61, 3) == ["completed", "on_schedule", "behind"]
    told = reasons(taken)
    assert "只能在一列打√" in told[0]
    assert "没有填状态" in told[1]
    assert "只能打√" in told[2]
    remarks = [str(remark.expected) for remark in desk.prepare(head, ("67", "g", "√")).remarks]
    assert any("ticked" in remark for remark in remarks)


def test_several_columns_that_ask_for_the_status_are_read_together(desk):
    head = ("序号", "整改任务", "是否完成整改", "是否达到序时进度")
    taken = desk.take(
        head, ("61", "a", "是", "是"), ("62", "b", "否", "是"), ("63", "c", "否", "否"),
        ("64", "d", "√", ""), ("65", "e", "是", "否"), ("66", "f", "基本", "是"),
        ("67", "g", "", ""),
    )  # fmt: skip
    assert statuses(desk, 61, 4) == ["completed", "on_schedule", "behind", "completed"]
    told = reasons(taken)
    assert "合不起来：已完成整改、未达到序时进度" in told[0]
    assert "只能填 是 或 否" in told[1]
    assert "没有填状态" in told[2]
    remarks = [str(remark.expected) for remark in desk.prepare(head, ("67", "g", "是")).remarks]
    assert any("asking" in remark for remark in remarks)
    asked = ("受理编号", "举报内容", "是否办结", "是否阶段性办结")
    took = desk.take(asked, ("D1", "a", "是", ""), ("D2", "b", "否", "是"), kind="cases")
    assert not reasons(took), reasons(took)
    assert [desk.case(n)["status"] for n in ("D1", "D2")] == ["closed", "interim"]


def test_a_tick_of_a_case(desk):
    head = ("受理编号", "举报内容", "已办结", "阶段性办结", "未办结")
    desk.take(head, ("D1", "a", "√", "", ""), ("D2", "b", "", "", "√"), kind="cases")
    assert [desk.case(n)["status"] for n in ("D1", "D2")] == ["closed", "open"]


def test_words_of_cases(desk):
    taken = desk.take(
        CASES, ("D1", "a", "水污染、噪声污染", "是", "是"),
        ("D2", "b", "餐饮油烟", "部分查实", "否"), ("*D3", "c", "声环境", "否", "按期办结"),
        ("D4", "d", "其它污染", "大部分属实", "已阶段性办结"),
        ("D5", "e", "水", "属实", "已办结(含阶段性办结)"),
    )  # fmt: skip
    assert [desk.case(f"D{n}")["status"] for n in range(1, 5)] == [
        "closed", "open", "closed", "interim",
    ]  # fmt: skip
    assert [desk.case(f"D{n}")["substantiated"] for n in range(1, 5)] == [
        "yes", "partly", "no", "mostly",
    ]  # fmt: skip
    assert desk.case("D1")["types"] == "water,noise"
    assert [desk.case(f"D{n}")["key_case"] for n in (1, 3)] == [0, 1]
    assert len(taken.rejected) == 1
    assert "已办结(含阶段性办结)" in reasons(taken)[0]


def test_a_mark_beside_a_number_is_no_part_of_it(desk):
    proposal = desk.propose(
        HEAD, ("*61", "a", "已完成"), ("62★", "b", "已完成"), ("63", "c", "滞后")
    )
    assert [line.ref for line in proposal.lines] == [f"HLJ-2018/{n}" for n in (61, 62, 63)]
    assert [codes(line) for line in proposal.lines] == [["cell"], ["cell"], []]


# percentages


def test_percentages_as_they_stand_in_one_column(desk):
    head = (*HEAD, "进度")
    cells = (0.8, "80%", 80, "约75%", 0.355)
    rows = [(str(61 + n), "a", "滞后", cell) for n, cell in enumerate(cells)]
    proposal = desk.propose(head, *rows, name="进度.xlsx")
    assert [codes(line) for line in proposal.lines] == [[], [], [], ["cell"], ["cell"]]
    desk.take(head, *rows, name="进度.xlsx")
    assert [desk.item(str(61 + n))["progress"] for n in range(5)] == [80, 80, 80, 75, 35]


# days


def deadlines(desk: Desk, cells, name: str = "台账.csv") -> list[tuple[str | None, str]]:
    rows = [(str(61 + n), "a", "滞后", cell) for n, cell in enumerate(cells)]
    desk.take((*HEAD, "整改时限"), *rows, name=name)
    items = [desk.item(str(61 + n)) for n in range(len(cells))]
    return [(item["due_on"], item["deadline"]) for item in items]


def test_days_as_spreadsheets_and_people_write_them(desk):
    cells = ("2021/12/31 0:00", "2021-12-31 00:00:00", "2021. 12. 31", "21年底", "31/12/2021")
    assert deadlines(desk, cells) == [("2021-12-31", cell) for cell in cells]


def test_a_number_that_may_have_lost_a_zero_is_no_date(desk):
    cells = (2021.1, 2021.12, "2021.10", "2021.1", 44561)
    assert deadlines(desk, cells, "台账.xlsx") == [
        (None, "2021.1"), ("2021-12-31", "2021.12"), ("2021-10-31", "2021.10"),
        ("2021-01-31", "2021.1"), (None, "44561"),
    ]  # fmt: skip
    rows = [("61", "a", "滞后", 2021.1), ("62", "b", "滞后", 44561)]
    proposal = desk.propose((*HEAD, "整改时限"), *rows, name="台账.xlsx")
    first, second = (line.findings[0].expected for line in proposal.lines)
    assert (first.key, first.params["other"]) == ("deadline.month_lost", "2021-10")
    assert (second.key, second.params["day"]) == ("dates.serial", date(2021, 12, 31))


@pytest.mark.parametrize(
    ("other", "due"),
    [("12/31/2021", "2021-03-04"), ("31/12/2021", "2021-04-03"), ("05/06/2021", None)],
)
def test_the_column_tells_whether_the_month_stands_first(desk, other, due):
    assert deadlines(desk, ("03/04/2021", other))[0] == (due, "03/04/2021")


def test_so_it_does_in_columns_of_days_of_cases(desk):
    head = ("受理编号", "举报内容", "转办日期", "办结日期")
    rows = [("D1", "a", "03/04/2019", "2019-12-20"), ("D2", "b", "3/31/2019", "")]
    desk.take(head, *rows, kind="cases")
    assert desk.case("D1")["passed_on"] == "2019-03-04"


# headings of two lines


def test_a_heading_of_two_lines_gives_both_ends_of_the_time(desk):
    path = desk.folder / "两行表头.xlsx"
    workbook = xlsxwriter.Workbook(path)
    page = workbook.add_worksheet("台账")
    for column, text in enumerate(("序号", "整改任务", "责任单位", None, None, "整改状态")):
        if text:
            page.merge_range(0, column, 1, column, text)
    page.merge_range(0, 3, 0, 4, "整改时限")
    page.write_row(1, 3, ("启动", "完成"))
    page.merge_range(2, 0, 2, 5, "一、大庆市（2项）")
    page.write_row(3, 0, (61, "a", "水务局", "2019年3月", "2020年12月底", "正在整改"))
    page.write_row(4, 0, (62, "b", "水务局", "2019-05-10", "立行立改，长期坚持", "已完成"))
    workbook.close()
    taken = take_import(desk.ledger, path, desk.request(), on_behalf="王工")
    assert not taken.rejected, reasons(taken)
    items = [desk.item(n) for n in ("61", "62")]
    assert [(each["start_on"], each["due_on"]) for each in items] == [
        ("2019-03-01", "2020-12-31"), ("2019-05-10", None),
    ]  # fmt: skip
    prepared = prepare(desk.ledger.reader(), open_book(path), desk.request(), desk.ledger.today())
    rows = list(prepared.table.rows())
    assert {row.sections for row in rows} == {("一、大庆市（2项）",)}


def test_the_same_heading_written_anew_over_each_column(desk):
    head = ("序号", "整改任务", "整改时限", "整改时限", "整改状态")
    below = ("", "", "起", "止", "")
    taken = desk.take(head, below, ("61", "a", "2019-03-01", "2020年底", "滞后"))
    assert not taken.rejected
    item = desk.item("61")
    assert (item["start_on"], item["due_on"]) == ("2019-03-01", "2020-12-31")


def test_a_traditional_file(desk):
    head = ("序號", "整改任務", "責任單位", "整改時限", "整改狀態")
    rows = [("61", "a", "水務局", "2020年底前完成並長期堅持", "已完成整改，長期堅持"),
            ("62", "b", "城管局", "長期堅持", "達到序時進度"),
            ("合計", "2", "", "", "")]  # fmt: skip
    taken = desk.take(head, *rows)
    assert not taken.rejected
    assert statuses(desk, 61, 2) == ["completed", "on_schedule"]
    first, second = desk.item("61"), desk.item("62")
    assert (first["due_on"], first["deadline_kind"]) == ("2020-12-31", "due_then_continuous")
    assert second["deadline_kind"] == "continuous"
    assert desk.unit(first["responsible_id"]) == "水務局"


def test_headings_of_which_few_are_known_are_still_headings(desk):
    head = ("大类", "序号", "工作任务", "分管市领导", "牵头单位及主要负责人", "落实进展情况")
    prepared = desk.prepare(head, ("一、水", "1", "管网", "甲某", "水务局 乙某", "已完成。"))
    assert prepared.mapping.column("problem") == 2
    assert prepared.mapping.column("status") == 5  # which its cell says


def test_a_status_that_goes_on_is_read_by_its_first_sentence(desk):
    long = "已完成。已关停2家企业，拆除设备5台。"
    taken = desk.take(HEAD, ("61", "a", long), ("62", "b", "已完成。但仍有2处未拆除"))
    assert (desk.item("61")["status"], desk.item("61")["note"]) == ("completed", long)
    assert len(taken.rejected) == 1
    (line,) = desk.propose(HEAD, ("63", "c", long)).lines
    assert "全文收作备注" in line_sentences(line, ZH)
    noted = ((*HEAD, "备注"), ("64", "d", long, "甲"))
    assert "后面的话没有收下" in line_sentences(desk.propose(*noted).lines[0], ZH)
    desk.take(*noted)
    assert (desk.item("64")["status"], desk.item("64")["note"]) == ("completed", "甲")
