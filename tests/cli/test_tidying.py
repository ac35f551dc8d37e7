"""Units that are one, and programmes that are put away."""

from __future__ import annotations

import pytest

TWO = ("unit", "merge", "大庆水务局", "--into", "大庆市水务局")


@pytest.fixture
def spelt(small, tmp_path):
    """Two items under two spellings of one unit; the first was the other's before March."""
    add = ("--region", "大庆市", "--status", "behind", "--deadline", "2020年底前",
           "--on", "2020-01-10")  # fmt: skip
    small("item", "add", "P-1/8", "--problem", "甲", "--responsible", "大庆水务局", *add)
    small("item", "add", "P-1/9", "--problem", "乙", "--responsible", "大庆水务局",
          "--lead", "大庆市水务局", *add)  # fmt: skip
    small("item", "set", "P-1/8", "--responsible", "大庆市水务局", "--on", "2020-03-01")
    small(
        "item", "step", "add", "P-1/9", "--text", "清淤", "--due", "6月底", "--unit", "大庆水务局"
    )
    return small


def by_unit(rectify, day: str) -> dict[str, int]:
    rows = rectify.rows("rollup", "--by", "unit", "--as-of", day)
    return {row["name"]: row["total"] for row in rows if row["key"]}


def test_two_spellings_are_one_in_the_past_too(spelt):
    assert by_unit(spelt, "2020-02-01") == {"大庆水务局": 2}
    assert by_unit(spelt, "2020-03-05") == {"大庆水务局": 1, "大庆市水务局": 1}
    assert "--reason" in spelt.refused(*TWO, "--correct", code=2)
    spelt(*TWO, "--correct", "--reason", "同一单位")
    for day in ("2020-01-10", "2020-02-01", "2020-03-05"):
        assert by_unit(spelt, day) == {"大庆市水务局": 2}
    assert spelt.rows("item", "step", "list", "P-1/9")[0]["step_unit"] == "大庆市水务局"
    assert [row["name"] for row in spelt.rows("unit", "list", "水务")] == ["大庆市水务局"]
    assert len(spelt.rows("unit", "list", "水务", "--merged")) == 2
    spelt("item", "set", "P-1/9", "--supervising", "大庆水务局")
    (row,) = spelt.rows("item", "show", "P-1/9")
    assert row["supervising"] == "大庆市水务局"
    spelt("check")
    assert spelt.refused(*TWO, code=1)
    spelt("undo")
    spelt("undo")
    assert by_unit(spelt, "2020-03-05") == {"大庆水务局": 1, "大庆市水务局": 1}
    spelt("check")


def test_a_unit_takes_over_from_a_day_on(spelt):
    said = spelt(*TWO, "--on", "2020-02-15", "--reason", "机构改革", lang="zh").stdout
    assert "2 项" in said
    assert by_unit(spelt, "2020-02-14") == {"大庆水务局": 2}
    assert by_unit(spelt, "2020-02-15") == {"大庆市水务局": 2}
    names = [row["name"] for row in spelt.rows("unit", "list", "水务", "--as-of", "2020-02-01")]
    assert sorted(names) == ["大庆市水务局", "大庆水务局"]
    spelt("check")
    spelt("undo")
    assert by_unit(spelt, "2020-03-05") == {"大庆水务局": 1, "大庆市水务局": 1}


def test_a_file_that_names_the_old_one_means_the_new(spelt, tmp_path):
    spelt(*TWO, "--correct", "--reason", "同一单位")
    table = tmp_path / "t.csv"
    table.write_text("序号,问题,责任单位\n9,乙,大庆水务局\n", "utf-8")
    take = ("--programme", "P-1", "--without", "region", "--without", "deadline", "--yes")
    assert "无变化 1" in spelt("import", str(table), *take, lang="zh").stdout


def test_a_programme_is_put_away_and_had_back(spelt):
    def listed(*words: str) -> list[str]:
        return [row["code"] for row in spelt.rows("programme", "list", *words)]

    assert "P-1" in listed()
    behind = len(spelt.rows("behind", "--as-of", "2021-01-10"))
    assert behind
    figures = spelt.rows("rollup")
    spelt("programme", "archive", "P-1", "--reason", "已结束")
    assert "P-1" not in listed()
    assert "P-1" in listed("--archived")
    assert spelt.rows("behind", "--as-of", "2021-01-10") == []
    assert spelt.rows("rollup") == figures
    assert "仍计入的方案：P-1" in spelt("rollup", lang="zh").stdout
    spelt("programme", "archive", "P-1", "--restore")
    assert "P-1" in listed()
    spelt("undo")
    spelt("undo")
    assert len(spelt.rows("behind", "--as-of", "2021-01-10")) == behind
