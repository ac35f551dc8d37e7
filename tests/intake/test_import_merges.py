"""Merged items in spreadsheets: what carries them on, before or after them in the file."""

from __future__ import annotations

import pytest
from import_files import codes, open_desk, reasons

HEAD = ("序号", "具体问题", "状态")


@pytest.fixture
def desk(regions_store, tmp_path, clock):
    desk = open_desk(regions_store, tmp_path, clock)
    yield desk
    desk.ledger.close()


def carried_by(desk, number, code="HLJ-2018"):
    item = desk.item(number, code)
    rows = desk.rows(
        "SELECT p.code || '/' || i.number AS ref FROM item i JOIN programme p"
        " ON p.id = i.programme_id WHERE i.id = ?",
        item["merged_item_id"],
    )
    assert item["status"] == "merged"
    return rows[0]["ref"]


@pytest.mark.parametrize(
    "words",
    ["并入HLJ-2018/12", "已并入：hlj-2018/12", "转入第12项", "并入 12", "merged into HLJ-2018/12"],
)
def test_the_cell_names_what_carries_the_item_on(desk, words):
    taken = desk.take(HEAD, ("61", "污水", words))
    assert not taken.rejected, reasons(taken)
    assert carried_by(desk, "61") == "HLJ-2018/12"
    assert desk.take(HEAD, ("61", "污水", words)).receipt.batch is None


@pytest.mark.parametrize("words", ["并入HLJ-2018", "转入{name}", "并入{name}第12项"])
def test_it_may_name_a_programme(desk, words):
    name = desk.rows("SELECT name FROM programme WHERE code = 'HLJ-2018'")[0]["name"]
    taken = desk.take(HEAD, ("90", "污水", words.format(name=name)), programme="HLJ-2016")
    assert not taken.rejected, reasons(taken)
    item = desk.item("90", "HLJ-2016")
    if "第" in words:
        assert carried_by(desk, "90", "HLJ-2016") == "HLJ-2018/12"
    else:
        codes = desk.rows("SELECT code FROM programme WHERE id = ?", item["merged_programme_id"])
        assert codes == [{"code": "HLJ-2018"}]


def test_a_column_may_name_it(desk):
    head = ("承接任务", *HEAD)
    rows = (("HLJ-2018/12", "61", "污水", "并入"), ("13", "62", "污水", ""))
    taken = desk.take(head, *rows, ("12", "63", "污水", "已完成"))
    assert carried_by(desk, "61") == "HLJ-2018/12"
    assert carried_by(desk, "62") == "HLJ-2018/13"
    assert "状态却不是“并入”" in reasons(taken)[0]


def test_it_may_stand_later_in_the_file_and_may_be_merged_itself(desk):
    rows = (("61", "甲", "并入第62项"), ("62", "乙", "并入第63项"), ("63", "丙", "未完成"))
    assert codes(desk.propose(HEAD, *rows).lines[0]) == []
    taken = desk.take(HEAD, *rows)
    assert taken.added == 3
    assert (carried_by(desk, "61"), carried_by(desk, "62")) == ("HLJ-2018/62", "HLJ-2018/63")
    assert desk.take(HEAD, *rows).receipt.batch is None
    assert desk.sound()


def test_what_is_rejected_carries_nobody_on(desk):
    rows = (("61", "甲", "并入第62项"), ("62", "乙", "不明"), ("63", "丙", "未完成"))
    taken = desk.take(HEAD, *rows)
    assert (taken.added, len(taken.rejected)) == (1, 2)
    assert "没有 HLJ-2018/62，这份文件里也没有能收入的 HLJ-2018/62" in reasons(taken)[0]


def test_what_nobody_wants_carries_nobody_on(desk):
    rows = (("61", "甲", "并入第62项"), ("62", "乙", "未完成"))
    taken = desk.take(HEAD, *rows, accept=lambda line: line.ref != "HLJ-2018/62")
    assert (taken.added, len(taken.rejected)) == (0, 2)
    assert taken.receipt.batch is None


@pytest.mark.parametrize(
    "rows",
    [
        (("1", "", "并入第1项"),),
        (("1", "", "并入第2项"), ("2", "", "并入第1项")),
        (("1", "", "并入第2项"), ("2", "", "并入第3项"), ("3", "", "并入第1项")),
    ],
)
def test_circles_are_rejected_and_the_rest_is_taken(desk, rows):
    taken = desk.take(HEAD, *rows, ("61", "污水", "未完成"))
    assert taken.added == 1
    assert len(taken.rejected) == 1
    assert "最终会并入自己" in reasons(taken)[0]
    assert desk.sound()


def test_new_items_that_carry_one_another_on_are_rejected(desk):
    taken = desk.take(HEAD, ("61", "甲", "并入第62项"), ("62", "乙", "并入第61项"))
    assert len(taken.rejected) == 2


def test_its_own_programme_carries_nothing_on(desk):
    taken = desk.take(HEAD, ("61", "污水", "并入HLJ-2018"))
    assert "不能并入自己所在的整改方案" in reasons(taken)[0]


def test_merged_again_without_a_target_says_nothing_new(desk):
    before = desk.item("33", "HLJ-2016")
    assert before["status"] == "merged"
    taken = desk.take(HEAD, ("33", "", "已转入第二轮"), programme="HLJ-2016")
    assert taken.unchanged == 1


def test_another_status_ends_a_merge(desk):
    desk.take(HEAD, ("33", "", "未完成"), programme="HLJ-2016")
    item = desk.item("33", "HLJ-2016")
    assert (item["status"], item["merged_programme_id"]) == ("not_completed", None)
