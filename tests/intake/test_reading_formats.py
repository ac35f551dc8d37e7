"""Spreadsheets of every format give the same cells, whatever the file is called."""

from __future__ import annotations

import shutil
from datetime import date, datetime, time
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from make_files import (
    compound,
    ods_cell,
    ods_parts,
    packed,
    sheet_xml,
    text_cell,
    write,
    xlsx,
    xlsx_parts,
)
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from rectify_tui.errors import Problem
from rectify_tui.intake.reading.book import SheetInfo, open_book
from rectify_tui.intake.reading.cells import Merged, Row

DATA = Path(__file__).parent / "data"


def key_of(path: Path, sheet: str | None = None) -> str:
    with pytest.raises(Problem) as caught:
        open_book(path).grid(sheet)
    assert caught.value.params["file"] == path.name
    return caught.value.key


def remarks(path: Path) -> list[str]:
    return [each.key for each in open_book(path).remarks]


def write_ledger(path: Path) -> Path:
    book = xlsxwriter.Workbook(path)
    day, moment, clock = (
        book.add_format({"num_format": each})
        for each in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm", "hh:mm")
    )
    sheet = book.add_worksheet("台账")
    sheet.merge_range("A1:H1", "整改台账")
    sheet.write_row("A2", ["编号", "问题", "期限", "登记时间", "进度", "重点", "金额", "合计"])
    sheet.write_string("A3", "1-2")
    sheet.write_string("B3", "管网建设\n滞后")
    sheet.write_datetime("C3", datetime(2025, 12, 31), day)
    sheet.write_datetime("D3", datetime(2025, 6, 1, 8, 30), moment)
    sheet.write_number("E3", 0.45)
    sheet.write_boolean("F3", True)
    sheet.write_number("G3", 12.5)
    sheet.write_formula("H3", "=G3*2", None, 25)
    sheet.merge_range("A5:A6", "2")
    sheet.write_string("B5", "垃圾渗滤液")
    sheet.write_string("B6", "积存")
    sheet.write_datetime("C6", time(8, 30), clock)
    hidden = book.add_worksheet("隐藏")
    hidden.write("B2", "暗")
    hidden.hide()
    book.add_worksheet("空")
    book.close()
    return path


_DATES = date(2025, 12, 31), datetime(2025, 6, 1, 8, 30)
LEDGER = [
    Row(1, ("整改台账",)),
    Row(2, ("编号", "问题", "期限", "登记时间", "进度", "重点", "金额", "合计")),
    Row(3, ("1-2", "管网建设\n滞后", *_DATES, 0.45, True, 12.5, 25)),
    Row(5, ("2", "垃圾渗滤液")),
    Row(6, (None, "积存", time(8, 30))),
]


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_formats_agree(tmp_path: Path, kind: str) -> None:
    path = write_ledger(tmp_path / "ledger.xlsx") if kind == "xlsx" else DATA / f"ledger.{kind}"
    book = open_book(path)
    assert (book.format, book.encoding, book.name) == (kind, None, path.name)
    assert book.remarks == ()
    assert book.sheets == (SheetInfo("台账", True), SheetInfo("隐藏", False), SheetInfo("空", True))
    grid = book.grid()
    assert (grid.sheet, grid.row_count) == ("台账", 6)
    assert grid.merged == (Merged(0, 0, 0, 7), Merged(4, 0, 5, 0))
    assert list(grid.rows()) == LEDGER
    assert grid.head(2) == LEDGER[:2]
    assert list(grid.rows()) == LEDGER
    assert list(book.grid("隐藏").rows()) == [Row(2, (None, "暗"))]
    assert list(book.grid("空").rows()) == []


def test_digest_is_of_the_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"a,b\n")
    assert open_book(tmp_path / "a.csv").digest == sha256(b"a,b\n").hexdigest()


def test_unknown_sheet_names_those_there_are() -> None:
    with pytest.raises(Problem) as caught:
        open_book(DATA / "ledger.xls").grid("没有")
    assert caught.value.key == "reading.no_sheet"
    assert caught.value.params["sheets"] == "台账, 隐藏, 空"


