"""What stands beside the reported status of an item, and must not be lost in a count of statuses.

What is reported, what the schedule says and what was verified on site are three facts that are
shown side by side (`domain.md`, Verification); so are the step that an office was taken to, and the
day by which the next step is promised.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from rectify_tui.domain.queue import Candidate
from rectify_tui.domain.schedule import State
from rectify_tui.domain.status import Group, Status, Verification


class Mark(StrEnum):
    """One of those facts.

    - Past due: the deadline has passed, though the item is reported neither behind nor completed;
      基本完成 is not completion here, as in `schedule.derive`.
    - Refuted: a visit on site found otherwise than reported.
    - Escalated: a step of the ladder was taken about an item that is not completed.
    - Promised: the day by which the next step is promised has not passed; broken: it has, and the
      item is not completed; kept: it was completed by that day.
    """

    PAST_DUE = "past_due"
    REFUTED = "refuted"
    ESCALATED = "escalated"
    PROMISED = "promised"
    PROMISE_BROKEN = "promise_broken"
    PROMISE_KEPT = "promise_kept"


PROMISES = frozenset({Mark.PROMISED, Mark.PROMISE_BROKEN, Mark.PROMISE_KEPT})


def marks_of(item: Candidate, *, escalated: bool, as_of: date) -> frozenset[Mark]:
    """The marks of an item on a day; a merged one has none, since another carries it on."""
    if item.reported is Status.MERGED:
        return frozenset()
    return frozenset(_marks(item, escalated, as_of))


def _marks(item: Candidate, escalated: bool, as_of: date) -> Iterator[Mark]:
    derived = item.derived
    if derived.state is State.OVERDUE and derived.counted is not Group.BEHIND:
        yield Mark.PAST_DUE
    if item.verification is Verification.REFUTED:
        yield Mark.REFUTED
    if escalated and item.reported is not Status.COMPLETED:
        yield Mark.ESCALATED
    if item.promised_on is not None and (mark := _promise(item, item.promised_on, as_of)):
        yield mark


def _promise(item: Candidate, promised_on: date, as_of: date) -> Mark | None:
    """None where it was completed after the day: late, but nothing is owed any more."""
    if item.reported is not Status.COMPLETED:
        return Mark.PROMISE_BROKEN if promised_on < as_of else Mark.PROMISED
    done_on = item.reported_on
    return Mark.PROMISE_KEPT if done_on is not None and done_on <= promised_on else None
