"""What people type for a field is read by the field's kind."""

from __future__ import annotations

from datetime import date

import pytest
from country import add

from rectify_tui.domain.fields import CASE, ITEM, PROGRAMME, Field, FieldKind, Fields
from rectify_tui.errors import Problem
from rectify_tui.store.commands.typed import TypedOn, read_typed, typed_values
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.records import DECLARED

ON = TypedOn(date(2020, 3, 6), 2020)
TYPED = {
    FieldKind.TEXT: "一", FieldKind.LONG_TEXT: "一", FieldKind.NAME: "一", FieldKind.LABEL: "一",
    FieldKind.PEOPLE: "王工", FieldKind.CHOICE: "campaign", FieldKind.PERCENT: "50%",
    FieldKind.COUNT: "3", FieldKind.MONEY: "12345.67元", FieldKind.FLAG: "是",
    FieldKind.STATUS: "已完成", FieldKind.CASE_STATUS: "已办结",
    FieldKind.VERIFICATION: "confirmed", FieldKind.SUBSTANTIATED: "属实",
    FieldKind.TYPES: "水、大气", FieldKind.PAST_DAY: "2020-03-01",
    FieldKind.COMING_DAY: "2020-04-01", FieldKind.DEADLINE: "2020年底前",
    FieldKind.START: "2020-05-01", FieldKind.REGION: "230000", FieldKind.REGIONS: "230000",
    FieldKind.UNIT: "水务局", FieldKind.LEVELS: "county,city", FieldKind.NOTICE: "7个工作日",
}  # fmt: skip
SETTABLE = [
    pytest.param(fields, field, id=f"{entity}-{field.name}")
    for entity, fields in DECLARED.items()
    for field in fields.settable
]


@pytest.mark.parametrize(("fields", "field"), SETTABLE)
def test_every_field_that_can_be_set_can_be_typed(
    ledger: Ledger, fields: Fields, field: Field
) -> None:
    with ledger.batch("set") as writing:
        values = read_typed(writing.draft, fields, {field.name: TYPED[field.kind]}, year=2020)
        assert values.keys() <= set(field.kept_in)
        assert None not in values.values()


def test_a_start_has_the_last_word_over_a_deadline(ledger: Ledger) -> None:
    typed = {"start": "2020-05-01", "deadline": "应于2017年10月启动"}
    for order in (typed, dict(reversed(typed.items()))):
        with ledger.batch("set") as writing:
            assert read_typed(writing.draft, ITEM, order)["start_on"] == "2020-05-01"


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        (ITEM["progress"], "", None), (ITEM["note"], "", None), (ITEM["note"], "一\n二", "一\n二"),
        (ITEM["problem"], "", ""), (ITEM["next_on"], "", None), (CASE["passed_on"], "", None),
        (CASE["key_case"], "", 0), (CASE["key_case"], "否", 0), (CASE["types"], "", None),
        (CASE["batch"], "第一\n批", "第一 批"), (CASE["fined_wan"], "", None),
        (PROGRAMME["cutoff"], "昨天", "2020-03-05"),
    ],
)  # fmt: skip
def test_one_value(field: Field, text: str, value: object) -> None:
    typed = typed_values(field, text, ON)
    assert typed[field.column] == value
    assert typed.keys() == set(field.kept_in)


def test_what_nobody_may_set_is_named_with_what_may_be(country: Ledger) -> None:
    add(country, 1, "1")
    for name in ("ref", "since", "reviewed_on", "colour"):
        with pytest.raises(Problem) as caught, country.batch("set") as writing:
            read_typed(writing.draft, ITEM, {name: "x"})
        assert caught.value.key == "change.no_field"
        assert "next_on" in str(caught.value.params["fields"])
