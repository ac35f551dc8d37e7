"""`rectify case`: lists, sheets and changes."""

from __future__ import annotations

import pytest

NEW = (
    "case", "add", "HLJ-2018/D2300-1", "--complaint", "夜间施工噪声扰民",
    "--region", "大庆市、鹤岗市", "--types", "噪声、扬尘", "--passed", "2018-12-01",
    "--fined", "12.5", "--substantiated", "部分属实",
    "--interviewed", "3", "--key", "yes", "--on", "2018-12-01",
)  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_list(rectify, golden, lang):
    rectify(*NEW)
    words = ("case", "list", "编号:D2300|4348", "--as-of", "2019-12-31")
    golden(f"cases.{lang}.txt", rectify(*words, lang=lang).stdout)


def test_json_has_raw_values(rectify):
    rectify(*NEW)
    row = rectify.rows("case", "list", "no:D2300-1")[0]
    assert row["ref"] == "HLJ-2018/D2300-1"
    assert row["fined_yuan"] == 125_000
    assert row["types"] == ["noise", "dust"]
    assert set(row["regions"]) == {"大庆市", "鹤岗市"}
    assert (row["substantiated"], row["status"], row["key_case"]) == ("partly", "open", True)
    assert (row["interviewed"], row["held_accountable"], row["closed_on"]) == (3, None, None)


@pytest.mark.parametrize(
    ("filter_", "count"),
    [("status:open", 41), ("状态:未办结 地区:大庆", 1), ("类型:噪声", 1), ("罚款>=12", 1),
     ("重点:是", 1), ("passed:2018-12", 1), ("施工", 1), ("-状态:已办结 -地区:大庆", 40)],
)  # fmt: skip
def test_filters(rectify, filter_, count):
    rectify(*NEW)
    assert len(rectify.rows("case", "list", filter_)) == count


def test_closing_and_opening(rectify):
    rectify(*NEW)
    told = rectify.said("case", "set", "D2300-1", "--status", "已办结", "--on", "2019-02-01")
    assert "Status Open → Closed" in told
    assert rectify.rows("case", "show", "D2300-1")[0]["closed_on"] == "2019-02-01"
    rectify("case", "set", "HLJ-2018/D2300-1", "--status", "open", "--on", "2019-03-01")
    row = rectify.rows("case", "show", "D2300-1")[0]
    assert (row["status"], row["closed_on"]) == ("open", None)
    assert rectify.rows("case", "show", "D2300-1", "--as-of", "2019-02-15")[0]["status"] == "closed"


def test_show(rectify):
    rectify(*NEW)
    out = rectify("case", "show", "D2300-1", lang="zh").stdout
    for line in ("罚款（万元）  12.5", "污染类型      噪声、扬尘", "是否属实      部分属实"):
        assert line in out
    assert "HLJ-2018/D2300-1 变更记录" in out
    assert "12.5" in rectify("case", "show", "D2300-1", "--format", "csv").stdout


def test_numbers_that_several_programmes_share(rectify):
    rectify(*NEW)
    rectify("case", "add", "HLJ-2016/D2300-1")
    told = rectify.refused("case", "show", "D2300-1", code=2)
    assert "HLJ-2018/D2300-1, HLJ-2016/D2300-1" in told
    assert rectify.rows("case", "show", "HLJ-2016/D2300-1")[0]["programme"] == "HLJ-2016"


def test_a_revision_that_was_overtaken_is_refused(rectify):
    rectify("case", "set", "4350", "--types", "水", "--by", "李工")
    words = ("case", "set", "4350", "--types", "大气", "--fined", "3", "--rev", "1")
    told = rectify.refused(*words, code=1, lang="zh")
    assert "李工" in told
    assert "污染类型 水、罚款（万元） （空）" in told
    assert "污染类型 大气、罚款（万元） 3" in told


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("set", "4350"), "There is nothing to set."),
        (("set", "nope", "--note", "x"), "There is no case with the number “nope”."),
        (("set", "4350", "--types", "臭"), "Unknown pollution type “臭”."),
        (("set", "4350", "--fined", "1.2345678"), "Exact to the fen"),
        (("set", "4350", "--ordered", "三"), "whole number"),
        (("set", "4350", "--key", "maybe"), "Use one of: yes, no."),
        (("set", "4350", "--status", "快了"), "Unknown case status “快了”."),
        (("add", "HLJ-2018/4350"), "The case HLJ-2018/4350 exists already."),
        (("add", "HLJ-2018"), "The receipt number must not be empty."),
    ],
)
def test_what_cannot_be_done(rectify, words, sentence):
    assert sentence in rectify.refused("case", *words, code=2)


def test_the_main_region_of_a_shared_case_stays_first(rectify):
    rectify("case", "set", "4350", "--region", "让胡路区、萨尔图区")
    (row,) = rectify.rows("case", "show", "4350")
    assert row["regions"] == ["让胡路区", "萨尔图区"]
    rectify("case", "set", "4350", "--region", "萨尔图区、大庆市、让胡路区")
    (row,) = rectify.rows("case", "show", "4350")
    assert row["regions"] == ["萨尔图区", "大庆市", "让胡路区"]
