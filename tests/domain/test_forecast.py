"""Forecasts from weekly completions, and how they would have done."""

from __future__ import annotations

import math
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rectify_tui.domain.backtest import backtest, coverage
from rectify_tui.domain.forecast import (
    HIGH,
    HORIZON,
    LEAST_WEEKS,
    LOW,
    MIDDLE,
    RUNS,
    Basis,
    Change,
    read_basis,
    simulate,
)
from rectify_tui.errors import Refusal

DAY = date(2020, 3, 6)
SHARES = (LOW, MIDDLE, HIGH)


def basis(*weeks: int, left: int = 30, completed: int = 50) -> Basis:
    return Basis(DAY, completed + left, completed, tuple(weeks), last_on=DAY)


def ago(weeks: float) -> date:
    return DAY - timedelta(days=round(7 * weeks))


def change(weeks_ago: float, completed: int = 0, total: int = 0, merged: int = 0,
           told: float | None = None, programme: int = 1) -> Change:  # fmt: skip
    known_from = ago(weeks_ago if told is None else told)
    return Change(programme, ago(weeks_ago), known_from, completed, merged, total)


def history(*weeks: int, items: int = 100, programme: int = 1) -> list[Change]:
    """A programme that begins with so many open items and completes so many each week."""
    count = len(weeks)
    return [
        change(count, total=items, programme=programme),
        *(change(count - 1 - n, done, programme=programme) for n, done in enumerate(weeks)),
    ]


busy = st.lists(st.integers(0, 9), min_size=LEAST_WEEKS, max_size=40).filter(
    lambda weeks: sum(week > 0 for week in weeks) >= 3
)
uneven = st.lists(st.integers(-3, 9), min_size=LEAST_WEEKS, max_size=40).filter(
    lambda weeks: sum(week > 0 for week in weeks) >= 3 and sum(weeks) > 0
)


# --- the simulation ---


@given(uneven, st.data())
def test_more_completions_never_end_later(weeks, data):
    more = data.draw(st.lists(st.integers(0, 4), min_size=len(weeks), max_size=len(weeks)))
    slow = simulate(basis(*weeks), runs=60)
    fast = simulate(basis(*(a + b for a, b in zip(weeks, more, strict=True))), runs=60)
    assert all(a >= b for a, b in zip(slow.finishes, fast.finishes, strict=True))
    for days in (28, 45, 84):
        day = DAY + timedelta(days=days)
        assert slow.chance(day) <= fast.chance(day)


@given(uneven, st.integers(1, 200), st.integers(1, 30))
def test_fewer_items_never_end_later(weeks, left, fewer):
    all_of_them = simulate(basis(*weeks, left=left + fewer), runs=60)
    some = simulate(basis(*weeks, left=left), runs=60)
    assert all(a >= b for a, b in zip(all_of_them.finishes, some.finishes, strict=True))


@example([0, 0, 5, 5, 9, 0, 0, 0, -1, 1, 0, 2, 5, 0, 0, 0, 6], 58, [0, 0])
@example([0, 0, 1, 0, -1, 0, 0, 0, 1, 1, -1, 0, 1, 0], 1, [0, 0])
@given(uneven, st.integers(1, 200), st.lists(st.integers(0, 2500), min_size=2, max_size=8))
def test_bands_are_ordered_and_what_is_done_stays_done(weeks, left, days):
    outlook = simulate(basis(*weeks, left=left), runs=80)
    before = 0.0
    for n in sorted(days):
        day = DAY + timedelta(days=n)
        band = outlook.band(day)
        assert 0 <= band.low <= band.middle <= band.high <= outlook.basis.total
        assert outlook.chance(day) >= before
        before = outlook.chance(day)
    total, end = outlook.basis.total, outlook.finish(HIGH)
    if end is not None:
        assert outlook.band(end).low == total
        assert outlook.band(end - timedelta(days=1)).low < total or end == DAY
    ends = [outlook.finish(share) or date.max for share in SHARES]
    assert ends == sorted(ends)


@given(busy, st.integers(0, 1500))
def test_without_reopened_items_the_band_only_rises(weeks, days):
    outlook = simulate(basis(*weeks), runs=80)
    earlier, later = (outlook.band(DAY + timedelta(days=n)) for n in (days, days + 10))
    assert (earlier.low, earlier.middle, earlier.high) <= (later.low, later.middle, later.high)
    assert earlier.low <= later.low
    assert earlier.high <= later.high


@given(busy)
def test_the_seed_alone_decides(weeks):
    first, same = (simulate(basis(*weeks), runs=50, seed=5) for _ in range(2))
    assert first == same
    assert first.finishes != simulate(basis(*weeks), runs=50, seed=6).finishes


