"""What a step of the ladder is about: why each item that it cites stands against somebody.

A letter must agree with itself, so that what its sentence says holds of every line of its table.
What is reported and what the schedule says are both named; neither is taken for the other.
"""

from __future__ import annotations

from enum import StrEnum

from rectify_tui.domain.ladder import EscalationStep
from rectify_tui.domain.queue import Candidate
from rectify_tui.domain.schedule import State
from rectify_tui.domain.status import Group, Status, Verification


class CitedFor(StrEnum):
    """Why an item is cited. Of several reasons being refuted comes first, then as they stand here.

    - Behind: reported behind schedule or not completed, or not started though due to have started.
    - Refuted: a visit on site found otherwise than reported.
    - Past due: past its deadline, though reported neither behind nor completed.
    - By schedule: a milestone has passed or progress falls short, though it is reported otherwise.
    - Due soon: in time, but it falls due within 30 days; for a reminder alone.
    """

    BEHIND = "behind"
    REFUTED = "refuted"
    PAST_DUE = "past_due"
    BY_SCHEDULE = "by_schedule"
    DUE_SOON = "due_soon"


_SOON = 30


def cited_for(item: Candidate, step: EscalationStep) -> CitedFor | None:
    """Why a step may cite an item, None where nothing stands against it."""
    if item.reported is Status.MERGED:
        return None
    if item.verification is Verification.REFUTED:
        return CitedFor.REFUTED
    if item.derived.counted is Group.BEHIND:
        return CitedFor.BEHIND
    if item.derived.state is State.OVERDUE:
        return CitedFor.PAST_DUE
    if item.derived.late:
        return CitedFor.BY_SCHEDULE
    soon = item.coming is not None and item.coming.days <= _SOON
    if step is EscalationStep.REMINDER and soon and item.reported is not Status.COMPLETED:
        return CitedFor.DUE_SOON
    return None
