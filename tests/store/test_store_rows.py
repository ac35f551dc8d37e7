"""Rows of lists give every field that is declared."""

from __future__ import annotations

from datetime import date
from typing import get_type_hints

import pytest

from rectify_tui.domain.fields import CASE, ITEM, Field, FieldKind, Fields
from rectify_tui.store.cases import CaseList, CaseRow, case_rows
from rectify_tui.store.items import ItemList, ItemRow, item_rows
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.listing import ListQuery
from rectify_tui.store.rows import Row, Selection

APART = {"carries"}
"""Fields that are read with the details of one record."""


@pytest.mark.parametrize("as_of", [None, date(2019, 12, 31)])
def test_a_row_has_every_field(seeded: Ledger, as_of: date | None) -> None:
    connection = seeded.reader()
    items = item_rows(connection, ItemList(seeded, ListQuery()).ids(0, 1), as_of=as_of)
    cases = case_rows(connection, CaseList(seeded, ListQuery()).ids(0, 1), as_of=as_of)
    for fields, row in ((ITEM, items[0]), (CASE, cases[0])):
        for field in fields.values():
            if field.name not in APART:
                value = row[field]
                assert isinstance(value, bool) == (field.kind is FieldKind.FLAG), field.name
                assert value is not None or not field.required, field.name


@pytest.mark.parametrize("kind", [ItemRow, CaseRow])
def test_what_rows_are_declared_to_have_they_have(seeded: Ledger, kind: type[Row]) -> None:
    rows: list[Row] = [
        *ItemList(seeded, ListQuery()).rows(0, 1), *CaseList(seeded, ListQuery()).rows(0, 1),
    ]  # fmt: skip
    (row,) = (row for row in rows if isinstance(row, kind))
    assert get_type_hints(kind).keys() <= vars(row).keys()


def test_a_field_that_nothing_fills_is_an_error() -> None:
    for field in (Field("phone", FieldKind.TEXT, ()), Field("heir", FieldKind.REFERENCE)):
        with pytest.raises(LookupError, match=field.name):
            Selection(Fields(field), "item", "FROM item", {})


def test_a_row_does_not_change(seeded: Ledger) -> None:
    (row,) = ItemList(seeded, ListQuery()).rows(0, 1)
    other = row.but({"progress": 7})
    assert (other.progress, other.ref) == (7, row.ref)
    assert row == row.but({}) != other
    assert len({row, row.but({}), other}) == 2