def test_a_steady_pace_without_drift_ends_on_the_day():
    outlook = simulate(basis(*[2] * 26, left=30), runs=200, drift=0)
    assert set(outlook.finishes) == {15.0}
    assert [outlook.finish(share) for share in SHARES] == [DAY + timedelta(weeks=15)] * 3
    assert outlook.chance(DAY + timedelta(weeks=15)) == 1
    assert outlook.chance(DAY + timedelta(days=7 * 15 - 1)) == 0
    for weeks in (0, 3, 4, 10, 15, 30):
        band = outlook.band(DAY + timedelta(weeks=weeks))
        assert band.low == band.middle == band.high == 50 + min(2 * weeks, 30)


def test_the_pace_may_change_for_good():
    """Ten percent of the paces lie 1.28 spreads above the middle one, and as many below."""
    outlook = simulate(basis(*[2] * 26, left=30), drift=0.2)
    weeks = [outlook.finishes[round(share * RUNS) - 1] for share in SHARES]
    expected = [15 * math.exp(0.2 * z) for z in (-1.2816, 0, 1.2816)]
    assert weeks == pytest.approx(expected, rel=0.02)


def test_few_weeks_leave_more_doubt_than_many():
    narrow, wide = (
        simulate(basis(*[0, 0, 0, 9, 0, 0, 0, 0, 9, 9] * times, left=300), runs=2000).band(
            DAY + timedelta(weeks=24)
        )
        for times in (20, 1)
    )
    assert wide.high - wide.low > 1.2 * (narrow.high - narrow.low)


def test_a_rush_stays_together():
    """Rush and lull in turn, four weeks each, spread further than single weeks mixed."""
    rush, mixed = (
        simulate(basis(*weeks, left=900), runs=2000, drift=0).band(DAY + timedelta(weeks=12))
        for weeks in ([0] * 4 + [8] * 4 + [0] * 4 + [8] * 4, [0, 8] * 8)
    )
    assert rush.high - rush.low > 1.5 * (mixed.high - mixed.low)


def test_what_takes_too_long_is_given_up():
    outlook = simulate(basis(*[0] * 23, 1, 1, 1, left=900), runs=300)
    assert outlook.finish(LOW) is None
    assert outlook.chance(DAY + timedelta(weeks=HORIZON)) == 0
    assert set(outlook.finishes) == {math.inf}
    assert outlook.band(DAY + timedelta(weeks=10 * HORIZON)).high < 950


def test_nothing_left_is_done():
    outlook = simulate(basis(1, 2, left=0), runs=10)
    assert outlook.finish(HIGH) == DAY
    assert outlook.chance(DAY) == 1
    assert outlook.band(DAY + timedelta(weeks=9)).low == 50


@pytest.mark.parametrize(
    ("weeks", "left", "key"),
    [
        ([1] * (LEAST_WEEKS - 1), 5, "forecast.too_little"),
        ([0] * 24 + [3, 3], 5, "forecast.too_little"),
        ([], 5, "forecast.too_little"),
        ([0] * 26, 5, "forecast.standing"),
        ([1, -1] * 13, 5, "forecast.standing"),
        ([1] * 26, -50, "forecast.nothing"),
    ],
)
def test_too_thin_a_basis_is_refused(weeks, left, key):
    with pytest.raises(Refusal) as refused:
        simulate(basis(*weeks, left=left))
    assert refused.value.key == key


def test_the_least_history_is_enough():
    assert simulate(basis(*[0] * (LEAST_WEEKS - 3), 1, 1, 1), runs=10).finish(MIDDLE)


def test_what_it_takes():
    assert basis(left=30).needed(DAY + timedelta(weeks=10)) == 3
    assert basis(left=30).needed(DAY + timedelta(days=1)) == 30
    assert basis(1, 2, 0, 5).pace == 2
    assert basis(1, -2, 5, completed=50).standing() == [46, 47, 45, 50]


# --- what it goes by ---


def test_weeks_end_on_the_day_and_the_newest_comes_last():
    changes = [
        change(30, total=100),
        change(3, 5), change(2, 1), change(13 / 7, 2), change(1 / 7, 4),
        change(0, 8), change(-1, 99),
    ]  # fmt: skip
    found = read_basis(changes, DAY, weeks=4)
    assert found.weeks == (5, 1, 2, 12)
    assert (found.total, found.completed, found.left) == (100, 20, 80)
    assert found.last_on == DAY


def test_only_weeks_since_the_beginning_count():
    assert read_basis(history(*[1] * 5), DAY).weeks == (1,) * 5
    assert len(read_basis(history(*[1] * 40), DAY).weeks) == 26


