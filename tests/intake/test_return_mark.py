"""What is hidden in a return, and how columns are recognised."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.i18n import LANGUAGES, Language
from rectify_tui.intake.returns.columns import (
    COLUMNS,
    MARK,
    column_called,
    find_columns,
    heading,
)
from rectify_tui.intake.returns.mark import (
    SEALED,
    VERSION,
    fingerprint_rows,
    make_fingerprint,
    read_fingerprint,
    read_mark,
    row_mark,
)

CELLS = st.lists(st.text(), min_size=len(SEALED), max_size=len(SEALED))
ROWS = ["HLJ-A/1", "HLJ-A/2"]
MARKS = [row_mark("R1", n, [ref, "问题"]) for n, ref in enumerate(ROWS, 1)]
HEAD = (17, "ab" * 32)


@pytest.fixture
def fingerprint():
    return make_fingerprint("R20200306-001", date(2020, 3, 6), HEAD, MARKS, "大庆市")


# --- rows ---


@given(st.text(max_size=40), st.integers(1, 10**17), CELLS)
def test_a_mark_tells_its_item_and_looks_like_no_number(code, id, identity):
    mark = row_mark(code, id, identity)
    found = read_mark(f" {mark}\n")
    assert found is not None
    assert found[0] == id
    assert mark == f"{id}.{found[1]}"
    with pytest.raises(ValueError, match="could not convert"):
        float(mark)


@given(CELLS, st.integers(0, len(SEALED) - 1), st.text("新字x", min_size=1))
def test_a_mark_changes_with_every_cell_it_seals(identity, at, more):
    altered = [*identity]
    altered[at] += more
    assert row_mark("R1", 1, altered) != row_mark("R1", 1, identity)


def test_a_mark_belongs_to_one_return_and_one_item():
    marks = {row_mark(code, id, ["x"]) for code in ("R1", "R2") for id in (1, 2, 12)}
    assert len({mark.partition(".")[2] for mark in marks}) == 6
    assert row_mark("R1", 1, ["ab", ""]) != row_mark("R1", 1, ["a", "b"])


def test_spaces_and_line_ends_that_programs_change_do_not_matter():
    assert row_mark("R1", 1, ["已关停\r\n 3 家"]) == row_mark("R1", 1, ["已关停\n3家 "])
    assert row_mark("R1", 1, ["e\u0301"]) == row_mark("R1", 1, ["\u00e9"])


@pytest.mark.parametrize(
    "text",
    ["", "1", "1.", "0.abcdefghij", "1.abcdefghi", "1.abcdefghiq", "１.abcdefghij", "x" * 9999],
)  # fmt: skip
def test_what_is_no_mark(text):
    assert read_mark(text) is None


@given(st.text())
def test_reading_a_mark_never_fails(text):
    read_mark(text)


# --- the hidden sheet ---


def test_a_fingerprint_is_read_as_it_was_written(fingerprint):
    assert fingerprint.version == VERSION
    assert fingerprint.rows == 2
    rows = fingerprint_rows(fingerprint)
    assert read_fingerprint(rows) == fingerprint
    padded = [("", ""), *((f" {name} ", "", f"{value} ", "") for name, value in rows), ()]
    assert read_fingerprint(reversed(padded)) == fingerprint


def test_a_fingerprint_seals_its_marks_in_whatever_order(fingerprint):
    assert fingerprint.seals(reversed(MARKS))
    assert not fingerprint.seals(MARKS[:1])
    assert not fingerprint.seals([*MARKS, MARKS[0]])
    assert not fingerprint.seals([MARKS[0], row_mark("R1", 3, ["x"])])


@pytest.mark.parametrize(
    "change",
    [{"code": "R20200306-002"}, {"cutoff": date(2020, 3, 7)}, {"head_seq": 18}, {"rows": 3},
     {"head_hash": "ba" * 32}, {"version": 2}],
)  # fmt: skip
def test_a_fingerprint_seals_itself(fingerprint, change):
    assert not replace(fingerprint, **change).seals(MARKS)


def test_whom_it_was_sent_to_is_for_people_only(fingerprint):
    rows = [row for row in fingerprint_rows(fingerprint) if row[0] != "place"]
    found = read_fingerprint(rows)
    assert found == replace(fingerprint, recipient="")
    assert found.seals(MARKS)


@pytest.mark.parametrize(
    ("name", "value"),
    [("code", ""), ("code", "R 1"), ("code", "R" * 41), ("cutoff", "2020-03-32"), ("cutoff", ""),
     ("head_seq", "-1"), ("head_seq", "1.0"), ("head_seq", "9" * 19), ("head_seq", "१"),
     ("head_hash", "AB" * 32), ("head_hash", ""), ("digest", "0"), ("rows", ""),
     ("rectify-return", ""), ("rectify-return", "x")],
)  # fmt: skip
def test_a_fingerprint_that_is_not_whole_is_none(fingerprint, name, value):
    rows = dict(fingerprint_rows(fingerprint)) | {name: value}
    assert read_fingerprint(rows.items()) is None


def test_two_words_on_the_same_thing_are_none(fingerprint):
    rows = fingerprint_rows(fingerprint)
    assert read_fingerprint([*rows, ("code", "R20200306-001")]) == fingerprint
    assert read_fingerprint([*rows, ("code", "R20200306-002")]) is None


@given(st.lists(st.lists(st.text(max_size=5), max_size=4), max_size=8))
def test_reading_a_fingerprint_never_fails(rows):
    assert read_fingerprint(rows) is None


def test_an_endless_sheet_is_read_for_a_while_only():
    def rows():
        for n in range(10_000):
            assert n < 100
            yield "x", "y"

    assert read_fingerprint(rows()) is None


# --- headings ---

ALL = (*COLUMNS, MARK)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_heading_is_found_again_wherever_it_stands(code):
    t = Language(code)
    headings = [heading(column, t) for column in reversed(ALL)]
    found = find_columns(["", "其他", *headings])
    assert [found[column.name] for column in reversed(ALL)] == list(range(2, 2 + len(ALL)))


def test_headings_of_the_two_languages_never_mean_different_columns():
    keys = {key: column.name for column in ALL for key in column.known_by}
    called = {Language(code)(key): name for key, name in keys.items() for code in LANGUAGES}
    assert len(called) >= 2 * len(ALL)
    assert {text: column_called(text) for text in called} == called


@pytest.mark.parametrize(
    ("text", "name"),
    [("进度(%)", "progress"), ("进 度", "progress"), ("进度（％）", "progress"), ("备注", "note"),
     ("备注\n（进展情况）", "note"), ("STATUS DATE", "on"), ("校验码", "mark"), ("进度情况", None),
     ("状态", "status"), ("承诺日期", "next_on"), ("承诺完成日期", "next_on"),
     ("", None), ("（）", None)],
)  # fmt: skip
def test_a_heading_is_recognised_as_programs_and_people_leave_it(text, name):
    assert column_called(text) == name


def test_of_two_columns_with_the_same_heading_the_first_counts():
    assert find_columns(["编号", "备注", "备注（进展情况）", "Reference"]) == {"ref": 0, "note": 1}
