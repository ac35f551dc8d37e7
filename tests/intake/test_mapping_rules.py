"""Columns that somebody tells the field of."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_mapping import fields, headings

from rectify_tui.errors import Problem
from rectify_tui.intake.mapping import ColumnRule, read_column_rule, read_synonyms, with_rules
from rectify_tui.intake.mapping.model import Certainty

TEXTS = ("序号", "存在问题", "整改状态", "计划完成", "备注")


def ruled(*rules: str):
    heads = headings(*TEXTS)
    mapping = read_synonyms(Path("/nowhere")).guess(heads)
    return with_rules(mapping, heads, map(read_column_rule, rules))


def test_a_rule_reads_by_letter_or_heading():
    assert read_column_rule("I=deadline") == ColumnRule("I", "deadline")
    assert read_column_rule(" 备注 = ") == ColumnRule("备注", "")
    for text in ("deadline", "=deadline"):
        with pytest.raises(Problem) as problem:
            read_column_rule(text)
        assert problem.value.key == "mapping.bad_column"


def test_what_is_told_goes_before_what_is_guessed():
    mapping = ruled("D=deadline", "备注=")
    found = fields(mapping, *TEXTS)
    assert found["计划完成"] == "deadline"
    assert "备注" not in found
    assert mapping.ignored == (4,)
    assert mapping.certainty[3] is Certainty.GIVEN
    assert 3 not in mapping.unknown


def test_a_field_has_one_column_and_the_later_rule_counts():
    mapping = ruled("D=status")
    assert fields(mapping, *TEXTS)["计划完成"] == "status"
    assert "整改状态" not in fields(mapping, *TEXTS)
    assert 2 in mapping.unknown
    assert fields(ruled("D=deadline", "D=note"), *TEXTS)["计划完成"] == "note"


@pytest.mark.parametrize(("rule", "key"), [("Z=note", "no_column"), ("D=nonsense", "no_field")])
def test_what_there_is_not_is_told(rule, key):
    with pytest.raises(Problem) as problem:
        ruled(rule)
    assert problem.value.key == f"mapping.{key}"
