"""Single cells: what is read, and what is not because it might mean two things."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.errors import Problem
from rectify_tui.intake.importing import cells
from rectify_tui.intake.importing.cells import Scale
from rectify_tui.intake.importing.measures import numbered_measures


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020-06-30", date(2020, 6, 30)),
        ("2020.6.30", date(2020, 6, 30)),
        ("2020年6月30日", date(2020, 6, 30)),
        ("20200630", date(2020, 6, 30)),
        ("２０２０年６月３０日", date(2020, 6, 30)),
        ("2020-06-30 14:05", date(2020, 6, 30)),
        ("2020/6/30 9:00:00", date(2020, 6, 30)),
    ],
)
def test_days_with_a_year(text, day):
    assert cells.day(text) == day


@pytest.mark.parametrize(
    "text",
    ["今天", "周五", "-7d", "6月30日", "6-30", "2020-06", "2020年", "2020天前", "x"],
)
def test_what_is_no_day_without_the_present(text):
    with pytest.raises(Problem) as caught:
        cells.day(text)
    assert caught.value.key == "importing.bad_day"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("第61项", "61"),
        ("第61号问题", "61"),
        ("第６１项整改任务", "61"),
        ("第二十一个问题", "二十一"),
        ("第3-2项", "3-2"),
        ("第一轮第5项", "第一轮第5项"),
        ("第一批", "第一批"),
    ],
)
def test_numbers_of_items_said_in_words(text, number):
    assert cells.item_number(text) == number


def test_the_last_day_of_a_time():
    assert cells.last_day("2017年6月底") == date(2017, 6, 30)
    assert cells.last_day("2020年底前") == date(2020, 12, 31)
    for text in ("6月底", "长期坚持", "尽快"):
        with pytest.raises(Problem):
            cells.last_day(text)


@pytest.mark.parametrize("text", ["", "—", "/", "无", " - ", "N/A", "——"])
def test_signs_for_nothing(text):
    assert cells.blank(text)


@pytest.mark.parametrize("text", ["0", "否", "无锡市", "无需整改", "-1"])
def test_what_is_something(text):
    assert not cells.blank(text)


@pytest.mark.parametrize(
    ("column", "scale"),
    [
        ((0.35, 1.0, 0), Scale.FRACTIONS),
        (("0.35", "1"), Scale.FRACTIONS),
        ((35, 1), Scale.WHOLE),
        ((1, 0, None, ""), Scale.UNKNOWN),
        (("35%", "100%"), Scale.UNKNOWN),
        ((True, "是", date(2020, 1, 1)), Scale.UNKNOWN),
        ((0.8, "80%", 80), Scale.BOTH),
        ((35, 60, 0.5), Scale.DOUBTFUL),
    ],
)
def test_the_scale_of_a_column(column, scale):
    assert cells.scale_of(column) is scale


@given(st.integers(0, 100))
def test_percentages_in_each_scale(n):
    assert cells.percent(f"{n}%", Scale.UNKNOWN) == str(n)
    assert cells.percent(f"{n}％", Scale.FRACTIONS) == str(n)
    assert cells.percent(str(n), Scale.WHOLE) == str(n)
    assert cells.percent(str(n / 100), Scale.FRACTIONS) == str(n)
    if n != 1:
        assert cells.percent(str(n), Scale.UNKNOWN) == str(n)


@pytest.mark.parametrize(
    ("text", "scale", "percent", "exact"),
    [
        ("80", Scale.BOTH, "80", True),
        ("0.8", Scale.BOTH, "80", True),
        ("80", Scale.FRACTIONS, "80", True),
        ("80.5", Scale.WHOLE, "80", False),
        ("0.355", Scale.FRACTIONS, "35", False),
        ("约80%", Scale.WHOLE, "80", False),
        ("80％左右", Scale.WHOLE, "80", False),
        ("大约 80 %", Scale.UNKNOWN, "80", False),
        ("完成80%", Scale.UNKNOWN, "80", False),
        ("超过80%", Scale.UNKNOWN, "80", False),
        ("80%以上", Scale.UNKNOWN, "80", False),
        ("百分之八十", Scale.WHOLE, "80", False),
        ("八成", Scale.WHOLE, "80", False),
        ("约七成半", Scale.WHOLE, "75", False),
        ("99.9%", Scale.WHOLE, "99", False),
    ],
)
def test_percentages_as_people_write_them(text, scale, percent, exact):
    assert cells.percent(text, scale) == percent
    assert cells.is_exact(text, percent) is exact


@pytest.mark.parametrize(
    ("text", "scale"),
    [
        ("1", Scale.UNKNOWN),
        ("0.5", Scale.WHOLE),
        ("0.5", Scale.DOUBTFUL),
        ("1.2", Scale.BOTH),
        ("1", Scale.BOTH),
        ("101", Scale.WHOLE),
        ("-5%", Scale.WHOLE),
        ("nan", Scale.WHOLE),
        ("inf", Scale.WHOLE),
        ("50%-60%", Scale.WHOLE),
        ("50或60", Scale.WHOLE),
        ("过半", Scale.WHOLE),
        ("百分之很多", Scale.WHOLE),
        ("-约5%", Scale.WHOLE),
    ],
)
def test_what_is_no_percentage(text, scale):
    with pytest.raises(Problem):
        cells.percent(text, scale)


@pytest.mark.parametrize(
    ("text", "name", "degrees"),
    [
        ("46.6", "latitude", 46.6),
        ("46°36′", "latitude", 46.6),
        ("北纬46度36分0秒", "latitude", 46.6),
        ("125°6'0\"E", "longitude", 125.1),
        ("-0.5", "longitude", -0.5),
    ],
)
def test_coordinates(text, name, degrees):
    assert cells.coordinate(text, name) == degrees


@pytest.mark.parametrize(
    ("text", "name"),
    [("125.1", "latitude"), ("北纬46度", "longitude"), ("46°61′", "latitude"), ("nan", "latitude")],
)
def test_what_is_no_coordinate(text, name):
    with pytest.raises(Problem) as caught:
        cells.coordinate(text, name)
    assert caught.value.key == f"importing.bad_{name}"


@pytest.mark.parametrize(
    ("text", "number"), [("3家", "3"), ("3 人", "3"), ("5人次", "5"), ("3", "3"), ("三家", "三家")]
)
def test_counts_without_their_unit(text, number):
    assert cells.count(text) == number


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("建设管网", ("建设管网",)),
        ("1.建设管网；2.加强监管。", ("建设管网", "加强监管。")),
        ("（一）建设管网\n（二）加强监管", ("建设管网", "加强监管")),
        ("一是建设管网；二是加强监管", ("建设管网", "加强监管")),
        ("①建设管网。②加强监管", ("建设管网。", "加强监管")),
        ("总体要求：\n1、建设管网\n2、加强监管", ("总体要求：", "建设管网", "加强监管")),
        ("新建2.5公里管网", ("新建2.5公里管网",)),
        ("投资1.5亿元\n改造3座泵站", ("投资1.5亿元\n改造3座泵站",)),
        ("2020.5开工；2020.9完工", ("2020.5开工；2020.9完工",)),
        ("", ()),
    ],
)
def test_measures(text, measures):
    assert numbered_measures(text) == measures


@given(st.text())
def test_measures_lose_nothing_but_numbers(text):
    kept = "".join(numbered_measures(text))
    assert set(kept) <= set(text)
