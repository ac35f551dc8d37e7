"""Patterns worth seeing, in a ledger of several weeks."""

from __future__ import annotations

from datetime import date

import pytest
from country import add, put

from rectify_tui.domain.patterns import Pattern
from rectify_tui.store.patterns import PatternQuery, counts, sightings
from rectify_tui.store.records import ITEM
from rectify_tui.store.undo import undo

START = date(2020, 3, 6)  # a Friday


def seen(ledger, pattern, **query):
    asked = PatternQuery(ledger.today(), **query)
    found = sightings(ledger.reader(), pattern, asked)
    assert counts(ledger.reader(), asked)[pattern] == len(found)
    return {each.row.number: dict(each.params) for each in found}


@pytest.fixture
def office(country, clock):
    clock.set(START)
    return country


def test_silence_counts_from_the_last_word(office, clock):
    quiet, told = add(office, 1, "1", status="behind"), add(office, 1, "2", status="on schedule")
    add(office, 1, "3", status="completed")
    clock.move(14)
    put(office, told, note="正在施工")
    clock.move(14)
    assert seen(office, Pattern.SILENT) == {"1": {"since": START, "n": 4}}
    assert set(seen(office, Pattern.SILENT, silent_weeks=2)) == {"1", "2"}
    assert seen(office, Pattern.SILENT, silent_weeks=5) == {}
    put(office, quiet, status="completed")
    assert seen(office, Pattern.SILENT) == {}


def test_a_rush_before_the_cut_off(office, clock):
    rushed = [add(office, 1, str(n), status="on schedule") for n in range(1, 7)]
    early = add(office, 2, "1", status="on schedule")
    clock.move(12)
    put(office, early, status="completed")
    clock.move(2)  # Friday, the day of a cut-off
    for id in rushed[:4]:
        put(office, id, status="completed")
    assert seen(office, Pattern.RUSH) == {}
    put(office, rushed[4], status="basically completed")
    found = seen(office, Pattern.RUSH)
    assert found == {str(n): {"day": date(2020, 3, 20), "n": 5, "week": 6} for n in range(1, 6)}
    assert seen(office, Pattern.RUSH, week_ends_on=6) == {}
    assert seen(office, Pattern.RUSH, programme_id=2) == {}


def test_what_was_entered_as_completed_is_no_rush(office):
    for n in range(9):
        add(office, 1, str(n), status="completed")
    assert seen(office, Pattern.RUSH) == {}


def test_a_leap_is_one_step(office, clock):
    leap, slow = add(office, 1, "1", status="behind"), add(office, 1, "2", status="behind")
    clock.move(7)
    put(office, slow, status="on schedule")
    clock.move(7)
    put(office, leap, status="completed")
    put(office, slow, status="completed")
    assert seen(office, Pattern.LEAP) == {"1": {"day": date(2020, 3, 20), "before": "behind"}}


def test_moved_deadlines_show_the_first(office, clock):
    often = add(office, 1, "1", status="behind", deadline="2020年底前")
    away = add(office, 1, "2", status="behind", deadline="2020-06-30")
    add(office, 1, "3", status="behind", deadline="2020-06-30")
    late = add(office, 1, "4", status="behind")
    put(office, late, deadline="2020-12-31")
    put(office, often, deadline="2021-06-30")
    clock.move(7)
    put(office, often, deadline="2021-12-31")
    put(office, away, deadline="长期坚持")
    first = {"first": date(2020, 12, 31), "last": date(2021, 12, 31), "days": 365, "n": 2}
    assert list(seen(office, Pattern.MOVED).items()) == [
        ("2", {"first": date(2020, 6, 30), "last": None, "days": None, "n": 1}), ("1", first),
    ]  # fmt: skip
    undo(office)
    assert set(seen(office, Pattern.MOVED)) == {"1"}
    asked = PatternQuery(date(2020, 3, 6))
    (before,) = sightings(office.reader(), Pattern.MOVED, asked)
    assert before.params["days"] == 181


def test_the_same_reason_week_after_week(office, clock):
    same, fresh = add(office, 1, "1", status="behind"), add(office, 1, "2", status="behind")
    for week in range(3):
        for id, reason in ((same, "资金未到位"), (fresh, f"第{week}个原因")):
            put(office, id, reason=reason)
            with office.batch("review") as writing:
                day = office.today().isoformat()
                writing.draft.change(ITEM, id, {"reviewed_on": day}, day)
        clock.move(7)
    assert seen(office, Pattern.SAME_REASON) == {"1": {"reason": "资金未到位", "n": 3}}
    put(office, same, reason="")
    assert seen(office, Pattern.SAME_REASON) == {}


def test_only_below_a_region(office, clock):
    add(office, 1, "1", status="behind", region="甲一市")
    add(office, 1, "2", status="behind", region="甲二市")
    clock.move(60)
    below = office.reader().execute("SELECT id FROM region WHERE name = '甲一市'").fetchone()[0]
    assert set(seen(office, Pattern.SILENT, under_id=below)) == {"1"}
