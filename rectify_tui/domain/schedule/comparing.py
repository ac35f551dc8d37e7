"""Where the report and the schedule disagree."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from rectify_tui.domain.schedule.model import NO_PARAMS, State
from rectify_tui.domain.status import Group, Status
from rectify_tui.errors import Problem

if TYPE_CHECKING:
    from rectify_tui.domain.schedule.model import Derived


class Direction(StrEnum):
    """How the report compares with the schedule."""

    BETTER = "better"
    WORSE = "worse"


class Disagreement(NamedTuple):
    """That an item was reported better or worse than the schedule has it.

    `params` has the reported status and the rule of the schedule as messages of their own.
    """

    direction: Direction
    key: str
    params: Mapping[str, object] = NO_PARAMS


def disagreement(derived: Derived, reported: Status) -> Disagreement | None:
    """How the reported status disagrees with what the schedule says, None where it does not.

    Neither is right by itself: the one is a claim, the other a calculation (`domain.md`,
    Verification). What is compared is ours:

    - Groups, as figures count them: ahead, on schedule and a start not yet due are one.
    - Reported better: on schedule or completed, though the schedule has it behind or overdue; or
      completed, though milestones are still to come.
    - Reported worse: behind or not completed, though nothing is late; or not started, though the
      work is ahead.
    - Where the schedule cannot tell (no end, no deadline, unreadable, at once of an unknown day)
      there is nothing to disagree with. 基本完成 leaves room for milestones still to come.
    """
    direction = _direction(derived, reported)
    if direction is None:
        return None
    params = {
        "reported": Problem(f"status.item.{reported}"),
        "rule": Problem(derived.rule, **derived.params),
    }
    return Disagreement(direction, f"schedule.disagreement.{direction}", params)


def _direction(derived: Derived, reported: Status) -> Direction | None:
    if derived.late:
        claims = (Group.ON_SCHEDULE, Group.COMPLETED)
        return Direction.BETTER if derived.counted in claims else None
    if derived.state not in (State.AHEAD, State.ON_SCHEDULE):
        return None
    if reported is Status.COMPLETED:
        return Direction.BETTER
    if derived.counted is Group.BEHIND:
        return Direction.WORSE
    if reported is Status.NOT_STARTED and derived.state is State.AHEAD:
        return Direction.WORSE
    return None
