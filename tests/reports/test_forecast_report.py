"""The forecast in words, as a table and as charts, from a real ledger."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from moving_clock import Clock

from rectify_tui.domain.forecast import RUNS, simulate
from rectify_tui.domain.text import width
from rectify_tui.errors import Problem, Refusal
from rectify_tui.i18n import Language
from rectify_tui.reports.forecast.build import Asked, Forecast, check_back, forecast
from rectify_tui.reports.forecast.chart import text_chart
from rectify_tui.reports.forecast.scale import scale_of
from rectify_tui.reports.forecast.sentence import sentence
from rectify_tui.reports.forecast.svg import svg_chart
from rectify_tui.reports.forecast.tables import backtest_table, forecast_table
from rectify_tui.reports.output import write
from rectify_tui.store.commands.items import add_item, merge_items, set_items
from rectify_tui.store.commands.places import NewProgramme, add_programme
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.references import Target, programme_id
from rectify_tui.store.regions import one_region
from rectify_tui.store.scope import Scope

pytestmark = pytest.mark.journeys

BEGUN, DAY = date(2020, 3, 6), date(2020, 11, 6)
WEEKS = 35
SVG = "{http://www.w3.org/2000/svg}"
ZH, EN = Language("zh"), Language("en")

Make = Callable[..., Forecast]


@pytest.fixture(scope="module")
def store(regions_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A programme of 60 items for 35 weeks, two completed in each of three weeks of four."""
    path = tmp_path_factory.mktemp("forecast") / "ledger.db"
    shutil.copy(regions_store, path)
    clock = Clock(BEGUN)
    ledger = Ledger(path, clock=clock)
    with ledger.batch("add") as writing:
        for code in ("P-1", "P-2", "DONE", "NEW"):
            where = one_region(writing.draft.connection, "黑龙江省").id
            add_programme(writing.draft, NewProgramme(code, f"{code} 方案", where, 2019))
    with ledger.batch("add") as writing:
        for number in range(1, 81):
            due = {1: "长期坚持", 2: "2022年6月15日前"}.get(number, "2021年底前")
            region = "大庆市" if number % 2 else "哈尔滨市"
            fields = {"problem": "污水直排", "region": region, "deadline": due}
            add_item(writing.draft, 1 if number <= 60 else 2, str(number), fields)
        add_item(writing.draft, 3, "1", {"problem": "渣土", "status": "completed"})
        add_item(writing.draft, 4, "1", {"problem": "渣土", "deadline": "2020年9月底前"})
    ids = iter(range(60, 0, -1))
    for week in range(1, WEEKS + 1):
        clock.move(days=7)
        if week % 4:
            with ledger.batch("set") as writing:
                set_items(writing.draft, [next(ids) for _ in range(2 if week % 3 else 1)],
                          {"status": "completed"})  # fmt: skip
    with ledger.batch("merge") as writing:
        merge_items(writing.draft, [61, 62], Target(1, 1))
    assert clock.today == DAY
    ledger.close()
    return path


@pytest.fixture
def made(store: Path) -> Make:
    """Make a forecast of P-1, or of what is asked."""

    def make(code: str | None = "P-1", under: str | None = None, **asked: object) -> Forecast:
        ledger = Ledger(store, clock=Clock(DAY))
        connection = ledger.reader()
        scope = Scope(
            programme_id(connection, code) if code else None,
            one_region(connection, under).id if under else None,
        )
        try:
            return forecast(connection, Asked(**{"today": DAY, "scope": scope, **asked}))
        finally:
            ledger.close()

    return make


def in_format(table, format_: str) -> str:
    out = io.StringIO(newline="")
    write(table, format_, out)
    return out.getvalue()


# --- in words ---


def test_in_words(made):
    found = made()
    assert (found.basis.total, found.basis.completed, found.basis.left) == (60, 45, 15)
    zh, en = sentence(found, ZH), sentence(found, EN)
    assert (
        re.fullmatch(
            r"按近26周的进度，剩余15项约有80%的把握在2021年\d+月至2021年\d+月之间完成。"
            r"2022年6月15日前（未完成任务中最晚的到期日）完成的可能性超过99%。"
            r"要如期完成，每周须完成0\.2项；近26周平均每周1\.3项。"
            r"8周前（2020年9月11日）预测到2020年11月6日累计完成\d+至\d+项，实际45项，在区间内。",
            zh,
        )
        or "2020年5月" in zh
    )
    assert "The chance that they are done by 15 June 2022" in en
    assert en.endswith("it came out at 45, within the band.")


