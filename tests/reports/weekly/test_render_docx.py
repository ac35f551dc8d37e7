"""The document, read back."""

from __future__ import annotations

import io
from datetime import datetime
from zipfile import ZipFile

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from sample_report import bare, first_page, hostile, weekly

from rectify_tui.domain.text import clean
from rectify_tui.reports.table import Column, Table, shown
from rectify_tui.reports.weekly.model import Section
from rectify_tui.reports.weekly.render import render
from rectify_tui.reports.weekly.render.bars import in_steps


def opened(report):
    return docx.Document(io.BytesIO(render(report, "docx")))


def paragraphs(report) -> list[str]:
    return [paragraph.text for paragraph in opened(report).paragraphs]


@pytest.mark.parametrize("report", [weekly(), weekly("en"), hostile()])
def test_paragraphs_come_back(report):
    found = paragraphs(report)
    assert found[0] == clean(report.title)
    expected = [text for text in (report.withdrawn, *report.paragraphs) if text]
    assert found[3 : 3 + len(expected)] == [clean(text, multiline=True) for text in expected]
    for section in report.sections:
        assert clean(section.heading) in found


@pytest.mark.parametrize("report", [weekly(), weekly("en"), hostile()])
def test_tables_come_back(report):
    found = opened(report).tables
    for section, table in zip(report.sections, found, strict=True):
        columns, rows = section.table.columns, list(section.table.rows)
        cells = [[cell.text for cell in row.cells] for row in table.rows]
        titles = ["".join(title.split()) for title in cells[0]]
        assert titles == ["".join(clean(column.title).split()) for column in columns]
        if rows:
            assert cells[1:] == [
                [
                    clean(shown(row.get(one.key), one.kind), multiline=True, limit=9999)
                    for one in columns
                ]
                for row in rows
            ]
        else:
            assert cells[1:] == [[cells[1][0]] * len(columns)]


def test_rows_stay_whole_and_headings_repeat():
    for table in opened(weekly()).tables:
        for at, row in enumerate(table.rows):
            properties = row._tr.trPr
            assert properties.find(qn("w:cantSplit")) is not None
            assert (properties.find(qn("w:tblHeader")) is not None) == (at == 0)


def test_wide_tables_lie_on_their_side():
    sections = opened(weekly()).sections
    assert [one.orientation for one in sections] == [
        WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]  # fmt: skip
    first, wide, *_ = sections
    sizes = [round(length.mm) for length in (
        first.page_width, first.page_height, first.top_margin, first.bottom_margin,
        first.left_margin, first.right_margin,
    )]  # fmt: skip
    assert sizes == [210, 297, 37, 35, 28, 26]
    assert (round(wide.page_width.mm), round(wide.page_height.mm)) == (297, 210)


@pytest.mark.parametrize("columns", range(1, 30))
def test_tables_are_never_wider_than_the_text(columns):
    table = Table(
        "",
        tuple(Column(str(n), "按序时进度推进", "count") for n in range(columns)),
        ({"0": 12345},),
    )
    document = opened(weekly()._replace(sections=(Section("s", "s", table),)))
    drawn = document.tables[0]._tbl
    widths = [int(one.get(qn("w:w"))) for one in drawn.tblGrid.iter(qn("w:gridCol"))]
    section = document.sections[-1]
    room = section.page_width.twips - section.left_margin.twips - section.right_margin.twips
    assert room - 2 * columns <= sum(widths) <= room + columns
    landscape = section.orientation == WD_ORIENT.LANDSCAPE
    assert landscape == (columns > 12)


def test_fonts_and_sizes():
    document = opened(weekly())
    looks = {}
    for name in ("Title", "Body Text", "Heading 1", "Table Text", "Table Heading"):
        style = document.styles[name]
        looks[name] = (style.element.rPr.rFonts.get(qn("w:eastAsia")), style.font.size.pt)
    assert looks == {
        "Title": ("方正小标宋简体", 22), "Body Text": ("仿宋", 16), "Heading 1": ("黑体", 16),
        "Table Text": ("宋体", 10.5), "Table Heading": ("黑体", 10.5),
    }  # fmt: skip
    used = {paragraph.style.name for paragraph in document.paragraphs}
    assert used <= {one.name for one in document.styles}


