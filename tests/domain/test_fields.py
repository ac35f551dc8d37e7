"""The registry of fields against what else the product knows of records."""

from __future__ import annotations

import pytest

from rectify_tui.domain import fields
from rectify_tui.domain.fields import Field, Fields
from rectify_tui.domain.timeline import DATED
from rectify_tui.i18n import LANGUAGES, Language
from rectify_tui.store import records

KINDS = {
    records.ITEM: fields.ITEM,
    records.CASE: fields.CASE,
    records.PROGRAMME: fields.PROGRAMME,
    records.REGION: fields.REGION,
    records.UNIT: fields.UNIT,
}
ALL = [(entity, field) for entity, of_kind in KINDS.items() for field in of_kind.values()]


@pytest.mark.parametrize("entity", KINDS)
def test_every_column_of_a_record_belongs_to_one_field(entity: str) -> None:
    declared = [name for field in KINDS[entity].values() for name in field.kept_in]
    spec = records.ENTITIES[entity]
    assert sorted(declared) == sorted({*spec.fields} | ({"status_on"} if spec.counted else set()))


@pytest.mark.parametrize(("entity", "field"), ALL, ids=lambda it: getattr(it, "name", it))
def test_every_field_has_a_title_in_both_languages(entity: str, field: Field) -> None:
    for code in LANGUAGES:
        assert Language(code)(f"{field.title_key}.title")
        if field.option:
            assert entity in (records.PROGRAMME, records.REGION, records.UNIT) or Language(code)(
                f"{field.title_key}.help"
            )


@pytest.mark.parametrize("of_kind", KINDS.values(), ids=KINDS)
def test_no_filter_option_or_order_means_two_fields(of_kind: Fields) -> None:
    for names in (
        [name for field in of_kind.values() for name in field.filter],
        [field.option for field in of_kind.values() if field.option],
        [field.sort for field in of_kind.values() if field.sort],
    ):
        assert len(names) == len(set(names))


def test_what_history_calls_dated_the_registry_calls_dated() -> None:
    assert fields.ITEM.dated_columns | fields.CASE.dated_columns >= DATED
