"""Words of the case ledger."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.domain.case import PollutionType
from rectify_tui.domain.case_words import read_pollution_types, read_substantiated
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


@pytest.mark.parametrize(
    ("texts", "types"),
    [
        ("水污染 水环境 水类 水体污染 地下水", "water"),
        ("大气污染 大气环境 大气环境类 空气污染 工业废气 恶臭 异味 大气（异味）", "air"),
        ("土壤污染 土壤环境", "soil"),
        ("生态破坏 生态问题 生态环境", "ecology"),
        ("噪声污染 噪音污染 声环境 噪聲污染 建筑施工噪声 噪音扰民", "noise"),
        ("辐射污染 辐射类 核与辐射 电磁辐射污染", "radiation"),
        ("海洋污染 海洋环境", "marine"),
        ("固废污染 垃圾污染 固体废物污染 固体废物类 危险废物", "solid_waste"),
        ("油烟污染 餐饮油烟 餐饮油烟污染", "cooking_fumes"),
        ("扬尘污染 道路扬尘", "dust"),
        ("其他污染 其它污染 其它 其他问题 重金属 重金属污染 光污染 其他（光污染）", "other"),
        ("水、大气等 水和大气 水污染及大气污染 水/气", "water air"),
    ],
)
def test_what_is_said_around_a_type_does_not_hide_it(texts: str, types: str) -> None:
    for text in texts.split():
        assert read_pollution_types(text) == tuple(types.split())


@pytest.mark.parametrize(
    "text", ["畜禽养殖", "水、农业面源", "综合污染", "大气（油烟）", "空气质量", "水污", "无"]
)
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


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ("全部属实 完全属实 情况属实 反映问题属实 经核实属实 查实 已查实 屬實", "yes"),
        ("大部分属实 多数属实 反映情况基本属实", "mostly"),
        ("部分查实 部分不属实 个别属实 举报问题部分属实 经调查，部分属实", "partly"),
        ("不实 失实 不存在 经现场核实不属实 并不属实", "no"),
    ],
)
def test_a_finding_is_read_by_how_it_is_built(texts: str, found: str) -> None:
    for text in texts.split():
        assert read_substantiated(text) == found


@pytest.mark.parametrize(
    "text", ["不太属实", "基本不属实", "未查实", "待核实", "无法核实", "是", "属实（部分）"]
)
def test_an_unknown_word_for_that(text: str) -> None:
    with pytest.raises(Problem) as caught:
        read_substantiated(text)
    assert caught.value.key == "case.bad_substantiated"
