"""The burn-up and the strips of weeks in the report: read, kept, and in each document."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, timedelta

import openpyxl
import pytest
from docx import Document
from sample_report import weekly

from rectify_tui.domain.status import Group
from rectify_tui.i18n import Language
from rectify_tui.reports.pictures.drawn_weeks import BurnUp, Expected, Heat, Stack, Strip, Words
from rectify_tui.reports.pictures.figure import Figure, Level, Value
from rectify_tui.reports.pictures.weeks import read_burn_up, read_heat
from rectify_tui.reports.weekly.build import Request, build
from rectify_tui.reports.weekly.render import digest, from_json, render
from rectify_tui.reports.weekly.settings import Settings
from rectify_tui.store.rollup_read import By, RollupQuery

T = Language("zh")
NOW = date(2020, 1, 3)
WEEKS = tuple(NOW - timedelta(weeks=n) for n in (2, 1, 0))
BURN_UP = BurnUp(
    "历周进度", WEEKS,
    (Stack(Group.COMPLETED, "完成", (2, 3, 5)), Stack(Group.BEHIND, "滞后", (8, 7, 5))),
    (Expected(NOW, 5, 5, 5), Expected(NOW + timedelta(weeks=4), 6, 8, 10)),
    NOW + timedelta(weeks=3), Words("区间", "中值", "期限"),
)  # fmt: skip
HEAT = Heat(
    "历周完成率", "市", "percent", "与平均的差：", ("a", "b", "c", "d", "e"), WEEKS,
    (
        Strip("大庆市", "大庆", (Value(0.25, Level.BAD), Value(0.5, Level.BEST),
                                 Value(1.0, Level.BEST))),
        Strip("伊春市", "伊春", (Value(None, None),) * 3),
    ),
)  # fmt: skip


@pytest.fixture
def report():
    return weekly()._replace(pictures=(BURN_UP, HEAT))


def test_they_are_those_of_the_trend_command(seeded):
    built = build(seeded, Settings(), T, Request()).report
    burn_up, heat = (each for each in built.pictures if each.key != "map")
    connection, query = seeded.reader(), RollupQuery(built.period.cutoff, By.PROVINCE)
    whole = query._replace(by=By.PROGRAMME)
    assert burn_up == read_burn_up(connection, whole, 52, seeded.today(), T, "")
    assert heat == read_heat(connection, query, Figure.COMPLETION, 26, T, "")


def test_a_layout_orders_them_and_leaves_them_out(seeded):
    def keys(*names: str) -> list[str]:
        built = build(seeded, Settings(pictures=names), T, Request()).report
        kept = from_json(render(built, "json"))
        assert kept.pictures == built.pictures
        assert digest(kept) == digest(built)
        page = render(built, "html").decode()
        titles = [page.index(picture.title) for picture in built.pictures]
        assert titles == sorted(titles)
        return [picture.key for picture in kept.pictures]

    assert keys() == []
    assert keys("heat", "map") == ["heat", "map"]
    assert keys("map", "burn_up", "heat") == ["map", "burn_up", "heat"]


def test_the_workbook_has_a_native_chart_over_its_figures_and_a_grid_of_signed_numbers(report):
    book = openpyxl.load_workbook(io.BytesIO(render(report, "xlsx")))
    sheet = book["历周进度"]
    (chart,) = sheet._charts
    assert [len(each.series) for each in (chart, *chart._charts[1:])] == [4, 2]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    first = next(n for n, row in enumerate(rows) if row[0] == "周（截至）")
    assert rows[first + 1][1:3] == [2, 8]
    assert [row[3:8] for row in rows[first + 4 :]] == [
        [5, 1, 6, 6, None], [6, 2, 6, 8, None], [6, 3, 7, 9, 10], [6, 4, 8, 10, None],
    ]  # fmt: skip
    grid = book["历周热力条"]
    cells = {cell.value: cell for row in grid.iter_rows() for cell in row if cell.value}
    assert cells[0.25].number_format == '"! "0.0%'
    assert cells[1.0].fill.fgColor.rgb == "FF1F5FA8"
    assert set(HEAT.levels) <= cells.keys()


def test_the_document_has_the_same_chart_and_a_table_of_signs(report):
    written = render(report, "docx")
    chart = zipfile.ZipFile(io.BytesIO(written)).read("word/charts/chart1.xml").decode()
    assert re.findall("<c:v>(2019[^<]*|完成|区间|中值|期限)<", chart)[0] == "完成"
    assert 'dispBlanksAs val="gap"' in chart
    tables = [
        [[c.text for c in row.cells] for row in t.rows]
        for t in Document(io.BytesIO(written)).tables
    ]
    assert ["大庆", "!", "✓", "✓", "100.0%"] in [row for table in tables for row in table]
    assert render(report, "docx") == written


def test_the_page_tells_every_figure_and_why_nothing_is_expected(report):
    untold = replace(BURN_UP, expected=(), deadline=None, unsaid="没有预测：历史太少")
    page = render(report._replace(pictures=(untold, HEAT)), "html").decode()
    assert "<title>大庆市 2019-12-20 25.0%</title>" in page
    ids = re.findall(' id="([^"]*)"', page)
    assert len(ids) == len(set(ids))  # though there are several drawings
    for format_ in ("html", "docx", "xlsx"):
        written = render(report._replace(pictures=(untold,)), format_)
        if format_ != "html":
            archive = zipfile.ZipFile(io.BytesIO(written))
            written = b"".join(map(archive.read, archive.namelist()))
        assert "历史太少".encode() in written
