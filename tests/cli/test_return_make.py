"""`rectify return make` and `rectify return status`."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from rectify_tui.domain.period import PeriodKind, period_of


@pytest.fixture(autouse=True)
def config(monkeypatch, tmp_path):
    """The folder of settings, empty; commands run in a folder of their own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    folder = tmp_path / "config" / "rectify-tui"
    folder.mkdir(parents=True)
    desk = tmp_path / "desk"
    desk.mkdir()
    monkeypatch.chdir(desk)
    return folder


def today() -> date:
    return date.today()


def friday() -> date:
    return period_of(today(), PeriodKind.WEEK).cutoff


def test_a_return_for_each_place(rectify, tmp_path):
    result = rectify("return", "make", "--who", "王", "-o", "out", lang="zh")
    assert "黑龙江省（未分到下级）" in result.stdout
    assert (
        "已制作 2 份回报表，共 182 项，存于 out（第 3 批，撤销：rectify undo 3）。" in result.stderr
    )
    assert "没有未完成任务、不发回报表的有 24 个：太原市、" in result.stderr
    assert result.stderr.rstrip().endswith("哈尔滨市…。")
    files = sorted(path.name for path in (tmp_path / "desk" / "out").iterdir())
    year, week, _ = friday().isocalendar()
    name = f"（未分到下级）-整改回报表-{year}年第{week}周.xlsx"
    assert files == [f"山西省{name}", f"黑龙江省{name}"]
    (batch, *_) = rectify.rows("log")
    assert (batch["kind"], batch["on_behalf"], batch["rows"]) == ("return_make", "王", 2)


def test_the_rows_of_what_was_made(rectify, tmp_path):
    rows = rectify.rows("return", "make", "--programme", "HLJ-2018")
    assert [(row["place"], row["n_items"], row["code"]) for row in rows] == [
        ("Heilongjiang (not broken down)", 53, f"R{friday():%Y%m%d}-001")
    ]
    assert rows[0]["path"].startswith(f"returns-{friday()}/Heilongjiang")
    assert (tmp_path / "desk" / rows[0]["path"]).is_file()


def test_made_again_the_first_files_stay(rectify):
    rectify("return", "make", "-o", "out")
    result = rectify("return", "make", "-o", "out")
    assert "left alone: 2." in result.stderr
    assert result.stdout.count("(2).xlsx") == 2


def test_the_office_and_the_end_of_its_week_come_from_the_settings(rectify, config):
    settings = 'office = "某省整改办"\nweek_ends = "周四"\n'
    (config / "weekly.toml").write_text(settings, "utf-8")
    (row, *_) = rectify.rows("return", "make")
    sheet = load_workbook(row["path"]).worksheets[0]
    cutoff = period_of(today(), PeriodKind.WEEK, 3).cutoff
    assert row["code"] == f"R{cutoff:%Y%m%d}-001"
    assert sheet["A2"].value.endswith("某省整改办")


def test_another_week_and_another_day_to_be_back(rectify):
    later = today() + timedelta(days=20)
    rectify("return", "make", "--week", str(later), "--due", str(later))
    (row, *_) = rectify.rows("return", "status")
    assert row["cutoff"] == str(period_of(later, PeriodKind.WEEK).cutoff)
    assert row["due_on"] == str(later)


def test_units(rectify, small):
    assert "--by city" in rectify.refused("return", "make", "--by", "unit", code=1)
    small("item", "set", "P-1/1", "--responsible", "大庆市政府")
    small("item", "add", "P-1/2", "--problem", "x")
    result = small("return", "make", "--by", "unit", "--format", "json")
    assert [row["place"] for row in json.loads(result.stdout)] == ["大庆市政府"]
    assert "Open items without a responsible unit are in no return: 1." in result.stderr
    assert "Nothing open" not in result.stderr


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [(("--due", "2020-01-01"), 2, "is past"), (("--due", "x"), 2, "“x”"),
     (("--programme", "NONE"), 2, "NONE"), (("--under", "火星"), 2, "火星"),
     (("--under", "大庆市"), 1, "Nothing is open"), (("--by", "county"), 2, "city, unit"),
     (("-o", "taken"), 2, "taken")],
)  # fmt: skip
def test_what_cannot_be_made_leaves_nothing(rectify, tmp_path, words, code, said):
    desk = tmp_path / "desk"
    (desk / "taken").write_text("x")
    assert said in rectify.refused("return", "make", *words, code=code)
    assert [path.name for path in desk.iterdir()] == ["taken"]
    assert rectify.rows("return", "status") == []


def test_status_of_a_round(rectify):
    assert "还没有发出回报表" in rectify("return", "status", lang="zh").stdout
    rectify("return", "make")
    out = rectify("return", "status").stdout
    assert out.startswith(f"Returns as of {friday()}\n")
    assert out.endswith("Received 0 of 2; waiting for 2; late 0.\n")
    assert rectify("return", "status", "--week", str(friday())).stdout == out
    assert rectify.rows("return", "status")[0]["state"] == "waiting"


def test_status_of_a_week_without_a_round(rectify):
    week = ("return", "status", "--week", "2020-01-03")
    assert "No returns were sent yet" in rectify.refused(*week, code=1)
    rectify("return", "make")
    assert f"There are those of {friday()}." in rectify.refused(*week, code=1)


def test_the_group_lists_its_commands_without_loading_them(rectify):
    out = rectify("return", "--help", lang="zh").stdout
    places = [out.index(f"\n  {name} ") for name in ("make", "status", "check", "apply")]
    assert places == sorted(places)
    assert "催收" in out
