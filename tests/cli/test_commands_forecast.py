"""`rectify forecast`: what it prints and writes, and when it declines."""

from __future__ import annotations

import csv
import io
import shutil
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from moving_clock import Clock

from rectify_tui.store.commands.items import add_item, set_items
from rectify_tui.store.commands.places import NewProgramme, add_programme
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.regions import one_region

pytestmark = pytest.mark.journeys

BEGUN = date(2020, 3, 6)
DAY = ("--as-of", "2020-09-18")
P = ("forecast", "--programme", "P-1", *DAY)


@pytest.fixture(scope="module")
def history(regions_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """28 weeks of a programme of 50 items, one completed each week, and a second one."""
    path = tmp_path_factory.mktemp("forecast") / "ledger.db"
    shutil.copy(regions_store, path)
    clock = Clock(BEGUN)
    ledger = Ledger(path, clock=clock)
    with ledger.batch("add") as writing:
        where = one_region(writing.draft.connection, "黑龙江省").id
        add_programme(writing.draft, NewProgramme("P-1", "试点", where, 2020))
        add_programme(writing.draft, NewProgramme("P-2", "另一个", where, 2020))
        for number in range(1, 51):
            fields = {"problem": "污水直排", "region": "大庆市", "deadline": "2021年底前"}
            add_item(writing.draft, 1, str(number), fields)
        add_item(writing.draft, 2, "1", {"problem": "渣土"})
    for item in range(1, 29):
        clock.move(days=7)
        with ledger.batch("set") as writing:
            set_items(writing.draft, [item], {"status": "completed"})
    ledger.close()
    return path


@pytest.fixture
def office(rectify, history, tmp_path):
    rectify.db = tmp_path / "history.db"
    shutil.copy(history, rectify.db)
    return rectify


@pytest.mark.parametrize("format_", ["table", "md"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_people_get_words_figures_and_a_chart(office, lang, format_):
    text = office(*P, "--format", format_, lang=lang).stdout
    said, rest = text.split("\n", 1)
    assert ("80%的把握" if lang == "zh" else "80% confidence") in said
    assert ("未完成" if lang == "zh" else "Left") in rest
    assert "█" in rest
    assert text.count("```") == (2 if format_ == "md" else 0)


def test_ascii(office):
    text = office("--ascii", *P, lang="en").stdout
    assert text.isascii()
    assert "#" in text


def test_a_region_and_all_programmes(office):
    all_of_them = office.rows("forecast", *DAY)[0]
    one = office.rows("forecast", *DAY, "--programme", "P-1", "--under", "大庆")[0]
    assert (all_of_them["total"], one["total"]) == (51, 50)
    assert (one["programme"], one["region"]) == ("P-1", "230600")
    assert office.rows("forecast", *DAY, "--under", "大庆")[0]["left"] == 22


def test_the_number_of_weeks(office):
    assert len(office.rows(*P, "--weeks", "13")[0]["weekly"]) == 13
    assert len(office.rows(*P, "--weeks", "100")[0]["weekly"]) == 28
    assert "8" in office.refused(*P, "--weeks", "7", code=2)


def test_the_deadline(office):
    default, near, far = (
        office.rows(*P, *by)[0] for by in ((), ("--by", "2020-12-31"), ("--by", "2021年6月30日"))
    )
    assert (default["by"], default["by_asked"]) == ("2021-12-31", False)
    assert near["chance"] < far["chance"] <= default["chance"]
    assert near["needed"] == pytest.approx(22 * 7 / 104, abs=1e-6)
    assert "之后" in office.refused(*P, "--by", "2020-09-18", code=2, lang="zh")
    assert office.refused(*P, "--by", "whenever", code=2)


def test_csv_has_the_same_figures(office):
    rows = list(csv.reader(io.StringIO(office(*P, "--format", "csv").stdout.lstrip("\ufeff"))))
    assert rows[0] == ["What", "Figure"]
    assert ["Left", "22"] in rows


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--programme", "P-2", *DAY), ("0 周有完成", "0 of them")),
        (("--programme", "P-1", "--as-of", "2020-04-10"), ("5 周", "5 weeks")),
        (("--programme", "P-1", "--as-of", "2020-01-01"), ("没有任务", "no items")),
        (("--programme", "P-1"), ("--as-of 2020-09-18", "--as-of 2020-09-18")),
    ],
)
def test_too_little_history_is_said_and_no_number_given(office, words, said, lang):
    text = office.refused("forecast", *words, code=1, lang=lang)
    assert said[lang == "en"] in text


def test_a_day_in_the_future_is_refused(office):
    assert office.refused("forecast", "--as-of", "2199-01-01", code=2)


def test_the_backtest(office):
    text = office(*P, "--backtest", lang="zh").stdout
    assert "提前 8 周" in text
    rows = office.rows(*P, "--backtest")
    assert len(rows) == sum(28 - 8 - ahead + 1 for ahead in (4, 8, 12))
    assert {row["came_out"] for row in rows if row["day"] == "2020-09-18"} == {28}
    assert all(row["inside"] for row in rows)  # one a week, which every band holds
    few = ("forecast", "--programme", "P-2", *DAY, "--backtest")
    assert "当时已登记" in office.refused(*few, code=1, lang="zh")


def test_the_chart_in_a_file(office, tmp_path):
    path = tmp_path / "进度.svg"
    result = office(*P, "-o", str(path), lang="zh")
    assert str(path) in result.stderr
    assert ElementTree.fromstring(path.read_text("utf-8")).tag.endswith("svg")
    assert "SIM" not in path.read_text("utf-8")
    assert result.stdout == office(*P, lang="zh").stdout
    assert office.rows(*P, "-o", str(path), "--force")[0]["left"] == 22


def test_no_chart_where_there_can_be_none(office, tmp_path):
    png, svg = tmp_path / "a.png", tmp_path / "a.svg"
    assert "a.png" in office.refused(*P, "-o", str(png), code=2)
    assert "--backtest" in office.refused(*P, "--backtest", "-o", str(svg), code=2)
    assert office.refused(*P, "-o", str(tmp_path / "none" / "a.svg"), code=2)
    office("item", "set", "P-1/1-50", "--status", "completed", "--clock-is-right")
    assert "50" in office.refused("forecast", "--programme", "P-1", "-o", str(svg), code=1)
    assert not list(tmp_path.glob("a.*"))
    assert "50" in office("forecast", "--programme", "P-1").stdout
    assert "█" not in office("forecast", "--programme", "P-1").stdout


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_help(office, lang):
    text = office("forecast", "--help", lang=lang).stdout
    for option in ("--programme", "--under", "--by", "--as-of", "--weeks", "--backtest", "-o"):
        assert option in text
    assert "26" in text
