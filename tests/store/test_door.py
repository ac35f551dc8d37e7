"""The door: what it writes, and from when it holds."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from country import add, dump, healthy, history, item, put, row
from moving_clock import Clock

from rectify_tui.domain.timeline import Later
from rectify_tui.errors import Problem
from rectify_tui.store.commands.cases import add_case, set_cases
from rectify_tui.store.commands.items import (
    add_item,
    merge_items,
    set_items,
)
from rectify_tui.store.commands.places import add_region
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.references import Target
from rectify_tui.store.rollup_read import By, RollupQuery, read_rollup

EARLIER = date(2020, 2, 1)
LATER = date(2020, 2, 20)


# what is written


def test_a_new_item_is_one_row_of_history(country: Ledger) -> None:
    id = add(country, 1, "12", status="按序时进度推进", deadline="2020年底前", on=EARLIER)
    (only,) = history(country, "item", id)
    assert only[1:3] == ("", None)
    assert only[4:] == ("2020-02-01", None)
    told = json.loads(only[3])
    kept = item(country, id)
    assert told == {name: kept[name] for name in told}
    assert told["status"] == "on_schedule"
    assert told["due_on"] == "2020-12-31"
    assert told["deadline"] == "2020年底前"
    assert (kept["rev"], kept["status_on"], kept["last_on"]) == (1, "2020-02-01", "2020-02-01")
    assert kept["number_key"] == "000000012"


def test_a_change_is_one_row_for_each_field_that_differs(country: Ledger) -> None:
    id = add(country, 1, "1", note="初", on=EARLIER)
    batch = put(country, id, status="滞后", note="初", progress="40%", on=LATER)
    rows = history(country, "item", id)[1:]
    assert [entry[1:] for entry in rows] == [
        ("status", '"not_started"', '"behind"', "2020-02-20", None),
        ("progress", None, "40", "2020-02-20", None),
    ]
    assert item(country, id)["rev"] == 2
    summary = row(country, "batch", batch or 0)
    assert summary["recorded_at"] == "2020-03-06T01:00:00Z"
    assert summary["recorded_on"] == "2020-03-06"
    assert (summary["kind"], summary["reason"], summary["undoes"]) == ("set", None, None)


def test_the_day_of_a_batch_is_the_author_s(country: Ledger, clock: Clock) -> None:
    clock.move(hours=-8)  # one o'clock in the morning; the day before in UTC
    id = add(country, 1, "1")
    (summary,) = country.reader().execute(
        "SELECT recorded_at, recorded_on FROM batch ORDER BY id DESC LIMIT 1"
    )
    assert summary == ("2020-03-05T17:00:00Z", "2020-03-06")
    assert item(country, id)["status_on"] == "2020-03-06"


def test_a_merge_points_to_what_carries_the_item_on(country: Ledger) -> None:
    one, other = add(country, 1, "1"), add(country, 2, "1")
    with country.batch("merge") as writing:
        merge_items(writing.draft, [one], Target(2, other))
    assert [entry[1:4] for entry in history(country, "item", one)[1:]] == [
        ("status", '"not_started"', '"merged"'),
        ("merged_item_id", None, str(other)),
    ]
    with country.batch("merge") as writing:
        merge_items(writing.draft, [one], Target(3))
    assert [entry[1:4] for entry in history(country, "item", one)[3:]] == [
        ("merged_item_id", str(other), None),
        ("merged_programme_id", None, "3"),
    ]
    put(country, one, status="已完成")
    kept = item(country, one)
    assert (kept["status"], kept["merged_item_id"], kept["merged_programme_id"]) == (
        "completed", None, None,
    )  # fmt: skip
    assert healthy(country)


def test_revisions_rise_with_each_batch_that_touches_a_record(country: Ledger) -> None:
    one, other = add(country, 1, "1"), add(country, 1, "2")
    put(country, one, other, status="behind")
    put(country, one, note="x")
    assert (item(country, one)["rev"], item(country, other)["rev"]) == (3, 2)


def test_what_changes_nothing_is_no_batch(country: Ledger) -> None:
    id = add(country, 1, "1", status="behind", note="a", on=EARLIER)
    before = dump(country.address)
    assert put(country, id, status="进展滞后", note=" a ", on=LATER) is None
    assert put(country, id, status="behind", on=EARLIER) is None
    with country.batch("nothing") as writing:
        pass
    assert writing.receipt.batch is None
    assert dump(country.address) == before


def test_a_change_of_the_past_alone_is_a_batch_too(country: Ledger) -> None:
    id = add(country, 1, "1", progress="10", on=EARLIER)
    put(country, id, progress="80")
    batch = put(country, id, progress="30", on=LATER)
    assert batch == country.newest_batch()
    assert item(country, id)["progress"] == 80
    assert item(country, id)["rev"] == 3
    assert healthy(country)


def test_many_records_pass_through_a_small_buffer(
    country: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rectify_tui.store.draft.BUFFER", 3)
    with country.batch("add") as writing:
        ids = [
            add_item(writing.draft, 1, str(n), {"responsible": f"单位{n % 4}"}) for n in range(20)
        ]
    assert writing.receipt.changed == 24
    with country.batch("set") as writing:
        set_items(writing.draft, ids, {"status": "behind", "responsible": "新单位"})
    assert writing.receipt.changed == 21
    assert {item(country, id)["rev"] for id in ids} == {2}
    assert healthy(country)


def test_regions_and_what_lies_in_them_come_and_go_together(country: Ledger, clock: Clock) -> None:
    with country.batch("add") as writing:
        region = add_region(writing.draft, "新区", 2, "new_area")
        writing.draft.flush()
        add_item(writing.draft, 1, "1", {"region": "新区"})
        add_case(writing.draft, 1, "D1", {"region": "新区,甲一市"})
    rollup = read_rollup(country.reader(), RollupQuery(clock.today, By.CITY, under_id=2))
    assert {line.id: (line.tally.total, line.tally.cases_total) for line in rollup.rows} == {
        region: (1, 1), 3: (0, 1),
    }  # fmt: skip
    assert healthy(country)


# dates


def test_a_day_that_has_not_come_is_refused(country: Ledger, clock: Clock) -> None:
    id = add(country, 1, "1")
    before = dump(country.address)
    with pytest.raises(Problem) as caught:
        put(country, id, status="completed", on=clock.today + timedelta(days=1))
    assert caught.value.key == "change.future"
    assert dump(country.address) == before
    assert put(country, id, status="completed", on=clock.today)


def test_a_merge_in_the_past_ends_where_the_next_status_begins(country: Ledger) -> None:
    one, other = add(country, 1, "1", on=date(2020, 1, 20)), add(country, 2, "1")
    put(country, one, status="completed", on=LATER)
    with country.batch("merge") as writing:
        merge_items(writing.draft, [one], Target(2, other), on=EARLIER, later=Later.UNTIL_NEXT)
    kept = item(country, one)
    assert (kept["status"], kept["merged_item_id"]) == ("completed", None)
    assert country.reader().execute(
        "SELECT from_on, to_on, status FROM status_span WHERE subject_id = ? ORDER BY 1", [one]
    ).fetchall() == [
        ("2020-01-20", "2020-02-01", "not_started"),
        ("2020-02-01", "2020-02-20", "merged"),
        ("2020-02-20", "9999-12-31", "completed"),
    ]
    assert healthy(country)


def test_a_status_in_the_past_ends_where_the_item_was_merged_elsewhere(country: Ledger) -> None:
    one, other = add(country, 1, "1", on=date(2020, 1, 20)), add(country, 2, "1")
    with country.batch("merge") as writing:
        merge_items(writing.draft, [one], Target(2, other), on=EARLIER)
    with country.batch("merge") as writing:
        merge_items(writing.draft, [one], Target(3), on=date(2020, 3, 1))
    put(country, one, status="behind", on=LATER)
    kept = item(country, one)
    assert (kept["status"], kept["merged_item_id"], kept["merged_programme_id"]) == (
        "merged", None, 3,
    )  # fmt: skip
    assert kept["status_on"] == "2020-03-01"
    assert healthy(country)


def test_a_case_closed_in_the_past_and_open_now_has_no_closing_date(country: Ledger) -> None:
    with country.batch("add") as writing:
        id = add_case(writing.draft, 1, "D1", {}, on=date(2020, 1, 20))
    for status, on in (("interim", LATER), ("closed", EARLIER)):
        with country.batch("set") as writing:
            set_cases(writing.draft, [id], {"status": status}, on=on, later=Later.UNTIL_NEXT)
    kept = row(country, "complaint_case", id)
    assert (kept["status"], kept["closed_on"]) == ("interim", None)
    assert healthy(country)


def test_since_when_a_status_holds_is_the_first_day_it_was_told_of(country: Ledger) -> None:
    id = add(country, 1, "1", on=date(2020, 1, 20))
    put(country, id, status="behind", on=LATER)
    put(country, id, status="behind", on=EARLIER)
    assert item(country, id)["status_on"] == "2020-02-01"
    assert healthy(country)


def test_a_clock_set_back_leaves_figures_whole(country: Ledger, clock: Clock) -> None:
    id = add(country, 1, "1", status="behind")
    clock.move(days=-3)
    put(country, id, status="completed")
    for days in range(-4, 5):
        known = RollupQuery(date(2020, 12, 31), known_on=clock.today + timedelta(days=days))
        statuses = read_rollup(country.reader(), known).sum.statuses
        assert sum(statuses.values()) == int(days >= 3)
    assert healthy(country)
