"""What the schedule says of any item: what must always hold."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from rectify_tui.domain.deadline import DeadlineKind
from rectify_tui.domain.schedule import (
    TOLERANCE,
    Derived,
    Direction,
    Plan,
    State,
    Step,
    coming,
    counted_group,
    derive,
    disagreement,
)
from rectify_tui.domain.status import Group, Status
from rectify_tui.domain.timeline import NOT_STARTED_DUE, counted, status_on
from rectify_tui.i18n import LANGUAGES, Language

DAYS = st.dates(date(2015, 1, 1), date(2026, 12, 31))
MAYBE = st.none() | DAYS
STEPS = st.lists(st.builds(Step, st.text(max_size=3), MAYBE, MAYBE, st.booleans()), max_size=4).map(
    tuple
)
PLANS = st.builds(Plan, st.sampled_from(DeadlineKind), MAYBE, MAYBE, STEPS, MAYBE)
PROGRESS = st.none() | st.integers(0, 100)
STATUSES = st.sampled_from(Status)
OPEN = st.sampled_from([s for s in Status if s not in (Status.COMPLETED, Status.MERGED)])


@given(
    st.builds(
        Plan,
        st.sampled_from(DeadlineKind),
        st.none() | st.dates(),
        st.none() | st.dates(),
        st.lists(
            st.builds(Step, st.text(), st.none() | st.dates(), st.none() | st.dates()), max_size=3
        ).map(tuple),
        st.none() | st.dates(),
    ),
    STATUSES,
    st.none() | st.integers(),
    st.dates(),
    st.none() | st.dates(),
)
def test_nothing_is_raised_and_no_days_are_below_zero(plan, reported, progress, as_of, since):
    found = derive(plan, reported, progress, as_of, status_on=since)
    assert found.days >= 0
    assert found.state in (*State,)
    if found.state not in (State.BEHIND, State.OVERDUE, State.AHEAD, State.COMPLETED):
        assert found.days == 0
    assert found.counted is counted_group(reported, plan.start_on, as_of)
    disagreement(found, reported)
    following = coming(plan, reported, as_of)
    assert following is None or following.days >= 0
    for code in LANGUAGES:
        assert Language(code)(found.rule, **found.params)
        assert Language(code)(found.label, n=found.days)


def lateness(found: Derived) -> tuple[int, int]:
    if found.state is State.AHEAD:
        return -1, -found.days
    return (State.BEHIND, State.OVERDUE).index(found.state) + 1 if found.late else 0, (
        found.days if found.late else 0
    )


@given(PLANS, OPEN, PROGRESS, DAYS, st.integers(0, 400))
@example(  # a milestone passes while progress is far below the line
    Plan(
        DeadlineKind.DUE, date(2020, 12, 31), date(2020, 1, 1), (Step("", date(2020, 6, 1)),)
    ),
    Status.ON_SCHEDULE, 0, date(2020, 6, 1), 1,
)  # fmt: skip
def test_an_open_item_never_gets_less_late_as_days_pass(plan, reported, progress, first, days):
    # a milestone that is done later on is a change of its own
    steps = tuple(
        s._replace(done_on=None) if s.done_on and s.done_on > first else s for s in plan.milestones
    )
    plan = plan._replace(milestones=steps)
    before = derive(plan, reported, progress, first)
    after = derive(plan, reported, progress, first + timedelta(days=days))
    assert lateness(before) <= lateness(after)
    if before.late and before.state is after.state and before.rule == after.rule:
        assert after.days >= before.days


@given(PLANS, OPEN, PROGRESS, DAYS)
def test_whatever_passed_its_last_day_is_overdue_by_the_days_since(plan, reported, progress, as_of):
    found = derive(plan, reported, progress, as_of)
    last = plan.last_day
    assert (found.state is State.OVERDUE) == (last is not None and last < as_of)
    if found.state is State.OVERDUE:
        assert found.days == (as_of - last).days


@given(PLANS, OPEN, PROGRESS, DAYS)
def test_doing_a_milestone_makes_nothing_later(plan, reported, progress, as_of):
    for n, step in enumerate(plan.milestones):
        done = step._replace(done_on=None, done=True)
        steps = (*plan.milestones[:n], done, *plan.milestones[n + 1 :])
        with_it = derive(plan._replace(milestones=steps), reported, progress, as_of)
        assert lateness(with_it) <= lateness(derive(plan, reported, progress, as_of))


@given(PLANS, OPEN, st.integers(0, 100), st.integers(0, 100), DAYS)
def test_more_progress_makes_nothing_later(plan, reported, one, other, as_of):
    less, more = sorted((one, other))
    assert lateness(derive(plan, reported, more, as_of)) <= lateness(
        derive(plan, reported, less, as_of)
    )


@given(st.integers(1, 3000), st.integers(0, 100), st.integers(0, 3000))
def test_the_line_allows_for_its_tolerance_and_no_more(length, progress, passed):
    start = date(2015, 1, 1)
    due = start + timedelta(days=length)
    as_of = min(start + timedelta(days=passed), due)
    found = derive(Plan(DeadlineKind.DUE, due, start), Status.ON_SCHEDULE, progress, as_of)
    gap = progress - 100 * (as_of - start).days / (length + 1)
    if abs(abs(gap) - TOLERANCE) > 1e-6:
        assert (found.state is State.BEHIND) == (gap < -TOLERANCE)
        assert (found.state is State.AHEAD) == (gap > TOLERANCE and as_of < due)


@given(PLANS, STATUSES, PROGRESS, DAYS)
def test_the_two_never_disagree_within_a_group_or_where_the_schedule_cannot_tell(
    plan, reported, progress, as_of
):
    found = derive(plan, reported, progress, as_of)
    differing = disagreement(found, reported)
    if found.state in (State.AT_ONCE, State.NO_END, State.UNREADABLE, State.NO_DEADLINE):
        assert differing is None
    if differing and differing.direction is Direction.BETTER:
        assert found.counted in (Group.ON_SCHEDULE, Group.COMPLETED)
    if found.late and found.counted is Group.BEHIND:
        assert differing is None


@given(STATUSES, MAYBE, DAYS)
def test_a_status_is_counted_as_in_every_figure(reported, start_on, as_of):
    timeline = counted(
        (("2015-01-01", reported.value),), start_on.isoformat() if start_on else None
    )
    told = status_on(timeline, as_of.isoformat())
    if told == NOT_STARTED_DUE:
        assert counted_group(reported, start_on, as_of) is Group.BEHIND
    else:
        assert counted_group(reported, start_on, as_of) is counted_group(reported, None, as_of)
