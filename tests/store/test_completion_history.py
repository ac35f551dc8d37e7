"""What a forecast goes by, held against the figures of the rollup."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from itertools import product

import pytest
from country import add, put
from hypothesis import given, settings
from hypothesis import strategies as st
from moving_clock import Clock

from rectify_tui.domain.forecast import Change, read_basis
from rectify_tui.domain.status import Group, Status
from rectify_tui.errors import Problem
from rectify_tui.store import completion_history
from rectify_tui.store.commands.items import merge_items
from rectify_tui.store.completion_history import Detail, Due, read_changes, read_due, reported_until
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.references import Target
from rectify_tui.store.regions import one_region
from rectify_tui.store.rollup_read import RollupQuery, read_rollup
from rectify_tui.store.scope import Scope
from rectify_tui.store.undo import undo

DAY = date(2020, 3, 6)
PLACES = (None, "230000", "230100", "230102", "239001", "140000", "140105", "甲一开发区", "000000")


def region(ledger: Ledger, text: str | None) -> int | None:
    return one_region(ledger.reader(), text).id if text else None


@pytest.fixture
def lively(country, clock):
    """Items of several places, told week by week: reopened, merged, corrected and undone."""
    clock.set(date(2020, 1, 17))
    places = ("甲一东区", "甲一西区", "甲二市", "甲直县", "乙一县", "甲一开发区", "甲省")
    for number, place in enumerate(places * 2, 1):
        add(country, 1 + number % 2, str(number), region=place, deadline="2020年6月底前")
    for week, (ids, status) in enumerate(
        [((1, 2), "completed"), ((3,), "basically_completed"), ((1,), "behind"),
         ((4, 5, 6), "completed"), ((3,), "completed"), ((7,), "behind")]
    ):  # fmt: skip
        clock.set(date(2020, 1, 24) + timedelta(weeks=week))
        put(country, *ids, status=status, on=clock.today - timedelta(days=week % 3))
    with country.batch("merge") as writing:
        merge_items(writing.draft, [8, 10], Target(2, 5))
    clock.move(days=1)
    put(country, 9, status="completed", on=date(2020, 2, 3))
    put(country, 11, status="completed")
    undo(country)
    clock.set(DAY)
    return country


def test_the_sums_are_those_of_the_rollup(lively):
    connection = lively.reader()
    for programme, place in product((None, 1, 2, 3), PLACES):
        under = region(lively, place)
        changes = read_changes(connection, Scope(programme, under), DAY)
        for back in range(0, 60, 5):
            day = DAY - timedelta(days=back)
            for known_on in (None, day, day - timedelta(days=10)):
                query = RollupQuery(day, programme_id=programme, under_id=under, known_on=known_on)
                tally = read_rollup(connection, query).sum
                found = read_basis(changes, day, known_on=known_on)
                assert found.completed == tally.groups[Group.COMPLETED]
                assert found.total == tally.total - tally.statuses[Status.MERGED]


def test_sums_of_what_was_before_say_the_same(lively, clock):
    """Of the weeks of two days; the earlier one as it was known on it."""
    put(lively, 12, status="completed", on=date(2020, 1, 20))
    clock.set(date(2020, 7, 3))
    put(lively, 13, status="completed", on=date(2020, 2, 21))
    put(lively, 14, status="completed", on=date(2020, 6, 12))
    connection = lively.reader()
    asked = product((None, 1, 2), PLACES, (DAY, date(2020, 6, 30)), (1, 4))
    for programme, place, until, weeks in asked:
        scope, then = Scope(programme, region(lively, place)), until - timedelta(weeks=2)
        detail = Detail((then - timedelta(weeks=weeks)).replace(day=1), then)
        whole = read_changes(connection, scope, until)
        found = read_changes(connection, scope, until, detail)
        for day, known_on in ((until, None), (then, then)):
            exact, summed = (
                read_basis(each, day, weeks=weeks, known_on=known_on)._replace(last_on=None)
                for each in (whole, found)
            )
            assert summed == exact


def test_the_weeks_are_net_completions(lively):
    found = read_basis(read_changes(lively.reader(), Scope(), DAY), DAY)
    assert (found.total, found.completed) == (12, 6)
    assert found.weeks == (2, 1, 0, 3, 0, 0, 0)
    assert found.last_on == date(2020, 2, 14)
    assert found.merged == 2


def test_what_is_told_later_is_marked_so(lively):
    day = date(2020, 2, 3)
    found = [read_changes(lively.reader(), Scope(programme), DAY) for programme in (1, 2)]
    assert [change for change in found[0] if change.on == day] == []
    assert [change for change in found[1] if change.on == day] == [
        Change(2, day, date(2020, 2, 29), 1, 0, 0)
    ]


def test_a_day_told_of_twice_stands_there_twice(country, clock):
    for number in ("1", "2", "3"):
        add(country, 1, number, region="甲一东区")
    clock.move(days=7)
    day = clock.today
    put(country, 1, status="completed")
    clock.move(days=7)
    put(country, 2, 3, status="completed", on=day)
    told = [c for c in read_changes(country.reader(), Scope(1), clock.today) if c.on == day]
    assert told == [Change(1, day, day, 1, 0, 0), Change(1, day, clock.today, 2, 0, 0)]


def test_nothing_after_the_day_is_read(lively):
    day = date(2020, 2, 7)
    assert {c.on <= day for c in read_changes(lively.reader(), Scope(), day)} == {True}
    assert read_changes(lively.reader(), Scope(), date(2020, 1, 1)) == []


def test_an_unknown_region_is_a_problem(lively):
    with pytest.raises(Problem):
        read_changes(lively.reader(), Scope(under_id=10_000), DAY)


def test_the_latest_day_due_is_that_of_open_items(country):
    add(country, 1, "1", region="甲一东区", deadline="2020年6月底前")
    add(country, 1, "2", region="甲二市", deadline="2020年12月底前")
    add(country, 1, "3", region="甲二市", deadline="长期坚持")
    add(country, 2, "1", region="乙一县", deadline="2021年底前")
    add(country, 2, "2", region="乙一县", deadline="2022年底前")
    merged = add(country, 2, "3", region="乙一县", deadline="2023年底前")
    connection = country.reader()
    put(country, 5, status="completed", on=DAY)
    with country.batch("merge") as writing:
        merge_items(writing.draft, [merged], Target(2, 4), on=DAY)

    def due(programme: int | None, place: str | None, day: date = DAY) -> Due:
        return read_due(connection, Scope(programme, region(country, place)), day)

    assert due(None, None) == Due(date(2021, 12, 31), 1)
    assert due(1, None) == Due(date(2020, 12, 31), 1)
    assert due(1, "甲一市") == Due(date(2020, 6, 30), 0)
    assert due(None, "甲省") == Due(date(2020, 12, 31), 1)
    assert due(3, None) == Due(None, 0)
    assert due(None, None, DAY - timedelta(days=1)) == Due(None, 0)


def test_the_last_days_may_not_have_been_reported_yet(country, clock):
    add(country, 1, "1", region="甲一东区")
    connection = country.reader()
    assert [
        reported_until(connection, DAY + timedelta(days=days)) for days in (0, 1, 7, 8, -1)
    ] == [DAY, DAY, DAY, DAY + timedelta(days=8), DAY - timedelta(days=1)]  # fmt: skip


@settings(max_examples=25)
@given(st.data())
def test_whatever_happens_the_changes_add_up(country_store, tmp_path_factory, data):
    """Statuses told on any day about any day before it."""
    path = tmp_path_factory.mktemp("any") / "any.db"
    shutil.copy(country_store, path)
    clock = Clock(date(2020, 1, 20))
    ledger = Ledger(path, clock=clock)
    for number in ("1", "2", "3"):
        add(ledger, 1, number, region="甲一东区", on=date(2020, 1, 16))
    statuses = st.sampled_from(["completed", "behind", "basically_completed", "on_schedule"])
    for _ in range(data.draw(st.integers(1, 6))):
        clock.move(days=data.draw(st.integers(0, 9)))
        on = clock.today - timedelta(days=data.draw(st.integers(0, 4)))
        put(ledger, data.draw(st.integers(1, 3)), status=data.draw(statuses), on=on)
    changes = read_changes(ledger.reader(), Scope(1), clock.today)
    for days in range(0, (clock.today - date(2020, 1, 16)).days + 1, 2):
        day = clock.today - timedelta(days=days)
        for known_on in (None, day):
            query = RollupQuery(day, programme_id=1, known_on=known_on)
            tally = read_rollup(ledger.reader(), query).sum
            found = read_basis(changes, day, known_on=known_on)
            assert found.completed == tally.groups[Group.COMPLETED]
            assert found.total == tally.total
    ledger.close()


def test_what_few_say_since_a_day_leads_to_what_all_items_say(lively, clock, monkeypatch):
    """When the rest is due, asked of items of which something was said since, or of all."""
    for day, number, fields in (
        (date(2020, 7, 3), 12, {"deadline": "2029年底前"}),
        (date(2020, 7, 10), 13, {}),
        (date(2020, 7, 17), 12, {"status": "completed"}),
    ):
        clock.set(day)
        put(lively, number, **fields or {"deadline": "2020年底前"})
    days = [date(2020, 6, 26) + timedelta(days=n) for n in range(25)]
    few = [read_due(lively.reader(), Scope(), day) for day in days]
    monkeypatch.setattr(completion_history, "_FEW", 0)
    assert few == [read_due(lively.reader(), Scope(), day) for day in days]
    assert len(set(few)) > 2
