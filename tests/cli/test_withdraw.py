"""Items and cases that were entered by mistake: withdrawn, and had back."""

from __future__ import annotations

import pytest


@pytest.fixture
def wrong(small):
    """An item that another one duplicates, with a step and an extension."""
    small("item", "add", "P-1/9", "--problem", "污水直排", "--status", "behind",
          "--region", "大庆市", "--responsible", "市水务局", "--deadline", "2020年1月底前",
          "--on", "2020-01-10")  # fmt: skip
    small("item", "step", "add", "P-1/9", "--text", "清淤", "--due", "2020-03-01")
    small("item", "step", "move", "P-1/9", "1", "--to", "2020-05-01")
    small("item", "extend", "P-1/9", "--to", "2020-06-30", "--asked-by", "甲", "--allowed-by", "乙",
          "--reason", "汛期", "--on", "2020-02-01")  # fmt: skip
    return small


def total(rectify, *words: str) -> int:
    rows = rectify.rows("rollup", *words)
    return sum(row["total"] for row in rows)


@pytest.mark.parametrize("by", ["city", "unit", "programme"])
def test_no_figures_count_what_was_withdrawn(wrong, by):
    days = [("--by", by), ("--by", by, "--as-of", "2020-01-20")]
    before = [total(wrong, *words) for words in days]
    said = wrong.said("item", "withdraw", "P-1/9", "--reason", "重复登记", lang="zh")
    assert "P-1/9" in said
    assert [total(wrong, *words) for words in days] == [n - 1 for n in before]
    wrong("check")
    assert "P-1/9" not in [row["ref"] for row in wrong.rows("item", "list")]
    (kept,) = wrong.rows("item", "list", "--withdrawn")
    assert (kept["ref"], kept["text"], kept["reason"]) == ("P-1/9", "污水直排", "重复登记")
    gone = wrong.refused("item", "show", "P-1/9", code=2, lang="zh")
    assert "重复登记" in gone
    assert f"rectify undo {kept['batch']}" in gone
    wrong("undo")
    assert [total(wrong, *words) for words in days] == before
    (row,) = wrong.rows("item", "show", "P-1/9")
    assert (row["due_on"], row["steps"], len(row["extensions"])) == ("2020-06-30", 1, 1)
    wrong("check")
    assert wrong.rows("item", "list", "--withdrawn") == []


def test_a_number_is_free_again_and_what_carries_on_stays(wrong):
    wrong("item", "merge", "P-1/1", "--into", "P-1/9")
    said = wrong.refused("item", "withdraw", "P-1/9", "--reason", "x", code=1, lang="zh")
    assert "P-1/1" in said
    wrong("undo")
    wrong("item", "withdraw", "P-1/9", "--reason", "误录")
    (kept,) = wrong.rows("item", "list", "--withdrawn")
    wrong("item", "add", "P-1/9", "--problem", "正确的", "--region", "大庆市")
    assert wrong.refused("undo", str(kept["batch"]), code=1)
    wrong.refused("item", "withdraw", "P-1/9", code=2)


def test_cases_are_withdrawn_too(wrong):
    wrong("case", "add", "P-1/D1", "--complaint", "异味", "--region", "大庆市")
    wrong("case", "withdraw", "P-1/D1", "--reason", "重复录入")
    assert wrong.rows("case", "list") == []
    assert wrong.rows("case", "list", "--withdrawn")[0]["ref"] == "P-1/D1"
    wrong("undo")
    assert len(wrong.rows("case", "list")) == 1


def test_the_log_of_what_was_withdrawn_says_so_whatever_else_has_its_number(rectify):
    rectify("item", "withdraw", "HLJ-2018/59", "--reason", "重复录入")
    said = rectify("log", "HLJ-2018/59", lang="zh").stdout
    assert "（移除）" in said
    assert "已于" in said
    assert "重复录入" in said
    assert "已办结" not in said  # the case with the same reference
    assert "已办结" in rectify("log", "HLJ-2018/59", "--case", lang="zh").stdout
    assert rectify.rows("log", "HLJ-2018/59")[0]["field"] is not None
    rectify("case", "withdraw", "HLJ-2018/70", "--reason", "误收")
    assert "误收" in rectify("log", "HLJ-2018/70", lang="zh").stdout
    rectify("undo")
    rectify("undo")
    assert "已于" not in rectify("log", "HLJ-2018/59", lang="zh").stdout
