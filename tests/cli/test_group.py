"""`rectify group`: who is in the working group, and who has left."""

from __future__ import annotations

import pytest


@pytest.fixture
def cities(small):
    """Daqing has finished, Harbin has not, Yichun was back."""
    small("undo")
    steps = (
        ("1", "大庆市", "behind", "2020-01-03"),
        ("2", "哈尔滨", "behind", "2020-01-10"),
        ("3", "伊春市", "on schedule", "2020-01-03"),
    )
    for number, region, status, on in steps:
        words = ("--region", region, "--status", status, "--on", on)
        small("item", "add", f"P-1/{number}", "--problem", "x", *words)
    small("item", "set", "P-1/1", "--status", "completed", "--on", "2020-03-06")
    small("item", "set", "P-1/3", "--status", "completed", "--on", "2020-02-07")
    small("item", "set", "P-1/3", "--status", "behind", "--on", "2020-03-20")
    return small


def by_name(rows):
    return {row["name"]: row for row in rows}


def test_members(cities):
    rows = by_name(cities.rows("group", "--programme", "P-1"))
    assert rows["哈尔滨市"]["state"] == "in"
    assert (rows["哈尔滨市"]["open"], rows["哈尔滨市"]["behind"]) == (1, 1)
    assert (rows["伊春市"]["state"], rows["伊春市"]["times"]) == ("in", 2)
    assert rows["伊春市"]["joined_on"] == "2020-03-20"
    assert (rows["大庆市"]["state"], rows["大庆市"]["left_on"]) == ("left", "2020-03-06")


def test_as_of_a_day(cities):
    rows = by_name(cities.rows("group", "--as-of", "2020-02-10"))
    assert rows["伊春市"]["state"] == "left"
    assert rows["伊春市"]["left_on"] == "2020-02-07"
    assert list(rows)[-1] == "伊春市"


def test_the_seed_ends_with_everybody_gone(rectify):
    words = ("group", "--programme", "YZ-2016-WATER", "--by", "province")
    (row,) = rectify.rows(*words)
    assert (row["state"], row["left_on"]) == ("left", "2019-12-31")
    (row,) = rectify.rows(*words, "--as-of", "2017-06-30")
    assert (row["state"], row["open"]) == ("in", 107)


def test_units_and_places_below_the_step(cities):
    assert cities.rows("group", "--by", "unit", "--under", "伊春市")[0]["open"] == 1
    (row,) = cities.rows("group", "--by", "province", "--under", "伊春市")
    assert (row["name"], row["open"]) == ("黑龙江省", 1)


def test_week_by_week_as_the_office_ends_them(cities):
    rows = cities.rows("group", "--weeks", "--as-of", "2020-03-25")
    assert [(row["week"], row["members"]) for row in rows][-3:] == [
        ("2020-03-13", 1), ("2020-03-20", 2), ("2020-03-25", 2),
    ]  # fmt: skip
    assert rows[-1]["names"] == ["哈尔滨市", "伊春市"]
    out = cities("group", "--weeks", "--as-of", "2020-03-20", "--ascii", lang="zh").stdout
    assert "####" in out
    assert "伊春市" in out
    assert "在群 2 个" in out


def test_nobody(small):
    small("undo")
    assert "no group" in small("group").stderr
