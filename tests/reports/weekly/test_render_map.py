"""The map of tiles in the report: from the ledger, kept, and in each document."""

from __future__ import annotations

import io

import openpyxl
import pytest
from docx import Document

from rectify_tui.errors import Problem
from rectify_tui.i18n import Language
from rectify_tui.reports.pictures.figure import Level
from rectify_tui.reports.pictures.map_lines import drawn_map
from rectify_tui.reports.pictures.tile_map import read_map
from rectify_tui.reports.weekly.build import Request, build
from rectify_tui.reports.weekly.render import from_json, render
from rectify_tui.reports.weekly.settings import Settings
from rectify_tui.store.rollup_read import By, RollupQuery

T = Language("zh")


@pytest.fixture
def report(seeded):
    return build(seeded, Settings(pictures=("map",)), T, Request()).report


def test_it_has_the_figures_of_the_map_command(seeded, report):
    query = RollupQuery(report.period.cutoff, By.PROVINCE)
    from rectify_tui.reports.pictures.figure import Figure

    found = read_map(seeded.reader(), query, Figure.COMPLETION, T)
    assert report.pictures == (drawn_map(found, T),)
    figures = {tile.short: tile.figure for tile in report.pictures[0].tiles}
    assert figures["黑龙江"] == "46.7%"
    assert figures["台湾"] == ""


def test_one_place_is_no_map(seeded):
    settings = Settings(pictures=("map",))
    assert not build(seeded, settings, T, Request(programme="HLJ-2018")).report.pictures


def test_it_is_kept_and_read_back(report):
    kept = from_json(render(report, "json"))
    assert kept.pictures == report.pictures
    without = render(report._replace(pictures=()), "json")
    assert b'"map"' not in without  # so that what was frozen before keeps its digest
    for wrong in (b'"span": 9', b'"span": 0'):
        with pytest.raises(Problem, match="not_a_report"):
            from_json(render(report, "json").replace(b'"span": 1', wrong, 1))


def test_each_document_has_names_figures_signs_and_what_they_mean(report):
    page = render(report, "html").decode()
    assert "46.7%" in page.split('class="picture"')[1].split("</figure>")[0]
    document = Document(io.BytesIO(render(report, "docx")))
    tables = [[[cell.text for cell in row.cells] for row in each.rows] for each in document.tables]
    (tiles,) = [rows for rows in tables if any("台湾\n-" in row for row in rows)]
    assert "黑龙江\n‼ 46.7%" in tiles[0]
    assert tiles[1].count("内蒙古\n-") == 5  # one cell over five columns
    text = "\n".join(each.text for each in document.paragraphs)
    assert all(words in text for words in report.pictures[0].levels)
    book = openpyxl.load_workbook(io.BytesIO(render(report, "xlsx")))
    cells = {cell.value: cell for row in book["地图"].iter_rows() for cell in row if cell.value}
    assert cells["‼ 46.7%"].fill.fgColor.rgb == "FFA6460B"
    levels = report.pictures[0].levels
    assert set(levels) <= cells.keys()
    assert len(levels) == len(Level)
