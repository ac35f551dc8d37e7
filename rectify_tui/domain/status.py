"""Progress status of an item and state of a case, and the groups that figures have."""

from __future__ import annotations

from enum import StrEnum

from rectify_tui.errors import Problem


class Group(StrEnum):
    """The four groups that a dashboard shows first, and what is in none of them.

    `UNCLEAR` holds what was reported without saying how it stands: counted beside the four until
    somebody decides.
    """

    COMPLETED = "completed"
    ON_SCHEDULE = "on_schedule"
    BEHIND = "behind"
    MERGED = "merged"
    UNCLEAR = "unclear"


class Status(StrEnum):
    """Progress of an item as reported; the order is that of published tables."""

    COMPLETED = "completed"
    BASICALLY_COMPLETED = "basically_completed"
    AHEAD = "ahead"
    ON_SCHEDULE = "on_schedule"
    NOT_STARTED = "not_started"
    BEHIND = "behind"
    NOT_COMPLETED = "not_completed"
    MERGED = "merged"
    IN_PROGRESS = "in_progress"


class CaseStatus(StrEnum):
    """State of a case that the inspectors passed on."""

    CLOSED = "closed"
    INTERIM = "interim"
    OPEN = "open"


class Verification(StrEnum):
    """What a visit on site found: a third axis, beside the reported status and the schedule."""

    UNVERIFIED = "unverified"
    CONFIRMED = "confirmed"
    REFUTED = "refuted"


GROUP_OF = {
    Status.COMPLETED: Group.COMPLETED,
    Status.BASICALLY_COMPLETED: Group.COMPLETED,
    Status.AHEAD: Group.ON_SCHEDULE,
    Status.ON_SCHEDULE: Group.ON_SCHEDULE,
    Status.NOT_STARTED: Group.ON_SCHEDULE,
    Status.BEHIND: Group.BEHIND,
    Status.NOT_COMPLETED: Group.BEHIND,
    Status.MERGED: Group.MERGED,
    Status.IN_PROGRESS: Group.UNCLEAR,
}
"""Group of each status. `not_started` moves to behind once its start is due: see `group_of`."""


_NAMES = frozenset(Status)


def read_status(text: str) -> Status:
    """The status that a word stands for.

    "In progress" (正在整改) is one of its own, since it says nothing about the schedule. Raises
    `Problem` for what says no status, or might say two.
    """
    if text in _NAMES:
        return Status(text)
    from rectify_tui.domain.status_words import status_of  # its patterns take time to compile

    status = status_of(text)
    if status is None:
        raise Problem("status.unknown", word=text)
    return status


def read_case_status(text: str) -> CaseStatus:
    """The case state that a word stands for. Raises `Problem` for an unknown word."""
    from rectify_tui.domain.status_words import case_status_of

    status = case_status_of(text)
    if status is None:
        raise Problem("status.unknown_case", word=text)
    return status


def statuses_of(group: Group) -> tuple[Status, ...]:
    """The statuses that make up a group."""
    return tuple(status for status in Status if GROUP_OF[status] is group)
