"""Which step is due towards whom."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.domain.ladder import (
    DEFAULT,
    EscalationStep,
    Facts,
    Rung,
    Taken,
    answer_due,
    suggest,
    weeks_behind,
)

DAY = date(2020, 3, 20)
S = EscalationStep


def ago(days):
    return DAY - timedelta(days=days)


def due(facts, ladder=DEFAULT):
    found = suggest(facts, ladder, DAY)
    return found and found.step


@pytest.mark.parametrize(
    ("days", "step"),
    [
        (6, None), (7, S.REMINDER), (13, S.REMINDER), (14, S.LETTER), (27, S.LETTER),
        (28, S.BULLETIN), (56, S.SUPERVISED), (84, S.SUMMONS), (800, S.SUMMONS),
    ],
)  # fmt: skip
def test_steps_by_weeks(days, step):
    assert due(Facts(1, since=ago(days))) == step


def test_lines_not_completed_lead_to_a_summons():
    assert due(Facts(3, 3, since=ago(0))) is S.SUMMONS
    assert due(Facts(3, 2, since=ago(0))) is None


def test_nothing_behind_nothing_due():
    taken = (Taken(S.LETTER, ago(30), ago(20)),)
    assert due(Facts(0, since=ago(90), taken=taken)) is None


def test_a_step_is_not_suggested_twice_nor_a_milder_one():
    for step in (S.LETTER, S.BULLETIN):
        assert due(Facts(1, since=ago(20), taken=(Taken(step, ago(3), ago(-4)),))) is None
    assert due(Facts(1, since=ago(20), taken=(Taken(S.REMINDER, ago(3), ago(-4)),))) is S.LETTER


def test_no_answer_leads_on():
    late = Taken(S.LETTER, ago(12), ago(1))
    found = suggest(Facts(1, since=ago(20), taken=(late,)), DEFAULT, DAY)
    assert found.step is S.BULLETIN
    assert [ground.key for ground in found.grounds] == [
        "ladder.ground.behind", "ladder.ground.unanswered",
    ]  # fmt: skip
    assert found.grounds[0].params == {"n": 1, "week": 3}
    assert found.grounds[1].params == {"step": "letter", "day": ago(12)}
    assert due(Facts(1, since=ago(20), taken=(Taken(S.LETTER, ago(12), ago(0)),))) is None
    answered = Taken(S.LETTER, ago(12), ago(5), ago(2))
    assert due(Facts(1, since=ago(20), taken=(answered,))) is None


def test_the_last_rungs_follow_only_silence():
    assert due(Facts(9, 9, since=ago(900))) is S.SUMMONS
    silent = Taken(S.SUMMONS, ago(40), ago(20))
    assert due(Facts(9, 9, since=ago(900), taken=(silent,))) is S.INSPECTION
    silent = Taken(S.ACCOUNTABILITY, ago(40), ago(20))
    assert due(Facts(9, 9, since=ago(900), taken=(silent,))) is None


def test_what_was_taken_before_the_lines_fell_behind_does_not_count():
    old = Taken(S.SUMMONS, ago(200), ago(180))
    assert due(Facts(1, since=ago(20), taken=(old,))) is S.LETTER
    undated = Taken(S.SUMMONS)
    assert due(Facts(1, since=ago(20), taken=(undated,))) is None


def test_an_office_leaves_steps_out():
    ladder = {S.LETTER: Rung(weeks_behind=1), S.SUMMONS: Rung(answer_days=3)}
    assert due(Facts(1, since=ago(90)), ladder) is S.LETTER
    late = Taken(S.LETTER, ago(12), ago(1))
    assert due(Facts(1, since=ago(90), taken=(late,)), ladder) is S.SUMMONS
    assert due(Facts(1, since=ago(90)), {}) is None
    assert answer_due(S.SUMMONS, ladder, DAY).day == DAY + timedelta(days=3)
    assert answer_due(S.BULLETIN, ladder, DAY).day == DAY + timedelta(days=7)


@given(st.integers(0, 400), st.integers(0, 400), st.integers(0, 5))
def test_worse_is_never_milder(days, more, lines):
    one = due(Facts(9, lines, since=ago(days)))
    other = due(Facts(9, lines + 1, since=ago(days + more)))
    assert one is None or (other is not None and other.rank >= one.rank)


@given(st.lists(st.sampled_from(S), max_size=4), st.integers(0, 100))
def test_a_suggestion_that_is_taken_is_not_made_again(steps, days):
    taken = tuple(Taken(step, ago(1), ago(-9)) for step in steps)
    facts = Facts(2, 1, since=ago(days + 1), taken=taken)
    step = due(facts)
    if step is not None:
        now = Facts(2, 1, since=facts.since, taken=(*taken, Taken(step, DAY, ago(-9))))
        assert due(now) is None


def test_weeks_are_whole():
    assert [weeks_behind(Facts(1, since=ago(n)), DAY) for n in (-3, 0, 6, 7, 20)] == [0, 0, 0, 1, 2]
