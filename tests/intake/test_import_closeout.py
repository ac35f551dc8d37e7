"""How far the close-out is, in spreadsheets of other offices."""

from __future__ import annotations

import pytest
from import_files import codes, open_desk

from rectify_tui.intake.model import Verdict


@pytest.fixture
def desk(regions_store, tmp_path, clock):
    desk = open_desk(regions_store, tmp_path, clock)
    yield desk
    desk.ledger.close()


def test_the_words_of_a_status_tell_it(desk):
    rows = (("1", "已销号"), ("2", "已完成，待验收"), ("3", "已完成"), ("61", "已申请验收"))
    desk.take(("序号", "整改状态", "具体问题"), *((*row, "污水") for row in rows))
    kept = [desk.item(number) for number in ("1", "2", "3", "61")]
    assert [row["closure"] for row in kept] == ["struck", "applied", None, "applied"]
    assert {row["status"] for row in kept} == {"completed"}
    assert kept[0]["closure_on"] == desk.ledger.today().isoformat()
    again = desk.propose(("序号", "整改状态"), *rows)
    assert {line.verdict for line in again.lines} == {Verdict.UNCHANGED}


def test_a_column_of_its_own_tells_it(desk):
    head = ("序号", "整改状态", "是否销号")
    rows = (("1", "已完成", "是"), ("2", "已完成", "否"), ("3", "已完成", "公示中"))
    desk.take(head, *rows)
    assert [desk.item(n)["closure"] for n in "123"] == ["struck", None, "published"]
    assert codes(desk.one(head, ("12", "按序时推进", "是"))) == ["closure_or_not"]
    assert desk.one(head, ("2", "已完成", "看情况")).findings


def test_the_ledger_knows_better_what_is_on_its_way(desk):
    head = ("序号", "具体问题", "销号情况")
    for told, kept in (("公示中", "published"), ("待验收", "published"), ("已销号", "struck")):
        desk.take(head, ("1", "1号问题", told))
        assert desk.item("1")["closure"] == kept


def test_a_line_that_says_it_is_open_is_looked_at_first(desk):
    desk.take(("序号", "整改状态"), ("1", "已销号"))
    line = desk.one(("序号", "整改状态"), ("1", "未达序时进度"))
    assert line.verdict is Verdict.SUSPICIOUS
    assert "out_of_closeout" in codes(line)
    desk.take(("序号", "整改状态"), ("1", "未达序时进度"), accept=lambda _: True)
    assert (desk.item("1")["status"], desk.item("1")["closure"]) == ("behind", None)
