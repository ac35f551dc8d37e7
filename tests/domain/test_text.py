"""Cleaning, measuring and ordering of text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcwidth

from rectify_tui.domain.text import clean, narrow, natural_key, pad, shorten, width
from rectify_tui.errors import Problem
from rectify_tui.i18n import Language

HOSTILE = st.lists(
    st.one_of(
        st.characters(),
        st.characters(categories=["Cs", "Co", "Cf", "Cc", "Mn", "Zs"]),
        st.sampled_from(["\u0344" * 31, "\u0323\u0301" * 20]),
        st.sampled_from(
            "\x1b[]m;\x07\x9b\x9d\x9c\\ \u3000\t\r\n水，e\u0301\u0344\u200b\u202e\u2028"
        ),
    ),
    max_size=60,
).map("".join)


@pytest.mark.parametrize(
    ("dirty", "cleaned"),
    [
        ("红\x1b[31m色\x1b[0m", "红色"),
        ("a\x1b]0;title\x07b", "ab"),
        ("a\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\b", "alinkb"),
        ("a\x9b2Jb\x9d52;c;eA==\x9cc", "abc"),
        ("a\x1b]0;never closed", "a0;never closed"),
        ("a\x1bcb\x1b(Bc", "abc"),
        ("x\x00y\x7fz\x85w", "xyz w"),
        ("a\u202eb\u2066c\u200ed\u061c", "abcd"),
        ("a\u200bb\u200cc\u200dd\ufeffe\u00adf\u2060g", "abcdefg"),
        ("葛\U000e0100城\ufe0f\u180b\u034f\u3164\U000e0041", "葛城"),
        ("\ud800a\udfff\ue000b\ufffe\ufdd0c\U0010ffff", "abc"),
        ("整改\t方案\r\n第二　　行 \u2028 完", "整改 方案 第二 行 完"),
        ("　全角，标点：（保留）１２　", "全角，标点：（保留）１２"),
        ("e\u0301", "é"),
        ("e\u200b\u0301", "é"),
        ("\uf9d0", "類"),
        ("[red]x[/red] [@click=app.quit()]", "[red]x[/red] [@click=app.quit()]"),
        ("\U000313abⅣ①", "\U000313abⅣ①"),
    ],
)
def test_clean(dirty: str, cleaned: str) -> None:
    assert clean(dirty) == cleaned


def test_clean_keeps_lines_when_asked() -> None:
    assert clean("\r\n a \t b\r\n\r\nc\rd \n", multiline=True) == "a b\n\nc\nd"


def test_too_long_is_told_with_both_figures() -> None:
    assert clean("　水" * 10, limit=19) == " ".join("水" * 10)
    with pytest.raises(Problem) as caught:
        clean("水" * 21, limit=20)
    assert caught.value.params == {"length": 21, "limit": 20}
    assert "21" in Language("en").problem(caught.value)
    assert "20" in Language("zh").problem(caught.value)


def test_composed_length_is_what_counts() -> None:
    assert clean("e\u0301" * 20, limit=20) == "é" * 20


def test_piles_of_combining_marks_are_cut_quickly() -> None:
    assert clean("水" + "\u0301" * 100 + "b") == "水" + "\u0301" * 30 + "b"
    assert len(clean("e" + "\u0323\u0301" * 500_000)) <= 31
    assert clean("…" * 100 + "\u0323" * 31) == "…" * 100 + "\u0323" * 30


@given(HOSTILE, st.booleans())
def test_clean_is_idempotent_and_leaves_nothing_hostile(text: str, multiline: bool) -> None:
    once = clean(text, multiline=multiline)
    assert clean(once, multiline=multiline) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once.encode().decode() == once
    assert "  " not in once
    assert once.strip() == once
    rest = once.replace("\n", "") if multiline else once
    assert not {unicodedata.category(c) for c in rest} & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    assert not [c for c in rest if unicodedata.category(c) == "Zs" and c != " "]


@given(st.text(st.characters(categories=["Lu", "Ll", "Lo", "Nd", "Po"], max_codepoint=0x9FFF)))
def test_clean_keeps_what_people_write(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    ignorable = set("\u115f\u1160\u17b4\u17b5\u3164\u034f")
    assert clean(text) == "".join(c for c in text if c not in ignorable)


def test_narrow_goes_character_for_character() -> None:
    assert narrow("ＨＬＪ－２０１８／３，（＋１）　、。") == "HLJ-2018/3,(+1) 、。"


def test_numbers_sort_by_value() -> None:
    numbers = ["2", "9", "10", "12", "12(+1)", "12-1", "12-2", "12-10", "13", "100"]
    assert sorted(set(numbers), key=natural_key) == numbers
    assert natural_key("12-2") == "000000012-000000002"
    assert natural_key("１２－２") == natural_key("12-2")


@given(st.integers(0, 10**9 - 1), st.integers(0, 10**9 - 1))
def test_natural_key_orders_integers(first: int, second: int) -> None:
    keys = natural_key(str(first)).encode(), natural_key(str(second)).encode()
    assert (keys[0] < keys[1]) == (first < second)


def test_every_character_is_as_wide_as_the_table_of_widths_has_it() -> None:
    for code in range(0x20, 0x1_0000):
        character = chr(code)
        if not 0xD800 <= code < 0xE000:
            assert width(character) == max(0, wcwidth(character)), hex(code)


def test_width_counts_cells() -> None:
    assert [width(text) for text in ("", "abc", "水源地", "é", "，", "e\u0323\u0301")] == [
        0, 3, 6, 1, 2, 1,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "short"),
    [(6, "水源地"), (5, "水源…"), (4, "水…"), (3, "水…"), (2, "…"), (1, "…"), (0, ""), (-1, "")],
)
def test_shorten_never_halves_a_character(cells: int, short: str) -> None:
    assert shorten("水源地", cells) == short


def test_shorten_with_an_ascii_ellipsis() -> None:
    assert [shorten("水源地abc", cells, "...") for cells in (9, 8, 7, 2, 1)] == [
        "水源地abc", "水源...", "水源...", "..", ".",
    ]  # fmt: skip


@given(HOSTILE.map(clean), st.integers(0, 80))
def test_shortened_text_fits_and_is_cut_as_late_as_possible(text: str, cells: int) -> None:
    short = shorten(text, cells)
    assert width(short) <= cells
    assert short == text or short == "" or (short.endswith("…") and text.startswith(short[:-1]))
    assert short == text or width(short) >= min(cells, 1) * (cells - 1)


@given(HOSTILE.map(clean), st.integers(0, 80))
def test_padded_text_has_the_width(text: str, cells: int) -> None:
    assert width(pad(text, cells)) == max(cells, width(text))
    assert pad(text, cells).startswith(text)
    assert pad(text, cells, "right").endswith(text)
