"""Visits on site: when one counts, what it does to what was reported, and where it was."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import TYPE_CHECKING

from rectify_tui.domain.status import GROUP_OF, Group, Status, Verification

if TYPE_CHECKING:
    from datetime import date

    from rectify_tui.domain.position import Position
    from rectify_tui.domain.timeline import Values


class Need(StrEnum):
    """What the record of a visit must have before it counts (`domain.md`, mobile enforcement).

    The day and the result are not among them: without those there is no visit to speak of.
    """

    PERSON = "person"
    POSITION = "position"
    FINDINGS = "findings"
    PHOTOGRAPHS = "photographs"


CLOSED_LOOP = (Need.PERSON, Need.POSITION, Need.FINDINGS)
"""What an office asks for that has said nothing else: photographs come after the paper, if any."""

RESULTS = (Verification.CONFIRMED, Verification.REFUTED)
"""What a visit can find."""


def missing_of(
    needs: Collection[Need], *, person: str | None, position: Position | None,
    findings: str | None, photographs: int,
) -> tuple[Need, ...]:  # fmt: skip
    """What a visit still lacks of what an office needs, in the order of `Need`.

    `photographs` is how many show what was found.
    """
    there = {
        Need.PERSON: bool(person), Need.POSITION: position is not None,
        Need.FINDINGS: bool(findings), Need.PHOTOGRAPHS: photographs > 0,
    }  # fmt: skip
    return tuple(need for need in Need if need in needs and not there[need])


def reopened(reported: Status, due_on: date | None, day: date) -> Status | None:
    """How an item stands from the day of a visit that refuted it; None where it stays as it is.

    A completion that was refuted is none. Past its deadline the item is not completed (未完成);
    before it, nothing is known of the schedule until somebody says so: in progress (正在整改).
    What was not reported as completed, or is carried on by another item, stays what it is.
    """
    if GROUP_OF[reported] is not Group.COMPLETED:
        return None
    return Status.NOT_COMPLETED if due_on is not None and due_on <= day else Status.IN_PROGRESS


def without_result(values: Values) -> tuple[Values, Verification | None]:
    """Values of an item apart from what a visit found, and that, where they say anything of it."""
    if "verification" not in values:
        return values, None
    rest = {name: value for name, value in values.items() if name != "verification"}
    return rest, Verification(str(values["verification"]))
