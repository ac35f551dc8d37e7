"""What a deadline says once it has been read."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date


class DeadlineKind(StrEnum):
    """What a deadline demands."""

    DUE = "due"
    AT_ONCE = "at_once"
    CONTINUOUS = "continuous"
    DUE_THEN_CONTINUOUS = "due_then_continuous"
    NO_END = "no_end"
    START_ONLY = "start_only"
    UNREADABLE = "unreadable"
    NONE = "none"


class Deadline(NamedTuple):
    """A deadline: the text as it was written, and what could be read from it with certainty.

    `due_on` is the last day on which the item is still in time; `start_on` the day from which work
    should be under way. `due_on` is never before `start_on`. `stages` names each step of a deadline
    in steps with its last day, earliest first; the last of them is `due_on`. `year_assumed` says
    that the text names no year, so that the caller's `default_year` was taken.

    `DUE_THEN_CONTINUOUS` without `due_on` is 立行立改，长期坚持 of an unknown day of issue: due at
    once, and to be kept up.
    """

    text: str
    kind: DeadlineKind
    due_on: date | None = None
    start_on: date | None = None
    stages: tuple[tuple[str, date], ...] = ()
    year_assumed: bool = False


class UnreadableError(Exception):
    """Inside this package: the text cannot be read with certainty."""
