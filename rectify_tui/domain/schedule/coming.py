"""What of a plan falls due next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from rectify_tui.domain.deadline import DeadlineKind
from rectify_tui.domain.schedule.model import NO_PARAMS
from rectify_tui.domain.status import Status

if TYPE_CHECKING:
    from datetime import date

    from rectify_tui.domain.schedule.model import Plan


class Coming(NamedTuple):
    """What falls due next: in how many `days` (0 is today), with the sentence that says so."""

    days: int
    rule: str
    params: Mapping[str, object] = NO_PARAMS


def coming(plan: Plan, reported: Status, as_of: date) -> Coming | None:
    """What falls due next, `as_of` included: a milestone not done, the deadline, or the start.

    The start counts where the item is reported not started, or where the plan demands nothing
    else. Of several on one day the deadline is named, then the milestone. None where nothing is to
    come, and for a completed or merged item, of which nothing is expected any more.
    """
    if reported in (Status.COMPLETED, Status.MERGED):
        return None
    nearest = min(_events(plan, reported, as_of), key=lambda event: event[0], default=None)
    if nearest is None:
        return None
    day, what, params = nearest
    days = (day - as_of).days
    when = "ahead" if days else "today"
    return Coming(days, f"schedule.rule.{what}_{when}", {"due": day, "n": days, **params})


def _events(
    plan: Plan, reported: Status, as_of: date
) -> Iterator[tuple[date, str, Mapping[str, object]]]:
    """What is still to come; of one day, what matters most comes first."""
    if plan.last_day and plan.last_day >= as_of:
        yield plan.last_day, "due", {}
    for day, step in plan.dated_steps():
        if day >= as_of and not step.done_by(as_of):
            yield day, "step", {"step": step.name}
            break
    begins = reported is Status.NOT_STARTED or plan.kind is DeadlineKind.START_ONLY
    # on the day itself work should be under way, so that an item not started is behind
    if begins and plan.start_on and plan.start_on > as_of:
        yield plan.start_on, "start", {}
