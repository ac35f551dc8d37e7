"""Items from spreadsheets: what is added, changed, left, rejected."""

from __future__ import annotations

from datetime import date

import pytest
from import_files import codes, open_desk, reasons
from taking import take_import

from rectify_tui.domain.timeline import Later
from rectify_tui.errors import Problem
from rectify_tui.i18n import Language
from rectify_tui.intake.model import FieldChange, Verdict
from rectify_tui.reports.items import item_table
from rectify_tui.reports.output import write
from rectify_tui.store.commands.items import set_items
from rectify_tui.store.commands.places import add_unit
from rectify_tui.store.items import item_rows
from rectify_tui.store.undo import undo

HEAD = ("序号", "具体问题", "责任地区", "责任单位", "整改时限", "整改状态")
ROWS = (
    ("61", "污水直排", "大庆市", "大庆市水务局", "2020年底前", "已完成"),
    ("62", "扬尘扰民", "南岗区", "市住建局", "立行立改，长期坚持", "按时序进度推进"),
    ("1", "", "", "", "", "未达到序时进度"),
)


@pytest.fixture
def desk(regions_store, tmp_path, clock):
    desk = open_desk(regions_store, tmp_path, clock)
    yield desk
    desk.ledger.close()


def test_a_new_number_adds_and_a_known_one_changes_what_differs(desk):
    before = desk.item("1")
    taken = desk.take(HEAD, *ROWS)
    assert (taken.added, taken.changed, taken.unchanged, taken.rejected) == (2, 1, 0, ())
    new = desk.item("61")
    assert (new["problem"], new["status"], new["due_on"]) == ("污水直排", "completed", "2020-12-31")
    assert desk.region(new["region_id"]) == "大庆市"
    assert desk.unit(new["responsible_id"]) == "大庆市水务局"
    assert new["source"] == "台账.csv / 台账 / 2"
    assert desk.region(desk.item("62")["region_id"]) == "南岗区"
    after = desk.item("1")
    assert after["status"] == "behind"
    same = ("problem", "region_id", "deadline", "due_on", "responsible_id", "verification")
    assert [after[name] for name in same] == [before[name] for name in same]
    assert desk.sound()


def test_a_number_filled_up_with_zeros_is_the_one_that_the_ledger_has(desk):
    taken = desk.take(HEAD, ("001", "", "", "", "", "未完成"), ("0012", "", "", "", "", "滞后"))
    assert (taken.added, taken.changed) == (0, 2)
    assert desk.item("1")["status"] == "not_completed"
    assert desk.item("12")["status"] == "behind"
    desk.take(HEAD, ("007", "固废", "大庆市", "", "2020年底前", "已完成"))
    again = desk.take(HEAD, ("7", "", "", "", "", "滞后"))
    assert (again.added, again.changed) == (0, 1)  # 007 is what it is called here
    assert desk.item("007")["status"] == "behind"


def test_it_is_one_batch_with_the_file_in_it(desk):
    taken = desk.take(HEAD, *ROWS, ("63", "", "", "", "", "情况不明"))
    (batch,) = desk.rows("SELECT * FROM batch WHERE id = ?", taken.receipt.batch)
    assert (batch["kind"], batch["on_behalf"], batch["reason"]) == ("import", "王工", "台账.csv")
    (file,) = desk.rows("SELECT * FROM intake_file")
    assert (file["kind"], file["name"], file["sheet"]) == ("items", "台账.csv", "台账")
    assert (file["rows_read"], file["rows_taken"], file["rows_refused"]) == (4, 3, 1)
    assert len(file["digest"]) == 64


def test_the_same_file_again_writes_nothing(desk):
    desk.take(HEAD, *ROWS)
    newest = desk.ledger.newest_batch()
    again = desk.take(HEAD, *ROWS)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 3)
    assert again.receipt.batch is None
    assert desk.ledger.newest_batch() == newest
    assert len(desk.rows("SELECT * FROM intake_file")) == 1


def test_an_import_is_undone_whole(desk):
    before = desk.item("1")["status"]
    desk.take(HEAD, *ROWS)
    undo(desk.ledger)
    assert desk.item("1")["status"] == before
    assert not desk.has_item("61")
    assert not desk.rows("SELECT * FROM intake_file")
    assert desk.sound()


def test_blank_cells_and_strokes_say_nothing(desk):
    desk.take(HEAD, *ROWS)
    taken = desk.take(HEAD, ("61", "", "—", "/", "无", ""))
    assert taken.unchanged == 1


