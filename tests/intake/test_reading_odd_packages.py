"""Workbooks that honest programs pack in unusual ways."""

from __future__ import annotations

import posixpath
from pathlib import Path

import pytest
from make_files import lying_about_size, ods_cell, ods_parts, packed, text_cell, write, xlsx_parts
from make_files import sheet_xml as sheet

from rectify_tui.errors import Problem
from rectify_tui.intake.reading.book import open_book
from rectify_tui.intake.reading.cells import Row

UTF_16 = '<?xml version="1.0" encoding="utf-16"?>'
ROW = f'<row r="1">{text_cell("A1", "污水")}</row>'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "台账.xlsx"


def read(path: Path) -> list[Row]:
    return list(open_book(path).grid().rows())


def in_utf_16(text: str | bytes, codec: str = "utf-16") -> bytes:
    return (UTF_16 + (text if isinstance(text, str) else text.decode())).encode(codec)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("customXml/item1.xml", in_utf_16("<DataMashup/>")),
        ("customXml/item1.xml", b""),
        ("customXml/item1.xml", b"no xml at all"),
        ("xl/theme/theme1.xml", b"\xff\xfe<"),
        ("docProps/app.xml", b"<Properties"),
        ("xl/drawings/vmlDrawing1.vml", b"<xml><br></xml>"),
    ],
)
def test_what_is_never_used_damages_nothing(path: Path, name: str, content: bytes) -> None:
    write(path, xlsx_parts({"表": sheet(ROW)}, {name: content}))
    assert read(path) == [Row(1, ("污水",))]


def test_what_is_never_used_may_be_broken(path: Path) -> None:
    archive = bytearray(packed(xlsx_parts({"表": sheet(ROW)}, {"docProps/a.xml": b"<a>b</a>"}), 0))
    archive[archive.index(b"<a>b") + 3] ^= 1
    assert read(write(path, bytes(archive))) == [Row(1, ("污水",))]


def test_but_not_packed_to_burst(path: Path) -> None:
    parts = xlsx_parts({"表": sheet(ROW)}, {"customXml/item1.xml": b"<a/>" * 2**20})
    write(path, lying_about_size(packed(parts), "customXml/item1.xml", 9))
    with pytest.raises(Problem, match="bomb"):
        open_book(path)


def test_what_old_office_suites_put_into_ods(tmp_path: Path) -> None:
    rows = f"<table:table-row>{ods_cell('污水')}</table:table-row>"
    parts = ods_parts(f'<table:table table:name="表">{rows}</table:table>')
    more = {"Configurations2/accelerator/current.xml": b"", "Configurations2/images/Bitmaps/": b""}
    assert read(write(tmp_path / "台账.ods", {**parts, **more})) == [Row(1, ("污水",))]


@pytest.mark.parametrize("absolute", [False, True])
def test_parts_at_the_root(path: Path, absolute: bool) -> None:
    parts = {}
    for name, part in xlsx_parts({"表": sheet(ROW), "乙": sheet(ROW)}).items():
        assert isinstance(part, str)
        if name.endswith(".rels"):
            part = part.replace("xl/workbook.xml", "workbook.xml")
            part = part.replace('Target="w', 'Target="/w') if absolute else part
        parts[name.removeprefix("xl/")] = part
    write(path, parts)
    book = open_book(path)
    assert [each.name for each in book.sheets] == ["表", "乙"]
    assert read(path) == [Row(1, ("污水",))]


def test_parts_at_the_root_are_looked_at_as_well(path: Path) -> None:
    parts = xlsx_parts({"表": sheet('<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>' + ROW)})
    names = {name: posixpath.join(*name.split("/")[1:]) for name in parts if name.startswith("xl/")}
    moved = {names.get(name, name): part for name, part in parts.items()}
    moved["_rels/.rels"] = str(moved["_rels/.rels"]).replace("xl/workbook.xml", "workbook.xml")
    assert [each.key for each in open_book(write(path, moved)).remarks] == ["reading.error_cells"]


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_all_parts_in_utf_16(path: Path, codec: str) -> None:
    parts = {name: in_utf_16(part, codec) for name, part in xlsx_parts({"表": sheet(ROW)}).items()}
    assert read(write(path, parts)) == [Row(1, ("污水",))]


def test_one_sheet_in_utf_16(path: Path) -> None:
    parts = xlsx_parts({"甲": sheet(ROW), "乙": sheet(ROW)})
    parts["xl/worksheets/sheet2.xml"] = in_utf_16(sheet(ROW))
    book = open_book(write(path, parts))
    assert [list(book.grid(name).rows()) for name in ("甲", "乙")] == [[Row(1, ("污水",))]] * 2


def test_what_only_says_to_be_utf_16_is_damaged(path: Path) -> None:
    parts = xlsx_parts({"甲": sheet(ROW)})
    parts["xl/worksheets/sheet1.xml"] = in_utf_16(sheet(ROW)) + b"\0\xd8"
    with pytest.raises(Problem, match="damaged"):
        read(write(path, parts))


# rows that people do not see


def hidden_rows(path: Path) -> list[tuple[str, object]]:
    return [(each.key, each.params["n"]) for each in open_book(path).remarks]


def a_row(number: int, attributes: str = "", *texts: str) -> str:
    cells = "".join(text_cell(f"{'AB'[i]}{number}", text) for i, text in enumerate(texts))
    return f'<row r="{number}"{attributes}>{cells}</row>'


def test_rows_hidden_by_a_filter_are_read_and_told(path: Path) -> None:
    hidden = ' hidden="1"'
    rows = a_row(1, "", "a", "b") + a_row(2, hidden, "1", "2") + a_row(3, hidden, "3")
    write(path, xlsx_parts({"表": sheet(rows, '<autoFilter ref="A1:B3"/>')}))
    assert len(read(path)) == 3
    assert hidden_rows(path) == [("reading.filtered_rows", 2)]


def test_rows_hidden_by_hand_are_told_too(path: Path) -> None:
    write(path, xlsx_parts({"表": sheet(a_row(1, "", "a") + a_row(2, ' hidden="true"', "1"))}))
    assert hidden_rows(path) == [("reading.hidden_rows", 1)]


def test_hidden_rows_without_anything_in_them_are_not(path: Path) -> None:
    write(path, xlsx_parts({"表": sheet(a_row(1, "", "a") + a_row(2, ' hidden="1"'))}))
    assert hidden_rows(path) == []


def test_hidden_columns_are_no_hidden_rows(path: Path) -> None:
    text = sheet(ROW).replace("<sheetData>", '<cols><col min="2" hidden="1"/></cols><sheetData>')
    assert hidden_rows(write(path, xlsx_parts({"表": text}))) == []


@pytest.mark.parametrize(("visibility", "key"), [("filter", "filtered"), ("collapse", "hidden")])
def test_hidden_rows_of_ods(tmp_path: Path, visibility: str, key: str) -> None:
    rows = f"<table:table-row>{ods_cell('甲')}</table:table-row>"
    rows += (
        f'<table:table-row table:visibility="{visibility}" table:number-rows-repeated="2">'
        f"{ods_cell('乙')}{ods_cell('丙')}</table:table-row>"
    )
    parts = ods_parts(f'<table:table table:name="表">{rows}</table:table>')
    assert hidden_rows(write(tmp_path / "台账.ods", parts)) == [(f"reading.{key}_rows", 2)]
