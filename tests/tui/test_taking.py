"""Rows taken to the clipboard and lists taken to files, as they are on the screen."""

from __future__ import annotations

import csv
import json

import pytest
from desk import HOSTILE, LARGE, desk, put
from openpyxl import load_workbook

from rectify_tui.paths import copied_rows
from rectify_tui.reports.table_file import pasted

pytestmark = pytest.mark.journeys


def test_nothing_that_is_pasted_is_a_formula():
    assert pasted([["=1+1", "-5", "-", "+3.5%", "@x", "a\tb\nc"]]) == (
        "'=1+1\t-5\t-\t+3.5%\t'@x\ta b c\n"
    )


async def test_y_sends_the_marked_rows_and_keeps_them(office, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    put(office, "HLJ/1", responsible=HOSTILE[-1])
    async with desk(office, LARGE) as at:
        await at.press("2", "y")
        assert "1 行已发给终端，另存" in at.notice
        line = at.app.clipboard
        assert line.startswith("HLJ/1\t")
        assert "'=1+1 | <b>" in line
        assert copied_rows().read_text("utf-8") == line
        await at.press("j", "space", "space", "y")
        assert "2 行已发给终端" in at.notice
        assert [each.split("\t")[0] for each in at.app.clipboard.splitlines()] == ["HLJ/2", "HLJ/3"]
        assert "已完成" in at.app.clipboard
        assert "✓" not in at.app.clipboard, "signs are for the eye"
        monkeypatch.setattr("rectify_tui.tui.taking.MOST_TO_TERMINAL", 10)
        await at.press("A", "ctrl+y")
        assert "59 行太多，没有发给终端，存在" in at.notice
        assert len(copied_rows().read_text("utf-8").splitlines()) == 59
        await at.press("1", "y")
        assert "1 行" in at.notice


async def test_x_writes_the_list_as_filtered_and_sorted(office, tmp_path):
    async with desk(office, LARGE) as at:
        await at.press("2", "o", "O")
        await at.filter("方案:HLJ 状态:未达序时进度")
        shown = at.table.total
        for ending in ("csv", "xlsx", "json"):
            path = tmp_path / f"out.{ending}"
            await at.press("x")
            assert "筛选 方案:HLJ 状态:未达序时进度" in at.text()
            assert "截至 2020-03-06" in at.text()
            await at.press("ctrl+u")
            await at.type(str(path))
            await at.press("enter")
            await at.until(lambda path=path: path.exists() and at.dialog is None)
        with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
            first, titles, *rows = csv.reader(file)
        assert first == ["整改任务 · HLJ · 截至 2020-03-06 · 筛选 方案:HLJ 状态:未达序时进度"]
        assert titles[:2] == ["编号", "状态"]
        drawn = [at.table.row(place).cells["number"] for place in range(shown)]
        assert [row[0] for row in rows] == [f"HLJ/{number}" for number in drawn], "whole references"
        sheet = load_workbook(tmp_path / "out.xlsx").active
        assert sheet.cell(1, 1).value == first[0]
        assert [cell.value or "" for cell in sheet[3]] == rows[0]
        assert len(json.loads((tmp_path / "out.json").read_text("utf-8"))) == shown
        await at.filter(" 没有这样的")
        await at.press("x")
        assert at.dialog is None
        assert "没有可导出的" in at.notice
        for screen in ("1", "6", "3"):
            await at.press(screen, "x")
            assert at.dialog == "SaveDialog", screen
            await at.press("escape")
