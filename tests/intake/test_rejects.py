"""The workbook of what was not taken."""

from __future__ import annotations

import os
from itertools import islice

import openpyxl
import pytest
from import_files import open_desk

from rectify_tui.i18n import Language
from rectify_tui.intake.mapping import read_synonyms
from rectify_tui.intake.model import IntakeKind, Origin, Proposal, ProposedLine, Verdict
from rectify_tui.intake.reading.book import open_book
from rectify_tui.intake.rejects import refused_paths, write_refused
from rectify_tui.intake.table import find_table

ZH, EN = Language("zh"), Language("en")
HEAD = ("序号", "具体问题", "整改状态")


@pytest.fixture
def desk(regions_store, tmp_path, clock):
    desk = open_desk(regions_store, tmp_path, clock)
    yield desk
    desk.ledger.close()


def rejected(desk, *rows, t=ZH):
    """What was rejected of a file, as the workbook has it."""
    proposal = desk.propose(HEAD, *rows)
    lines = [line for line in proposal.lines if line.verdict is Verdict.UNREADABLE]
    path = desk.folder / "退回.xlsx"
    write_refused(path, [(proposal, lines)], t)
    return path


def test_rows_come_back_as_they_were_with_the_reason(desk):
    path = rejected(desk, ("61", "污水", "不明"), ("62", "", "未完成"), ("x/1", "扬尘", "未完成"))
    (sheet,) = openpyxl.load_workbook(path).worksheets
    rows = [tuple(cell.value or "" for cell in row) for row in sheet.iter_rows()]
    assert sheet.title == "台账"
    assert rows[0] == ("原行号", "为何退回", *HEAD)
    assert [row[2:] for row in rows[1:]] == [("61", "污水", "不明"), ("x/1", "扬尘", "未完成")]
    assert rows[1][0] == "2"
    assert rows[1][1].startswith("第 2 行 C 列“整改状态”：不认识的进度状态“不明”。可用：已完成")
    assert sheet.freeze_panes == "C2"
    assert os.name == "nt" or path.stat().st_mode & 0o777 == 0o600
    assert all(cell.data_type in "sn" for row in sheet.iter_rows() for cell in row)


def test_in_english(desk):
    path = rejected(desk, ("61", "污水", "不明"), t=EN)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert sheet["B2"].value.startswith("row 2, column C “整改状态”: Unknown status “不明”.")


@pytest.mark.parametrize("text", ["=1+1", "+SUM(A1)", "-2", "@x", "https://a.example/?b", "007"])
def test_no_cell_is_anything_but_text(desk, text):
    path = rejected(desk, ("61", text, "不明"))
    for data_only in (True, False):
        cell = openpyxl.load_workbook(path, data_only=data_only).worksheets[0]["D2"]
        assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_long_and_hostile_texts_survive(desk):
    text = "长\x1b[31m\u202e" + "文" * 40_000
    line = ProposedLine(2, "", None, Verdict.UNREADABLE, cells=("61", text, "\x00"))
    origin = Origin(desk.folder / "a.csv", "a.csv", "a", "0" * 64)
    path = desk.folder / "x.xlsx"
    write_refused(path, [(Proposal(origin, IntakeKind.ITEMS, HEAD, (line,)), [line])], ZH)
    value = openpyxl.load_workbook(path).worksheets[0]["D2"].value
    assert len(value) <= 32_767
    assert value.startswith("长文文")


def test_one_sheet_for_each_file_that_has_any(desk):
    proposal = desk.propose(HEAD, ("61", "污水", "不明"))
    path = desk.folder / "all.xlsx"
    write_refused(path, [(proposal, proposal.lines)] * 2 + [(proposal, ())], ZH)
    assert openpyxl.load_workbook(path).sheetnames == ["台账", "台账 (2)"]


def test_a_mended_workbook_is_imported_like_any_other(desk):
    path = rejected(desk, ("61", "污水", "不明"), ("62", "扬尘", "不明"))
    workbook = openpyxl.load_workbook(path)
    workbook.worksheets[0]["E2"].value = "未完成"
    workbook.save(path)
    book = open_book(path)
    table = find_table(book.grid(), read_synonyms(None).knows)
    assert table.headings[1].text == "为何退回"
    mapping = read_synonyms(None).guess(table.headings)
    assert mapping.fields == {2: "number", 3: "problem", 4: "status"}


def test_the_english_headings_are_no_fields_either(desk):
    path = rejected(desk, ("61", "污水", "不明"), t=EN)
    headings = find_table(open_book(path).grid(), read_synonyms(None).knows).headings
    assert 0 not in read_synonyms(None).guess(headings).fields
    assert 1 not in read_synonyms(None).guess(headings).fields


def test_names_are_tried_one_after_the_other(tmp_path):
    paths = refused_paths(tmp_path / "台账.xlsx", None, ZH)
    names = [path.name for path in islice(paths, 3)]
    assert names == ["台账-退回.xlsx", "台账-退回 (2).xlsx", "台账-退回 (3).xlsx"]
    assert next(refused_paths(tmp_path / "台账.xlsx", None, EN)).name == "台账-refused.xlsx"
