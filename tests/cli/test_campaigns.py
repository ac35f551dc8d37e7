"""Campaigns below a programme: entered, imported, listed, and counted."""

from __future__ import annotations

import pytest


@pytest.fixture
def campaigns(small, tmp_path):
    """Three items in two campaigns beside one in none; one of them came with a file."""
    add = ("--region", "大庆市", "--on", "2020-01-10")
    for number, words in {
        "7": ("--campaign", "黑臭水体", "--status", "completed"),
        "8": ("--campaign", "黑臭水体", "--status", "not_started", "--start", "2020-02-01"),
    }.items():
        small("item", "add", f"P-1/{number}", "--problem", "甲", *words, *add)
    table = tmp_path / "t.csv"
    table.write_text("序号,问题,状态,专项\n9,乙,滞后,散煤\n", "utf-8")
    take = ("--programme", "P-1", "--without", "region", "--without", "deadline", "--yes")
    small("import", str(table), *take, "--on", "2020-01-10")
    return small


def lines(rectify, *words: str) -> dict[str, tuple[int, int]]:
    rows = rectify.rows("rollup", "--by", "campaign", *words)
    return {row["name"]: (row["total"], row["group_behind"]) for row in rows}


def test_a_campaign_lists_filters_and_sorts(campaigns):
    found = campaigns.rows("item", "list", "专项:黑臭水体", "--sort", "campaign")
    assert [row["ref"] for row in found] == ["P-1/7", "P-1/8"]
    assert campaigns.rows("item", "show", "P-1/9")[0]["campaign"] == "散煤"


def test_figures_by_campaign_add_up_on_any_day(campaigns):
    assert lines(campaigns) == {"散煤": (1, 1), "黑臭水体": (2, 1), "": (1, 0)}
    assert lines(campaigns, "--as-of", "2020-01-20") == {"散煤": (1, 1), "黑臭水体": (2, 0)}
    assert lines(campaigns, "--programme", "P-1", "--under", "大庆市")["黑臭水体"] == (2, 1)
    table = campaigns("rollup", "--by", "专项", "--programme", "P-1", lang="zh").stdout
    assert "不属于专项" in table
    assert "合计" in table
    campaigns.refused("rollup", "--by", "campaign", "--first-deadline", code=2)


def test_the_weekly_report_has_campaigns(campaigns):
    report = campaigns("weekly", "--format", "md", lang="zh").stdout
    assert "按专项" in report
    assert "黑臭水体" in report
