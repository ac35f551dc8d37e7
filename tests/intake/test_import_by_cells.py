"""Columns that are what their cells say."""

from __future__ import annotations

import openpyxl
import pytest
from import_files import Desk, open_desk

from rectify_tui.errors import Problem
from rectify_tui.intake.importing.prepare import prepare
from rectify_tui.intake.mapping import Certainty, read_column_rule
from rectify_tui.intake.reading.book import open_book


@pytest.fixture
def desk(regions_store, tmp_path, clock) -> Desk:
    return open_desk(regions_store, tmp_path, clock)


HEAD = ("编号", "问题", "整改时限", "地区")
ROW = ("甲", "2021年底前", "大庆市")


@pytest.mark.parametrize(
    ("heading", "cells", "field"),
    [
        ("进展情况", ("达到序时进度", "已完成"), "status"),
        ("进展情况", ("管网已建成，正在调试。", "已完成"), "note"),
        ("完成情况", ("80%", "100%"), "progress"),
        ("完成情况", ("已完成", "正在整改"), "status"),
        ("状态", ("30%", "５０％"), "progress"),
    ],
)
def test_a_column_is_what_nearly_all_its_cells_say(desk, heading, cells, field):
    rows = [(str(n), *ROW, cell) for n, cell in enumerate(cells, 1)]
    mapping = desk.prepare((*HEAD, heading), *rows).mapping
    assert mapping.fields[4] == field
    if heading != "状态" and field != "note":
        assert mapping.certainty[4] is Certainty.LIKELY


def test_what_another_column_says_already_is_not_said_by_cells(desk):
    head = (*HEAD, "进展情况", "状态", "进度")
    mapping = desk.prepare(head, ("1", *ROW, "已完成", "已完成", "100%")).mapping
    assert (mapping.fields[4], mapping.fields[5], mapping.fields[6]) == (
        "note", "status", "progress",
    )  # fmt: skip


def test_what_a_person_says_goes_before_what_cells_say(desk):
    rules = (read_column_rule("进展情况=note"),)
    prepared = desk.prepare((*HEAD, "进展情况"), ("1", *ROW, "已完成"), columns=rules)
    assert prepared.mapping.fields[4] == "note"


def test_a_sheet_that_says_how_to_fill_it_in_is_passed_over_and_named(desk, tmp_path):
    workbook = openpyxl.Workbook()
    workbook.active.title = "填表说明"
    workbook.active.append(["本表由各市填报，每周五报送"])
    ledger = workbook.create_sheet("台账")
    for cells in ((*HEAD, "状态"), ("1", *ROW, "已完成")):
        ledger.append(cells)
    path = tmp_path / "台账.xlsx"
    workbook.save(path)
    today = desk.ledger.today()
    found = prepare(desk.ledger.reader(), open_book(path), desk.request(), today)
    assert found.origin.sheet == "台账"
    assert "填表说明" in str([remark.expected for remark in found.remarks])
    with pytest.raises(Problem, match="no_headings"):
        prepare(desk.ledger.reader(), open_book(path), desk.request(sheet="填表说明"), today)