def test_the_deadline_that_was_asked_for(made):
    found = made(by=date(2021, 1, 31))
    assert "2021年1月底前完成的可能性为" in sentence(found, ZH)
    assert "最晚的到期日" not in sentence(found, ZH)
    assert "by the end of January 2021 is" in sentence(found, EN)
    assert "2021年底前完成" in sentence(made(by=date(2021, 12, 31)), ZH)
    near, far = (made(by=DAY + timedelta(days=days)) for days in (14, 300))
    assert near.outlook.chance(near.by) < 0.01 < 0.99 < far.outlook.chance(far.by)
    assert "可能性不到1%" in sentence(near, ZH)
    assert "more than 99%" in sentence(far, EN)


def test_months_where_the_end_is_far(made):
    found = made()
    assert re.search(r"在2021年\d月至2021年\d月之间完成", sentence(found, ZH))
    assert re.search(r"between [A-Z][a-z]+ 2021 and [A-Z][a-z]+ 2021 with", sentence(found, EN))


def test_days_where_it_is_near(made):
    found = made()
    basis = found.basis._replace(total=found.basis.completed + 4)
    near = found._replace(outlook=simulate(basis, runs=500))
    assert re.search(r"在2020年1[12]月\d+日至202[01]年\d+月\d+日之间完成", sentence(near, ZH))
    assert re.search(r"between \d+ \w+ 2020 and \d+ \w+ 202[01] with", sentence(near, EN))


def test_months_of_two_years(made):
    found = made()
    basis = found.basis._replace(total=found.basis.completed + 60, weeks=(1,) * 26)
    far = found._replace(outlook=simulate(basis, runs=500))
    assert re.search(r"在2021年\d+月至2022年\d+月之间", sentence(far, ZH))
    assert re.search(r"between \w+ 2021 and \w+ 2022 with", sentence(far, EN))


def test_everything_done(made):
    found = made("DONE")
    assert sentence(found, ZH) == "截至2020年11月6日，1项已全部完成。"
    assert text_chart(found, ZH) == ""
    assert "未完成" in in_format(forecast_table(found, ZH), "table")
    assert json.loads(in_format(forecast_table(found, ZH, "json"), "json"))[0]["left"] == 0


def test_the_default_deadline_is_the_latest_of_the_scope(made):
    found = made(under="大庆市")
    assert (found.by, found.undated) == (date(2021, 12, 31), 1)
    assert (made().by, made().undated) == (date(2022, 6, 15), 1)


def test_all_deadlines_passed(made):
    found = made()._replace(by=DAY - timedelta(days=3))
    assert found.deadline is None
    assert "到期日都已过，最晚的是2020年11月3日" in sentence(found, ZH)
    assert "如期" not in sentence(found, ZH)
    assert "如期" not in in_format(forecast_table(found, ZH), "table")
    undated = made()._replace(by=None)
    assert "到期日都已过" not in sentence(undated, ZH)


def test_the_end_may_not_be_in_sight(made):
    found = made()
    seldom = (0,) * 20 + (1, 0, 1, 0, 1, 0)
    for left, zh, en in (
        (22, "年内完不成的可能性为", "hardly be done before"),
        (90, "年内完成的可能性不到1%", "within 5 years is less than 1%"),
    ):
        basis = found.basis._replace(total=found.basis.completed + left, weeks=seldom)
        slow = found._replace(outlook=simulate(basis, runs=500))
        assert zh in sentence(slow, ZH)
        assert en in sentence(slow, EN)
        assert "5 年以后" in in_format(forecast_table(slow, ZH), "table")
        assert "beyond 5 years" in in_format(forecast_table(slow, EN), "table")
        ElementTree.fromstring(svg_chart(slow, EN, "x"))
        assert text_chart(slow, EN)


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ({"by": DAY}, "forecast.by_past"),
        ({"as_of": DAY + timedelta(days=1)}, "forecast.future"),
        ({"as_of": BEGUN + timedelta(weeks=5)}, "forecast.too_little"),
        ({"as_of": BEGUN - timedelta(weeks=5)}, "forecast.nothing"),
        ({"code": "P-2"}, "forecast.too_little"),
        ({"code": "NEW"}, "forecast.too_little"),
        ({"today": DAY + timedelta(weeks=40)}, "forecast.standing"),
    ],
)
def test_what_cannot_be_forecast(made, asked, key):
    with pytest.raises(Problem) as refused:
        made(**asked)
    assert refused.value.key == key
    for language in (ZH, EN):
        assert language.problem(refused.value)


