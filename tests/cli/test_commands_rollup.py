"""`rectify rollup`: the figures, and that nothing is printed that does not add up."""

from __future__ import annotations

import csv
import io
import sqlite3

import pytest

from rectify_tui.domain.status import Group, Status

DAY = ("--as-of", "2019-12-31")
CONTRACT = [
    "key",
    "name",
    "total",
    *Status,
    "completion_rate",
    "cases_total",
    "cases_closed",
    "cases_open",
    "case_closure_rate",
]
BY = ("programme", "province", "city", "county", "unit")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("by", ["programme", "city"])
def test_table(rectify, golden, lang, by):
    golden(f"rollup_{by}.{lang}.txt", rectify("rollup", "--by", by, *DAY, lang=lang).stdout)


@pytest.mark.parametrize("format_", ["json", "csv", "md"])
def test_other_formats(rectify, golden, format_):
    result = rectify("rollup", "--programme", "hlj-2018", *DAY, "--format", format_, lang="zh")
    golden(f"rollup.{format_}", result.stdout_bytes.decode())


def test_the_seed_comes_out_as_published(rectify):
    rows = {row["key"]: row for row in rectify.rows("rollup", *DAY)}
    first, second = rows["HLJ-2016"], rows["HLJ-2018"]
    assert [first[s] for s in ("total", "completed", "on_schedule", "not_completed", "merged")] == [
        56, 24, 7, 1, 24,
    ]  # fmt: skip
    assert [second[s] for s in ("completed", "basically_completed", "on_schedule", "behind")] == [
        7, 12, 38, 3,
    ]  # fmt: skip
    assert [second[s] for s in ("cases_total", "cases_closed", "cases_open")] == [4387, 4347, 40]
    assert second["completion_rate"] == round(19 / 60, 6)
    assert second["case_closure_rate"] == round(4347 / 4387, 6)
    assert first["case_closure_rate"] is None


@pytest.mark.parametrize("by", BY)
def test_json_has_the_keys_in_order_and_lines_add_up(rectify, by):
    rows = rectify.rows("rollup", "--by", by, *DAY)
    assert rows
    for row in rows:
        assert list(row)[: len(CONTRACT)] == CONTRACT
        assert sum(row[status] for status in Status) == row["total"]
        assert sum(row[f"group_{group}"] for group in Group) == row["total"]
        assert row["cases_closed"] + row["cases_interim"] + row["cases_open"] == row["cases_total"]
    if by != "programme":
        assert sum(row["total"] for row in rows) == 9020


def test_totals_are_for_people_only(rectify):
    assert "Total" in rectify("rollup", *DAY).stdout
    assert not [row for row in rectify.rows("rollup", *DAY) if row["name"] in ("Total", "合计")]
    alone = rectify("rollup", "--programme", "HLJ-2018", *DAY).stdout
    assert "Total" not in alone
    assert "Progress by programme: HLJ-2018, as of 2019-12-31" in alone


def test_one_region(rectify):
    rows = rectify.rows("rollup", "--by", "province", "--under", "大庆", *DAY)
    assert [(row["key"], row["total"], row["carried"]) for row in rows] == []
    rows = rectify.rows("rollup", "--under", "大庆", *DAY)
    assert [(row["key"], row["merged"]) for row in rows] == [("DQ-DALONGHUPAO", 5)]


def test_cases_of_two_cities_count_once_in_the_total(rectify):
    rectify("case", "add", "HLJ-2018/X1", "--region", "大庆市、鹤岗市", "--status", "阶段性办结")
    out = rectify("rollup", "--by", "city", lang="zh").stdout
    assert "阶段性办结" in out
    assert "涉及多地的转办件各地分别计数，合计只计一次，少 1 件。" in out
    rows = {row["name"]: row for row in rectify.rows("rollup", "--by", "city")}
    assert rows["大庆市"]["cases_interim"] == rows["鹤岗市"]["cases_interim"] == 1
    listed = csv.reader(io.StringIO(rectify("rollup", "--by", "city", "--format", "csv").stdout))
    assert next(row for row in listed if row[1] == "Total")[14] == "4388"


def test_units_have_no_cases(rectify):
    rectify("item", "set", "HLJ-2018/1-3", "--responsible", "大庆市水务局")
    out = rectify("rollup", "--by", "unit").stdout
    assert "Cases are not counted by unit." in out
    assert "(no unit)" in out
    assert [row["total"] for row in rectify.rows("rollup", "--by", "unit")] == [3, 9017]


def test_before_anything_was_known(rectify):
    out = rectify("rollup", "--known-on", "2020-01-01", *DAY, lang="zh").stdout
    assert "截至 2019-12-31，按 2020-01-01 时已登记的数据" in out
    assert "没有数据。" in out
    assert rectify.rows("rollup", "--known-on", "2020-01-01", *DAY) == []


def test_what_was_known_is_not_rewritten(rectify):
    before = [row | {"disagreeing": None} for row in rectify.rows("rollup", *DAY)]
    rectify("item", "set", "HLJ-2018/1", "--status", "behind", "--on", "2019-12-31")
    assert rectify.rows("rollup", *DAY) != before
    assert rectify.rows("rollup", *DAY, "--known-on", "2020-03-06") == before


def test_what_does_not_add_up_is_not_printed(rectify):
    with sqlite3.connect(rectify.db) as connection:
        for table in ("rollup", "rollup_day"):
            connection.execute(
                f"UPDATE {table} SET n = n + 1 WHERE depth = 2 AND status = 'behind'"
            )
    connection.close()
    for format_ in ("table", "json", "csv", "md"):
        words = ("rollup", "--by", "city", *DAY, "--format", format_)
        assert "add up" in rectify.refused(*words, code=1)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--programme", "NO-1"), "There is no programme NO-1."),
        (("--under", "亚特兰蒂斯"), "There is no region “亚特兰蒂斯”."),
        (("--as-of", "2019-13-40"), "Cannot read the day “2019-13-40”."),
        (("--known-on", "soon"), "Cannot read the day “soon”."),
        (("--by", "village"), "Use one of: programme, province, city, county, unit, campaign."),
    ],
)
def test_what_cannot_be_read(rectify, words, sentence):
    assert sentence in rectify.refused("rollup", *words, code=2)
