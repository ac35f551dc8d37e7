"""The straight line from start to deadline, against which progress in percent is held.

No source gives a formula for 序时进度; a line is what the words mean, and the rules here are ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rectify_tui.domain.status import Status

if TYPE_CHECKING:
    from datetime import date

    from rectify_tui.domain.schedule.model import Plan

TOLERANCE = 10
"""Percentage points by which progress may differ from the line and still be on schedule."""


class Line(NamedTuple):
    """Progress beside what the days passed would have it be, both in percent.

    `days` is by how many days progress is beyond the line, rounded away from zero; below zero, by
    how many it falls short. It is 0 within the tolerance.
    """

    expected: int
    progress: int
    days: int


def hold(plan: Plan, reported: Status, progress: int | None, as_of: date) -> Line | None:
    """Where progress stands against the line, None where no line can be drawn.

    It is drawn from the start, or else from the day of issue, to the deadline: 0 % on the first
    day, 100 % once the last day is over. It is not drawn

    - without a progress in percent, and for 基本完成, which is more than any percentage;
    - for 立行立改, which leaves no time to divide;
    - where a milestone falls due before the last day: then the milestones are the schedule.
    """
    first, last = plan.start_on or plan.issued_on, plan.due_on
    if progress is None or first is None or last is None or first >= last:
        return None
    if reported is Status.BASICALLY_COMPLETED or any(day < last for day, _ in plan.dated_steps()):
        return None
    total = (last - first).days + 1
    passed = min(max((as_of - first).days, 0), total)
    lead = progress * total - 100 * passed  # in hundredths of a day, so that nothing is rounded
    days = 0
    if abs(lead) > TOLERANCE * total:
        days = -(-lead // 100) if lead > 0 else lead // 100
    return Line(100 * passed // total, progress, days)
