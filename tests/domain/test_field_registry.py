"""The registry of fields against what else the product knows of records."""

from __future__ import annotations

import pytest

from rectify_tui.domain.fields import CASE, ITEM, NUMBERS, Field, Fields
from rectify_tui.i18n import LANGUAGES, Language
from rectify_tui.store import records
from rectify_tui.store.ledger import Ledger

KINDS = records.DECLARED
ALL = [(entity, field) for entity, of_kind in KINDS.items() for field in of_kind.values()]


@pytest.mark.parametrize("entity", KINDS)
def test_every_column_of_a_record_is_kept_by_one_field(entity: str) -> None:
    columns = [name for field in KINDS[entity].values() for name in field.kept_in]
    assert len(columns) == len(set(columns))


@pytest.mark.parametrize("entity", KINDS)
def test_a_store_has_the_columns_that_are_declared(ledger: Ledger, entity: str) -> None:
    spec = records.ENTITIES[entity]
    kept = {name for _, name, *_ in ledger.reader().execute(f"PRAGMA table_info({spec.table})")}
    assert kept - {"id", "rev", "number_key", "status_on", "last_on"} == set(spec.fields)


def test_the_store_keeps_as_numbers_what_is_said_to_be_a_number(ledger: Ledger) -> None:
    for fields, table in ((ITEM, "item"), (CASE, "complaint_case")):
        info = ledger.reader().execute(f"PRAGMA table_info({table})")
        numeric = {name for _, name, kind, *_ in info if kind != "TEXT"}
        said = {field.column for field in fields.of_kind(*NUMBERS) if field.kept_in}
        assert said == numeric & {field.column for field in fields.values() if field.kept_in}


@pytest.mark.parametrize(("entity", "field"), ALL, ids=lambda it: getattr(it, "name", it))
def test_every_field_has_a_title_in_both_languages(entity: str, field: Field) -> None:
    for code in LANGUAGES:
        assert Language(code)(f"{field.title_key}.title")
        if field.option:
            assert Language(code)(f"{field.title_key}.help")


@pytest.mark.parametrize("of_kind", KINDS.values(), ids=KINDS)
def test_no_filter_option_or_order_means_two_fields(of_kind: Fields) -> None:
    for names in (
        [name for field in of_kind.values() for name in field.filter],
        [field.option for field in of_kind.values() if field.option],
        [field.sort for field in of_kind.values() if field.sort],
    ):
        assert len(names) == len(set(names))
