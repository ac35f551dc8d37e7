"""Delimited text in whatever encoding and with whatever delimiter an office's program writes."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.errors import Problem
from rectify_tui.intake.reading.book import SheetInfo, open_book
from rectify_tui.intake.reading.cells import Row
from rectify_tui.reports.output import write
from rectify_tui.reports.table import Column, Table

CHINESE = """\
编号,问题,状态
1,污水处理厂提标改造工程未按期完成，管网建设滞后,未完成
2,一些垃圾渗滤液积存,已完成
"""
TAIWAN = """\
編號,問題,狀態
1,汙水處理廠提標改造工程未按期完成，管網建設滯後,未完成
2,一些垃圾滲濾液積存,已完成
"""


def rows_of(path: Path, content: bytes | str) -> list[Row]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(open_book(path).grid().rows())


def cells_of(path: Path, content: bytes | str) -> list[tuple[object, ...]]:
    return [row.cells for row in rows_of(path, content)]


def problem_of(path: Path, content: bytes | str) -> Problem:
    with pytest.raises(Problem) as caught:
        rows_of(path, content)
    assert caught.value.params["file"] == path.name
    return caught.value


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "台账.csv"


@pytest.mark.parametrize(
    ("codec", "encoding", "guessed"),
    [
        ("utf-8", "UTF-8", False),
        ("utf-8-sig", "UTF-8", False),
        ("utf-16", "UTF-16", False),
        ("utf-16-le", "UTF-16", False),
        ("utf-16-be", "UTF-16", False),
        ("gbk", "GB18030", True),
        ("gb18030", "GB18030", True),
    ],
)
def test_encodings(path: Path, codec: str, encoding: str, guessed: bool) -> None:
    content = CHINESE.encode(codec)
    assert cells_of(path, content) == [tuple(line.split(",")) for line in CHINESE.splitlines()]
    book = open_book(path)
    assert (book.format, book.encoding, book.sheets) == (
        "csv", encoding, (SheetInfo("台账", True),),
    )  # fmt: skip
    assert [each.key for each in book.remarks] == ["reading.guessed"] * guessed


def test_big_endian_mark(path: Path) -> None:
    content = b"\xfe\xff" + CHINESE.encode("utf-16-be")
    assert cells_of(path, content)[0] == ("编号", "问题", "状态")


def test_big5_where_it_is_certain(path: Path) -> None:
    assert (
        cells_of(path, TAIWAN.encode("big5"))[1][1]
        == "汙水處理廠提標改造工程未按期完成，管網建設滯後"
    )
    assert open_book(path).encoding == "Big5"


def test_rare_characters_of_gb18030(path: Path) -> None:
    assert cells_of(path, "镇,村\n㙍上村,𠮷林屯\n".encode("gb18030"))[1] == ("㙍上村", "𠮷林屯")


@pytest.mark.parametrize(
    "content",
    [
        "nom,problème\nÉvry,é è à ü\n".encode("latin-1"),
        "番号,課題\n一,下水道の整備が遅れている\n".encode("shift-jis"),
        CHINESE.encode() + b"\xff,x\n",
        b"\xef\xbb\xbf" + CHINESE.encode("gbk"),
    ],
)
def test_unknown_encodings_are_said(path: Path, content: bytes) -> None:
    assert problem_of(path, content).key == "reading.encoding"


def test_the_line_that_cannot_be_decoded_is_named(path: Path) -> None:
    assert problem_of(path, "a,b\n一,二\n".encode() + b"\xff\n").params["line"] == 3


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_delimiters(path: Path, delimiter: str) -> None:
    out = io.StringIO()
    table = [["附件 1：台账", "", ""], ["编号", "问题,; 与\t原因", "备注"], ["1", 'a"b', "x"]]
    csv.writer(out, delimiter=delimiter).writerows(table)
    assert cells_of(path, out.getvalue()) == [
        ("附件 1：台账",),
        ("编号", "问题,; 与 原因", "备注"),
        ("1", 'a"b', "x"),
    ]
    assert open_book(path).format == ("tsv" if delimiter == "\t" else "csv")


def test_one_column_is_a_table_too(path: Path) -> None:
    assert cells_of(path, "地区\n哈尔滨市\n") == [("地区",), ("哈尔滨市",)]


@pytest.mark.parametrize("delimiter", ["|", "，"])
def test_rare_delimiters(path: Path, delimiter: str) -> None:
    lines = ["编号，问题，备注", "1，污水；直排，甲", "2，垃圾,堆放，乙"]
    text = "\n".join(lines).replace("，", delimiter)
    assert [row.cells for row in rows_of(path, text)] == [
        ("编号", "问题", "备注"), ("1", "污水；直排", "甲"), ("2", "垃圾,堆放", "乙"),
    ]  # fmt: skip


def test_signs_of_texts_part_no_cells_where_commas_do(path: Path) -> None:
    text = "问题,备注\n甲，乙，丙，丁,x\n甲，乙，丙，丁,y\n"
    assert [row.cells for row in rows_of(path, text)][1] == ("甲，乙，丙，丁", "x")


def test_hint_of_the_delimiter(path: Path) -> None:
    assert rows_of(path, "sep=;\na;b,c\n") == [Row(2, ("a", "b,c"))]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_quoted_line_ends_and_empty_rows(path: Path, end: str) -> None:
    content = end.join(["a,b", '"x', 'y",""', "", ",,", '1,"2'.replace('"', "")])
    assert rows_of(path, content) == [
        Row(1, ("a", "b")),
        Row(2, ("x\ny",)),
        Row(5, ("1", "2")),
    ]


def test_text_stays_text(path: Path) -> None:
    assert cells_of(path, '007,1.0,2025/1/2,="0123"\n') == [("007", "1.0", "2025/1/2", "0123")]


def test_spaces_around_cells_are_taken_off(path: Path) -> None:
    assert cells_of(path, "a ,b\n c,d\ne, f\ng,h \n") == [
        ("a", "b"), ("c", "d"), ("e", "f"), ("g", "h"),
    ]  # fmt: skip


def test_very_many_different_cells(path: Path) -> None:
    content = "".join(f"{n} ,,x\n" for n in range(30_000))
    assert cells_of(path, content) == [(str(n), None, "x") for n in range(30_000)]


def test_control_characters_make_no_text(path: Path) -> None:
    assert problem_of(path, bytes(range(1, 32)) * 20).key == "reading.unknown_kind"


def test_guarding_apostrophe_is_taken_off(path: Path) -> None:
    content = "'=1+1,'+86,'-5,'@x,'tis,',''=1\n"
    assert cells_of(path, content) == [("=1+1", "+86", "-5", "@x", "'tis", "'", "''=1")]


def test_own_tables_come_back(path: Path) -> None:
    texts = ["=1+1", "-5", "@here", "'tis", "a;b", "一\n二", 'q"q', "普通"]
    table = Table(
        "t", (Column("a", "编号"), Column("b", "问题")), [{"a": t, "b": "x"} for t in texts]
    )
    out = io.StringIO(newline="")
    write(table, "csv", out)
    assert cells_of(path, out.getvalue()) == [("编号", "问题"), *((text, "x") for text in texts)]


def test_hostile_text_is_cleaned(path: Path) -> None:
    content = "a\x1b]0;own\x07,b\u202ec,\ud7a3\u200b\x00,[/x]\n" + "x,y\n" * 50
    assert cells_of(path, content)[0] == ("a", "bc", "\ud7a3", "[/x]")


@pytest.mark.parametrize("content", ['a,b\n1,"2\n3,4\n5,6\n', 'a,b\n"1', 'a\n"'])
def test_open_quote_is_said(path: Path, content: str) -> None:
    problem = problem_of(path, content)
    assert (problem.key, problem.params["row"]) == ("reading.open_quote", 2)


def test_long_text_is_said(path: Path) -> None:
    problem = problem_of(path, "a,b\n1," + "字" * 40_000 + "\n")
    assert (problem.key, problem.params["cell"]) == ("reading.long_text", "B2")


@pytest.mark.parametrize(
    "content",
    [
        "a,b\n1," + "x" * 200_000,
        "a,b\n1,2" + "," * 2_000_000,
        'a,b\n1,"' + "x\n" * 400_000 + '"',
        "a,b\n" + '"\n",' * 500_000,
    ],
)
def test_rows_without_end_are_said(path: Path, content: str) -> None:
    problem = problem_of(path, content)
    assert (problem.key, problem.params["row"]) == ("reading.long_row", 2)


def test_empty_columns_are_none(path: Path) -> None:
    assert rows_of(path, "a" + "," * 900_000 + "\nb\n") == [Row(1, ("a",)), Row(2, ("b",))]


def test_far_column_is_said(path: Path) -> None:
    assert problem_of(path, "a\n" + "," * 702 + "x\n").params["column"] == "AAA"


def test_rows_are_lazy(path: Path) -> None:
    path.write_text("a,b\n" * 10 + '"', "utf-8")
    grid = open_book(path).grid()
    assert grid.head(10) == [Row(n, ("a", "b")) for n in range(1, 11)]
    with pytest.raises(Problem):
        grid.head(11)
    assert len(grid.head(3)) == 3


WORDS = st.text("整改ab 1'\"=;,\t\n", max_size=8)


@given(st.lists(st.lists(WORDS, min_size=2, max_size=4), min_size=1, max_size=6))
def test_what_a_writer_quotes_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[str]]
) -> None:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([["编号"] * 4, *table])
    path = tmp_path_factory.mktemp("t") / "a.csv"
    read = {row.number: row.cells for row in rows_of(path, out.getvalue())}
    for number, record in enumerate(table, 2):
        for column, text in enumerate(record):
            cells = read.get(number, ())
            found = cells[column] if column < len(cells) else None
            if not text.startswith(("'", '="')):
                assert (found or "").split() == text.split()


HOSTILE = st.text("整 a|\u202e\u0301\u3000\x1b'=\t\u200b", max_size=5)


@given(st.lists(HOSTILE, min_size=2, max_size=4))
def test_a_row_is_cleaned_as_its_cells_are(
    tmp_path_factory: pytest.TempPathFactory, record: list[str]
) -> None:
    """A cell that needs cleaning makes the reader look at all cells of its row one by one."""
    out = io.StringIO()
    csv.writer(out).writerows([["编号", "问题"]] * 300)
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([[*record, "x"], [*record, " x "]])
    path = tmp_path_factory.mktemp("t") / "a.csv"
    *_, at_once, one_by_one = rows_of(path, out.getvalue())
    assert at_once.cells == one_by_one.cells
