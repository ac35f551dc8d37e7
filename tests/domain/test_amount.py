"""Amounts of money in cells."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.domain.amount import MOST_YUAN, YUAN_IN, read_amount
from rectify_tui.errors import Problem
from rectify_tui.i18n import Language


@pytest.mark.parametrize(
    ("text", "unit", "yuan"),
    [
        ("3.5", "万元", 35_000),
        ("3.5万元", None, 35_000),
        ("3.5万", None, 35_000),
        ("35000元", None, 35_000),
        ("35000元整", None, 35_000),
        ("人民币35,000元", None, 35_000),
        ("￥35,000", "元", 35_000),
        ("1,234.50", "万元", 12_345_000),
        ("１，２３４．５０", "万元", 12_345_000),
        ("３５０００", "元", 35_000),
        ("0.12", "亿元", 12_000_000),
        ("2", "千元", 2_000),
        ("2 万元", None, 20_000),
        ("10.20亿元", None, 1_020_000_000),
        ("35000.00", "元", 35_000),
        ("0.0001", "万元", 1),
        ("0", None, 0),
        ("0.00", "万元", 0),
        ("35000 yuan", None, 35_000),
        ("", "万元", None),
        ("  ", None, None),
        ("—", "万元", None),
        ("——", "元", None),
        ("-", None, None),
        ("/", "元", None),
        ("无", "元", None),
    ],
)
def test_amounts_are_whole_yuan(text, unit, yuan):
    assert read_amount(text, unit) == yuan


def test_the_unit_in_the_cell_goes_before_that_of_the_heading():
    assert read_amount("35000元", "万元") == 35_000
    assert read_amount("3.5万元", "元") == 35_000


@pytest.mark.parametrize(
    ("text", "unit", "key"),
    [
        ("约3万元", None, "unreadable"),
        ("3-5万元", None, "unreadable"),
        ("3万余元", None, "unreadable"),
        ("3万5千元", None, "unreadable"),
        ("三万元", None, "unreadable"),
        ("12,34", "元", "unreadable"),
        ("12 34", "元", "unreadable"),
        ("1.2.3", "元", "unreadable"),
        ("-3", "万元", "unreadable"),
        ("3.5", None, "no_unit"),
        ("3.5", "家", "no_money"),
        ("251542.715", "元", "parts_of_fen"),
        ("0.0000001", "万元", "parts_of_fen"),
        ("999999999999", "万元", "too_large"),
        ("9" * 300, "元", "too_large"),
        ("见附件", "元", "unreadable"),
        ("NaN", "元", "unreadable"),
        ("1e5", "元", "unreadable"),
    ],
)
def test_what_is_no_amount_is_said(text, unit, key):
    with pytest.raises(Problem) as problem:
        read_amount(text, unit)
    assert problem.value.key == f"table_finding.amount.{key}"
    for code in ("zh", "en"):
        assert Language(code).problem(problem.value)


@given(st.integers(0, MOST_YUAN), st.sampled_from(sorted(YUAN_IN)))
def test_an_amount_is_the_same_in_every_unit(yuan, unit):
    text = f"{Decimal(yuan) / YUAN_IN[unit]:f}"
    assert read_amount(text, unit) == yuan
    assert read_amount(f"{Decimal(text):,f}" + unit, None) == yuan


@given(st.text(), st.sampled_from([*YUAN_IN, None, "家"]))
def test_any_text_is_an_amount_or_a_problem(text, unit):
    try:
        found = read_amount(text, unit)
    except Problem:
        return
    assert found is None or 0 <= found <= MOST_YUAN