def test_a_week_that_is_not_in_yet_is_no_week_without_work(made):
    assert made(today=DAY + timedelta(days=6)).basis == made().basis
    later = made(today=DAY + timedelta(days=8)).basis
    assert later.as_of == DAY + timedelta(days=8)
    assert later.weeks[-1] == 0


# --- as a table ---


def test_the_table(made):
    table = forecast_table(made(by=date(2021, 2, 28)), ZH)
    text = in_format(table, "table")
    assert text.startswith("完成时间预测：P-1（截至 2020-11-06）")
    rows = dict(re.findall(r"^(\S.*?)  +(\S.*)$", text, re.MULTILINE))
    assert rows["任务数（不含并入）"] == "60"
    assert rows["已完成（含基本完成）"] == "45"
    assert rows["未完成"] == "15"
    assert rows["近 26 周平均每周净完成"] == "1.3"
    assert rows["期限"] == "2021-02-28"
    days = [rows[f"{share}% 的可能早于"] for share in (10, 50, 90)]
    assert days == sorted(days)
    assert f"{RUNS} 次（随机种子 2020）" in text
    assert "国庆节" in text
    assert "有 1 项没有到期日" in text


def test_the_table_says_how_short_the_history_is(made):
    assert "不足 52 周" in in_format(forecast_table(made(weeks=52), ZH), "table")
    assert "不足" not in in_format(forecast_table(made(), ZH), "table")


def test_merged_items_are_told_of(made):
    found = made(None)
    assert (found.basis.total, found.basis.merged) == (80, 2)
    assert "merged 2" in in_format(forecast_table(found, EN), "md")


@pytest.mark.parametrize("by", [None, date(2021, 1, 1)])
def test_the_record(made, by):
    found = made(by=by)
    [record] = json.loads(in_format(forecast_table(found, EN, "json"), "json"))
    assert record["programme"] == "P-1"
    assert record["as_of"] == "2020-11-06"
    assert (record["total"], record["completed"], record["left"]) == (60, 45, 15)
    assert len(record["weekly"]) == 26
    assert sum(record["weekly"]) / 26 == pytest.approx(record["pace"], abs=1e-6)
    assert record["finish_low"] <= record["finish_middle"] <= record["finish_high"]
    assert record["by"] == (by or date(2022, 6, 15)).isoformat()
    assert record["by_asked"] is (by is not None)
    assert record["chance"] == pytest.approx(found.outlook.chance(found.by), abs=1e-6)
    assert record["needed"] == pytest.approx(15 * 7 / (found.by - DAY).days, abs=1e-6)
    assert record["check"]["came_out"] == 45
    assert record["band"][0] == {"day": "2020-11-06", "low": 45, "middle": 45, "high": 45}
    assert record["band"][-1]["low"] == 60


def test_the_same_ledger_gives_the_same_forecast(made):
    first, second = (in_format(forecast_table(made(), EN, "json"), "json") for _ in range(2))
    assert first == second


# --- the back-test ---