def test_first_visible_sheet_with_content(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "说明"
    for name in ("暗", "数据"):
        book.create_sheet(name)["C4"] = name
    book["暗"].sheet_state = "veryHidden"
    book.save(tmp_path / "a.xlsx")
    opened = open_book(tmp_path / "a.xlsx")
    assert opened.sheets[1] == SheetInfo("暗", False)
    assert list(opened.grid().rows()) == [Row(4, (None, None, "数据"))]


def test_nothing_visible_is_said(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("暗")["A1"] = "x"
    book["暗"].sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    assert key_of(tmp_path / "a.xlsx") == "reading.no_content"
    (tmp_path / "a.csv").write_text("\n,,\n\n")
    assert key_of(tmp_path / "a.csv") == "reading.no_content"


@pytest.mark.parametrize(("source", "named"), [("xlsx", "a.xls"), ("xls", "a.csv"), ("ods", "a")])
def test_content_decides_the_format(tmp_path: Path, source: str, named: str) -> None:
    ledger = write_ledger(tmp_path / "l.xlsx") if source == "xlsx" else DATA / f"ledger.{source}"
    shutil.copy(ledger, tmp_path / named)
    book = open_book(tmp_path / named)
    assert book.format == source
    assert list(book.grid().rows()) == LEDGER
    assert [each.key for each in book.remarks] == ["reading.other_ending"] * ("." in named)


def test_delimited_text_named_as_workbook(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_text("编号,问题\n1,管网\n", "utf-8")
    book = open_book(tmp_path / "a.xls")
    assert book.format == "csv"
    assert [each.params["ending"] for each in book.remarks] == [".xls"]


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"<html><body><table><tr><td>1</td></tr></table></body></html>", "web_page"),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html>\n<html>", "web_page"),
        ("\ufeff<table>".encode("utf-16-le"), "web_page"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "web_page"),
        (
            b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook>',
            "xml_2003",
        ),
        (b"%PDF-1.7\n", "other_kind"),
        (b"\x89PNG\r\n\x1a\n", "other_kind"),
        (compound("Root Entry", "WordDocument"), "other_kind"),
        (compound("Root Entry", "SomethingElse"), "damaged"),
        (packed({"word/document.xml": "<w/>"}), "other_kind"),
        (packed({"xl/workbook.bin": b"x"}), "other_kind"),
        (packed({"报表/一.xlsx": b"x"}), "zipped"),
        (packed({"readme": b"x"}), "other_kind"),
        (bytes(range(256)) * 20, "unknown_kind"),
    ],
)
def test_what_is_no_spreadsheet_is_named(tmp_path: Path, content: bytes, key: str) -> None:
    assert key_of(write(tmp_path / "a.xls", content)) == f"reading.{key}"


