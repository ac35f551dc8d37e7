"""A column of cities beside a column of counties."""

from __future__ import annotations

import pytest
from import_files import ZH, open_desk

from rectify_tui.intake.lines import line_sentences

HEAD = ("市（州）", "县（市、区）", "任务编号", "反馈问题", "整改状态")


@pytest.fixture
def desk(regions_store, tmp_path, clock):
    desk = open_desk(regions_store, tmp_path, clock)
    yield desk
    desk.ledger.close()


def test_the_county_is_looked_for_in_the_city(desk):
    taken = desk.take(
        HEAD,
        ("大庆市", "让胡路区", "81", "甲", "已完成"),
        ("齐齐哈尔市", "铁锋区", "82", "乙", "已完成"),
        ("大庆市", "", "83", "丙", "已完成"),
        ("鹤岗市", "东山区", "84", "丁", "已完成"),
    )
    assert taken.added == 4
    found = [desk.region(desk.item(number)["region_id"]) for number in ("81", "82", "83", "84")]
    assert found == ["让胡路区", "铁锋区", "大庆市", "东山区"]


def test_a_county_of_another_city_stays_unread_below_the_city(desk):
    row = ("大庆市", "南岗区", "81", "甲", "已完成")
    (line,) = desk.propose(HEAD, row).lines
    assert "“南岗区”不在大庆市之下" in line_sentences(line, ZH)
    desk.take(HEAD, row)
    item = desk.item("81")
    assert (desk.region(item["region_id"]), item["unread"]) == ("大庆市", "region：南岗区")


def test_cases_too(desk):
    head = ("受理编号", "地市", "县区", "反映问题", "办理状态")
    taken = desk.take(head, ("X1", "大庆市", "让胡路区、龙凤区", "噪声", "已办结"), kind="cases")
    assert taken.added == 1
    (case,) = desk.rows("SELECT * FROM complaint_case WHERE number = 'X1'")
    assert len(case["regions"].split(",")) == 2
    assert desk.region(case["region_id"]) == "让胡路区"
