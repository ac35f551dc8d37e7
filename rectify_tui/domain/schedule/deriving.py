"""The rules by which the schedule says where an item stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rectify_tui.domain.deadline import DeadlineKind
from rectify_tui.domain.schedule.coming import coming
from rectify_tui.domain.schedule.line import Line, hold
from rectify_tui.domain.schedule.model import Derived, Plan, State, Step
from rectify_tui.domain.status import GROUP_OF, Group, Status

if TYPE_CHECKING:
    from datetime import date

GOES_ON = frozenset(
    {DeadlineKind.CONTINUOUS, DeadlineKind.DUE_THEN_CONTINUOUS, DeadlineKind.NO_END}
)
"""Kinds that ask for more after completion, so that a milestone may still be to come."""

UNDATED = {
    DeadlineKind.CONTINUOUS: (State.NO_END, "schedule.rule.continuous"),
    DeadlineKind.NO_END: (State.NO_END, "schedule.rule.no_end"),
    DeadlineKind.START_ONLY: (State.NO_END, "schedule.rule.start_only"),
    DeadlineKind.NONE: (State.NO_DEADLINE, "schedule.rule.none"),
}


def counted_group(reported: Status, start_on: date | None, as_of: date) -> Group:
    """The group in which figures count a reported status on a day.

    "Not started" is on schedule while the start is not yet due, and behind from then on
    (`domain.md`, Progress status; the same as in `timeline.counted`).
    """
    if reported is Status.NOT_STARTED and start_on is not None and start_on <= as_of:
        return Group.BEHIND
    return GROUP_OF[reported]


def derive(
    plan: Plan,
    reported: Status,
    progress: int | None,
    as_of: date,
    *,
    status_on: date | None = None,
) -> Derived:
    """What the schedule says of an item on a day. Nothing is raised, and no day is guessed.

    `progress` is in percent; `status_on` the day since which the reported status holds. The first
    of these rules that applies says it; those marked * are ours, as `domain.md` leaves them open.

    1. Merged: not judged, since another item carries it on (Progress status, merged).
    2. Reported completed: behind by the oldest milestone past and not done*; on schedule while a
       milestone is still to come, unless the deadline asks for more after completion (长期坚持)*;
       else completed, and late by the days from the last day in time to `status_on`. That the
       deadline has passed says nothing against a completion.
    3. The last day in time has passed: overdue by the days since (Deadlines; the last day itself is
       in time). 立行立改 is due on the day of issue. 基本完成 is not completion here, although
       figures count it as completed*; nor is 长期坚持 after a day a reason to miss that day.
    4. Behind, by the longest of: the days since the oldest milestone past and not done*; the days
       since the start of an item reported not started (Progress status, `not_started`), 0 on the
       day itself; the days by which progress falls short of the line, if clearly* (see `line`).
       A milestone done late is done.
    5. 立行立改 of an unknown day of issue: at once. It may be late, but nobody can say since when.
    6. An unreadable deadline: unreadable, whatever is still to come (Deadlines).
    7. The deadline is today: on schedule, since the day itself is in time.
    8. Ahead, where progress is clearly* beyond the line, or where the milestones that fall due next
       are done already*, by the days until the last of those.
    9. Something is still to come, be it the deadline, a milestone or the start: on schedule.
    10. The rest has no end (Deadlines: 长期坚持 and the like), or no deadline at all.
    """
    said = _state(plan, reported, progress, as_of, status_on)
    counted = counted_group(reported, plan.start_on, as_of)
    return Derived(said.state, said.days, said.rule, said.params, counted)


def _state(
    plan: Plan, reported: Status, progress: int | None, as_of: date, status_on: date | None
) -> Derived:
    if reported is Status.MERGED:
        return Derived(State.MERGED, 0, "schedule.rule.merged")
    if reported is Status.COMPLETED:
        return _completed(plan, as_of, status_on)
    if plan.last_day and plan.last_day < as_of:
        return _overdue(plan.last_day, reported, as_of, at_once=plan.at_once)
    line = hold(plan, reported, progress, as_of)
    behind = max(_behind(plan, reported, line, as_of), key=lambda each: each.days, default=None)
    return behind or _in_time(plan, reported, line, as_of)


def _completed(plan: Plan, as_of: date, status_on: date | None) -> Derived:
    missing = _open_steps(plan, as_of)
    if missing and missing[0][0] < as_of:
        return _by_step(State.BEHIND, "step_past", *missing[0], as_of)
    if missing and plan.kind not in GOES_ON:
        day, step = missing[0]
        rule = "step_today" if day == as_of else "step_ahead"
        return _by_step(State.ON_SCHEDULE, rule, day, step, as_of)._replace(days=0)
    last = plan.last_day
    if status_on is None or status_on > as_of or last is None:
        return Derived(State.COMPLETED, 0, "schedule.rule.completed")
    days = max((status_on - last).days, 0)
    rule = "schedule.rule.completed_late" if days else "schedule.rule.completed_in_time"
    return Derived(State.COMPLETED, days, rule, {"on": status_on, "due": last, "n": days})


def _overdue(last: date, reported: Status, as_of: date, *, at_once: bool) -> Derived:
    days = (as_of - last).days
    rule = "schedule.rule.overdue"
    if reported is Status.BASICALLY_COMPLETED:
        rule = "schedule.rule.overdue_basically"
    elif at_once:
        rule = "schedule.rule.overdue_at_once"
    return Derived(State.OVERDUE, days, rule, {"due": last, "n": days})


def _behind(plan: Plan, reported: Status, line: Line | None, as_of: date) -> Iterator[Derived]:
    """Every way in which it is behind; of equally long ones the first is named."""
    missing = _open_steps(plan, as_of)
    if missing and missing[0][0] < as_of:
        yield _by_step(State.BEHIND, "step_past", *missing[0], as_of)
    start = plan.start_on
    if reported is Status.NOT_STARTED and start is not None and start <= as_of:
        days = (as_of - start).days
        rule = "schedule.rule.start_past" if days else "schedule.rule.start_today"
        yield Derived(State.BEHIND, days, rule, {"due": start, "n": days})
    if line and line.days < 0:
        yield _against("line_behind", State.BEHIND, line)


def _open_steps(plan: Plan, as_of: date) -> list[tuple[date, Step]]:
    return [(day, step) for day, step in plan.dated_steps() if not step.done_by(as_of)]


def _by_step(state: State, rule: str, day: date, step: Step, as_of: date) -> Derived:
    days = abs((as_of - day).days)
    params = {"step": step.name, "due": day, "n": days}
    return Derived(state, days, f"schedule.rule.{rule}", params)


def _against(rule: str, state: State, line: Line) -> Derived:
    days = abs(line.days)
    params = {"expected": line.expected, "progress": line.progress, "n": days}
    return Derived(state, days, f"schedule.rule.{rule}", params)


def _in_time(plan: Plan, reported: Status, line: Line | None, as_of: date) -> Derived:
    if plan.at_once and plan.last_day is None:
        return Derived(State.AT_ONCE, 0, "schedule.rule.at_once")
    state, rule = UNDATED.get(plan.kind, (State.UNREADABLE, "schedule.rule.unreadable"))
    if plan.last_day is None and state is State.UNREADABLE:
        return Derived(state, 0, rule)
    if plan.last_day != as_of:
        if line and line.days > 0:
            return _against("line_ahead", State.AHEAD, line)
        if early := _steps_ahead(plan, as_of):
            return early
        if line:
            return _against("line_on", State.ON_SCHEDULE, line)
    if following := coming(plan, reported, as_of):
        return Derived(State.ON_SCHEDULE, 0, following.rule, following.params)
    return Derived(state, 0, rule)


def _steps_ahead(plan: Plan, as_of: date) -> Derived | None:
    """Ahead, where the next milestones to fall due are done; of one day, all of them."""
    until = next((day for day, _ in _open_steps(plan, as_of)), None)
    early = [
        (day, step)
        for day, step in plan.dated_steps()
        if day > as_of and (until is None or day < until)
    ]
    return _by_step(State.AHEAD, "step_done_early", *early[-1], as_of) if early else None
