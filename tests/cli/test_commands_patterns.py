"""`rectify patterns`."""

from __future__ import annotations

import pytest


@pytest.fixture
def moved(small):
    small("item", "set", "P-1/1", "--deadline", "2020年底前", "--status", "behind")
    small("item", "extend", "P-1/1", "--to", "2021-12-31", "--asked-by", "甲", "--allowed-by", "乙",
          "--reason", "汛期")  # fmt: skip
    return small


def test_counts_of_all_patterns(moved):
    rows = {row["pattern"]: row["count"] for row in moved.rows("patterns")}
    assert rows == {"silent": 0, "rush": 0, "leap": 0, "moved": 1, "same_reason": 0}


def test_the_items_of_one(moved):
    out = moved("patterns", "moved").stdout
    assert "Moved 1×: first 2020-12-31, now 2021-12-31 (+365 days)" in out
    assert "P-1/1" in out
    assert "改 1 次：最初 2020-12-31" in moved("patterns", "moved", lang="zh").stdout
    (row,) = moved.rows("patterns", "moved")
    assert (row["ref"], row["days"]) == ("P-1/1", 365)


def test_patterns_have_names_in_both_languages(moved):
    told = moved("patterns", lang="zh").stdout
    assert "rectify patterns 改时限" in told
    assert moved.rows("patterns", "改时限") == moved.rows("patterns", "moved")
    assert "rectify patterns same_reason" in moved("patterns").stdout
    assert {row["see"] for row in moved.rows("patterns")} >= {"rectify patterns moved"}
    page = moved("patterns", "--help", lang="zh").stdout
    assert "moved 改时限" in " ".join(page.split())
    assert "[1 到 520] [默认：4]" in page


def test_an_unknown_pattern(moved):
    assert "same_reason" in moved.refused("patterns", "luck", code=2)