def test_from_an_earlier_day_it_is_held_against_that_day(desk):
    desk.take(("序号", "状态"), ("45", "已完成"), on=date(2020, 3, 1))
    until = {"on": date(2020, 2, 1), "later": Later.UNTIL_NEXT}
    first = desk.take(("序号", "状态"), ("45", "未达序时进度"), **until)
    assert first.changed == 1
    assert desk.item("45")["status"] == "completed"  # as was said of a later day
    again = desk.take(("序号", "状态"), ("45", "未达序时进度"), **until)
    assert (again.unchanged, again.receipt.batch) == (1, None)
    assert desk.sound()


def test_what_holds_today_may_be_new_to_an_earlier_day(desk):
    desk.take(("序号", "状态"), ("45", "已完成"), on=date(2020, 3, 1))
    line = desk.one(("序号", "状态"), ("45", "已完成"), on=date(2020, 2, 1))
    assert line.changes == (FieldChange("status", "on_schedule", "completed", "B"),)
    desk.take(("序号", "状态"), ("45", "已完成"), on=date(2020, 2, 1))
    assert desk.item("45")["status_on"] == "2020-02-01"


DATED = ("序号", "状态", "备注", "状态日期")


def test_a_row_may_tell_from_when_its_status_holds(desk):
    rows = ("45", "已完成", "验收", "2020年2月3日"), ("46", "已完成", "", "2020-05-01")
    taken = desk.take(DATED, *rows, ("61", "未完成", "", "2020-01-20"))
    assert desk.item("45")["status_on"] == "2020-02-03"
    assert desk.item("61")["status_on"] == "2020-01-20"
    assert "晚于今天" in reasons(taken)[0]
    note = desk.rows("SELECT effective_on FROM history WHERE field = 'note' AND entity = 'item'")
    assert note == [{"effective_on": "2020-03-06"}]
    assert desk.take(DATED, *rows, ("61", "未完成", "", "2020-01-20")).receipt.batch is None
    assert desk.sound()


def test_a_row_about_an_earlier_day_than_the_last_word_is_in_doubt_until_that_is_decided(desk):
    desk.take(("序号", "状态"), ("45", "未达序时进度"), on=date(2020, 3, 1))
    old = DATED, ("45", "已完成", "", "2020-02-10")
    line = desk.one(*old)
    assert line.verdict is Verdict.SUSPICIOUS
    assert [finding.code for finding in line.findings] == ["later"]
    desk.take(*old, accept=lambda line: True)  # as it is: until then
    assert desk.item("45")["status"] == "behind"
    undo(desk.ledger)
    assert desk.one(*old, later=Later.UNTIL_NEXT).verdict is Verdict.CLEAN
    desk.take(*old, later=Later.FROM_THEN_ON)
    assert (desk.item("45")["status"], desk.item("45")["status_on"]) == ("completed", "2020-02-10")
    assert desk.sound()


def test_what_only_the_entry_of_an_item_came_after_holds_to_the_present(desk):
    desk.take(
        ("序号", "问题", "状态"),
        ("71", "新问题", "按序时进度推进"),
        without=frozenset({"deadline", "region"}),
    )
    desk.take(DATED, ("71", "已完成", "", "2020-02-10"))
    assert (desk.item("71")["status"], desk.item("71")["status_on"]) == ("completed", "2020-02-10")
    assert desk.sound()


@pytest.mark.parametrize("day", ["2019-12-31", "2020-02-03"])
def test_the_day_of_an_earlier_status_is_not_that_of_a_new_one(desk, day):
    desk.take(DATED, ("45", "未达序时进度", "", "2020-02-03"))
    taken = desk.take(DATED, ("45", "已完成", "", day), ("46", "", "有了备注", "2019-12-31"))
    assert (taken.changed, len(taken.rejected)) == (1, 1)
    assert "日期却还是原来那个状态的" in reasons(taken)[0]
    assert f"原状态就是 {day} 起的" in reasons(taken)[0]


def test_a_ledger_that_was_written_out_comes_back_as_it_is(desk):
    desk.take(HEAD, *ROWS, ("63", "", "", "", "尽快", "并入HLJ-2018/12"), on=date(2020, 2, 1))
    desk.take(("序号", "状态", "备注"), ("61", "未完成", "返工"), on=date(2020, 3, 1))
    connection = desk.ledger.reader()
    ids = [row["id"] for row in desk.rows("SELECT id FROM item ORDER BY id")]
    for code in ("zh", "en"):
        rows = item_rows(connection, ids)
        table = item_table(rows, Language(code), as_of=desk.ledger.today(), full=True)
        path = desk.folder / f"{code}.csv"
        with path.open("w", encoding="utf-8", newline="") as out:
            write(table, "csv", out)
        taken = take_import(desk.ledger, path, desk.request(programme=None))
        assert not taken.rejected, reasons(taken)
        assert (taken.unchanged, taken.receipt.batch) == (len(ids), None)