def test_there_is_a_font_where_the_prescribed_one_is_missing():
    with ZipFile(io.BytesIO(render(weekly(), "docx"))) as archive:
        fonts = archive.read("word/fontTable.xml").decode()
    assert (
        '<w:font w:name="方正小标宋简体"><w:altName w:val="FZXiaoBiaoSong-B05S,宋体,SimSun"'
        in fonts
    )


def test_every_page_has_its_number_its_cut_off_and_its_office():
    report = weekly()
    document = opened(report)
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    for header in (section.header, section.even_page_header):
        assert header.paragraphs[0].text == f"截至2019年12月31日　{report.office}"
    for footer in (section.footer, section.even_page_footer):
        paragraph = footer.paragraphs[0]._p
        assert "".join(text.text for text in paragraph.iter(qn("w:t"))) == "— 1 —"
        assert paragraph.find(qn("w:fldSimple")).get(qn("w:instr")) == "PAGE"
    assert all(one.header.is_linked_to_previous for one in list(document.sections)[1:])


@pytest.mark.parametrize(
    ("office", "of_office", "of_day"),
    [
        ("黑龙江省生态环境保护督察整改工作领导小组办公室", 2, 16),
        ("某省整改办", 6, 2),
        ("某省整改办公室", 4, 2),
    ],
)
def test_the_office_signs_at_the_right(office, of_office, of_day):
    signed, day = opened(weekly()._replace(office=office)).paragraphs[-2:]
    assert (signed.text, day.text) == (office, "2019年12月31日")
    found = [one.paragraph_format.right_indent.pt / 16 for one in (signed, day)]
    assert found == [of_office, of_day]


def test_properties_and_time_stamps_are_fixed():
    report = weekly()
    kept = opened(report).core_properties
    assert (kept.title, kept.author) == (report.title, report.office)
    assert kept.created == kept.modified
    assert kept.created.replace(tzinfo=None) == datetime(2019, 12, 31)
    assert kept.identifier == report.digest
    assert kept.comments == ""
    with ZipFile(io.BytesIO(render(report, "docx"))) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not any("thumbnail" in name or "customXml" in name for name in archive.namelist())


def test_as_little_as_there_can_be():
    assert paragraphs(bare())[-1] == "31 March 2020"


def test_the_first_page_has_the_table_with_its_bars_before_any_annex():
    report = first_page()
    document = opened(report)
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[0] == report.title
    assert texts[2 : 2 + len(report.paragraphs)] == list(report.paragraphs)
    annex = next(one for one in document.paragraphs if one.style.name == "Heading 1")
    assert annex.text == report.sections[1].heading
    point = "新滞后 2 项：HLJ-2018/12 哈尔滨市；HLJ-2018/27 大庆市。"
    assert texts.index(point) < texts.index(annex.text)
    assert annex.paragraph_format.page_break_before
    table = document.tables[0]._tbl
    grid = len(list(table.tblGrid.iter(qn("w:gridCol"))))
    columns = len(report.front.table.columns)
    for row in table.tr_lst:
        spans = [cell.tcPr.find(qn("w:gridSpan")) for cell in row.tc_lst[columns:]]
        assert columns + sum(int(span.get(qn("w:val"))) for span in spans) == grid
    heights = {row.trPr.find(qn("w:trHeight")).get(qn("w:val")) for row in table.tr_lst[1:]}
    assert len(heights) == 1
    fills = [
        [shade.get(qn("w:fill")) for shade in row.iter(qn("w:shd"))] for row in table.tr_lst[1:]
    ]
    assert fills[0] == ["1F5FA8", "CFE2F3", "F8CBAD"]
    assert fills[-1] == []  # the sum has no bar


def test_what_is_cut_on_paper_is_said_to_be_in_the_workbook():
    report = first_page()
    document = opened(report)
    assert "注：… 另有 1 项见附件工作簿" in [one.text for one in document.paragraphs]
    behind = document.tables[2]
    assert [row.cells[0].text for row in behind.rows][1:] == ["HLJ-2018/12", "HLJ-2018/27"]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=4), st.integers(8, 40))
def test_the_steps_of_a_bar_fill_it(parts, steps):
    total = sum(parts)
    if not total:
        return
    shares = [part / total for part in parts]
    dealt = in_steps(shares, steps)
    assert sum(dealt) == steps
    assert all((n > 0) == (share > 0) for n, share in zip(dealt, shares, strict=True))
    assert all(abs(n - share * steps) <= len(parts) for n, share in zip(dealt, shares, strict=True))