def test_the_backtest(store):
    ledger = Ledger(store, clock=Clock(DAY))
    found = check_back(ledger.reader(), Asked(DAY, Scope(1)))
    rows = json.loads(in_format(backtest_table(found, EN, "json"), "json"))
    assert {row["ahead"] for row in rows} == {4, 8, 12}
    assert len(rows) == len(found.checks) == sum(WEEKS - 8 - ahead + 1 for ahead in (4, 8, 12))
    for row in rows:
        assert row["low"] <= row["middle"] <= row["high"]
        assert row["inside"] is (row["low"] <= row["came_out"] <= row["high"])
    for_people = in_format(backtest_table(found, ZH), "table")
    assert for_people.count("2020-11-06") == 4  # three forecasts for it, and the title
    inside = sum(row["inside"] for row in rows if row["ahead"] == 8)
    assert f"提前 8 周：20 次预测中有 {inside} 次" in for_people
    with pytest.raises(Refusal) as refused:
        check_back(ledger.reader(), Asked(DAY, Scope(4)))
    assert refused.value.key == "forecast.no_checks"
    ledger.close()


# --- as a chart ---


@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("cells", [20, 60, 110])
def test_the_chart_fits(made, ascii_only, cells):
    chart = text_chart(made(), ZH, cells=cells, ascii=ascii_only).split("\n")
    assert len(chart) == 15
    assert max(width(line) for line in chart[1:]) <= max(cells, 36)
    drawn = "\n".join(chart[1:])
    assert drawn.isascii() is ascii_only
    signs = "#:=" if ascii_only else "█░▒"
    assert all(sign in drawn for sign in signs)
    assert chart[1].split()[0] == "60"
    assert "2020-05-08" in chart[-1]
    assert "2020-11-06" in chart[-1] or cells == 20


def test_the_chart_rises_from_what_was_to_what_will_be(made):
    found = made()
    lines = text_chart(found, EN, cells=90, ascii=True).split("\n")[1:13]
    columns = list(zip(*(line.ljust(90)[5:] for line in lines), strict=True))
    heights = [column.count("#") for column in columns]
    history = [height for height in heights if height]
    assert history == sorted(history)
    assert heights[: len(history)] == history
    middles = [column.index("=") for column in columns[len(history) :] if "=" in column]
    assert middles == sorted(middles, reverse=True)
    assert middles[-1] == 0


def test_the_deadline_is_drawn_where_it_is(made):
    found = made(by=date(2021, 2, 28))
    legend, *lines = text_chart(found, EN, cells=90, ascii=True).split("\n")
    assert "| deadline" in legend
    scale = scale_of(found)
    share = (date(2021, 2, 28) - scale.first) / (scale.last - scale.first)
    drawn = [line.index("|", 5) for line in lines[:12] if "|" in line[5:]]
    assert len(drawn) > 2
    assert set(drawn) == {5 + int(share * 85)}
    far = made(by=date(2029, 6, 30))
    assert "deadline" not in text_chart(far, EN)
    assert 'class="by" d="M' not in svg_chart(far, EN, "x").replace('d="M0', "")


@pytest.mark.parametrize("language", [ZH, EN])
def test_the_drawing(made, language):
    found = made(by=date(2021, 2, 28))
    text = svg_chart(found, language, "方案 <b>&\u202e\x1b[31m")
    root = ElementTree.fromstring(text)
    assert root.find(f"{SVG}title").text == "方案 <b>&"
    assert root.find(f"{SVG}desc").text == sentence(found, language)
    assert "\u202e" not in text
    assert not re.search(r"(href|url\((?!#))", text)
    high, low = found.basis.total, found.basis.completed
    band = [point.split(",") for point in root.find(f"{SVG}polygon").get("points").split()]
    middle, history = (line.get("points").split() for line in root.findall(f"{SVG}polyline"))
    assert band[0] == band[-1] == middle[0].split(",") == history[-1].split(",")
    assert len(history) == 27
    assert all(72 <= float(x) <= 920.1 and 84 <= float(y) <= 436 for x, y in band)
    assert low < high


def test_everything_in_the_drawing_stands_inside(made):
    for found in (made(), made(None), made(under="大庆市", by=date(2021, 4, 1)), made(weeks=8)):
        root = ElementTree.fromstring(svg_chart(found, EN, "x"))
        ticks = [text for text in root.iter(f"{SVG}text") if "tick" in text.get("class", "")]
        assert 4 <= len(ticks) <= 24
        for group in root.findall(f"{SVG}g"):
            start = float(re.search(r"\(([\d.]+)", group.get("transform"))[1])
            assert start + 36 + 7.2 * len(group.find(f"{SVG}text").text) <= 960