def test_a_start_that_somebody_set_outlives_the_same_deadline(desk):
    row = ("61", "", "", "", "2018-2020年完成", "未完成")
    desk.take(HEAD, row)
    assert desk.item("61")["start_on"] == "2018-01-01"
    with desk.ledger.batch("set") as writing:
        set_items(writing.draft, [desk.item("61")["id"]], {"start": "2019-05-01"})
    assert desk.take(HEAD, row).unchanged == 1
    assert desk.item("61")["start_on"] == "2019-05-01"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("70", "", "", "", "", "情况不明"), "第 3 行 F 列“整改状态”：不认识的进度状态“情况不明”"),
        (("70", "", "不存在市", "", "", "情况不明"), "C 列“责任地区”：找不到行政区划“不存在市”"),
        (("70", "污水", "", "", "", ""), "新任务没有填状态，不能代填。请填：已完成"),
        (("70", "", "", "", "", "并入"), "没有写由哪一项承接。请写成“并入 HLJ-2018/12”"),
        (("70", "", "", "", "", "并入第999项"), "没有 HLJ-2018/999"),
        (("70", "", "", "", "", "并入回头看"), "看不懂由“回头看”承接"),
        (("", "污水", "", "", "", "未完成"), "没有序号"),
        (("7/1", "", "", "", "", "未完成"), "A 列“序号”"),
        (("12月2日", "", "", "", "", "未完成"), "是日期"),
        (("2.3E+17", "", "", "", "", "未完成"), "A 列“序号”"),
        (("61", "又一次", "", "", "", "未完成"), "HLJ-2018/61 在第 2 行已经有了"),
        (("70", "长" * 4001, "", "", "", "未完成"), "文字过长"),
    ],
)
def test_what_cannot_be_read_is_rejected_with_the_reason(desk, row, told):
    taken = desk.take(HEAD, ROWS[0], row)
    assert (taken.added, len(taken.rejected)) == (1, 1)
    assert told in reasons(taken)[0]
    assert taken.rejected[0].row == 3
    assert taken.rejected[0].cells[: len(row)] == row


def test_every_bad_cell_of_a_row_is_told(desk):
    taken = desk.take(HEAD, ("61", "", "郊郊区", "", "", "情况不明"))
    assert [finding.column for finding in taken.rejected[0].findings] == ["C", "F"]


def test_a_repeated_number_is_rejected_even_after_a_bad_row(desk):
    taken = desk.take(HEAD, ("61", "", "", "", "", "情况不明"), ROWS[0])
    assert taken.added == 0
    assert "第 2 行已经有了" in reasons(taken)[1]


def test_an_unreadable_deadline_is_kept_as_written(desk):
    proposal = desk.propose(HEAD, ("61", "", "", "", "尽快完成", "未完成"))
    assert proposal.lines[0].verdict is Verdict.CLEAN
    assert codes(proposal.lines[0]) == ["deadline_kept"]
    desk.take(HEAD, ("61", "", "", "", "尽快完成", "未完成"))
    item = desk.item("61")
    assert (item["deadline"], item["deadline_kind"], item["due_on"]) == (
        "尽快完成", "unreadable", None,
    )  # fmt: skip


def test_a_deadline_without_a_year_is_in_that_of_the_programme(desk):
    desk.take(HEAD, ("61", "", "", "", "4月底前", "未完成"))
    assert desk.item("61")["due_on"] == "2018-04-30"


def test_a_start_of_its_own_goes_before_that_of_the_deadline(desk):
    head = ("启动时间", "序号", "整改时限", "状态")
    rows = (("2019-05-01", "61", "2018-2020年完成", "未完成"),)
    desk.take(head, *rows)
    item = desk.item("61")
    assert (item["start_on"], item["due_on"]) == ("2019-05-01", "2020-12-31")
    assert desk.take(head, *rows).unchanged == 1


def test_without_a_column_of_statuses_new_items_are_not_started(desk):
    proposal = desk.propose(("序号", "具体问题"), ("61", "污水"), ("1", "更名"))
    assert [finding.code for finding in proposal.remarks] == [
        "no_deadline_column", "no_region_column", "no_status_column",
    ]  # fmt: skip
    status = desk.item("1")["status"]
    desk.take(("序号", "具体问题"), ("61", "污水"), ("1", "更名"))
    assert desk.item("61")["status"] == "not_started"
    assert (desk.item("1")["status"], desk.item("1")["problem"]) == (status, "更名")


