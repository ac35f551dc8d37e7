"""The ladder of escalation: which step comes next towards whoever lets lines fall behind.

The steps and their order are those of `domain.md` (Escalation). No document fixes thresholds: those
here are ours, and an office sets its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from rectify_tui.domain.workdays import TermEnd, term_end


class EscalationStep(StrEnum):
    """The steps, mildest first."""

    REMINDER = "reminder"
    LETTER = "letter"
    BULLETIN = "bulletin"
    SUPERVISED = "supervised"
    SUMMONS = "summons"
    INSPECTION = "inspection"
    ACCOUNTABILITY = "accountability"

    @property
    def rank(self) -> int:
        """Its place on the ladder, from 0."""
        return tuple(EscalationStep).index(self)


class Rung(NamedTuple):
    """When a step is due: after so many whole weeks behind, or with so many lines not completed.

    None means that this alone never leads to the step. `answer_days` is the time to answer, in
    `working` days or calendar days.
    """

    weeks_behind: int | None = None
    not_completed: int | None = None
    answer_days: int = 7
    working: bool = False


Ladder = Mapping[EscalationStep, Rung]
"""The rungs that an office uses; a step without one is never suggested."""

# The last two follow only a step that nobody answered.
DEFAULT: Ladder = {
    EscalationStep.REMINDER: Rung(weeks_behind=1),
    EscalationStep.LETTER: Rung(weeks_behind=2),
    EscalationStep.BULLETIN: Rung(weeks_behind=4, answer_days=10),
    EscalationStep.SUPERVISED: Rung(weeks_behind=8, answer_days=15),
    EscalationStep.SUMMONS: Rung(weeks_behind=12, not_completed=3, answer_days=15),
    EscalationStep.INSPECTION: Rung(answer_days=30),
    EscalationStep.ACCOUNTABILITY: Rung(answer_days=30),
}


class Taken(NamedTuple):
    """A step that was taken: None as `issued_on` is a day that nobody recorded."""

    step: EscalationStep
    issued_on: date | None = None
    due_on: date | None = None
    answered_on: date | None = None

    def unanswered(self, day: date) -> bool:
        """Whether the time to answer had passed on a day without an answer."""
        late = self.due_on is not None and self.due_on < day
        return late and (self.answered_on is None or self.answered_on > day)


class Facts(NamedTuple):
    """What stands against a region or a unit on a day.

    `behind` counts its lines that are behind, those not completed included; `since` is the day on
    which the oldest of them fell behind. `taken` are the steps taken towards it, in any order.
    """

    behind: int
    not_completed: int = 0
    since: date | None = None
    taken: tuple[Taken, ...] = ()


@dataclass(frozen=True)
class Ground:
    """Why a step is suggested: a message key and what fills it."""

    key: str
    params: Mapping[str, object] = field(default_factory=dict)


class Suggestion(NamedTuple):
    """The step to take next, and why."""

    step: EscalationStep
    grounds: tuple[Ground, ...]


def weeks_behind(facts: Facts, day: date) -> int:
    """Whole weeks since the oldest line fell behind."""
    return max((day - facts.since).days, 0) // 7 if facts.since else 0


def suggest(facts: Facts, ladder: Ladder, day: date) -> Suggestion | None:
    """The step that is due towards a target, None where none is.

    - Without a line behind nothing is suggested.
    - The highest rung whose threshold is reached is due.
    - After a step whose time to answer has passed, the next rung is due at least.
    - A step that was taken already since the lines fell behind, or whose day nobody recorded, is
      not suggested again, nor is a milder one.
    """
    if facts.behind <= 0:
        return None
    weeks = weeks_behind(facts, day)
    due = [step for step, rung in ladder.items() if _reached(rung, weeks, facts)]
    standing = [taken for taken in facts.taken if _stands(taken, facts, day)]
    unanswered = [taken for taken in standing if taken.unanswered(day)]
    due += [step for taken in unanswered if (step := _next(taken.step, ladder))]
    highest = max(due, key=_rank, default=None)
    if highest is None or any(taken.step.rank >= highest.rank for taken in standing):
        return None
    return Suggestion(highest, tuple(_grounds(facts, weeks, unanswered)))


def answer_due(step: EscalationStep, ladder: Ladder, issued_on: date) -> TermEnd:
    """The day by which a step is to be answered."""
    rung = ladder.get(step, Rung())
    return term_end(issued_on, rung.answer_days, working=rung.working)


def answer_state(due_on: str | None, answered_on: str | None, day: date) -> str:
    """How a step stood on a day: `answered`, `late`, `waiting`, or `taken` without any term.

    Dates are ISO text.
    """
    if answered_on is not None and answered_on <= day.isoformat():
        return "answered"
    if due_on is None:
        return "taken"
    return "late" if due_on < day.isoformat() else "waiting"


def _rank(step: EscalationStep) -> int:
    return step.rank


def _reached(rung: Rung, weeks: int, facts: Facts) -> bool:
    late = rung.weeks_behind is not None and weeks >= rung.weeks_behind
    return late or (rung.not_completed is not None and facts.not_completed >= rung.not_completed)


def _stands(taken: Taken, facts: Facts, day: date) -> bool:
    if taken.issued_on is None:
        return True
    since = facts.since or taken.issued_on
    return since <= taken.issued_on <= day


def _next(step: EscalationStep, ladder: Ladder) -> EscalationStep | None:
    return min((each for each in ladder if each.rank > step.rank), key=_rank, default=None)


def _grounds(facts: Facts, weeks: int, unanswered: list[Taken]) -> list[Ground]:
    grounds = [Ground("ladder.ground.behind", {"n": facts.behind, "week": weeks + 1})]
    if facts.not_completed:
        grounds.append(Ground("ladder.ground.not_completed", {"n": facts.not_completed}))
    if unanswered:
        last = max(unanswered, key=lambda taken: taken.step.rank)
        grounds.append(
            Ground("ladder.ground.unanswered", {"step": last.step.value, "day": last.issued_on})
        )
    return grounds
