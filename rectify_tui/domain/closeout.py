"""Close-out (销号): an axis of its own beside the reported status, as a pure state machine.

    not applied → applied → accepted, by one to five levels → public notice → struck off

A refusal or an objection sends an item back, and one that relapses (反弹) is reopened. Source:
`domain.md`, Close-out. Each step says from which stages it may be taken, and what then holds.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from rectify_tui.domain.status import GROUP_OF, Group, Status
from rectify_tui.errors import Problem, Refusal

if TYPE_CHECKING:
    from rectify_tui.domain.workdays import TermEnd


class Stage(StrEnum):
    """How far an item is on the way; `NOT_APPLIED` is kept as nothing."""

    NOT_APPLIED = "not_applied"
    APPLIED = "applied"  # accepted by some levels at most
    ACCEPTED = "accepted"  # by all levels
    PUBLISHED = "published"  # the notice stands, or has run
    OBJECTED = "objected"  # somebody objected, and nobody has decided yet
    STRUCK = "struck"


AWAITING = (Stage.APPLIED, Stage.ACCEPTED, Stage.PUBLISHED, Stage.OBJECTED)
"""The stages between application and the end."""


class Step(StrEnum):
    """What somebody does about it."""

    APPLY = "apply"
    ACCEPT = "accept"
    REFUSE = "refuse"
    PUBLISH = "publish"
    OBJECT = "object"
    STRIKE = "strike"
    REOPEN = "reopen"


FROM: Mapping[Step, frozenset[Stage]] = {
    Step.APPLY: frozenset({Stage.NOT_APPLIED}),
    Step.ACCEPT: frozenset({Stage.APPLIED}),
    Step.REFUSE: frozenset({Stage.APPLIED, Stage.OBJECTED}),
    Step.PUBLISH: frozenset({Stage.ACCEPTED, Stage.OBJECTED}),
    Step.OBJECT: frozenset({Stage.PUBLISHED}),
    Step.STRIKE: frozenset({Stage.PUBLISHED}),
    Step.REOPEN: frozenset({*AWAITING, Stage.STRUCK}),
}
"""From which stages each step may be taken."""

NEEDS_REASON = frozenset({Step.REFUSE, Step.OBJECT, Step.REOPEN})
"""Steps that nobody takes without saying why."""

JUDGING = frozenset({Step.ACCEPT, Step.REFUSE})
"""Steps for which a second pair of eyes is needed."""

REOPENED = Status.NOT_COMPLETED
"""What is reported of an item that relapsed, until somebody says more."""


class Level(StrEnum):
    """Who accepts, from below upwards."""

    COUNTY = "county"
    CITY = "city"
    DEPARTMENT = "department"
    PROVINCE = "province"
    NATION = "nation"


_PLACES = (Level.PROVINCE, Level.PROVINCE, Level.CITY, Level.COUNTY)
"""The level that accepts for a programme of the nation, a province, a city or a county."""


class Notice(NamedTuple):
    """How long a public notice stands: so many calendar or working days."""

    days: int = 7
    working: bool = False

    def end(self, begun_on: date) -> TermEnd:
        """Its last day; the day on which it begins does not count."""
        from rectify_tui.domain.workdays import term_end

        return term_end(begun_on, self.days, working=self.working)

    def kept(self) -> str:
        """As the store keeps it: `7`, or `10w` for working days."""
        return f"{self.days}{'w' if self.working else ''}"


class Procedure(NamedTuple):
    """Who accepts in a programme, from below upwards, and how long its notices stand."""

    levels: tuple[Level, ...] = (Level.PROVINCE,)
    notice: Notice = Notice()

    def next_level(self, accepted: Level | None) -> Level | None:
        """The level whose turn it is after one; None after the last."""
        if accepted not in self.levels:
            return self.levels[0]
        after = self.levels.index(accepted) + 1
        return self.levels[after] if after < len(self.levels) else None


class Closure(NamedTuple):
    """How far an item is: its stage, the last level that accepted, since when, and its notice."""

    stage: Stage = Stage.NOT_APPLIED
    level: Level | None = None
    since: date | None = None
    notice_until: date | None = None

    def days_left(self, day: date) -> int | None:
        """How many days of the notice are left after a day; below zero when it has run."""
        if self.stage is not Stage.PUBLISHED or self.notice_until is None:
            return None
        return (self.notice_until - day).days

    def days_waited(self, day: date) -> int | None:
        """For how many days it has stood as it does; None where it waits for nobody."""
        if self.stage not in AWAITING or self.since is None:
            return None
        return (day - self.since).days


NOT_APPLIED = Closure()


class Waits(NamedTuple):
    """Days for which an item may wait for somebody, and for striking off after its notice has run.

    Both are the office's habit, as no rule says any.
    """

    somebody: int = 30
    strike: int = 7


USUAL_WAITS = Waits()


def waits_too_long(closure: Closure, day: date, waits: Waits = USUAL_WAITS) -> int | None:
    """For how many days an item has waited, where that is too long; None where it is not.

    What is published waits from the end of its notice on.
    """
    since, most = closure.since, waits.somebody
    if closure.stage is Stage.PUBLISHED:
        since, most = closure.notice_until, waits.strike
    if closure.stage not in AWAITING or since is None:
        return None
    days = (day - since).days
    return days if days > most else None


def move(
    closure: Closure, step: Step, procedure: Procedure, day: date, *, level: Level | None = None
) -> Closure:
    """What holds after a step that is taken on a day.

    Raises `Refusal` where the step does not follow on the stage, it is another level's turn, the
    notice has not run, or the day is before the last step.
    """
    if closure.stage not in FROM[step]:
        raise Refusal("closeout.not_from", step=_step(step), stage=_stage(closure.stage))
    if closure.since is not None and day < closure.since:
        raise Refusal("closeout.before", day=day, since=closure.since)
    if level is not None and step not in JUDGING:
        raise Problem("closeout.no_level", step=_step(step))
    match step:
        case Step.APPLY:
            return Closure(Stage.APPLIED, None, day)
        case Step.ACCEPT:
            accepted = _turn(closure, procedure, level)
            last = procedure.next_level(accepted) is None
            return Closure(Stage.ACCEPTED if last else Stage.APPLIED, accepted, day)
        case Step.REFUSE:
            if closure.stage is Stage.APPLIED:
                _turn(closure, procedure, level)
            return Closure(since=day)
        case Step.PUBLISH:
            end = procedure.notice.end(day).day
            return Closure(Stage.PUBLISHED, closure.level, day, end)
        case Step.OBJECT:
            return Closure(Stage.OBJECTED, closure.level, day, closure.notice_until)
        case Step.STRIKE:
            if closure.notice_until is not None and day <= closure.notice_until:
                raise Refusal("closeout.notice_runs", until=closure.notice_until, day=day)
            return Closure(Stage.STRUCK, closure.level, day, closure.notice_until)
        case Step.REOPEN:
            return Closure(since=day)


def _turn(closure: Closure, procedure: Procedure, level: Level | None) -> Level:
    """The level whose turn it is. Raises `Refusal` where another is named."""
    due = procedure.next_level(closure.level) or procedure.levels[-1]
    if level is not None and level is not due:
        key = "not_a_level" if level not in procedure.levels else "other_level"
        levels = [_level(each) for each in procedure.levels]
        raise Refusal(f"closeout.{key}", level=_level(level), due=_level(due), levels=levels)
    return due


def require_another(step: Step, actor: str, involved: Mapping[str, Collection[str]]) -> None:
    """See that a second pair of eyes judges.

    `involved` has the names of those who reported, applied and accepted before, by those words.
    Raises `Refusal` where the one who judges is among them.
    """
    if step in JUDGING:
        for what, names in involved.items():
            if actor in names:
                raise Refusal(f"closeout.same_{what}", name=actor)


def is_completed(status: object) -> bool:
    """Whether a reported status is one that can be applied for."""
    return GROUP_OF.get(Status(str(status))) is Group.COMPLETED


def default_level(depth: int) -> Level:
    """Who accepts where a programme does not say: the level of the place that it is of."""
    return _PLACES[min(depth, len(_PLACES) - 1)]


def _step(step: Step) -> Problem:
    return Problem(f"closeout.step.{step}")


def _stage(stage: Stage) -> Problem:
    return Problem(f"closeout.stage.{stage}")


def _level(level: Level) -> Problem:
    return Problem(f"closeout.level.{level}")
