"""Words of the case ledger."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.domain.case import PollutionType, read_pollution_types, read_substantiated
from rectify_tui.errors import Problem

GLOSSARY = "水、大气、土壤、生态、噪声、辐射、海洋、固废、油烟、扬尘、其他"


def test_every_type_of_the_glossary_has_a_word() -> None:
    assert read_pollution_types(GLOSSARY) == tuple(PollutionType)


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("", ()),
        (" ", ()),
        ("水", ("water",)),
        ("大气、水", ("air", "water")),
        ("水,大气，水;噪音；垃圾/油烟 扬尘", ("water", "air", "noise", "solid_waste",
                                    "cooking_fumes", "dust")),
        ("Water, SOIL", ("water", "soil")),
        ("、水、、", ("water",)),
        ("水污染\n其它", ("water", "other")),
    ],
)  # fmt: skip
def test_several_types_in_a_cell(text: str, types: tuple[str, ...]) -> None:
    assert read_pollution_types(text) == types


@given(st.lists(st.sampled_from(list(PollutionType)), unique=True), st.sampled_from("、,，;；/ "))
def test_what_is_kept_reads_back(types: list[PollutionType], mark: str) -> None:
    assert read_pollution_types(mark.join(types)) == tuple(types)


@pytest.mark.parametrize("text", ["光", "水、光", "水和气"])
def test_an_unknown_type_is_named(text: str) -> None:
    with pytest.raises(Problem) as caught:
        read_pollution_types(text)
    assert caught.value.key == "case.bad_type"
    assert caught.value.params["word"] in text


@pytest.mark.parametrize(
    ("text", "found"),
    [("属实", "yes"), ("基本属实", "mostly"), ("部分属实", "partly"), ("不属实", "no"),
     (" YES ", "yes"), ("", None), ("  ", None)],
)  # fmt: skip
def test_whether_a_complaint_proved_true(text: str, found: str | None) -> None:
    assert read_substantiated(text) == found


def test_an_unknown_word_for_that() -> None:
    with pytest.raises(Problem) as caught:
        read_substantiated("不太属实")
    assert caught.value.key == "case.bad_substantiated"
