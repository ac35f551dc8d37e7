"""Tables of cities as published figures, shown beside the ledger's."""

from __future__ import annotations

import pytest
from import_table import write_table

CITIES = (
    ("市州", "整改任务总数", "已完成", "未达序时进度", "完成率", "约谈次数"),
    ("大庆市", "3", "1", "2", "33.3%", "4"),
    ("绥化市", "20", "18", "2", "90.0%", ""),
)
TOTAL = ("合计", "23", "19", "4", "83.0%", "4")
LEDGER = (
    ("序号", "问题", "地区", "时限", "状态"),
    ("501", "污水", "大庆市", "2020年底", "已完成"),
    ("502", "污水", "大庆市", "2020年底", "已完成"),
    ("503", "污水", "大庆市", "2020年底", "未启动"),
)


@pytest.fixture
def take(rectify, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))

    def take(*rows, code=0):
        path = write_table(tmp_path / "通报.csv", *rows)
        words = ("--programme", "HLJ-2018", "--on", "2019-12-31", "--yes")
        return rectify("import", path, *words, code=code, lang="zh")

    return take


def test_a_wide_table_becomes_figures_and_its_total_is_checked(rectify, take):
    told = take(*CITIES, TOTAL)
    assert "读入 9 行 ＝ 收入 9 行" in told.stdout
    assert "第 4 行合计与各行之和一致" in told.stderr
    rows = [row for row in rectify.rows("figure", "list", "通报.csv") if row["region"] == "大庆市"]
    assert [(row["what"], row["value"]) for row in rows] == [
        ("total", "3"), ("completed", "1"), ("behind", "2"), ("rate", "33.3%"), ("约谈次数", "4"),
    ]  # fmt: skip
    wrong = take(*CITIES, (*TOTAL[:2], "18", *TOTAL[3:])).stderr
    assert "注意：“已完成”合计写 18，各行之和是 19" in wrong
    (shown,) = rectify.rows("figure", "show", str(rows[0]["id"]))
    assert shown["source"].startswith("通报.csv")
    rectify.refused("figure", "show", "999999", code=1)


def test_figures_stand_beside_the_ledger_and_reconcile_shows_them(rectify, take, tmp_path):
    take(*LEDGER)
    take(*CITIES)
    rows = rectify.rows("figure", "compare", "大庆市", code=1)
    pairs = {row["what"]: (row["value"], row["ledger"], row["verdict"]) for row in rows}
    assert pairs["total"] == ("3", 3, "agrees")
    assert pairs["completed"] == ("1", 2, "differs")
    assert pairs["约谈次数"] == ("4", None, None)
    text = tmp_path / "通稿.txt"
    text.write_text("大庆市整改任务3项，已完成2项。", "utf-8")
    said = rectify("reconcile", str(text), "--programme", "HLJ-2018", "--as-of", "2020-01-31")
    assert "1 (2019-12-31, 通报.csv / 通报)" in said.stdout
    assert "Put right" not in said.stdout
    text.write_text("大庆市整改任务3项，已完成1项。", "utf-8")
    words = ("reconcile", str(text), "--programme", "HLJ-2018", "--as-of", "2020-01-31")
    wrong = rectify(*words, code=1).stdout
    assert "Put right by the ledger, in the same words:\n" in wrong
    assert wrong.endswith("大庆市整改任务3项，已完成2项。\n")
