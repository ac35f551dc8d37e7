"""Regions that come and go: new codes, abolished ones, and the items that move on."""

from __future__ import annotations

import csv

import pytest

END = "2021-04-09"


@pytest.fixture
def hangzhou(small):
    """A ledger from before 2021 with four items in 江干区 of Hangzhou."""
    small("programme", "add", "Z-1", "--name", "浙江", "--region", "浙江省", "--year", "2020")
    for number in "1234":
        small("item", "add", f"Z-1/{number}", "--problem", f"问题{number}", "--region", "江干区",
              "--deadline", "2021年底前", "--on", "2021-01-10")  # fmt: skip
    small("item", "set", "Z-1/1", "--status", "completed", "--on", "2021-03-01")
    small("item", "set", "Z-1/2", "--status", "completed", "--on", "2021-06-01")
    return small


def counted(rectify, day: str, by: str = "county", under: str = "杭州市") -> dict[str, int]:
    rows = rectify.rows("rollup", "--programme", "Z-1", "--by", by, "--under", under,
                        "--as-of", day)  # fmt: skip
    return {row["name"]: row["total"] for row in rows if row["key"]}


def test_an_old_ledger_gets_the_new_codes_and_loses_nothing(hangzhou):
    hangzhou("region", "add", "钱塘区", "--under", "杭州市", "--kind", "new_area")
    said = hangzhou("region", "update", lang="zh").stdout
    assert "补入 24 个，撤销 25 个" in said
    assert "江干区 还有未完成的任务 2 项" in said
    (row,) = hangzhou.rows("region", "find", "钱塘区")  # what the office had entered has its code
    assert (row["code"], row["kind"], row["from_on"]) == ("330114", "county", END)
    assert [row["name"] for row in hangzhou.rows("region", "find", "33011")][-2:] == [
        "临平区", "钱塘区",
    ]  # fmt: skip
    assert counted(hangzhou, "2026-01-01") == {"江干区": 4}
    assert "最新" in hangzhou("region", "update", lang="zh").stdout
    hangzhou("check")
    hangzhou("undo")
    assert [row["code"] for row in hangzhou.rows("region", "find", "钱塘区")] == [None]
    hangzhou("check")


def test_open_items_move_on_the_day_and_the_city_adds_up(hangzhou):
    hangzhou("region", "update")
    said = hangzhou("region", "abolish", "330104", "--into", "上城区", lang="zh").stdout
    assert "3 项" in said
    assert counted(hangzhou, "2021-04-08") == {"江干区": 4}
    assert counted(hangzhou, END) == {"江干区": 1, "上城区": 3}
    for day in ("2021-04-08", END, "2026-01-01"):
        assert counted(hangzhou, day, "city", "浙江省") == {"杭州市": 4}
    (row,) = hangzhou.rows("item", "show", "Z-1/2")
    assert (row["region"], row["status"]) == ("上城区", "completed")
    assert [row["ref"] for row in hangzhou.rows("item", "list", "region:江干区")] == ["Z-1/1"]
    hangzhou("check")
    hangzhou("undo")
    assert counted(hangzhou, "2026-01-01") == {"江干区": 4}
    hangzhou("check")


def test_the_office_enters_a_change_itself(hangzhou):
    add = ("region", "add", "临平区", "--under", "杭州市", "--from", END)
    hangzhou(*add, "--code", "330113")
    assert "330113" in hangzhou.refused(*add, "--code", "330113", code=2)
    assert "340113" in hangzhou.refused(*add, "--code", "340113", code=2)
    assert "33011" in hangzhou.refused(*add, "--code", "33011", code=2)
    assert "--code" in hangzhou.refused("region", "add", "某区", "--under", "杭州市", code=2)
    assert "--code" in hangzhou.refused(*add, code=2)
    hangzhou("region", "abolish", "江干区", "--on", END, "--into", "临平区", "--reason", "调整")
    assert counted(hangzhou, END) == {"江干区": 1, "临平区": 3}
    (row,) = hangzhou.rows("region", "find", "江干区")
    assert (row["abolished_on"], row["region_successor"]) == (END, "330113")
    early = ("region", "abolish", "下城区", "--into", "临平区", "--on", "2020-01-01")
    assert "临平区" in hangzhou.refused(*early, code=2, lang="zh")
    assert "13" in hangzhou.refused("region", "abolish", "杭州市", code=1)
    assert hangzhou.refused("region", "abolish", "下城区", "--into", "下城区", code=1)
    hangzhou("check")


def test_what_names_an_abolished_region_is_told_and_taken(hangzhou, tmp_path):
    hangzhou("region", "update")
    later = ("--on", "2022-01-01")
    said = hangzhou("item", "add", "Z-1/5", "--problem", "新", "--region", "江干区", *later).stdout
    assert "abolished on 2021-04-09" in said
    early = hangzhou("item", "set", "Z-1/3", "--region", "临平区", "--on", "2021-02-01", lang="zh")
    assert "自 2021-04-09 才设立" in early.stdout
    path = tmp_path / "台账.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([
            ["序号", "问题", "所在地区", "责任单位", "整改时限", "状态"],
            ["21", "污水", "江干区", "某局", "2023年底前", "尚未启动"],
            ["22", "垃圾", "上城区", "某局", "2023年底前", "尚未启动"],
        ])  # fmt: skip
    taken = hangzhou("import", str(path), "--programme", "Z-1", "--yes", *later, lang="zh")
    assert "江干区 已于 2021-04-09 撤销，由上城区承接" in taken.output
    assert "1 行写的地区在那一天没有" in taken.output
    assert len(hangzhou.rows("item", "list", "region:江干区", "problem:污水")) == 1


def test_of_two_namesakes_the_one_of_the_day_is_meant(hangzhou):
    hangzhou("region", "update")
    hangzhou("programme", "add", "F-1", "--name", "福建", "--region", "福建省", "--year", "2022")
    hangzhou("item", "add", "F-1/1", "--problem", "问题", "--region", "三元区")
    (row,) = hangzhou.rows("item", "show", "F-1/1")
    assert row["region_code"] == "350404"
