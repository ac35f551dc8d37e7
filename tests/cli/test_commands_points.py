"""`rectify points` and `rectify card`, in the words of the user."""

from __future__ import annotations

import zipfile

import pytest

from rectify_tui.paths import config_folder

DAY = ("--as-of", "2020-03-06")


@pytest.fixture
def office(small, monkeypatch, tmp_path):
    """Two units: one with an item that is past its day and behind, one with nothing behind."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    common = ("--problem", "污水", "--region", "大庆市", "--on", "2018-01-10")
    small("item", "add", "P-1/8", *common, "--status", "behind", "--responsible", "市水务局",
          "--deadline", "2020-01-31")  # fmt: skip
    small("item", "add", "P-1/9", *common, "--status", "on_schedule", "--responsible", "市住建局")
    return small


def test_points_and_where_they_went(office):
    rows = {row["unit"]: row for row in office.rows("points", *DAY)}
    assert (rows["市水务局"]["points"], rows["市水务局"]["behind"]) == (10, 1)
    assert (rows["市住建局"]["points"], rows["市住建局"]["exempt"]) == (12, True)
    assert [row["unit"] for row in office.rows("points", "--exempt", *DAY)] == ["市住建局"]
    (event,) = office.rows("points", "市水务局", *DAY)
    assert event["event"] == "overdue"
    assert (event["about"], event["on"], event["taken"]) == ("P-1/8", "2020-02-01", 2)
    assert (event["back_on"], event["counts"]) == ("2021-02-01", True)
    out = office("points", "市水务局", *DAY, lang="zh").stdout
    assert "现有 10 分（满分 12，现扣 2）" in out
    assert "时限 2020-01-31" in out
    assert office.rows("points", "市水务局", "--as-of", "2021-02-01")[0]["counts"] is False
    assert "rectify unit list" in office.refused("points", "没有", code=2)


def test_the_exempt_over_time(office, tmp_path):
    rows = office.rows("points", "--months", "30", *DAY)
    assert (rows[0]["exempt"], rows[-1]["exempt"]) == (0, 1)
    assert [row["month"] for row in rows[-2:]] == ["2020-02-29", "2020-03-06"]
    assert sum(row["exempt"] for row in rows) == 15
    office("points", "--months", "30", *DAY, "-o", str(tmp_path / "line.svg"))
    assert "<polyline" in (tmp_path / "line.svg").read_text("utf-8")
    assert "▸" in office("points", "--months", "3", *DAY).stdout
    for words in (("市水务局", "--exempt"), ("-o", "x.svg")):
        office("points", *words, code=2)


def test_the_table_of_the_office(office):
    folder = config_folder()
    folder.mkdir(parents=True)
    file = folder / "points.toml"
    file.write_text("[events]\noverdue = 5\n[cards]\nred_weeks = 4\nblue_days = 0\n", "utf-8")
    rows = {row["unit"]: row["points"] for row in office.rows("points", *DAY)}
    assert rows == {"市水务局": 7, "市住建局": 12}
    assert office.rows("card", "suggest", *DAY)[0]["colour"] == "red"
    for text, place in (
        ("[events]\nlate = 1\n", "events.late"), ("[events]\noverdue = 13\n", "events.overdue"),
        ("[cards]\ngreen = 1\n", "cards.green"), ("[letters.red]\ntext = '{x}'\n", "letters.red"),
        ("points = 1\n", "points"),
    ):  # fmt: skip
        file.write_text(text, "utf-8")
        assert place in office.refused("points", code=2)


def test_a_card_is_suggested_given_written_and_taken_back(office, tmp_path):
    (due,) = office.rows("card", "suggest", *DAY)
    assert (due["unit"], due["colour"], due["items"]) == ("市水务局", "red", ["P-1/8"])
    letter = tmp_path / "red.docx"
    words = ("card", "give", "市水务局", "--colour", "红牌", "--given-by", "王局长")
    said = office(*words, "--reason", "长期滞后", "-o", str(letter), lang="zh")
    assert "已给市水务局出红牌，涉及 1 项任务" in said.stdout
    with zipfile.ZipFile(letter) as parts:
        text = parts.read("word/document.xml").decode()
    for part in ("红牌警告书", "市水务局", "长期滞后", "P-1/8"):
        assert part in text
    (given,) = office.rows("card", "list")
    assert (given["colour"], given["given_by"], given["items"]) == ("red", "王局长", ["P-1/8"])
    assert office.rows("card", "list", "市住建局") == []
    assert office.rows("card", "suggest") == []
    assert "--items" in office.refused("card", "give", "市住建局", "--colour", "blue", code=2)
    assert "P-1/9" in office.refused(*words, "--items", "P-1/9", code=2)
    assert office.rows("points", "市水务局")[0]["event"] == "red_card"
    office("undo")
    assert office.rows("card", "list") == []
    office("check")
