"""`rectify programme`, `region` and `unit`."""

from __future__ import annotations

import pytest


def test_programmes(rectify):
    rows = rectify.rows("programme", "list", "--as-of", "2019-12-31")
    assert [row["code"] for row in rows][:2] == ["HLJ-2016", "HLJ-2018"]
    assert [row["total"] for row in rows] == [56, 60, 5, 148, 2039, 490, 6251, 0, 0]
    assert rows[1]["cases_total"] == 4387
    assert {row["simulated"] for row in rows} == {False}
    out = rectify("programme", "list", lang="zh").stdout
    assert "督察整改" in out
    assert "整改方案（截至 " in out


def test_add_a_programme(rectify):
    words = ("programme", "add", "dq-2020", "--name", "大庆市水源地专项", "--region", "大庆市",
             "--year", "2020", "--cutoff", "2020-06-30", "--kind", "campaign")  # fmt: skip
    assert rectify.said(*words) == "Added DQ-2020 (batch 3; to undo: rectify undo 3)."
    row = rectify.rows("programme", "list")[-1]
    assert (row["code"], row["region"], row["cutoff"]) == ("DQ-2020", "大庆市", "2020-06-30")
    assert (row["total"], row["completion_rate"]) == (0, None)
    assert "exists already" in rectify.refused(*words, code=2)
    assert "--year is missing" in rectify.refused(*words[:7], code=2)


def test_find_regions(rectify):
    rows = rectify.rows("region", "find", "大庆")
    assert list(rows[0]) == [
        "code", "name", "name_en", "kind", "from_on", "abolished_on", "region_successor", "path",
    ]  # fmt: skip
    assert rows[0] == {
        "code": "230600", "name": "大庆市", "name_en": "Daqing", "kind": "city",
        "from_on": None, "abolished_on": None, "region_successor": None,
        "path": "黑龙江省 / 大庆市",
    }  # fmt: skip
    assert {row["code"][:4] for row in rectify.rows("region", "find", "2306")} == {"2306"}
    assert len(rectify.rows("region", "find", "")) == 3215
    assert "Heilongjiang / Daqing" in rectify("region", "find", "Daqing").stdout


def test_finding_nothing_is_a_no(rectify):
    told = rectify.refused("region", "find", "亚特兰蒂斯", code=1)
    assert "There is no region “亚特兰蒂斯”." in told
    assert rectify.rows("region", "find", "亚特兰蒂斯", code=1) == []


def test_add_a_region(rectify):
    words = ("region", "add", "大庆高新区", "--under", "大庆市", "--kind", "zone")
    assert rectify.said(*words, lang="zh").startswith("已新增 大庆高新区（第 3 批，")
    row = rectify.rows("region", "find", "高新区")[0]
    assert (row["code"], row["kind"], row["path"]) == (
        None,
        "zone",
        "黑龙江省 / 大庆市 / 大庆高新区",
    )
    assert "has a “大庆高新区” already" in rectify.refused(*words, code=2)
    rectify("item", "set", "HLJ-2018/1", "--region", "大庆高新区")
    rows = rectify.rows("rollup", "--by", "county", "--under", "大庆市")
    assert [(row["key"], row["total"]) for row in rows] == [("大庆高新区", 1)]


def test_units(rectify):
    assert rectify.rows("unit", "list") == []
    rectify("unit", "add", "大庆市水务局", "--region", "大庆市")
    rectify("item", "set", "HLJ-2018/1-2,60", "--responsible", "大庆市水务局", "--lead", "省水利厅")
    rows = rectify.rows("unit", "list")
    assert [(row["name"], row["region"], row["total"]) for row in rows] == [
        ("大庆市水务局", "大庆市", 3), ("省水利厅", None, 0),
    ]  # fmt: skip
    assert rows[0]["group_behind"] == 1
    assert [row["name"] for row in rectify.rows("unit", "list", "水利")] == ["省水利厅"]


@pytest.mark.parametrize(
    ("name", "sentence"), [("大庆市水务局", "exists already"), (" \x1b[2J ", "needs a name")]
)
def test_units_that_cannot_be_added(rectify, name, sentence):
    rectify("unit", "add", "大庆市水务局")
    assert sentence in rectify.refused("unit", "add", name, code=2)


def test_programmes_units_and_regions_are_called_otherwise(small):
    small("item", "add", "P-1/9", "--problem", "x", "--responsible", "市水务局")
    small("unit", "add", "市住建局")
    assert "市水利局" in small.said("unit", "rename", "市水务局", "市水利局")
    assert small.rows("item", "show", "P-1/9")[0]["responsible"] == "市水利局"
    assert "市住建局" in small.refused("unit", "rename", "市水利局", "市住建局", code=2)
    small.refused("unit", "rename", "没有这个单位", "市住建局", code=2)
    small("region", "add", "高新区", "--under", "大庆市", "--kind", "zone")
    small("region", "rename", "高新区", "高新技术产业开发区", "--name-en", "High-tech zone")
    (found,) = small.rows("region", "find", "高新技术")
    assert (found["name"], found["name_en"]) == ("高新技术产业开发区", "High-tech zone")
    small("programme", "set", "P-1", "--name", "新名称")
    assert small.rows("programme", "list")[0]["name"] == "新名称"
    small.refused("programme", "set", "P-1", "--name", "", code=2)
    small.refused("programme", "set", "P-1", "--year", "3000", code=2)
    small("check")
