"""The office's own headings, and maps: read, remembered, and complained about."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.domain.text import clean
from rectify_tui.errors import Problem
from rectify_tui.i18n import Language
from rectify_tui.intake.mapping import (
    Certainty,
    Mapping,
    read_map,
    read_map_file,
    read_synonyms,
    remember,
    remembered,
    signature,
)
from rectify_tui.intake.mapping.toml import quoted
from rectify_tui.intake.model import IntakeKind
from rectify_tui.intake.reading.cells import column_letter
from rectify_tui.intake.table import Heading

Write = Callable[[str], Path]


def headings(*texts: str) -> list[Heading]:
    return [Heading(i, i, column_letter(i), text) for i, text in enumerate(texts)]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(text: str) -> Path:
        path = tmp_path / "office.toml"
        path.write_text(text, "utf-8")
        return path

    return write


def said(problem: Problem) -> str:
    """The complaint in both languages, which has to name the file."""
    texts = [Language(code).problem(problem) for code in ("zh", "en")]
    assert all("office.toml" in text for text in texts)
    return "\n".join(texts)


# the office's synonyms


def test_an_office_adds_its_headings(write):
    path = write('[items]\nstatus = ["督办评价"]\n[items.second]\nnote = ["领导批示"]\n')
    found = read_synonyms(path).guess(
        headings("编号", "问题", "督办评价", "领导批示"), IntakeKind.ITEMS
    )
    assert found.fields == {0: "number", 1: "problem", 2: "status", 3: "note"}
    assert read_synonyms(path).knows("督 办 评 价（必填）")
    assert not read_synonyms(None).knows("督办评价")


def test_what_an_office_says_goes_before_what_the_program_knows(write):
    texts = headings("编号", "问题", "进展情况", "状态")
    assert read_synonyms(None).guess(texts, IntakeKind.ITEMS).fields[2] == "note"
    path = write('[items]\nstatus = ["进展情况"]\nnote = ["状态"]\n')
    found = read_synonyms(path).guess(texts, IntakeKind.ITEMS)
    assert (found.fields[2], found.fields[3]) == ("status", "note")
    path = write('[items]\nignored = ["进展情况"]\n')
    assert read_synonyms(path).guess(texts, IntakeKind.ITEMS).ignored == (2,)


def test_without_a_file_the_program_knows_what_it_knows(tmp_path):
    known = read_synonyms(tmp_path / "none.toml")
    assert known.guess(headings("编号", "整改目标")).kind is IntakeKind.ITEMS


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("[items\nstatus = []", "1"),
        ("[tasks]\n", "tasks"),
        ("items = 3\n", "items"),
        ("[items]\nstate = ['x']\n", "items.state"),
        ("[items]\nstatus = 'x'\n", "items.status"),
        ("[items]\nstatus = ['好', 3]\n", "items.status[2]"),
        ("[items]\nstatus = ['（）']\n", "items.status[1]"),
        ("[items]\nstatus = ['好']\nnote = ['好 ']\n", "items.note"),
        ("[items]\nsecond = 3\n", "items.second"),
        ("[cases.second]\nproblem = ['好']\n", "cases.second.problem"),
        ("a = " + "[" * 5000, "1"),
    ],
)
def test_a_fault_in_the_office_s_file_is_told_with_its_place(write, text, where):
    with pytest.raises(Problem) as problem:
        read_synonyms(write(text))
    assert where in said(problem.value)


def test_a_file_that_is_no_text_is_told(write, tmp_path):
    path = write("")
    path.write_bytes("[items]\nstatus = ['办理状态']".encode("gb18030"))
    with pytest.raises(Problem, match=r"not_utf8"):
        read_synonyms(path)
    path.write_bytes(b"#" * 2_000_000)
    with pytest.raises(Problem, match=r"too_large"):
        read_synonyms(path)
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(Problem, match=r"unreadable"):
        read_synonyms(tmp_path / "folder.toml")


# maps


def test_a_map_says_which_column_is_which(write):
    path = write(
        'kind = "cases"\n[columns]\n"受理编号" = "number"\n"诉 求" = "complaint"\n"批示" = ""\n'
        "[letters]\nE = 'note'\n"
    )
    found = read_map(path, headings("受理编号", "诉求", "批示", "备注", "备注"))
    assert found.kind is IntakeKind.CASES
    assert found.fields == {0: "number", 1: "complaint", 4: "note"}
    assert (found.ignored, found.unknown) == ((2,), (3,))
    assert set(found.certainty.values()) == {Certainty.GIVEN}
    known = read_map_file(path)
    assert known.knows("诉求")
    assert not known.knows("备注")


def test_a_map_knows_the_lines_of_its_headings(write):
    known = read_map_file(write('kind = "cases"\n[columns]\n"诉求/要点" = "complaint"\n'))
    assert known.knows("要点")
    assert known.knows("诉求/要点")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", "kind"),
        ('kind = "return"\n[columns]\n"甲" = "number"\n', "kind"),
        ('kind = "items"\n', "columns"),
        ('kind = "items"\n[column]\n"甲" = "number"\n', "column"),
        ('kind = "items"\ncolumns = 3\n', "columns"),
        ('kind = "items"\n[columns]\n"甲" = "serial"\n', 'columns."甲"'),
        ('kind = "items"\n[columns]\n"甲" = ["number"]\n', 'columns."甲"'),
        ('kind = "items"\n[columns]\n"戊" = "number"\n', 'columns."戊"'),
        ('kind = "items"\n[columns]\n"丙" = "number"\n', 'columns."丙"'),
        ('kind = "items"\n[columns]\n"甲" = "number"\n"乙" = "number"\n', 'columns."乙"'),
        ('kind = "items"\n[columns]\n"甲" = "number"\n[letters]\nA = "note"\n', "letters.A"),
        ('kind = "items"\n[letters]\nZ = "note"\n', "letters.Z"),
    ],
)
def test_a_fault_in_a_map_is_told_with_its_place(write, text, where):
    with pytest.raises(Problem) as problem:
        read_map(write(text), headings("甲", "乙", "丙", "丙"))
    assert where in said(problem.value)


def test_a_map_is_remembered_for_the_same_headings(tmp_path):
    texts = headings("编号", "事由", "", "备注", "备注", "批示")
    mapping = Mapping(IntakeKind.ITEMS, {0: "number", 1: "problem", 2: "region", 4: "note"}, (3, 5))
    assert remembered(tmp_path, texts, IntakeKind.ITEMS) is None
    path = remember(tmp_path, texts, mapping)
    assert path.parent == tmp_path / "maps"
    found = remembered(tmp_path, headings("编 号", "事由", "", "备注", "备注：", "批示"))
    assert found is not None
    assert found.fields == mapping.fields
    assert sorted(found.unknown) == [3, 5]
    assert remembered(tmp_path, headings("编号", "事由"), IntakeKind.ITEMS) is None
    assert remembered(tmp_path, texts, IntakeKind.CASES) is None
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_remembered_map_can_be_edited_and_faults_are_told(tmp_path):
    texts = headings("编号", "事由")
    path = remember(tmp_path, texts, Mapping(IntakeKind.ITEMS, {0: "number"}, (1,)))
    path.write_text(path.read_text("utf-8").replace('# "事由" = ""', '"事由" = "problem"'), "utf-8")
    found = remembered(tmp_path, texts, IntakeKind.ITEMS)
    assert found is not None
    assert found.fields == {0: "number", 1: "problem"}
    path.write_text("kind = ", "utf-8")
    with pytest.raises(Problem) as problem:
        remembered(tmp_path, texts)
    assert path.name in Language("zh").problem(problem.value)


def test_maps_of_two_kinds_are_told_apart(tmp_path):
    texts = headings("编号", "事由")
    remember(tmp_path, texts, Mapping(IntakeKind.ITEMS, {0: "number", 1: "problem"}))
    remember(tmp_path, texts, Mapping(IntakeKind.CASES, {0: "number", 1: "complaint"}))
    assert remembered(tmp_path, texts) is None
    found = remembered(tmp_path, texts, IntakeKind.CASES)
    assert found is not None
    assert found.fields[1] == "complaint"


def test_where_nothing_can_be_written_that_is_told(tmp_path):
    (tmp_path / "maps").write_text("in the way", "utf-8")
    with pytest.raises(Problem, match=r"unwritable"):
        remember(tmp_path, headings("编号"), Mapping(IntakeKind.ITEMS, {0: "number"}))


def test_the_signature_is_that_of_the_texts_in_their_order():
    assert signature(headings("编号", "状态")) == signature(headings("编 号", "状态*"))
    assert signature(headings("编号", "状态")) != signature(headings("状态", "编号"))
    assert signature(headings("ab", "c")) != signature(headings("a", "bc"))


@given(st.text(st.characters()))
def test_any_text_can_be_written_as_toml(text):
    line = f"a = {quoted(text)}"
    assert "\n" not in line
    found = tomllib.loads(line)["a"]
    assert found == "".join("\ufffd" if "\ud800" <= each <= "\udfff" else each for each in text)


HOSTILE = st.text(
    st.sampled_from('"\\\n\r\t#=[]{}.\x00\x1b\u202e\u2028\ud800 甲乙A1（）'), max_size=12
) | st.text(max_size=12)


@given(st.lists(HOSTILE.map(clean), min_size=1, max_size=6), st.data())
def test_whatever_headings_say_a_map_is_read_as_it_was_written(tmp_path, texts, data):
    names = st.sampled_from(["number", "problem", "note", "region", "status"])
    chosen = data.draw(st.dictionaries(st.integers(0, len(texts) - 1), names, min_size=1))
    fields = {i: name for name, i in {name: i for i, name in chosen.items()}.items()}
    mapping = Mapping(IntakeKind.ITEMS, fields)
    path = remember(tmp_path, headings(*texts), mapping)
    assert read_map(path, headings(*texts)).fields == fields
    found = remembered(tmp_path, headings(*texts), IntakeKind.ITEMS)
    assert found is not None
    assert found.fields == fields