def test_several_regions_count_with_the_one_that_holds_them(desk):
    row = ("61", "", "哈尔滨市、大庆市", "", "", "未完成")
    line = desk.one(HEAD, row)
    assert codes(line) == ["several_regions"]
    desk.take(HEAD, row, ("62", "", "南岗区；道里区", "", "", "未完成"))
    assert desk.region(desk.item("61")["region_id"]) == "黑龙江省"
    assert desk.region(desk.item("62")["region_id"]) == "哈尔滨市"


def test_names_of_regions_are_looked_for_below_the_programme_first(desk):
    desk.take(HEAD, ("61", "", "郊区", "", "", "未完成"), ("62", "", "阿城", "", "", "未完成"))
    assert desk.code(desk.item("61")["region_id"]) == "230811"
    assert desk.region(desk.item("62")["region_id"]) == "阿城区"
    below = desk.take(HEAD, ("63", "", "矿区", "", "", "未完成"), under="山西省")
    assert not below.rejected, reasons(below)
    assert desk.code(desk.item("63")["region_id"]) == "140303"


def test_measures_are_numbered_and_added_once(desk):
    head = (*HEAD, "整改措施")
    text = "1.建设管网；\n2.加强监管。"
    rows = ((*ROWS[0], text), (*ROWS[2], text))
    taken = desk.take(head, *rows)
    assert taken.prepared.remarks == ()
    measures = "SELECT position, text FROM measure WHERE item_id = ? ORDER BY position"
    found = [tuple(row.values()) for row in desk.rows(measures, desk.item("61")["id"])]
    assert found == [(1, "建设管网"), (2, "加强监管。")]
    assert len(desk.rows(measures, desk.item("1")["id"])) == 2
    assert desk.take(head, *rows).receipt.batch is None


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("35%", "100%", "1%"), (35, 100, 1)),
        ((0.35, 1, 0), (35, 100, 0)),
        ((35, 100, 1), (35, 100, 1)),
        (("35", "5", "0"), (35, 5, 0)),
    ],
)
def test_percentages_are_read_by_their_column(desk, cells, expected):
    rows = [(str(60 + n), "未完成", cell) for n, cell in enumerate(cells, 1)]
    taken = desk.take(("序号", "状态", "完成进度（%）"), *rows, name="进度.xlsx")
    assert not taken.rejected, reasons(taken)
    assert tuple(desk.item(row[0])["progress"] for row in rows) == expected


@pytest.mark.parametrize("cells", [(1, 0), (50, 60, 0.5), ("150%", "3%"), ("一半", "3%")])
def test_percentages_that_may_be_two_things_stay_unread(desk, cells):
    rows = [(str(60 + n), "未完成", cell) for n, cell in enumerate(cells, 1)]
    taken = desk.take(("序号", "状态", "完成进度"), *rows, name="进度.xlsx")
    assert (taken.added, taken.lost_cells) == (len(cells), 1)
    kept = [desk.item(row[0]) for row in rows]
    assert [item["progress"] is None for item in kept] == [bool(item["unread"]) for item in kept]


def test_numbers_of_spreadsheets_stay_what_they_are(desk):
    rows = ((61, "未完成"), ("12-2", "未完成"), (date(2019, 12, 2), "未完成"), (1.5e17, "未完成"))
    taken = desk.take(("序号", "状态"), *rows, name="编号.xlsx")
    assert (taken.added, len(taken.rejected)) == (2, 2)
    assert desk.item("12-2")["status"] == desk.item("61")["status"] == "not_completed"
    assert "是日期" in reasons(taken)[0]


@pytest.mark.parametrize("text", ["第61项", "61、", "６１", "61.", " 61 "])
def test_numbers_as_people_write_them(desk, text):
    desk.take(("序号", "状态"), (text, "未完成"))
    assert desk.item("61")


def test_units_are_found_by_name_or_added_once(desk):
    rows = [(str(n), "未完成", "市水务局", "市水务局") for n in range(61, 64)]
    desk.take(("序号", "状态", "责任单位", "牵头单位"), *rows)
    assert len(desk.rows("SELECT * FROM unit WHERE name = '市水务局'")) == 1
    again = desk.take(
        ("序号", "状态", "责任单位"), ("61", "未完成", "市住建局"), ("62", "", "市水务局")
    )
    assert (again.changed, again.unchanged) == (1, 1)
    assert desk.unit(desk.item("61")["responsible_id"]) == "市住建局"


