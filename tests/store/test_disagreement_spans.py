"""The days on which items disagree are kept, follow every change, and are proved and mended."""

from __future__ import annotations

from datetime import date

import pytest
from country import add, healthy, put
from forger import do, plain

from rectify_tui.domain.timeline import Later
from rectify_tui.store.check import run_checks
from rectify_tui.store.commands.items import add_item, add_measure, add_milestone, set_items
from rectify_tui.store.commands.places import add_region
from rectify_tui.store.disagreements import disagreements
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.regions import one_region
from rectify_tui.store.repair import repair
from rectify_tui.store.rollup_read import By, RollupQuery
from rectify_tui.store.undo import undo

JIA, JIA_TWO = 3, 6
"""The ids of 甲一市 and 甲二市."""

Kept = list[tuple[str, str, int]]


def kept(ledger: Ledger) -> Kept:
    """From when to when items disagreed, and in which region."""
    rows = ledger.reader().execute(
        "SELECT from_on, to_on, region_id FROM disagreement ORDER BY item_id, from_on"
    )
    return rows.fetchall()


def sums(ledger: Ledger) -> list[tuple[str, int]]:
    """The differences that are kept of all places together, by period."""
    rows = ledger.reader().execute("SELECT period, n FROM disagreement_sum WHERE n <> 0 ORDER BY 1")
    return rows.fetchall()


def region_of(ledger: Ledger, name: str) -> int:
    return one_region(ledger.reader(), name).id


@pytest.fixture
def late(country: Ledger) -> Ledger:
    """An item that was on schedule until 10 February, and is reported so still."""
    add(country, 1, "1", region="甲一市", status="on schedule", deadline="2020-02-10",
        on=date(2020, 1, 1))  # fmt: skip
    return country


def test_days_follow_from_an_item_until_it_changes(late: Ledger) -> None:
    assert kept(late) == [("2020-02-11", "9999-12-31", JIA)]
    put(late, 1, region="甲二市", on=date(2020, 2, 20))
    moved = [("2020-02-11", "2020-02-20", JIA), ("2020-02-20", "9999-12-31", JIA_TWO)]
    assert kept(late) == moved
    put(late, 1, status="behind", on=date(2020, 2, 15))  # as the schedule has it
    assert kept(late) == [("2020-02-11", "2020-02-15", JIA)]
    undo(late)
    assert kept(late) == moved
    undo(late)
    undo(late)
    assert kept(late) == []
    assert healthy(late)


def test_what_is_said_of_several_days_is_judged_from_the_first(late: Ledger) -> None:
    put(late, 1, status="behind", on=date(2020, 2, 20))
    assert kept(late) == [("2020-02-11", "2020-02-20", JIA)]
    with late.batch("set") as writing:
        set_items(writing.draft, [1], {"status": "completed"}, on=date(2020, 2, 15),
                  later=Later.FROM_THEN_ON)  # fmt: skip
    assert kept(late) == [("2020-02-11", "2020-02-15", JIA)]


def test_progress_crosses_the_line_on_a_day_of_its_own(country: Ledger) -> None:
    add(country, 1, "1", region="甲一市", status="on schedule", start="2020-01-01",
        deadline="2020-04-09", progress="20", on=date(2020, 1, 1))  # fmt: skip
    # a hundred days: 20 % and the tolerance of 10 are passed by after the thirtieth
    assert kept(country) == [("2020-02-01", "9999-12-31", JIA)]
    put(country, 1, progress="60", on=date(2020, 2, 10))
    days = [("2020-02-01", "2020-02-10", JIA), ("2020-03-12", "9999-12-31", JIA)]
    assert kept(country) == days


