"""Points: what takes them, when they come back, who is exempt, and which card is due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.domain.points import (
    DEFAULT,
    FULL,
    BehindSpan,
    CardRules,
    Colour,
    Event,
    Held,
    PointEvent,
    Standing,
    UnitRecord,
    a_year_after,
    a_year_before,
    behind_spans,
    exempt_over_time,
    overdue_days,
    refutation,
    suggested_card,
)
from rectify_tui.domain.timeline import FOREVER

DAY = date(2020, 3, 6)
SINCE = date(2018, 1, 1)


def event(on: date, kind: PointEvent = PointEvent.OVERDUE) -> Event:
    return Event(kind, on, 1, "P-1/1")


def test_points_come_back_after_a_year_to_the_day():
    unit = UnitRecord(1, SINCE, [event(date(2019, 3, 7)), event(date(2019, 6, 1))])
    assert unit.points(DEFAULT, date(2019, 3, 6)) == FULL
    assert unit.points(DEFAULT, date(2019, 3, 7)) == 10
    assert unit.points(DEFAULT, DAY) == 8
    assert unit.points(DEFAULT, date(2020, 3, 7)) == 10
    assert unit.points(DEFAULT, date(2020, 6, 1)) == FULL


def test_never_fewer_than_none():
    unit = UnitRecord(1, SINCE, [event(DAY, PointEvent.FALSE_COMPLETION)] * 3)
    assert (unit.lost(DEFAULT, DAY), unit.points(DEFAULT, DAY)) == (18, 0)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_a_year_is_a_year(day):
    assert a_year_before(day) < day < a_year_after(day)
    assert 365 <= (a_year_after(day) - day).days <= 366
    assert a_year_after(a_year_before(day)) in (day, day + timedelta(days=1), date(day.year, 2, 28))


def held(*entries: tuple[str, str, int | None, str | None]) -> list[Held]:
    return [Held(*each) for each in entries]


ON, LATE, DONE = "on_schedule", "behind", "completed"


@pytest.mark.parametrize(
    ("entries", "days"),
    [
        ([("2019-01-01", ON, 1, "2019-06-30")], [("2019-07-01", 1)]),
        ([("2019-01-01", ON, 1, "2019-06-30"), ("2019-06-30", DONE, 1, "2019-06-30")], []),
        # moved in time, then missed
        ([("2019-01-01", ON, 1, "2019-06-30"), ("2019-06-01", ON, 1, "2019-09-30")],
         [("2019-10-01", 1)]),
        # moved after it was missed: both count
        ([("2019-01-01", ON, 1, "2019-06-30"), ("2019-08-01", ON, 1, "2019-09-30")],
         [("2019-07-01", 1), ("2019-10-01", 1)]),
        # another status or another unit does not make it overdue once more
        ([("2019-01-01", ON, 1, "2019-06-30"), ("2019-08-01", LATE, 1, "2019-06-30"),
          ("2019-09-01", LATE, 2, "2019-06-30")], [("2019-07-01", 1)]),
        # a relapse after the deadline does
        ([("2019-01-01", ON, 1, "2019-06-30"), ("2019-06-01", DONE, 1, "2019-06-30"),
          ("2019-09-01", LATE, 1, "2019-06-30")], [("2019-09-01", 1)]),
        # entered late
        ([("2019-09-01", LATE, 1, "2019-06-30")], [("2019-07-01", 1)]),
        ([("2019-01-01", ON, None, "2019-06-30")], []),
        ([("2019-01-01", ON, 1, None)], []),
        ([("2019-01-01", ON, 1, "2020-03-06")], []),
    ],
)  # fmt: skip
def test_overdue(entries, days):
    found = [(on.isoformat(), unit) for on, unit, _ in overdue_days(held(*entries), DAY)]
    assert found == days


def test_behind_is_what_is_reported_or_what_the_deadline_says():
    spans = behind_spans(
        held(
            ("2019-01-01", LATE, 1, "2019-06-30"), ("2019-02-01", ON, 1, "2019-06-30"),
            ("2019-08-01", DONE, 1, "2019-06-30"), ("2019-09-01", LATE, 2, "2019-06-30"),
        ),
        7,
    )  # fmt: skip
    told = [(each.unit_id, str(each.since), str(each.until)) for each in spans]
    assert told == [
        (1, "2019-01-01", "2019-02-01"), (1, "2019-07-01", "2019-08-01"),
        (2, "2019-09-01", FOREVER),
    ]  # fmt: skip


def test_a_refuted_completion_is_a_false_one():
    done = held(("2019-01-01", ON, 1, None), ("2019-05-01", DONE, 1, None))
    assert refutation(done, "2019-06-01") == (PointEvent.FALSE_COMPLETION, 1)
    assert refutation(done, "2019-04-01") == (PointEvent.REFUTED, 1)
    reopened = [*done, Held("2019-06-01", LATE, 1, None)]
    assert refutation(reopened, "2019-06-01") == (PointEvent.FALSE_COMPLETION, 1)
    assert refutation(reopened, "2019-06-02") == (PointEvent.REFUTED, 1)
    assert refutation(held(("2019-01-01", ON, None, None)), "2019-02-01") is None


def test_exempt_needs_a_year_of_items_without_being_behind():
    clean = UnitRecord(1, date(2019, 3, 6))
    assert clean.exempt(DEFAULT, DAY)
    assert not clean.exempt(DEFAULT, DAY - timedelta(days=1))
    ended = BehindSpan(1, 1, date(2019, 1, 1), date(2019, 3, 6))
    assert UnitRecord(1, SINCE, (), [ended]).exempt(DEFAULT, DAY)
    assert not UnitRecord(1, SINCE, (), [ended]).exempt(DEFAULT, DAY - timedelta(days=1))
    lost = UnitRecord(1, SINCE, [event(date(2019, 9, 1), PointEvent.LATE_RETURN)])
    assert not lost.exempt(DEFAULT, DAY)
    assert lost.exempt({**DEFAULT, PointEvent.LATE_RETURN: 0}, DAY)
    sizes = exempt_over_time([clean, lost], DEFAULT, DAY, 4)
    assert sizes == [
        (date(2019, 12, 31), 0), (date(2020, 1, 31), 0), (date(2020, 2, 29), 0), (DAY, 1),
    ]  # fmt: skip
    assert exempt_over_time([lost], DEFAULT, date(2019, 8, 31), 2)[-1] == (date(2019, 8, 31), 1)


@pytest.mark.parametrize(
    ("items", "given", "card"),
    [
        ([], [], None),
        ([Standing(1, days_left=20)], [], None),
        ([Standing(1, days_left=15), Standing(2, days_left=3)], [], (Colour.BLUE, [1, 2])),
        ([Standing(1, days_left=3)], [(Colour.BLUE, 5)], None),
        ([Standing(1, days_behind=6)], [], None),
        ([Standing(1, days_behind=7), Standing(2, days_left=3)], [], (Colour.YELLOW, [1])),
        ([Standing(1, days_behind=56)], [], (Colour.RED, [1])),
        ([Standing(1, days_behind=56)], [(Colour.YELLOW, 30)], (Colour.RED, [1])),
        ([Standing(1, days_behind=30)], [(Colour.YELLOW, 20)], None),
        ([Standing(1, days_behind=30)], [(Colour.RED, 20)], None),
        ([Standing(1, days_behind=30)], [(Colour.YELLOW, 40)], (Colour.YELLOW, [1])),
        ([Standing(1, refuted=True)], [], (Colour.RED, [1])),
    ],
)
def test_the_card_that_is_due(items, given, card):
    before = [(colour, DAY - timedelta(days=days)) for colour, days in given]
    found = suggested_card(items, before, CardRules(), DAY)
    assert (found and (found[0], [each.item_id for each in found[1]])) == card


def test_rules_that_an_office_does_without():
    rules = CardRules(None, None, None, red_refuted=False)
    items = [Standing(1, 400, 3, refuted=True)]
    assert suggested_card(items, (), rules, DAY) is None
