"""References to items."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.domain.reference import (
    ItemReference,
    NumberRange,
    expand,
    format_reference,
    format_references,
    read_number,
    read_programme_code,
    read_references,
)
from rectify_tui.errors import Problem
from rectify_tui.i18n import LANGUAGES, Language


def reference(code: str, *numbers: str) -> ItemReference:
    return ItemReference(code, tuple(NumberRange(n, n, n) for n in numbers))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HLJ-2018/12", [reference("HLJ-2018", "12")]),
        ("hlj-2018/12", [reference("HLJ-2018", "12")]),
        ("HLJ-2018", [reference("HLJ-2018")]),
        ("ＨＬＪ－２０１８／１２，１４、１６", [reference("HLJ-2018", "12", "14", "16")]),
        ("HLJ-2018 / 12 , 14", [reference("HLJ-2018", "12", "14")]),
        ("HLJ-2018/12(+1)、12（＋２）", [reference("HLJ-2018", "12(+1)", "12(+2)")]),
        ("黑龙江-2018/（一）", [reference("黑龙江-2018", "(一)")]),
        ("A/1 B/2;C", [reference("A", "1"), reference("B", "2"), reference("C")]),
        ("A/1,B/2,3,C", [reference("A", "1"), reference("B", "2", "3", "C")]),
        ("A,B", [reference("A"), reference("B")]),
        ("a\u200b/1\n\nb/2；", [reference("A", "1"), reference("B", "2")]),
    ],
)
def test_read(text: str, expected: list[ItemReference]) -> None:
    assert list(read_references(text)) == expected


def test_ranges_keep_what_was_written() -> None:
    (read,) = read_references("HLJ-2018/3 – 9,14")
    assert read.ranges == (NumberRange("3", "9", "3-9"), NumberRange("14", "14", "14"))
    assert str(read) == "HLJ-2018/3-9,14"


def test_several_texts() -> None:
    assert read_references(["A/1", "", "B C"]) == (
        reference("A", "1"), reference("B"), reference("C"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "empty"),
        (" ; ", "empty"),
        ("/12", "bad_code"),
        ("-x/1", "bad_code"),
        ("a:b/1", "bad_code"),
        ("x" * 41, "code_too_long"),
        ("x/" + "1" * 41, "number_too_long"),
        ("HLJ-2018/", "bad_number"),
        ("HLJ-2018/3,,4", "bad_number"),
        ("HLJ-2018/-3", "bad_number"),
        ("HLJ-2018/3/4", "two_slashes"),
    ],
)
def test_what_is_wrong_is_said_with_an_example(text: str, key: str) -> None:
    with pytest.raises(Problem) as caught:
        read_references(text)
    assert caught.value.key == f"reference.{key}"
    for code in LANGUAGES:
        assert "HLJ-2018" in Language(code).problem(caught.value)


@given(st.one_of(st.text(), st.text("Aé水1-/,、.;（）+ \u200b", max_size=30)))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        references = read_references(text)
    except Problem as problem:
        told = [Language(code).problem(problem) for code in LANGUAGES]
    else:
        told = []
        assert read_references(" ".join(map(str, references))) == references
    assert all("HLJ-2018" in sentence for sentence in told)


def test_one_spelling_for_codes_and_numbers() -> None:
    assert read_programme_code(" ｈlj－2018 ") == "HLJ-2018"
    assert read_programme_code("x" * 40) == "X" * 40
    assert read_number("１２—２") == "12-2"


def expanded(text: str, *numbers: str) -> tuple[str, ...]:
    (read,) = read_references(text)
    return expand(read, set(numbers).__contains__)


def test_a_split_number_comes_before_a_range() -> None:
    assert expanded("P/3-5", "3", "4", "5", "3-5") == ("3-5",)
    assert expanded("P/3-5", "3", "5") == ("3", "4", "5")
    assert expanded("P/12-2", "12", "12-2") == ("12-2",)


def test_every_number_comes_once_in_the_order_written() -> None:
    assert expanded("P/4,2-4,9,2") == ("4", "2", "3", "9")
    assert expanded("P") == ()


def test_leading_zeros_of_a_range() -> None:
    assert expanded("P/08-11") == ("08", "09", "10", "11")


@pytest.mark.parametrize(
    ("text", "key"),
    [("P/12-2", "backwards"), ("P/1-100001", "too_many"), ("P/1-60000,70000-120000", "too_many")],
)
def test_ranges_that_cannot_be(text: str, key: str) -> None:
    with pytest.raises(Problem) as caught:
        expanded(text)
    assert caught.value.key == f"reference.{key}"
    for code in LANGUAGES:
        assert Language(code).problem(caught.value)


def test_the_largest_range() -> None:
    assert len(expanded("P/1-100000")) == 100_000


def test_format() -> None:
    assert format_reference("HLJ-2018", "12") == "HLJ-2018/12"
    items = [("HLJ-2018", str(n)) for n in (14, 9, 3, 4, 5, 6, 7, 8, 14, 20, 21)]
    assert format_references([*items, ("A", "12-2"), ("A", "2"), ("A", "012")]) == (
        "HLJ-2018/3-9,14,20,21 A/2,012,12-2"
    )
    assert format_references([("P", n) for n in ("3", "4", "5", "3-5")]) == "P/3,3-5,4,5"
    assert format_references([]) == ""


NUMBERS = st.one_of(
    st.integers(0, 30).map(str),
    st.tuples(st.integers(1, 9), st.integers(1, 9)).map("{0[0]}-{0[1]}".format),
    st.sampled_from(["12(+1)", "03", "A3", "(一)"]),
)


@given(st.lists(st.tuples(st.sampled_from(["HLJ-2018", "水"]), NUMBERS), min_size=1))
def test_formatted_references_stand_for_the_same_items(items: list[tuple[str, str]]) -> None:
    again = [
        (each.programme, number)
        for each in read_references(format_references(items))
        for number in expand(each, {n for code, n in items if code == each.programme}.__contains__)
    ]
    assert sorted(again) == sorted(set(items))
