"""The workbook, read back by another library."""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from decimal import Decimal
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from sample_report import bare, first_page, hostile, weekly

from rectify_tui.domain.text import clean
from rectify_tui.reports.table import Column, Labelled, Table, shown
from rectify_tui.reports.weekly.model import Chart, Section, Series
from rectify_tui.reports.weekly.render import render

HEADINGS = 3  # the row of the titles


def opened(report):
    return openpyxl.load_workbook(io.BytesIO(render(report, "xlsx")))


def parts(report) -> dict[str, str]:
    with ZipFile(io.BytesIO(render(report, "xlsx"))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def expected(value, kind):
    """What a reader of cells gets for a value."""
    if isinstance(value, Labelled):
        value = value.label
    if isinstance(value, str):
        return clean(value, multiline=True) or None
    if kind == "date" and value is not None:
        early = value < date(1900, 3, 1)
        return value.isoformat() if early else datetime(value.year, value.month, value.day)
    if kind == "points":
        return 0 if shown(value, kind) == "0.0" else kept(float(Decimal(repr(value)) * 100))
    return None if value != value else kept(value)


def in_one_line(title):
    """A heading without the places where it breaks."""
    return "".join(title.split())


def kept(value):
    """A number as far as the file keeps it."""
    return float(f"{value:.16G}") if isinstance(value, float) else value


@pytest.mark.parametrize("report", [weekly(), weekly("en"), hostile()])
def test_values_come_back(report):
    book = opened(report)
    sheets = book.worksheets[1:-1]
    for section, sheet in zip(report.sections, sheets, strict=True):
        columns, rows = section.table.columns, list(section.table.rows)
        assert [in_one_line(cell.value) for cell in sheet[HEADINGS]] == [
            in_one_line(clean(column.title)) for column in columns
        ]
        for at, row in enumerate(rows, HEADINGS + 1):
            for column, cell in zip(columns, sheet[at], strict=True):
                assert cell.value == expected(row.get(column.key), column.kind)


@pytest.mark.parametrize("report", [weekly(), weekly("en"), hostile(), bare()])
def test_nothing_is_a_formula_or_a_link(report):
    for sheet in opened(report).worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" and cell.hyperlink is None for cell in row)
    for name, text in parts(report).items():
        if name.startswith("xl/worksheets/"):
            assert "<f>" not in text
        assert "TargetMode" not in text, name


def test_a_formula_like_text_stays_a_text_when_edited():
    sheet = opened(hostile()).worksheets[1]
    quoted = {cell.value: cell.quotePrefix for (cell,) in sheet["A4:A20"] if cell.value}
    assert all(quoted[text] for text in quoted if text.startswith(("=", "+", "-", "@")))
    assert not quoted["red"]


def test_number_formats():
    sheet = opened(weekly()).worksheets[1]
    columns = weekly().sections[0].table.columns
    formats = {
        column.key: cell.number_format for column, cell in zip(columns, sheet[4], strict=True)
    }
    assert formats["total"] == "#,##0"
    assert formats["completion_rate"] == "0.0%"
    assert formats["rate_change"] == "+0.0;-0.0;0.0"
    assert formats["name"] == "General"
    assert opened(weekly()).worksheets[3]["D4"].number_format == "yyyy-mm-dd"


@pytest.mark.parametrize(
    ("value", "kind", "held", "form"),
    [
        (0.285, "points", 28.5, "+0.0;-0.0;0.0"),
        (-0.0004, "points", 0, "+0.0;-0.0;0.0"),
        (-0.0005, "points", -0.05, "+0.0;-0.0;0.0"),
        (12.5, "count", 12.5, "#,##0.######"),
        (4387, "count", 4387, "#,##0"),
        (10**20, "count", "100000000000000000000", "General"),
        (24 / 56, "percent", kept(24 / 56), "0.0%"),
        ("—", "percent", "—", "General"),
        (True, "count", "True", "General"),
        (None, "count", None, "General"),
        ("2020年底前", "date", "2020年底前", "General"),
        (7, "text", "7", "General"),
    ],
)
def test_how_a_value_becomes_a_cell(value, kind, held, form):
    table = Table("", (Column("a", "a", kind),), [{"a": value}])
    report = bare()._replace(sections=(Section("s", "s", table),))
    cell = opened(report).worksheets[1]["A4"]
    assert (cell.value, cell.number_format) == (held, form)


def test_pages():
    report = weekly()
    book = opened(report)
    for sheet in book.worksheets:
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToWidth in (None, 1)  # None stands for 1
        whole = (
            sheet.title == "图表"
        )  # its few figures belong on one page, lists on as many as needed
        assert sheet.page_setup.fitToHeight in ((None, 1) if whole else (0,))
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_area
        footer = sheet.oddFooter
        assert footer.left.text == "截至2019年12月31日"
        assert footer.right.text == report.office
        assert "&P" in footer.center.text
        assert "&N" in footer.center.text
    for sheet, frozen in zip(book.worksheets[1:-1], ["B4", "B4", "B4", "B4"], strict=True):
        assert sheet.print_title_rows == "$1:$3"
        assert sheet.freeze_panes == frozen
        merged = {str(one) for one in sheet.merged_cells.ranges}
        last = get_column_letter(sheet.max_column)
        assert {f"A1:{last}1", f"A2:{last}2"} <= merged


def test_the_office_gives_no_orders_to_the_footer():
    footer = re.search("<oddFooter>(.*?)</oddFooter>", parts(hostile())["xl/worksheets/sheet1.xml"])
    assert footer[1].endswith('&amp;R&amp;&amp;"Arial"办公室&lt;/style&gt;&lt;script&gt;')


def test_the_first_sheet_says_it_in_words():
    report = weekly()
    sheet = opened(report).worksheets[0]
    texts = [row[0] for row in sheet.iter_rows(values_only=True) if row[0]]
    assert texts[0] == report.title
    assert texts[2] == f"截至2019年12月31日　{report.office}"
    assert texts[3:5] == list(report.paragraphs)
    assert texts[-2] == report.notes[0]
    assert texts[-1].endswith(report.digest)


def test_columns_are_as_wide_as_their_chinese():
    sheet = opened(weekly()).worksheets[1]
    assert sheet.column_dimensions["A"].width > 12
    behind = opened(weekly()).worksheets[3]
    assert behind.row_dimensions[4].height > behind.row_dimensions[6].height


def test_names_of_sheets_are_allowed_and_unlike():
    names = opened(hostile()).sheetnames
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert 0 < len(name) <= 31
        assert not re.search(r"[\[\]:*?/\\]|^'|'$", name)
        assert name.casefold() != "history"


def test_the_chart_is_a_native_one_and_shows_the_figures():
    report = weekly()
    files = parts(report)
    (name,) = [name for name in files if name.startswith("xl/charts/chart")]
    drawn = files[name]
    assert '<c:barDir val="bar"/><c:grouping val="percentStacked"/>' in drawn
    assert drawn.count("<c:ser>") == len(report.chart.series)
    for series in report.chart.series:
        assert f"<c:v>{series.name}</c:v>" in drawn
    for category in report.chart.categories:
        assert drawn.count(f"<c:v>{category}</c:v>") == len(report.chart.series)
    assert drawn.count("<a:pattFill") >= 3
    sheet = opened(report).worksheets[-1]
    rows = list(sheet.iter_rows(4, 16, 1, 5, values_only=True))
    assert [row[0] for row in rows] == list(report.chart.categories)
    columns = list(zip(*rows, strict=True))[1:]
    assert columns == [series.values for series in report.chart.series]


def test_short_pieces_of_a_bar_carry_no_value():
    series = (Series("a", "a", (1000.0, 1.0)), Series("b", "b", (0.0, 40.0)))
    report = bare()._replace(chart=Chart("t", ("x", "y"), series))
    labels = re.findall("<c:dLbls>(.*?)</c:dLbls>", parts(report)["xl/charts/chart1.xml"])
    deleted = [re.findall(r'<c:idx val="(\d)"/><c:delete val="1"/>', one) for one in labels]
    assert deleted == [["1"], ["0"]]


def test_hostile_names_of_series_are_taken_from_cells():
    drawn = parts(hostile())["xl/charts/chart1.xml"]
    formulas = re.findall("<c:f>(.*?)</c:f>", drawn)
    assert formulas
    assert all(re.fullmatch(r"图表!\$[A-Z]\$\d+(:\$[A-Z]\$\d+)?", one) for one in formulas)


def test_properties_are_fixed():
    report = weekly()
    said = opened(report).properties
    assert said.title == report.title
    assert said.creator == report.office
    assert said.created == said.modified == datetime(2019, 12, 31)
    assert said.keywords == report.digest


def test_as_little_as_there_can_be():
    book = opened(bare())
    assert book.sheetnames == ["Summary", "Empty"]


def test_very_long_texts_are_cut_visibly():
    report = bare()._replace(paragraphs=("长" * 40_000,))
    text = opened(report).worksheets[0]["A5"].value
    assert len(text) <= 32_767
    assert text.endswith("…")


def test_a_workbook_opens_on_the_table_with_its_picture_and_has_all_rows():
    report = first_page()
    book = opened(report)
    front = book.worksheets[0]
    assert front.title == "各市整改进度"
    heading = next(row for row in front.iter_rows() if row[0].value == "地市")
    assert heading[0].row <= 7
    assert front.cell(heading[0].row + 1, 1).value == "哈尔滨市"
    assert len(front._charts) == 1
    texts = [row[0].value for row in front.iter_rows() if isinstance(row[0].value, str)]
    assert "新滞后 2 项：HLJ-2018/12 哈尔滨市；HLJ-2018/27 大庆市。" in texts
    behind = book.worksheets[2]
    assert [row[0].value for row in behind.iter_rows(min_row=HEADINGS + 1)][:3] == [
        "HLJ-2018/12", "HLJ-2018/27", "HLJ-2018/41",
    ]  # fmt: skip
