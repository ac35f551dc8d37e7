"""Every term of the filter finds what it names in a store."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from moving_clock import Clock

from rectify_tui.domain.filter_fields import CASE_FIELDS, ITEM_FIELDS, FieldSpec, Kind
from rectify_tui.domain.filter_text import parse_filter
from rectify_tui.store.cases import CaseList
from rectify_tui.store.commands.items import set_items
from rectify_tui.store.items import ITEMS, ItemList
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.listing import ListQuery, count_rows
from rectify_tui.store.references import item_ids

DAY = date(2020, 3, 6)
VALUES = {
    Kind.STATUS: "behind", Kind.CASE_STATUS: "open", Kind.SUBSTANTIATED: "yes",
    Kind.TYPES: "水", Kind.WORD: "", Kind.DAYS: "2020-01..2020-06", Kind.PERCENT: "50",
    Kind.AMOUNT: "5", Kind.PROGRAMME: "HLJ-2018", Kind.NUMBERS: "3-9",
    Kind.REFERENCES: "HLJ-2018/3-9", Kind.NAME: "黑龙江", Kind.TEXT: "水",
}  # fmt: skip
TERMS = [
    pytest.param(listing, fields, name, id=f"{listing.__name__}-{name}")
    for listing, fields in ((ItemList, ITEM_FIELDS), (CaseList, CASE_FIELDS))
    for name in fields
]


@pytest.fixture(scope="module")
def read(seed_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The seed for all tests that only read it."""
    path = Path(shutil.copy(seed_store, tmp_path_factory.mktemp("read")))
    ledger = Ledger(path, clock=Clock(), read_only=True)
    yield ledger
    ledger.close()


@pytest.fixture(scope="module")
def whole(read: Ledger) -> Callable[[type[ItemList] | type[CaseList], date | None], int]:
    """How many records there are without a filter, by the list and the day."""
    return cache(lambda listing, as_of: listing(read, ListQuery(as_of=as_of)).count())


@pytest.mark.parametrize("as_of", [None, date(2019, 12, 31)])
@pytest.mark.parametrize(("listing", "fields", "name"), TERMS)
def test_every_term_and_its_contrary_part_the_list(
    read: Ledger,
    whole: Callable[[type[ItemList] | type[CaseList], date | None], int],
    listing: type[ItemList] | type[CaseList],
    fields: Mapping[str, FieldSpec],
    name: str,
    as_of: date | None,
) -> None:
    def count(text: str) -> int:
        wanted = parse_filter(text, fields, today=DAY)
        return listing(read, ListQuery(wanted, as_of=as_of)).count()

    spec = fields[name]
    values = [VALUES[spec.kind], *spec.words, *(["none"] if spec.optional else [])]
    for value in filter(None, values):
        parts = count(f"{name}:{value}") + count(f"-{name}:{value}")
        assert parts == whole(listing, as_of) > 0


def test_what_a_review_left_can_be_asked_for(seeded: Ledger) -> None:
    with seeded.batch("set") as writing:
        ids = item_ids(writing.draft.connection, ["HLJ-2018/3,5"])
        said = {"next_step": "完成征地", "next_on": "2020-04-30", "reason": "资金未到位"}
        set_items(writing.draft, ids, said)

    def refs(text: str) -> list[str]:
        wanted = parse_filter(text, ITEM_FIELDS, today=DAY)
        return [row.ref for row in ItemList(seeded, ListQuery(wanted)).rows(0, 9)]

    both = ["HLJ-2018/3", "HLJ-2018/5"]
    for text in ("next:征地", "promised<2020-05", "原因=资金未到位", "-下一步:none"):
        assert refs(text) == both, text
    assert refs("promised<2020-04 programme:HLJ-2018") == []


def ids_of(ledger: Ledger, text: str) -> set[int]:
    """The items that meet a filter; as many are counted without being listed."""
    query = ListQuery(parse_filter(text, ITEM_FIELDS, today=DAY))
    listing = ItemList(ledger, query)
    ids = set(listing.ids(0, listing.count()))
    assert count_rows(ledger, ITEMS, query) == listing.count() == len(ids)
    return ids


@pytest.mark.parametrize("text", ["-group:completed -group:merged", "-status:completed,merged"])
@pytest.mark.parametrize("due", ["due:2018..2020", "due<=2020-12-31", "due:none", "-due:none"])
@pytest.mark.parametrize("place", ["", "region:大庆", "-region:大庆", "programme:HLJ-2018"])
def test_what_is_due_of_the_open_ones_is_found_by_its_index(
    read: Ledger, text: str, due: str, place: str
) -> None:
    each = [ids_of(read, term) for term in (*text.split(), due, *place.split())]
    assert ids_of(read, f"{due} {text} {place}") == set.intersection(*each)
    assert ids_of(read, f"{due} {place}") == set.intersection(*each[1 + (" " in text) :])


@pytest.fixture(scope="module")
def explained(seed_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The seed, some of whose items were given another status, and most of these a reason."""
    path = Path(shutil.copy(seed_store, tmp_path_factory.mktemp("explained")))
    ledger = Ledger(path, clock=Clock())
    some = sorted(ids_of(ledger, "programme:HLJ-2018 -group:merged"))[::3]
    with ledger.batch("set") as writing:
        for number, id in enumerate(some):
            said = {"status": ("behind", "not_completed", "not_started", "completed")[number % 4]}
            why = {"reason": ("资金未到位", "征地")[number % 2]} if number % 3 else {}
            set_items(writing.draft, [id], said | why)
    yield ledger
    ledger.close()


@pytest.mark.parametrize(
    "text",
    ["group:behind", "status:behind,not_started", "-status:completed,merged", "-group:behind"],
)
@pytest.mark.parametrize("reason", ["reason:none", "-reason:none", "reason:none,资金"])
@pytest.mark.parametrize("place", ["", "region:大庆", "programme:HLJ-2018"])
def test_what_is_open_and_unexplained_is_found_by_its_index(
    explained: Ledger, text: str, reason: str, place: str
) -> None:
    each = [ids_of(explained, term) for term in (text, reason, *place.split())]
    assert ids_of(explained, f"{text} {reason} {place}") == set.intersection(*each)
    assert all(each)
