"""What a plan demands, and what the schedule says of it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from operator import itemgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from rectify_tui.domain.deadline import DeadlineKind
from rectify_tui.domain.status import Group
from rectify_tui.domain.text import shorten

if TYPE_CHECKING:
    from datetime import date

_STEP_CELLS = 40

NO_PARAMS: Mapping[str, object] = MappingProxyType({})
"""What fills the blanks of a sentence that has none."""


class State(StrEnum):
    """What the schedule says of an item; in `AT_ONCE` and after it, that it cannot tell."""

    COMPLETED = "completed"
    MERGED = "merged"
    AHEAD = "ahead"
    ON_SCHEDULE = "on_schedule"
    BEHIND = "behind"
    OVERDUE = "overdue"
    AT_ONCE = "at_once"
    NO_END = "no_end"
    UNREADABLE = "unreadable"
    NO_DEADLINE = "no_deadline"


LATE = frozenset({State.BEHIND, State.OVERDUE})


class Step(NamedTuple):
    """A milestone: `due_on` is its last day in time, `done_on` the day it was done.

    `done` says that it is done though no day can be read, as where the ledger has 已完成 for the
    day. A step without `due_on` is no part of the schedule.
    """

    text: str
    due_on: date | None = None
    done_on: date | None = None
    done: bool = False

    def done_by(self, day: date) -> bool:
        """Whether it was done on a day; one done on an unknown day is taken as done on any."""
        return self.done_on <= day if self.done_on else self.done

    @property
    def name(self) -> str:
        """The text, short enough for a sentence."""
        return shorten(self.text, _STEP_CELLS)


class Plan(NamedTuple):
    """What an item's plan demands, as read from its deadline, start and milestones.

    `issued_on` is the day the plan was issued, on which 立行立改 falls due. The stages of a
    deadline in steps are milestones where an import entered them as such.
    """

    kind: DeadlineKind
    due_on: date | None = None
    start_on: date | None = None
    milestones: tuple[Step, ...] = ()
    issued_on: date | None = None

    @property
    def at_once(self) -> bool:
        """立行立改, with or without 长期坚持, of no other day (`Deadline`)."""
        kinds = (DeadlineKind.AT_ONCE, DeadlineKind.DUE_THEN_CONTINUOUS)
        return self.due_on is None and self.kind in kinds

    @property
    def last_day(self) -> date | None:
        """The last day on which the item is in time: when it is due, or 立行立改 was issued."""
        return self.issued_on if self.at_once else self.due_on

    def dated_steps(self) -> list[tuple[date, Step]]:
        """The milestones that have a day, with it, earliest first."""
        dated = [(step.due_on, step) for step in self.milestones if step.due_on]
        return sorted(dated, key=itemgetter(0))


class Derived(NamedTuple):
    """What the schedule says on a day, and the rule that says so.

    `days` are calendar days: late where the state is behind, overdue or completed, in advance where
    it is ahead, else 0. `rule` is the key of a sentence, `params` fill its blanks. `counted` is
    the group in which figures count the reported status on that day.
    """

    state: State
    days: int
    rule: str
    params: Mapping[str, object] = NO_PARAMS
    counted: Group = Group.ON_SCHEDULE

    @property
    def late(self) -> bool:
        """Whether it is behind or overdue."""
        return self.state in LATE

    @property
    def label(self) -> str:
        """The key of a few words for a column; its blank is `n`, the days."""
        days = self.days if self.state in LATE | {State.AHEAD} else 0
        return f"schedule.{'days' if days else 'state'}.{self.state}"
