"""Tables in every format, against golden files and rules."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import unicodedata
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.domain.status import Status
from rectify_tui.domain.text import clean, width
from rectify_tui.errors import Problem
from rectify_tui.reports.formats import FORMATS
from rectify_tui.reports.output import write
from rectify_tui.reports.table import Column, Labelled, Table, shown

GOLDEN = Path(__file__).parent / "golden"
REWRITE = bool(os.environ.get("REWRITE_GOLDEN"))

COLUMNS = (
    Column("region", "地市"),
    Column("items", "任务数", "count"),
    Column("rate", "完成率", "percent"),
    Column("change", "较上期", "points"),
    Column("due", "完成时限", "date"),
    Column("status", "进度"),
    Column("next_step", "下一步安排"),
)


def progress() -> Table:
    rows = [
        {
            "region_code": "140100",
            "region": "太原市",
            "items": 56,
            "rate": 24 / 56,
            "change": 0.012,
            "due": date(2020, 12, 31),
            "status": Labelled(Status.BEHIND, "未达序时进度"),
            "next_step": "督促补齐排污口台账，下周现场核实，逐个销号",
        },
        {
            "region_code": "140600",
            "region": "朔州市",
            "items": 7,
            "rate": 1.0,
            "change": -0.0345,
            "due": None,
            "status": Labelled(Status.COMPLETED, "已完成"),
            "next_step": None,
        },
    ]
    notes = ("较上期单位为百分点。", "截至2020年1月10日。")
    return Table("各市整改进度", COLUMNS, rows, notes)


def hostile() -> Table:
    cells = [
        "=1+1",
        "+861012345678",
        "-责任单位",
        "@SUM(A1)",
        "\t=cmd",
        "\rtext",
        "a|b\\|c",
        "第一行\n第二行",
        "<script>alert(1)</script>&amp;",
        "[x](javascript:alert(1)) ![](http://example.com/p.png) `code` *b* _i_ ~~s~~",
        "\x1b]0;title\x07\x1b[31mred\x1b[0m\x9b2J",
        "\u202egnp.exe\u2066 zero\u200bwidth \udc80surrogate\U000e0041",
        '"quoted", 007',
        "[@click=app.quit()]x[/附件]",
    ]
    columns = (Column("text", "=文|本"), Column("n", "数", "count"))
    rows = [{"text": cell, "n": -index} for index, cell in enumerate(cells)]
    return Table("# [标题]\x1b[2J", columns, rows, ("- 注\n<b>",))


TABLES = {
    "progress": progress,
    "empty": lambda: Table("各市整改进度", COLUMNS, []),
    "hostile": hostile,
}
VARIANTS = {
    "txt": ("table", {}),
    "ascii.txt": ("table", {"ascii": True}),
    "narrow.txt": ("table", {"width": 72}),
    "json": ("json", {}),
    "csv": ("csv", {}),
    "md": ("md", {}),
}


def written(table: Table, format_: str, **settings) -> str:
    out = io.StringIO(newline="")
    write(table, format_, out, **settings)
    return out.getvalue()


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("variant", VARIANTS)
def test_golden(name, variant):
    format_, settings = VARIANTS[variant]
    got = written(TABLES[name](), format_, **settings).encode()
    path = GOLDEN / f"{name}.{variant}"
    if REWRITE:
        path.write_bytes(got)
    assert got == path.read_bytes()


def test_unknown_format():
    with pytest.raises(Problem) as caught:
        written(progress(), "xml")
    assert caught.value.key == "table.unknown_format"


@pytest.mark.parametrize("format_", FORMATS)
def test_rows_may_be_a_generator(format_):
    rows = ({"n": n} for n in range(3))
    assert "2" in written(Table("t", (Column("n", "n", "count"),), rows), format_)


@pytest.mark.parametrize("format_", ["json", "csv", "md"])
def test_long_formats_are_written_row_by_row(format_):
    out = io.StringIO(newline="")
    seen: list[int] = []

    def rows():
        for n in range(3):
            seen.append(out.getvalue().count("row"))
            yield {"n": f"row{n}"}

    write(Table("t", (Column("n", "n"),), rows()), format_, out)
    assert seen == [0, 1, 2]


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (None, "count", ""),
        (float("nan"), "percent", ""),
        (0, "count", "0"),
        (12.50, "count", "12.5"),
        (0.1 + 0.2, "count", "0.3"),
        (0.0625, "percent", "6.3%"),
        (0.8565, "percent", "85.7%"),
        (Fraction(4347, 4387), "percent", "99.1%"),
        (1, "percent", "100.0%"),
        (0.012, "points", "+1.2"),
        (-0.012, "points", "-1.2"),
        (-0.0001, "points", "0.0"),
        (0, "points", "0.0"),
        ("—", "percent", "—"),
        ("007", "text", "007"),
        (Status.BEHIND, "text", "behind"),
        (Labelled(1, "属实"), "text", "属实"),
        (["水", "大气"], "text", "水, 大气"),
        (date(2020, 12, 31), "date", "2020-12-31"),
        (datetime(2020, 12, 31, 8, 5), "date", "2020-12-31 08:05:00"),
    ],
)
def test_shown(value, kind, text):
    assert shown(value, kind) == text


def test_json_has_the_rows_keys_in_their_order():
    first, second = json.loads(written(progress(), "json"))
    assert list(first)[:2] == ["region_code", "region"]
    assert first["rate"] == 0.428571
    assert first["status"] == "behind"
    assert second["due"] is None
    assert second["next_step"] is None


def test_json_refuses_what_it_cannot_write():
    with pytest.raises(TypeError):
        written(Table("t", (), [{"a": object()}]), "json")


@given(st.lists(st.dictionaries(st.text(), st.text() | st.integers() | st.none(), max_size=3)))
def test_json_keeps_every_text(rows):
    assert json.loads(written(Table("t", (), rows), "json")) == rows


def test_json_escapes_whatever_could_steer_or_hide():
    unwanted = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    text = "".join(chr(n) for n in range(0x110000) if unicodedata.category(chr(n)) in unwanted)
    out = written(Table("t", (), [{"a": text}]), "json").replace("\n", "")
    assert out.isascii()
    assert json.loads(out) == json.loads(json.dumps([{"a": text}]))


SPECIAL = st.sampled_from("=+-@\t\r\n|<>&[]`*_\\'\"中，　\x1b\u202e")
TEXT = st.text(st.characters() | SPECIAL, max_size=40)
UNMARKED = st.text(st.characters(exclude_categories=("Mc", "Mn", "Sk", "Cn", "Cs")) | SPECIAL)
"""Without marks that change a sign: not even terminals agree how many cells both take."""


@given(TEXT)
def test_csv_comes_back_and_never_begins_a_formula(text):
    out = written(Table("t", (Column("a", "a"),), [{"a": text}, {"a": "x"}]), "csv")
    header, row, _ = csv.reader(io.StringIO(out.removeprefix("\ufeff"), newline=""))
    assert header == ["a"]
    kept = clean(text, multiline=True)
    runs = text.startswith(("=", "+", "-", "@", "\t", "\r")) or kept.startswith(
        ("=", "+", "-", "@")
    )
    assert row == [f"'{kept}" if runs else kept]


def test_csv_leaves_numbers_alone():
    row = {"n": -5, "p": -0.012, "t": -5}
    columns = (Column("n", "n", "count"), Column("p", "p", "points"), Column("t", "t"))
    assert written(Table("t", columns, [row]), "csv").endswith("\r\n-5,-1.2,'-5\r\n")


@given(TEXT)
def test_markdown_keeps_its_cells_and_has_no_tags(text):
    columns = (Column("a", "a"), Column("b", "b"))
    out = written(Table("t", columns, [{"a": text, "b": text}]), "md")
    line = out.split("\n")[4]
    assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) == 3
    assert not re.search(r"<(?!br>)", line)
    assert out.count("\n") == 5


@given(
    st.lists(st.tuples(UNMARKED, UNMARKED), min_size=1, max_size=5),
    st.integers(min_value=40, max_value=120),
    st.booleans(),
)
def test_text_fits_the_terminal(rows, room, ascii_):
    columns = (Column("n", "数量", "count"), Column("a", "任务"), Column("b", "单位"))
    table = Table("t", columns, [{"n": 1, "a": a, "b": b} for a, b in rows])
    out = written(table, "table", width=room, ascii=ascii_)
    lines = out.split("\n")[2:-1]
    assert len(lines) == len(rows) + 2
    assert max(map(width, lines)) <= room
    assert not ascii_ or not re.search("[─│…]", "".join(lines[:2]))


@pytest.mark.parametrize("keys", ["ab", "ba"])
def test_the_widest_text_column_gives_way_first(keys):
    table = Table("t", tuple(Column(key, key) for key in keys), [{"a": "x" * 10, "b": "整" * 30}])
    row = written(table, "table", width=40).split("\n")[4]
    assert set(row.split()) == {"x" * 10, "整" * 13 + "…"}


def test_text_that_looks_like_a_number_stays_as_it_is():
    rows = [{"a": "007"}, {"a": "1e5"}, {"a": "1.50"}]
    lines = written(Table("t", (Column("a", "2020"),), rows), "table").split("\n")
    assert lines[4:7] == ["007", "1e5", "1.50"]


def test_numbers_never_give_way():
    columns = (Column("n", "任务总数", "count"), Column("a", "任务名称和内容"))
    out = written(Table("t", columns, [{"n": 123456789012, "a": "整改" * 9}]), "table", width=10)
    assert "123456789012" in out
    assert "整改整…" in out


def test_titles_break_before_a_unit_and_leave_no_character_alone():
    columns = (
        Column("name", "省"),
        Column("change", "比上期（百分点）", "count"),
        Column("rank", "完成率排名", "count"),
    )
    out = io.StringIO()
    write(
        Table("表", columns, ({"name": "x" * 14, "change": 1, "rank": 2},)), "table", out, width=34
    )
    titles = out.getvalue().splitlines()[2:4]
    assert [line.split() for line in titles] == [["比上期", "完成率"], ["省", "（百分点）", "排名"]]


def test_no_line_ends_in_spaces_be_a_column_empty_or_a_title_broken():
    columns = (Column("a", "地市"), Column("n", "件数 （比上年 同期）", "count"), Column("b", ""))
    out = io.StringIO()
    write(Table("", columns, [{"a": "太原市" * 9, "n": 5}]), "table", out, width=40, ascii=True)
    lines = out.getvalue().split("\n")
    assert lines == [line.rstrip() for line in lines]
    assert "（比上年 |" in lines[3]


def test_a_table_without_columns_is_a_blank_line():
    out = io.StringIO()
    write(Table("无", (), []), "table", out)
    assert out.getvalue() == "无\n\n\n"