def test_of_units_with_one_name_an_item_keeps_its_own(desk):
    with desk.ledger.batch("add") as writing:
        for code in ("230600", "230100"):
            region = desk.rows("SELECT id FROM region WHERE code = ?", code)[0]["id"]
            unit = add_unit(writing.draft, "市水务局", region)
        writing.draft.change("item", desk.item("1")["id"], {"responsible_id": unit}, "2020-03-06")
    rows = (("1", "", "市水务局"), ("61", "未完成", "市水务局"))
    taken = desk.take(("序号", "状态", "责任单位"), *rows)
    assert (taken.unchanged, taken.added) == (1, 1)
    assert desk.item("1")["responsible_id"] == unit
    assert desk.item("61")["responsible_id"] < unit


def test_programmes_stand_in_a_column_by_code_or_name(desk):
    name = desk.rows("SELECT name FROM programme WHERE code = 'SX-2019-PROJECTS'")[0]["name"]
    head = ("整改方案", "序号", "状态")
    rows = (("hlj-2016", "90", "未完成"), (name, "149", "未完成"), ("", "90", "未完成"))
    taken = desk.take(head, *rows, ("NO-1", "1", "未完成"), ("HLJ-2018", "90", "未完成"))
    assert taken.added == 3
    assert desk.has_item("90", "HLJ-2016")
    assert desk.has_item("149", "SX-2019-PROJECTS")
    assert "没有整改方案 NO-1" in reasons(taken)[0]
    assert "在第 4 行已经有了" in reasons(taken)[1]  # the row without a programme came first


def test_full_references_need_no_programme(desk):
    rows = ("HLJ-2016/1", "未完成"), ("hlj-2018/61", "已完成"), ("HLJ-2019/1", "未完成")
    taken = desk.take(("任务编号", "状态"), *rows, programme=None)
    assert (taken.added, taken.changed, len(taken.rejected)) == (1, 1, 1)
    head = ("整改方案", "任务编号", "状态")
    taken = desk.take(head, ("HLJ-2016", "HLJ-2018/1", "未完成"), programme=None)
    assert "编号属于 HLJ-2018，这一列写的却是 HLJ-2016" in reasons(taken)[0]


def test_rows_of_no_programme_are_refused_at_once(desk):
    with pytest.raises(Problem) as caught:
        desk.propose(HEAD, *ROWS, programme=None)
    assert caught.value.key == "importing.no_programme"
    with pytest.raises(Problem) as caught:
        desk.propose(HEAD, *ROWS, programme="NO-1")
    assert caught.value.key == "programme.not_found"


def test_a_day_to_come_is_refused(desk):
    with pytest.raises(Problem) as caught:
        desk.take(HEAD, *ROWS, on=date(2020, 3, 7))
    assert caught.value.key == "change.future"


def test_what_is_proposed_is_what_is_taken(desk):
    rows = (*ROWS, ("63", "", "南极", "", "", "情况不明"))
    proposal = desk.propose(HEAD, *rows)
    assert [line.verdict for line in proposal.lines] == [
        Verdict.CLEAN, Verdict.CLEAN, Verdict.CLEAN, Verdict.UNREADABLE,
    ]  # fmt: skip
    assert [line.new for line in proposal.lines] == [True, True, False, False]
    assert FieldChange("region", None, "大庆市", "C") in proposal.lines[0].changes
    assert FieldChange("responsible", None, "大庆市水务局", "D") in proposal.lines[0].changes
    assert proposal.lines[2].changes == (FieldChange("status", "completed", "behind", "F"),)
    desk.take(HEAD, *rows)
    assert [line.verdict for line in desk.propose(HEAD, *rows).lines[:3]] == [Verdict.UNCHANGED] * 3


def test_lines_that_nobody_wants_are_left(desk):
    taken = desk.take(HEAD, *ROWS, accept=lambda line: line.ref != "HLJ-2018/62")
    assert (taken.added, taken.changed, len(taken.rejected)) == (1, 1, 1)
    assert not desk.has_item("62")
    (file,) = desk.rows("SELECT * FROM intake_file")
    assert (file["rows_taken"], file["rows_refused"]) == (2, 1)


def test_verification_and_what_follows(desk):
    head = ("序号", "状态", "现场核实", "下一步措施", "滞后原因")
    row = ("1", "", "现场核实不属实", "返工", "管网未开工")
    taken = desk.take(head, row, ("2", "", "看过", "", ""))
    item = desk.item("1")
    assert (item["verification"], item["next_step"], item["reason"]) == (
        "refuted", "返工", "管网未开工",
    )  # fmt: skip
    assert (taken.unchanged, taken.changed, desk.item("2")["unread"]) == (
        0,
        2,
        "verification：看过",
    )
