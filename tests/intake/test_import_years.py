"""Days without a year beside a start."""

from __future__ import annotations

import pytest
from import_files import Desk, codes, open_desk

HEAD = ("编号", "问题", "地区", "启动时间", "整改时限", "时间节点", "状态")


@pytest.fixture
def desk(regions_store, tmp_path, clock) -> Desk:
    return open_desk(regions_store, tmp_path, clock)


def row(start: str, deadline: str, steps: str = "") -> tuple[str, ...]:
    return ("70", "甲", "大庆市", start, deadline, steps, "达到序时进度")


@pytest.mark.parametrize(
    ("start", "deadline", "due", "told"),
    [
        ("2019年3月", "9月底前", "2019-09-30", ["year_of_start"]),
        ("2018年11月", "6月底前", "2019-06-30", ["year_of_start"]),
        ("2018年3月", "9月底前", "2018-09-30", []),
        ("3月", "9月底前", "2018-09-30", []),
        ("2019年3月", "2020年底", "2020-12-31", []),
    ],
)
def test_the_year_of_a_deadline_follows_the_start(desk, start, deadline, due, told):
    line = desk.one(HEAD, row(start, deadline))
    assert codes(line) == told
    desk.take(HEAD, row(start, deadline))
    assert desk.item("70")["due_on"] == due


def test_a_deadline_that_names_a_year_before_the_start_is_in_doubt(desk):
    line = desk.one(HEAD, row("2019年3月", "2018年底"))
    assert codes(line) == ["due_before_start"]
    assert line.verdict == "suspicious"


def test_steps_lie_in_the_year_of_a_later_start(desk):
    desk.take(HEAD, row("2019年3月", "2019年底", "6月底前完成设计；9月底前完工"))
    days = desk.ledger.reader().execute("SELECT due_on FROM milestone ORDER BY id").fetchall()
    assert days == [("2019-06-30",), ("2019-09-30",)]