def test_steps_say_it_too(country: Ledger) -> None:
    add(country, 1, "1", region="甲一市", status="on schedule", deadline="2020-06-30",
        on=date(2020, 1, 1))  # fmt: skip
    assert kept(country) == [("2020-07-01", "9999-12-31", JIA)]
    with country.batch("set") as writing:
        measure = add_measure(writing.draft, 1, 1, "新建管网")
        add_milestone(writing.draft, measure, 1, "节点", due="2020-02-01", done="2020-02-20")
    days = [("2020-02-02", "2020-02-20", JIA), ("2020-07-01", "9999-12-31", JIA)]
    assert kept(country) == days
    assert healthy(country)


def test_a_store_from_before_they_were_kept_has_them_afterwards(late: Ledger) -> None:
    put(late, 1, region="甲二市", on=date(2020, 2, 20))
    before = kept(late)
    late.close()
    forget = "DELETE FROM _sqlite_migrations WHERE name LIKE '%_disagreement%'"
    do(late.address, plain("DROP TABLE disagreement", "DROP TABLE disagreement_sum", forget))
    ledger = Ledger(late.address)
    assert ledger.backup is not None
    assert kept(ledger) == before
    ledger.close()


@pytest.mark.parametrize(
    "damage", ["DELETE FROM disagreement", "UPDATE disagreement SET to_on = '2020-03-01'",
               "UPDATE disagreement SET unit_id = 9"],
)  # fmt: skip
def test_what_differs_is_found_and_mended(late: Ledger, damage: str) -> None:
    before = kept(late)
    do(late.address, plain(damage))
    assert [each.check for each in run_checks(late.reader()) if not each.ok] == ["spans"]
    assert dict(repair(late).counts) == {"spans": 1}
    assert kept(late) == before
    assert healthy(late)


@pytest.mark.parametrize(
    "damage", ["DELETE FROM disagreement_sum", "DELETE FROM disagreement_sum WHERE period > '2020'",
               "UPDATE disagreement_sum SET n = n + 1",
               "INSERT INTO disagreement_sum VALUES ('2019-05', 1, 2, 1)"],
)  # fmt: skip
def test_a_sum_that_differs_is_found_and_mended(late: Ledger, damage: str) -> None:
    put(late, 1, region="甲二市", on=date(2020, 2, 20))
    before = sums(late)
    do(late.address, plain(damage))
    assert [each.check for each in run_checks(late.reader()) if not each.ok] == ["rollup"]
    assert [name for name, _ in repair(late).counts] == ["figures"]
    assert sums(late) == before
    assert healthy(late)


def test_sums_are_of_programmes_and_provinces_by_year_month_and_day(late: Ledger) -> None:
    assert sums(late) == [("2020", 1), ("2020-02", 1), ("2020-02-11", 1)]
    put(late, 1, status="completed", on=date(2020, 3, 1))
    assert sums(late) == [
        ("2020-02", 1), ("2020-02-11", 1), ("2020-03", -1), ("2020-03-01", -1),
    ]  # fmt: skip
    undo(late)
    undo(late)
    assert sums(late) == []
    assert healthy(late)


def test_what_lay_in_a_region_that_is_taken_back_is_taken_off(country: Ledger) -> None:
    with country.batch("import") as writing:
        add_region(writing.draft, "甲三新区", region_of(country, "甲省"), "new_area")
        writing.draft.flush()
        fields = {"region": "甲三新区", "status": "on schedule", "deadline": "2020-02-10"}
        add_item(writing.draft, 1, "9", fields, on=date(2020, 1, 1))
    assert len(sums(country)) == 3
    undo(country)
    assert sums(country) == []
    assert healthy(country)


def test_sums_answer_as_the_days_of_items_do(late: Ledger) -> None:
    connection = late.reader()
    for by, line in ((By.PROVINCE, region_of(late, "甲省")), (By.PROGRAMME, 1)):
        for day, n in ((date(2020, 2, 10), 0), (date(2020, 2, 11), 1), (date(2023, 1, 1), 1)):
            found = {line: n} if n else {}
            assert disagreements(connection, RollupQuery(day, by)) == found
            assert disagreements(connection, RollupQuery(day, by, programme_id=1)) == found
            assert disagreements(connection, RollupQuery(day, by, programme_id=2)) == {}
