"""What people write that cannot be read is named, and changes nothing."""

from __future__ import annotations

import pytest
from country import add, dump, put

from rectify_tui.errors import Problem
from rectify_tui.store.commands.cases import add_case, set_cases
from rectify_tui.store.commands.places import NewProgramme, add_programme, add_region
from rectify_tui.store.ledger import Ledger


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"status": "情况不明"}, "status.unknown"),
        ({"status": "已并入"}, "item.merge_needs_target"),
        ({"progress": "101"}, "item.bad_progress"),
        ({"progress": "-1"}, "item.bad_progress"),
        ({"verification": "maybe"}, "item.bad_verification"),
        ({"region": "月球"}, "region.not_found"),
        ({"region": "一"}, "region.ambiguous"),
        ({"start": "不知何时"}, "item.bad_start"),
        ({"colour": "red"}, "change.no_field"),
        ({"problem": "长" * 4001}, "text.too_long"),
        ({"responsible": "长" * 201}, "text.too_long"),
    ],
)
def test_bad_fields_of_items(country: Ledger, fields: dict[str, str], key: str) -> None:
    id = add(country, 1, "1")
    before = dump(country.address)
    with pytest.raises(Problem) as caught:
        put(country, id, note="also", **fields)
    assert caught.value.key == key
    with pytest.raises(Problem) as caught:
        add(country, 1, "2", **fields)
    assert caught.value.key == key
    assert dump(country.address) == before


@pytest.mark.parametrize(
    ("number", "key"),
    [("", "item.bad_number"), ("\u200b", "item.bad_number"), ("1/2", "item.bad_number"),
     ("9" * 41, "text.too_long")],
)  # fmt: skip
def test_bad_numbers_of_items(country: Ledger, number: str, key: str) -> None:
    with pytest.raises(Problem) as caught:
        add(country, 1, number)
    assert caught.value.key == key


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"status": "差不多"}, "status.unknown_case"),
        ({"region": ""}, "region.no_name"),
        ({"types": "水、蓝"}, "case.bad_type"),
        ({"substantiated": "也许"}, "case.bad_substantiated"),
        ({"passed_on": "2019-02-30"}, "dates.unreadable"),
        ({"fined_wan": "很多"}, "case.bad_fine"),
        ({"fined_wan": "-1"}, "case.bad_fine"),
        ({"fined_wan": "0.0000001"}, "case.bad_fine"),
        ({"fined_wan": "NaN"}, "case.bad_fine"),
        ({"ordered": "3.5"}, "case.bad_count"),
        ({"key_case": "也许"}, "change.bad_flag"),
        ({"batch": "长" * 201}, "text.too_long"),
        ({"colour": "red"}, "change.no_field"),
    ],
)
def test_bad_fields_of_cases(country: Ledger, fields: dict[str, str], key: str) -> None:
    with country.batch("add") as writing:
        id = add_case(writing.draft, 1, "D1", {})
    before = dump(country.address)
    with pytest.raises(Problem) as caught, country.batch("set") as writing:
        set_cases(writing.draft, [id], fields)
    assert caught.value.key == key
    assert dump(country.address) == before


@pytest.mark.parametrize(
    ("new", "key"),
    [
        (NewProgramme("坏/码", "名", 1, 2020), "programme.bad_code"),
        (NewProgramme("one", "名", 1, 2020), "programme.exists"),
        (NewProgramme("NEW", " ", 1, 2020), "programme.no_name"),
        (NewProgramme("NEW", "名", 1, 20), "programme.bad_year"),
        (NewProgramme("NEW", "名", 1, 2020, kind="party"), "programme.bad_kind"),
    ],
)
def test_bad_programmes(country: Ledger, new: NewProgramme, key: str) -> None:
    with pytest.raises(Problem) as caught, country.batch("add") as writing:
        add_programme(writing.draft, new)
    assert caught.value.key == key


@pytest.mark.parametrize(
    ("name", "under", "kind", "key"),
    [
        ("", 2, "zone", "region.no_name"),
        ("新区", 2, "city", "region.bad_kind"),
        ("新区", 4, "zone", "region.below_county"),
        ("甲省兵团", 2, "corps", "region.exists"),
    ],
)
def test_bad_regions(country: Ledger, name: str, under: int, kind: str, key: str) -> None:
    with pytest.raises(Problem) as caught, country.batch("add") as writing:
        add_region(writing.draft, name, under, kind)
    assert caught.value.key == key


def test_a_record_that_is_not_there(country: Ledger) -> None:
    with pytest.raises(Problem) as caught:
        put(country, 99, status="behind")
    assert caught.value.key == "store.no_record"
