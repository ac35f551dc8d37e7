"""Who is in the working group, and when."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.domain.workgroup import Spell, members_by_week, spells, week_ends

START = date(2017, 1, 6)


def day(n: int) -> date:
    return START + timedelta(days=n)


def test_whoever_finishes_leaves():
    assert spells([(day(0), 3), (day(7), -2), (day(9), -1)], day(30)) == (Spell(day(0), day(9)),)


def test_whoever_has_open_lines_stays():
    assert spells([(day(0), 3), (day(7), -2)], day(30)) == (Spell(day(0)),)


def test_whoever_opens_a_line_again_is_back():
    found = spells([(day(9), 1), (day(0), 1), (day(5), -1)], day(30))
    assert found == (Spell(day(0), day(5)), Spell(day(9)))


def test_what_comes_and_goes_on_one_day_does_not_count():
    assert spells([(day(0), 1), (day(0), -1)], day(30)) == ()


def test_later_days_are_not_known_yet():
    assert spells([(day(0), 1), (day(9), -1)], day(8)) == (Spell(day(0)),)
    assert spells([(day(0), 1)], day(-1)) == ()


def test_members_week_by_week():
    spelled = {1: [Spell(day(0), day(7))], 2: [Spell(day(3))], 3: []}
    weeks = week_ends(day(0), day(14), 10, 4)
    assert weeks == [day(0), day(7), day(14)]
    assert members_by_week(spelled, weeks) == [(day(0), [1]), (day(7), [2]), (day(14), [2])]
    assert week_ends(day(0), day(14), 2, 4) == [day(7), day(14)]
    assert week_ends(day(1), day(17), 10, 4) == [day(7), day(14), day(17)]
    assert week_ends(day(0), day(14), 2, 2) == [day(12), day(14)]


@given(st.lists(st.tuples(st.integers(0, 40), st.booleans()), max_size=30), st.integers(0, 40))
def test_in_the_group_is_having_open_lines(steps, last):
    counts, differences = 0, []
    for n, more in sorted(steps):
        if more or counts:
            change = 1 if more else -1
            counts += change
            differences.append((day(n), change))
    found = spells(reversed(differences), day(last))
    for n in range(last + 1):
        open_lines = sum(change for on, change in differences if on <= day(n))
        assert any(spell.holds(day(n)) for spell in found) == (open_lines > 0)