def test_a_reopened_item_counts_against_its_week():
    found = read_basis(history(3, 2, -1, 4), DAY)
    assert found.weeks == (3, 2, -1, 4)
    assert found.pace == 2


def test_merged_items_leave_and_added_ones_join():
    changes = [*history(1, 1, 1, 1), change(2, merged=20), change(1, total=5)]
    found = read_basis(changes, DAY)
    assert (found.total, found.left, found.added, found.merged) == (85, 81, 5, 20)


def test_items_completed_when_they_are_added_are_no_work():
    start = change(10, completed=40, total=100)
    later = change(5, completed=12, total=10)
    found = read_basis([start, later], DAY)
    assert sum(found.weeks) == 2
    assert (found.completed, found.total) == (52, 110)
    taken_back = change(4, completed=-10, total=-10)
    assert sum(read_basis([start, later, taken_back], DAY).weeks) == 2


def test_a_day_entered_by_mistake_and_undone_is_no_beginning():
    wrong = [change(900, total=1, told=2), change(900, total=-1, told=1)]
    assert len(read_basis([*history(*[1] * 9), *wrong], DAY).weeks) == 9


def test_what_was_told_later_is_not_known_before():
    changes = [*history(1, 1, 1, 1), change(3, 7, told=0)]
    then = read_basis(changes, ago(1), known_on=ago(1))
    assert then.completed == 3
    assert read_basis(changes, ago(1)).completed == 10


# --- the back-test ---


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(-2, 9)), max_size=12), st.integers(5, 40))
def test_a_backtest_uses_only_what_was_known_then(later, made):
    """Whatever is told after a forecast was made, it would have said the same."""
    changes = history(*[1, 3, 0, 2] * 16)
    told_later = [change(on, n, told=made - 1) for on, n in later]
    said = [
        [check.said for check in backtest(known, DAY, made=[made], runs=40)]
        for known in (changes, changes + told_later)
    ]
    assert said[0] == said[1]
    assert said[0]


def test_a_backtest_compares_with_what_is_known_now():
    changes = history(*[2] * 40)
    check = backtest(changes, DAY, ahead=[8], made=[8], runs=100)[0]
    assert (check.made_on, check.day, check.came_out) == (ago(8), DAY, 80)
    assert check.said.low <= 80 <= check.said.high
    assert check.inside
    late = [*changes, change(2, 40, told=0)]
    check = backtest(late, DAY, ahead=[8], made=[8], runs=100)[0]
    assert check.came_out == 120
    assert not check.inside


def test_a_programme_that_began_since_is_left_out():
    changes = [*history(*[2] * 40), change(3, 500, 500, programme=2)]
    assert backtest(changes, DAY, ahead=[8], made=[8], runs=100)[0].came_out == 80


def test_weeks_without_a_forecast_are_left_out():
    checks = backtest(history(*[1] * 30), DAY, runs=20)
    assert {check.ahead for check in checks} == {4, 8, 12}
    assert max((DAY - check.made_on).days // 7 for check in checks) == 30 - LEAST_WEEKS
    assert all(check.day <= DAY for check in checks)
    assert coverage(checks, 12)[1] == 30 - LEAST_WEEKS - 12 + 1
    assert backtest(history(*[1] * 5), DAY) == []


def test_history_entered_in_one_go_has_no_backtest():
    entered = [one._replace(known_from=DAY) for one in history(*[2] * 40)]
    assert backtest(entered, DAY) == []
    assert simulate(read_basis(entered, DAY), runs=10).finish(MIDDLE)


def test_the_band_holds_about_four_times_in_five():
    """Programmes whose pace wanders by a tenth each quarter, with weeks scattered by chance."""
    rng = Random(1)
    inside = n = 0
    for _ in range(25):
        weeks, pace = [], rng.uniform(3, 12)
        for week in range(90):
            if week % 13 == 0:
                pace *= math.exp(rng.gauss(0, 0.1))
            weeks.append(sum(rng.random() < pace / 40 for _ in range(40)))
        changes = history(*weeks, items=5000)
        for ahead in (4, 8, 12):
            found = coverage(backtest(changes, DAY, made=range(ahead, 60, 6), runs=200), ahead)
            inside, n = inside + found[0], n + found[1]
    assert n > 500
    assert 0.75 < inside / n < 0.93


def test_without_doubt_about_the_pace_the_band_is_too_narrow():
    weeks = [*[2] * 26, *[3] * 12]
    then = read_basis(history(*weeks), ago(12))
    sure, doubtful = (simulate(then, runs=400, drift=drift).band(DAY) for drift in (0, 0.4))
    assert sure.high < 2 * 26 + 3 * 12 <= doubtful.high
    assert then._replace(weeks=()).pace == 0