def test_angle_bracket_is_no_web_page(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("<内部资料>,1\n", "utf-8")
    assert open_book(tmp_path / "a.csv").grid().head(1) == [Row(1, ("<内部资料>", "1"))]


def test_formulas(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "a.xlsx",
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>1+1</f></c>'
        '<c r="C1"><f>1</f><v/></c><c r="D1" t="str"><f>"a"</f><v></v></c>'
        '<c r="E1"><f t="shared" si="0"/></c><c r="F1" t="e"><v>#REF!</v></c>'
        '<c r="G1" t="str"><f>A1&amp;"x"</f><v>2x</v></c></row>',
    )
    book = open_book(path)
    assert list(book.grid().rows()) == [Row(1, (2.0, None, None, None, None, None, "2x"))]
    assert {each.key: (each.params["n"], each.params["cells"]) for each in book.remarks} == {
        "reading.error_cells": (1, "表!F1"),
        "reading.stale_formulas": (3, "表!B1, 表!C1, 表!E1"),
    }


def test_formulas_written_by_openpyxl_have_no_values(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["B2"] = "=1+1"
    book.save(tmp_path / "a.xlsx")
    assert remarks(tmp_path / "a.xlsx") == ["reading.stale_formulas"]


def test_formulas_of_ods(tmp_path: Path) -> None:
    cells = (
        '<table:table-cell table:formula="of:=1" office:value-type="float" office:value="1"/>'
        '<table:table-cell table:formula="of:=1+1"/>'
        '<table:table-cell table:formula="of:=x" office:value-type="string"'
        ' office:string-value="" calcext:value-type="error"/>'
    )
    table = f'<table:table table:name="表"><table:table-row>{cells}</table:table-row></table:table>'
    book = open_book(write(tmp_path / "a.ods", ods_parts(table)))
    assert list(book.grid().rows()) == [Row(1, (1.0,))]
    assert {each.key: each.params["cells"] for each in book.remarks} == {
        "reading.error_cells": "表!C1",
        "reading.stale_formulas": "表!B1",
    }


def test_macros_and_links_are_remarked(tmp_path: Path) -> None:
    row = f'<row r="1">{text_cell("A1", "x")}</row>'
    path = xlsx(
        tmp_path / "a.xlsm",
        row,
        **{"xl/vbaProject.bin": b"x", "xl/externalLinks/externalLink1.xml": "<externalLink/>"},
    )
    assert remarks(path) == ["reading.macros", "reading.links"]
    table = '<table:table table:name="表"><table:table-source xlink:href="x" xmlns:xlink="y"/>'
    table += f"<table:table-row>{ods_cell('x')}</table:table-row></table:table>"
    path = write(tmp_path / "a.ods", ods_parts(table, {"Basic/Standard/a.xml": "<a/>"}))
    assert remarks(path) == ["reading.macros", "reading.links"]


def test_macros_of_a_compound_file_are_remarked(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes((DATA / "ledger.xls").read_bytes() + compound("_VBA_PROJECT_CUR"))
    assert remarks(path) == ["reading.macros"]


def test_numbers_that_are_none(tmp_path: Path) -> None:
    cells = '<c r="A1"><v>1e999</v></c><c r="B1"><v>12345678901234567</v></c>'
    grid = open_book(xlsx(tmp_path / "a.xlsx", f'<row r="1">{cells}</row>')).grid()
    assert list(grid.rows()) == [Row(1, ("inf", 12345678901234568.0))]


def test_merged_ranges_end_with_the_filled_area(tmp_path: Path) -> None:
    row = f'<row r="2">{text_cell("A2", "x")}{text_cell("C2", "y")}</row>'
    merged = "".join(
        f'<mergeCell ref="{each}"/>' for each in ("A2:XFD1048576", "A9:B9", "C2:C3", "A1:B1")
    )
    sheet = sheet_xml(row, f"<mergeCells>{merged}</mergeCells>")
    grid = open_book(write(tmp_path / "a.xlsx", xlsx_parts({"表": sheet}))).grid()
    assert grid.merged == (Merged(1, 0, 1, 2), Merged(0, 0, 0, 1))


def test_merged_ranges_of_ods_count_repeated_cells(tmp_path: Path) -> None:
    spans = ' table:number-columns-spanned="1" table:number-rows-spanned="2"'
    table = (
        '<table:table table:name="一"><table:table-row table:number-rows-repeated="3">'
        f"<table:table-cell/></table:table-row><table:table-row>"
        f'<table:table-cell table:number-columns-repeated="2"/>'
        f"{ods_cell('x', spans)}"
        f"{ods_cell('y')}</table:table-row><table:table-row><table:table-cell/>"
        f"<table:table-cell/><table:covered-table-cell/>{ods_cell('z')}"
        "</table:table-row></table:table>"
    )
    grid = open_book(write(tmp_path / "a.ods", ods_parts(table))).grid()
    assert grid.merged == (Merged(3, 2, 4, 2),)
    assert list(grid.rows()) == [Row(4, (None, None, "x", "y")), Row(5, (None, None, None, "z"))]


def test_sheets_that_are_charts_are_left_out(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet("数据")
    sheet.write_row("A1", [1, 2])
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": "=数据!$A$1:$B$1"})
    book.add_chartsheet("图").set_chart(chart)
    book.close()
    assert open_book(tmp_path / "a.xlsx").sheets == (SheetInfo("数据", True),)


def test_text_as_spreadsheets_write_it(tmp_path: Path) -> None:
    runs = "<is><r><t>管网</t></r><r><t>建设</t></r><rPh sb='0' eb='1'><t>x</t></rPh></is>"
    cells = text_cell("A1", "一_x000D_\n二") + f'<c r="B1" t="inlineStr">{runs}</c>'
    grid = open_book(xlsx(tmp_path / "a.xlsx", f'<row r="1">{cells}</row>')).grid()
    assert list(grid.rows()) == [Row(1, ("一\n二", "管网建设"))]


def test_dates_counted_from_1904(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active["A1"] = date(2025, 1, 2)
    book.save(tmp_path / "a.xlsx")
    assert open_book(tmp_path / "a.xlsx").grid().head(1) == [Row(1, (date(2025, 1, 2),))]
