"""The formats that are text, byte for byte."""

from __future__ import annotations

import csv
import io
import os
import re
from datetime import date
from pathlib import Path

import pytest
from sample_report import HOSTILE_TEXTS, bare, first_page, hostile, weekly

from rectify_tui.domain.text import width
from rectify_tui.errors import Problem
from rectify_tui.reports.weekly.model import Period, PeriodKind
from rectify_tui.reports.weekly.render import FORMATS, render

GOLDEN = Path(__file__).parent / "golden"
REWRITE = bool(os.environ.get("REWRITE_GOLDEN"))
REPORTS = {
    "weekly.zh": weekly,
    "weekly.en": lambda: weekly("en"),
    "front.zh": first_page,
    "front.en": lambda: first_page("en"),
    "hostile": hostile,
    "bare": bare,
}
VARIANTS = {
    "txt": ("table", {}),
    "ascii.txt": ("table", {"ascii": True, "width": 100}),
    "md": ("md", {}),
    "csv": ("csv", {}),
    "json": ("json", {}),
    "html": ("html", {}),
}


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("name", REPORTS)
def test_golden(name, variant):
    format_, settings = VARIANTS[variant]
    got = render(REPORTS[name](), format_, **settings)
    path = GOLDEN / f"{name}.{variant}"
    if REWRITE:
        path.write_bytes(got)
    assert got == path.read_bytes()


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("name", REPORTS)
def test_the_same_report_gives_the_same_bytes(name, format_):
    assert render(REPORTS[name](), format_) == render(REPORTS[name](), format_)


@pytest.mark.parametrize("format_", ["xml", "", "text", "XLSX"])
def test_an_unknown_format(format_):
    with pytest.raises(Problem) as caught:
        render(bare(), format_)
    assert caught.value.key == "render.unknown_format"


@pytest.mark.parametrize("format_", FORMATS)
def test_an_unknown_language(format_):
    with pytest.raises(Problem):
        render(bare()._replace(language="fr"), format_)


@pytest.mark.parametrize("format_", ["table", "md", "csv", "html"])
def test_every_format_says_when_who_and_what(format_):
    report = weekly()
    text = render(report, format_).decode()
    for needed in (
        report.title,
        report.period_name,
        "截至2019年12月31日",
        report.office,
        *report.paragraphs,
        *(section.heading for section in report.sections),
        *report.notes,
        report.digest,
    ):
        assert needed in text, needed


@pytest.mark.parametrize("format_", ["table", "md", "csv", "html", "json"])
def test_nothing_can_steer_a_terminal(format_):
    text = render(hostile(), format_).decode()
    assert not re.search("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e]", text)


def test_the_terminal_table_fits_where_it_can():
    report = weekly()
    behind = report.sections[2]
    text = render(report._replace(sections=(behind,)), "table", width=80).decode()
    rows = text.split(behind.heading)[1].split("\n")[2:7]
    assert max(map(width, rows)) <= 80


def test_csv_is_for_spreadsheets():
    report = weekly()
    written = render(report, "csv").decode()
    assert written.startswith("\ufeff")
    assert written.count("\ufeff") == 1
    assert "\n" not in written.replace("\r\n", "")
    blocks = written.removeprefix("\ufeff").split("\r\n\r\n")
    assert [block.split("\r\n")[0] for block in blocks[2:-1]] == [
        section.heading for section in report.sections
    ]
    rows = list(csv.reader(io.StringIO(blocks[2])))
    assert len(rows) == 1 + 1 + 14 + 1
    assert rows[-2][:4] == ["合计", "60", "7", "12"]


def test_csv_runs_no_formula():
    rows = csv.reader(io.StringIO(render(hostile(), "csv").decode().removeprefix("\ufeff")))
    signed = [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert all(re.fullmatch(r"[-+]?\d+(\.\d+)?", cell) for cell in signed)


@pytest.mark.parametrize("text", ["# x", "1. x", "- x", "+ x", "=== ", "12) x", "--- x"])
def test_a_paragraph_of_markdown_is_a_paragraph(text):
    written = render(bare()._replace(paragraphs=(text,)), "md").decode().split("\n")
    assert not any(re.match(r"(#+ x|\d+[.)] |[-+=])", one) for one in written[4:])


def test_hostile_texts_survive_as_texts():
    written = render(hostile(), "html").decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&lt;/style&gt;" in written
    assert HOSTILE_TEXTS[0] in written


@pytest.mark.parametrize(
    ("first", "cutoff", "zh", "en"),
    [
        (
            date(2019, 12, 25), date(2019, 12, 31),
            "（2019年12月25日至12月31日）", "(25 December to 31 December 2019)",
        ),
        (
            date(2019, 12, 28), date(2020, 1, 3),
            "（2019年12月28日至2020年1月3日）", "(28 December 2019 to 3 January 2020)",
        ),
    ],
)  # fmt: skip
def test_the_period_is_spelled_out(first, cutoff, zh, en):
    for language, expected in (("zh", zh), ("en", en)):
        period = Period(PeriodKind.WEEK, first, cutoff)
        report = weekly(language)._replace(period=period)
        assert expected in render(report, "table").decode().split("\n")[1]
