"""The lives of simulated items: each knows in which week it changes next, and into what."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from random import Random

from rectify_tui.domain.status import Status, Verification
from rectify_tui.domain.timeline import Values
from rectify_tui.seeding.national.deadlines import Deadlines, Written
from rectify_tui.seeding.national.weeks import COUNT, Weeks
from rectify_tui.seeding.national.words import NOTES, POSTPONED, REFUTED, RELAPSES

NEVER = 10 * COUNT
"""A week that lies after all simulated ones."""

_MOVED = ("deadline", "deadline_kind", "due_on")


class Stage(Enum):
    """What the next change of an item will be."""

    START = 1
    WORK = 2
    LATE = 3
    FINISH_OFF = 4
    VISIT = 5
    RELAPSE = 6


@dataclass(slots=True)
class ItemLife:
    """An item between two changes. `start`, `finish` are weeks, `due` and `last_on` ordinals.

    `on_time` is the share of its city's items that are finished in time.
    """

    id: int
    deadlines: Deadlines
    start: int
    finish: int
    due: int | None
    last_on: int
    on_time: float
    stage: Stage = Stage.WORK
    merged: bool = False


@dataclass(frozen=True)
class Outlook:
    """The weeks in which an item is meant to start, starts and is done."""

    planned: int
    start: int
    finish: int
    waiting: bool


def outlook(written: Written, issued: int, on_time: float, weeks: Weeks, rng: Random) -> Outlook:
    """Draw the course of an item from its deadline and how reliable the place is."""
    start = weeks.holding(written.start) if written.start else issued + _delay(rng)
    if written.due is not None:
        start = min(start, weeks.holding(written.due) - 1)
    planned = start = max(start, issued)
    waiting = start > issued
    if waiting and rng.random() > on_time:
        start += rng.randint(1, 10)
    if written.at_once:
        finish = start + 1 + int(rng.expovariate(on_time / 4))
    elif written.due is None:
        finish = start + rng.randint(20, COUNT) if rng.random() < on_time / 2 else NEVER
    else:
        finish = _finish(start, weeks.holding(written.due), on_time, rng)
    return Outlook(planned, start, max(finish, start + 1), waiting)


def _delay(rng: Random) -> int:
    """Weeks from the issue to the start: at once, soon, or after a long wait for its turn."""
    fate = rng.random()
    if fate < 0.55:
        return 0
    return rng.randint(1, 9) if fate < 0.92 else rng.randint(10, COUNT + 20)


def _finish(start: int, due: int, on_time: float, rng: Random) -> int:
    """In time, often only in the last week; or late, or stuck."""
    fate = rng.random()
    if fate < on_time:
        early = 0 if rng.random() < 0.35 else int(rng.triangular(0, (due - start) * 0.6))
        return due - early
    if fate > 1 - (1 - on_time) / 4:
        return NEVER
    return due + 1 + int(rng.expovariate(1 / 11))


class ItemLives:
    """Decides what an item's next change is. Uses one source of chance, in a fixed order."""

    def __init__(self, weeks: Weeks, rng: Random) -> None:
        self.weeks = weeks
        self.rng = rng

    def first(self, life: ItemLife, week: int) -> int:
        """The week of the first change of an item that was added in a week."""
        return life.start if life.stage is Stage.START else self._next(life, week)

    def step(self, life: ItemLife, week: int) -> tuple[Values, int]:
        """The fields that change in a week, and the week of the next change."""
        match life.stage:
            case Stage.START:
                life.stage = Stage.WORK
                return {"status": Status.ON_SCHEDULE.value, "progress": 5}, self._next(life, week)
            case Stage.WORK | Stage.LATE if week >= life.finish:
                return self._finished(life, week)
            case Stage.WORK if life.due is not None and week > self.weeks.holding(life.due):
                return self._overdue(life, week)
            case Stage.WORK | Stage.LATE:
                return self._progress(life, week), self._next(life, week)
            case Stage.FINISH_OFF:
                done: Values = {"status": Status.COMPLETED.value, "progress": 100}
                return done, self._afterwards(life, week)
            case Stage.VISIT:
                return self._visited(life, week)
            case Stage.RELAPSE:
                return self._reopened(life, week)

    def _next(self, life: ItemLife, week: int) -> int:
        """The next report, the deadline if it will be missed, or the finish: what comes first."""
        report = week + self.rng.randint(18, 48)
        if life.stage is Stage.WORK and life.due is not None:
            missed = self.weeks.holding(life.due) + 1
            if week < missed <= life.finish:
                report = min(report, missed)
        return min(report, max(life.finish, week + 1))

    def _progress(self, life: ItemLife, week: int) -> Values:
        done = _share(week, life.start, min(life.finish, life.start + COUNT))
        progress = min(95, int(95 * done) + self.rng.randint(0, 5))
        if life.stage is Stage.LATE:
            return {"progress": progress, "note": self.rng.choice(NOTES)}
        plan = _share(week, life.start, self.weeks.holding(life.due)) if life.due else done
        if done > plan + 0.1:
            return {"status": Status.AHEAD.value, "progress": progress, "note": None}
        if done < plan - 0.1:
            note = self.rng.choice(NOTES)
            return {"status": Status.BEHIND.value, "progress": progress, "note": note}
        return {"status": Status.ON_SCHEDULE.value, "progress": progress, "note": None}

    def _overdue(self, life: ItemLife, week: int) -> tuple[Values, int]:
        assert life.due is not None
        if self.rng.random() < 0.08:
            moved = life.deadlines.later(life.due, self.rng)
            life.due = moved.due
            due: Values = {name: moved.values[name] for name in _MOVED}
            return due | {"note": POSTPONED}, self._next(life, week)
        life.stage = Stage.LATE
        status = Status.NOT_COMPLETED if self.rng.random() < 0.75 else Status.BEHIND
        values: Values = {"status": status.value, "note": self.rng.choice(NOTES)}
        return values, self._next(life, week)

    def _finished(self, life: ItemLife, week: int) -> tuple[Values, int]:
        values: Values = {"note": None, "verification": Verification.UNVERIFIED.value}
        if self.rng.random() < 0.2:
            life.stage = Stage.FINISH_OFF
            values |= {"status": Status.BASICALLY_COMPLETED.value, "progress": 95}
            return values, week + self.rng.randint(8, 40)
        values |= {"status": Status.COMPLETED.value, "progress": 100}
        return values, self._afterwards(life, week)

    def _afterwards(self, life: ItemLife, week: int) -> int:
        fate = self.rng.random()
        if fate < 0.35:
            life.stage = Stage.VISIT
            return week + self.rng.randint(3, 14)
        if fate > 0.97 + 0.03 * life.on_time:
            life.stage = Stage.RELAPSE
            return week + self.rng.randint(8, 40)
        return NEVER

    def _visited(self, life: ItemLife, week: int) -> tuple[Values, int]:
        if self.rng.random() < 0.85 + 0.15 * life.on_time:
            return {"verification": Verification.CONFIRMED.value}, NEVER
        life.stage = Stage.RELAPSE
        values: Values = {"verification": Verification.REFUTED.value, "note": REFUTED}
        return values, week + self.rng.randint(4, 30)

    def _reopened(self, life: ItemLife, week: int) -> tuple[Values, int]:
        """The first deadline stays, so an item that comes back after it is late."""
        life.stage = Stage.LATE
        life.finish = week + self.rng.randint(8, 40)
        values: Values = {
            "status": Status.BEHIND.value, "progress": self.rng.randint(55, 85),
            "note": self.rng.choice(RELAPSES),
        }  # fmt: skip
        return values, self._next(life, week)


def _share(week: int, start: int, end: int) -> float:
    """How much of a period has passed, 0 to 1."""
    return min(1.0, max(0.0, (week - start) / max(1, end - start)))
