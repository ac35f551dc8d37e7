"""The page, as a parser sees it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from sample_report import bare, hostile, weekly

from rectify_tui.domain.text import clean
from rectify_tui.reports.table import shown
from rectify_tui.reports.weekly.model import Chart, Series
from rectify_tui.reports.weekly.render import render

VOID = {"meta", "br", "wbr"}
TAGS = {
    "html", "head", "meta", "title", "style", "body", "header", "h1", "h2", "p", "main", "section",
    "figure", "figcaption", "div", "table", "thead", "tbody", "tr", "th", "td", "footer", "ul",
    "li", "br", "wbr", "h3", "svg", "desc", "defs", "pattern", "rect", "path", "text", "g",
}  # fmt: skip


class Page(HTMLParser):
    """What stands in a page; raises where tags are not closed in their order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.rows: list[list[list[str]]] = []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag == "table":
            self.rows.append([])
        if tag == "tr":
            self.rows[-1].append([])
        if tag in ("td", "th"):
            self.rows[-1][-1].append("")
        if tag == "br" and "td" in self.open:
            self.rows[-1][-1][-1] += "\n"
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        inside = self.open[-1] if self.open else ""
        self.texts.append((inside, data))
        if inside in ("td", "th"):
            self.rows[-1][-1][-1] += data

    def all(self, tag: str) -> list[str]:
        return [text for inside, text in self.texts if inside == tag]


def page(report) -> Page:
    return Page(render(report, "html").decode())


@pytest.mark.parametrize("report", [weekly(), weekly("en"), hostile(), bare()])
def test_only_its_own_tags_and_nothing_from_outside(report):
    parsed = page(report)
    assert {tag for tag, _ in parsed.tags} <= TAGS
    for _, attributes in parsed.tags:
        assert not set(attributes) & {"src", "href", "srcset", "action", "data"}
        assert not any(name.startswith("on") for name in attributes)
    text = render(report, "html").decode().lower()
    assert "<script" not in text
    assert "@import" not in text
    assert text.count("</style>") == 1
    style = text.split("<style>")[1].split("</style>")[0]
    assert "url(" not in style
    assert set(re.findall(r"url\(([^)]*)\)", text)) <= {f"#tone-{n}" for n in range(9)}


@pytest.mark.parametrize("report", [weekly(), weekly("en"), hostile()])
def test_tables_come_back(report):
    for section, rows in zip(report.sections, page(report).rows, strict=True):
        columns = section.table.columns
        expected = [[clean(column.title) for column in columns]]
        for row in section.table.rows:
            texts = (shown(row.get(one.key), one.kind) for one in columns)
            expected.append([clean(text, multiline=True) for text in texts])
        if len(expected) == 1:
            expected.append(["（无）" if report.language == "zh" else "(none)"])
        assert rows == expected


def test_language_headings_and_cells():
    parsed = page(weekly())
    assert parsed.tags[0] == ("html", {"lang": "zh-CN"})
    assert page(weekly("en")).tags[0] == ("html", {"lang": "en"})
    headings = [attributes for tag, attributes in parsed.tags if tag == "th"]
    assert all(attributes["scope"] == "col" for attributes in headings)
    kinds = {attributes["class"] for tag, attributes in parsed.tags if tag == "td"}
    assert kinds == {"short", "long", "number short", "date short", "empty"}


def test_it_prints_with_its_headings_and_its_cut_off():
    text = render(weekly(), "html").decode()
    assert "size: A4 landscape" in text
    assert "thead { display: table-header-group; }" in text
    assert "tr { break-inside: avoid; }" in text
    content = re.search(r'@bottom-left \{ content: "([^"]*)"', text)[1]
    assert unescaped(content) == f"截至2019年12月31日　{weekly().office}"
    pages = re.search(r"@bottom-right \{ content: (.*?); font", text)[1]
    assert "counter(page)" in pages
    assert "counter(pages)" in pages


def unescaped(content: str) -> str:
    return re.sub(r"\\([0-9A-F]{6}) ", lambda found: chr(int(found[1], 16)), content)


def test_no_text_gets_out_of_the_style_sheet():
    text = render(hostile(), "html").decode()
    content = re.search(r'@bottom-left \{ content: "([^"]*)"', text)[1]
    assert re.fullmatch(r"([0-9A-Za-z]|\\[0-9A-F]{6} )*", content)
    assert unescaped(content).endswith(hostile().office)


def test_the_chart_says_in_words_what_it_shows():
    report = weekly()
    parsed = page(report)
    (svg,) = [attributes for tag, attributes in parsed.tags if tag == "svg"]
    assert svg["role"] == "img"
    assert svg["aria-labelledby"] == "chart-title chart-desc"
    assert report.chart.title in parsed.all("title")
    (words,) = parsed.all("desc")
    assert "哈尔滨市：完成 5、序时 6、滞后 1、并入 0；" in words
    drawn = parsed.all("text")
    assert set(report.chart.categories) <= set(drawn)
    assert {series.name for series in report.chart.series} <= set(drawn)


def test_no_series_is_told_by_colour_alone():
    parsed = page(weekly())
    patterns = [attributes["id"] for tag, attributes in parsed.tags if tag == "pattern"]
    assert len(patterns) == 3
    fills = {
        attributes["fill"]
        for tag, attributes in parsed.tags
        if tag == "rect" and "stroke" in attributes
    }
    assert len(fills) == 4


@pytest.mark.parametrize(
    "values", [(), (0.0,), (0.4,), (7.0, 0.0), (6.0,), (1e9, 1.0), (123456.0,) * 3, (-5.0, 5.0)]
)
def test_bars_stay_inside_the_drawing(values):
    chart = Chart(
        "t",
        tuple(f"城市{n}" for n in range(len(values))),
        tuple(Series(key, key, values) for key in ("completed", "behind", "z")),
    )
    parsed = page(weekly()._replace(chart=chart, sections=()))
    for tag, attributes in parsed.tags:
        if tag == "rect" and "stroke" in attributes:
            assert float(attributes["width"]) >= 0
            assert float(attributes["x"]) + float(attributes["width"]) <= 960 - 50
    ticks = [attributes for tag, attributes in parsed.tags if attributes.get("class") == "tick"]
    assert 2 <= len(ticks) <= 8
