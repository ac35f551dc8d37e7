"""The steps of close-out, one after another in any order: what the rules never allow."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.domain.closeout import (
    AWAITING,
    FROM,
    Closure,
    Level,
    Notice,
    Procedure,
    Stage,
    Step,
    default_level,
    move,
    require_another,
)
from rectify_tui.domain.closeout_words import read_levels, read_notice, told_stage
from rectify_tui.domain.workdays import term_end
from rectify_tui.errors import Problem, Refusal

DAY = date(2020, 3, 2)

levels = st.lists(st.sampled_from(list(Level)), min_size=1, max_size=5, unique=True).map(
    lambda some: tuple(sorted(some, key=list(Level).index))
)
procedures = st.builds(Procedure, levels, st.builds(Notice, st.integers(1, 15), st.booleans()))
acts = st.lists(
    st.tuples(st.sampled_from(list(Step)), st.integers(0, 12), st.sampled_from([None, *Level])),
    max_size=30,
)


def walk(procedure, acts):
    """What holds after each step that was allowed, with the step and its day; from nothing on."""
    closure, day = Closure(), DAY
    for step, days, level in acts:
        day += timedelta(days=days)
        try:
            then = move(closure, step, procedure, day, level=level)
        except (Refusal, Problem):
            continue
        yield closure, step, day, then
        closure = then


@given(procedures, acts)
def test_whatever_is_tried_the_way_is_kept(procedure, acts):
    accepted = []
    for before, step, day, then in walk(procedure, acts):
        assert before.stage in FROM[step]
        assert then.since == day
        if step is Step.ACCEPT:
            accepted.append(then.level)
            assert accepted == list(procedure.levels[: len(accepted)])
            assert (then.stage is Stage.ACCEPTED) == (len(accepted) == len(procedure.levels))
        if step is Step.PUBLISH:
            term = procedure.notice
            assert then.notice_until == term_end(day, term.days, working=term.working).day > day
        if step is Step.STRIKE:
            assert accepted == list(procedure.levels)
            assert before.stage is Stage.PUBLISHED
            assert before.notice_until < day
        if then.stage is Stage.NOT_APPLIED:
            accepted = []
            assert (then.level, then.notice_until) == (None, None)


@given(procedures, acts)
def test_an_item_can_always_go_on_or_be_sent_back(procedure, acts):
    for _, _, day, then in walk(procedure, acts):
        ways = []
        for step in Step:
            try:
                ways.append(move(then, step, procedure, day + timedelta(days=90)).stage)
            except Refusal:
                continue
        assert ways
        if then.stage in (*AWAITING, Stage.STRUCK):
            assert Stage.NOT_APPLIED in ways


@given(procedures, acts, st.integers(1, 40))
def test_no_step_is_taken_before_the_last_one(procedure, acts, days):
    for _, _, day, then in walk(procedure, acts):
        for step in Step:
            with pytest.raises(Refusal):
                move(then, step, procedure, day - timedelta(days=days))


def test_one_item_through_two_levels_an_objection_and_a_relapse():
    procedure = Procedure((Level.COUNTY, Level.CITY), Notice(7))
    now = Closure()

    def take(step, day, level=None):
        nonlocal now
        now = move(now, step, procedure, date(2020, 3, day), level=level)
        return now

    take(Step.APPLY, 2)
    with pytest.raises(Refusal, match="other_level"):
        take(Step.ACCEPT, 3, Level.CITY)
    with pytest.raises(Refusal, match="not_a_level"):
        take(Step.ACCEPT, 3, Level.PROVINCE)
    assert take(Step.ACCEPT, 3).stage is Stage.APPLIED
    assert take(Step.REFUSE, 4).stage is Stage.NOT_APPLIED
    take(Step.APPLY, 5)
    take(Step.ACCEPT, 5, Level.COUNTY)
    assert take(Step.ACCEPT, 6, Level.CITY).stage is Stage.ACCEPTED
    assert take(Step.PUBLISH, 9).notice_until == date(2020, 3, 16)
    assert (now.days_left(date(2020, 3, 12)), now.days_waited(date(2020, 3, 12))) == (4, 3)
    with pytest.raises(Refusal, match="notice_runs"):
        take(Step.STRIKE, 16)
    take(Step.OBJECT, 16)
    with pytest.raises(Refusal, match="not_from"):
        take(Step.STRIKE, 18)
    assert take(Step.PUBLISH, 18).notice_until == date(2020, 3, 25)
    assert take(Step.STRIKE, 26) == Closure(
        Stage.STRUCK, Level.CITY, date(2020, 3, 26), date(2020, 3, 25)
    )
    assert take(Step.REOPEN, 30) == Closure(since=date(2020, 3, 30))


def test_working_days_of_a_notice_leave_out_the_holidays():
    procedure = Procedure((Level.CITY,), Notice(10, working=True))
    accepted = Closure(Stage.ACCEPTED, Level.CITY, date(2019, 9, 24))
    published = move(accepted, Step.PUBLISH, procedure, date(2019, 9, 24))
    assert published.notice_until == date(2019, 10, 12)  # a Saturday that was worked


def test_a_second_pair_of_eyes():
    involved = {"reporter": {"李工"}, "applicant": {"市整改办"}, "accepter": {"王局长"}}
    for name, key in (("李工", "reporter"), ("市整改办", "applicant"), ("王局长", "accepter")):
        with pytest.raises(Refusal, match=f"same_{key}"):
            require_another(Step.ACCEPT, name, involved)
    require_another(Step.ACCEPT, "赵主任", involved)
    require_another(Step.APPLY, "李工", involved)


def test_what_programmes_say():
    assert read_levels("县级、市级、省级") == (Level.COUNTY, Level.CITY, Level.PROVINCE)
    assert read_levels("county,city,department,province,nation") == tuple(Level)
    assert read_notice("10个工作日") == read_notice("10 working days") == Notice(10, working=True)
    assert read_notice(Notice(10, working=True).kept()) == Notice(10, working=True)
    assert read_notice("7天") == read_notice("7") == Notice(7)
    for text in ("", "省级,市级", "city,city", "某级"):
        with pytest.raises(Problem):
            read_levels(text)
    for text in ("0天", "很久", ""):
        with pytest.raises(Problem):
            read_notice(text)
    assert [default_level(depth) for depth in range(4)] == [
        Level.PROVINCE, Level.PROVINCE, Level.CITY, Level.COUNTY,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        (Stage.STRUCK, "已销号 销号 完成整改并销号 已验收销号 已全部销号 已销账 已消号"),
        (Stage.APPLIED, "待验收 已申请验收 待省级验收 已完成，待验收 已申请销号 已上报销号 验收中"),
        (Stage.ACCEPTED, "已验收 已通过验收 验收合格 完成验收"),
        (Stage.PUBLISHED, "公示中 正在公示"),
        (Stage.NOT_APPLIED, "未销号 未申请验收 尚未验收 否"),
        (None, "已完成 按序时推进 是"),
    ],
)
def test_what_other_ledgers_say(stage, words):
    assert {word: told_stage(word) for word in words.split()} == dict.fromkeys(words.split(), stage)
