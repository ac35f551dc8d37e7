"""`rectify coverage`, and the summons of the seed with its letters."""

from __future__ import annotations

import json

import pytest
from docx import Document

ZONING = "CN-ZONING"


@pytest.fixture
def zoning(rectify):
    """Two provinces of the zoning plans, one of which is done."""
    rectify("coverage", "set", ZONING, "江苏省", "--done", "1", "--due", "1", "--on", "2020-02-20")
    rectify("coverage", "set", ZONING, "浙江省", "--done", "0", "--due", "1", "--on", "2020-02-20")
    return rectify


def lines(rectify, *words):
    return {row["name"]: row for row in rectify.rows("coverage", "show", ZONING, *words)}


def test_the_seed_has_what_was_printed(rectify):
    rows = {row["key"]: row for row in rectify.rows("coverage", "list")}
    assert (rows["CN-PERMITS"]["done"], rows["CN-PERMITS"]["due"]) == (160000, None)
    assert (rows[ZONING]["done"], rows[ZONING]["due"], rows[ZONING]["rate"]) == (None, 12, None)
    assert "2020-12-31" in rows[ZONING]["target"]


def test_places_are_ranked_and_the_whole_is_what_was_stated_of_it(zoning):
    found = lines(zoning)
    assert [found[name]["rank"] for name in ("江苏省", "浙江省")] == [1, 2]
    whole = zoning.rows("coverage", "show", ZONING)[-1]
    assert (whole["done"], whole["due"], whole["missing"]) == (1, 12, 11)
    told = zoning("coverage", "show", ZONING).stdout
    assert "was stated to have 12 due; its parts come to 1 done of 2 due" in told


def test_who_lags_is_named_from_the_day_of_the_target_on(zoning):
    zoning("coverage", "target", ZONING, "--on", "2020-03-01", "--share", "50%")
    assert lines(zoning, "--as-of", "2020-02-29")["浙江省"]["standing"] is None
    assert lines(zoning, "--as-of", "2020-03-01")["浙江省"]["standing"] == "lags"
    assert lines(zoning, "--as-of", "2020-03-01")["江苏省"]["standing"] == "met"
    assert "Zhejiang (0.0%)" in zoning("coverage", "list").stdout
    assert "Zhejiang (0.0%)" in zoning("weekly", "--week", "2020-03-06").stdout


def test_every_day_has_what_was_stated_by_then_and_undo_brings_it_back(zoning):
    zoning("coverage", "set", ZONING, "浙江省", "--done", "1", "--on", "2020-03-02")
    assert lines(zoning)["浙江省"]["done"] == 1
    assert lines(zoning)["浙江省"]["due"] == 1
    assert lines(zoning, "--as-of", "2020-03-01")["浙江省"]["done"] == 0
    zoning("undo")
    assert lines(zoning)["浙江省"]["done"] == 0
    assert "nothing was changed" in zoning.refused(
        "coverage", "set", ZONING, "浙江省", "--done", "0", "--due", "1", "--on", "2020-02-20",
        code=1,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("set", ZONING, "江苏省"), "at least one number"),
        (("set", ZONING, "江苏省", "--done", "2"), "2 done is more than 1 due"),
        (("set", ZONING, "江苏省", "--done", "1", "--on", "2099-01-01"), "2099-01-01"),
        (("set", "HLJ-2018", "江苏省", "--done", "1"), "not within"),
        (("target", ZONING, "--on", "2020-12-31", "--share", "0"), "from 1 to 100"),
        (("target", ZONING, "--on", "2020-12-31", "--share", "most"), "from 1 to 100"),
    ],
)
def test_what_cannot_be_is_refused(zoning, words, said):
    before = zoning("log", "--limit", "1").stdout
    assert said in zoning.refused("coverage", *words, code=2)
    assert zoning("log", "--limit", "1").stdout == before


def test_a_programme_without_statements_says_how_to_make_one(rectify):
    assert "rectify coverage set HLJ-2018" in rectify.refused(
        "coverage", "show", "HLJ-2018", code=1
    )
    assert "rectify coverage show" in rectify.refused("weekly", "--programme", ZONING, code=1)


@pytest.mark.journeys
def test_the_summons_has_its_items_offices_minutes_and_seventeen_letters(rectify, tmp_path):
    found = json.loads(rectify("escalations", "--step", "summons", "--format", "json").stdout)
    assert len(found) == 17
    assert {len(each["items"]) for each in found} == {16 + 105}
    assert all("领导小组办公室" in each["issuer"] and each["minutes"] for each in found)
    assert sum(each["commitment"] is not None for each in found) == 7
    folder = tmp_path / "letters"
    rectify("escalations", "--step", "约谈", "-o", str(folder))
    letters = sorted(folder.iterdir())
    assert len(letters) == 17
    text = "\n".join(each.text for each in Document(str(letters[0])).paragraphs)
    assert "山西省水污染防治工作领导小组办公室" in text


def test_minutes_and_promises_are_kept_with_a_step(rectify):
    rectify("answer", "3", "--minutes", "会议纪要第5号", "--commitment", "四月底完工")
    [row] = [each for each in rectify.rows("escalations") if each["id"] == 3]
    assert (row["minutes"], row["commitment"]) == ("会议纪要第5号", "四月底完工")
    assert row["answered_on"] is None
    assert "--commitment" in rectify.refused("answer", "3", code=2)


def test_a_table_of_places_is_imported_for_a_day(rectify, tmp_path):
    table = tmp_path / "permits.csv"
    rows = ["地区,应核发,已核发", "江苏省,12000,11800", '浙江省,"9,000",9000', "安徽省,5000,5200",
            "河南省,6000,很多", "合计,32000,26000"]  # fmt: skip
    table.write_text("\n".join(rows), "utf-8")
    words = ("import", str(table), "--kind", "coverage", "--programme", "CN-PERMITS", "--on",
             "2020-02-28")  # fmt: skip
    told = rectify(*words, code=1).stderr
    assert "5200 done is more than 5000 due" in told
    assert "no count" in told
    found = {row["name"]: row for row in rectify.rows("coverage", "show", "CN-PERMITS")}
    assert (found["江苏省"]["done"], found["浙江省"]["due"]) == (11800, 9000)
    assert set(found) == {"江苏省", "浙江省", "全国"}
    assert rectify.rows("coverage", "show", "CN-PERMITS", "--as-of", "2020-02-27")[0]["done"] == (
        160000
    )
    assert "2 unchanged" in rectify(*words, code=1).stdout
    rectify("check")
