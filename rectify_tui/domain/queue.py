"""The coordinator's queue: which items need somebody, why, and in which order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from rectify_tui.domain.closeout import NOT_APPLIED, USUAL_WAITS, Closure, Waits, waits_too_long
from rectify_tui.domain.schedule import (
    Coming,
    Derived,
    Direction,
    Disagreement,
    State,
    disagreement,
)
from rectify_tui.domain.schedule.model import NO_PARAMS
from rectify_tui.domain.status import Group, Status, Verification
from rectify_tui.domain.text import natural_key
from rectify_tui.errors import Problem

if TYPE_CHECKING:
    from datetime import date

RULE = "schedule.queue.rule"
"""The key of the message that tells users in which order the queue stands: see `urgency`."""


class Reason(StrEnum):
    """Why an item is in the queue, most urgent first."""

    REFUTED = "refuted"
    PROMISE_PASSED = "promise_passed"
    OVERDUE = "overdue"
    BEHIND = "behind"
    DISAGREEING = "disagreeing"
    AT_ONCE = "at_once"
    DUE_1 = "due_1"
    DUE_7 = "due_7"
    DUE_30 = "due_30"
    UNCLEAR = "unclear"
    WAITING = "waiting"


DUE_WITHIN = {1: Reason.DUE_1, 7: Reason.DUE_7, 30: Reason.DUE_30}
RANK = {reason: rank for rank, reason in enumerate(Reason)}
DONE = (Status.COMPLETED, Status.BASICALLY_COMPLETED)


class Candidate(NamedTuple):
    """What the queue has to know of an item.

    `ref` is `HLJ-2018/12`; `reported_on` the day since which the reported status holds;
    `promised_on` the day by which the next step is promised. Until `put_off_until` nobody wants to
    see it. `closure` is how far its close-out is.
    """

    ref: str
    reported: Status
    derived: Derived
    coming: Coming | None = None
    verification: Verification = Verification.UNVERIFIED
    reported_on: date | None = None
    promised_on: date | None = None
    put_off_until: date | None = None
    closure: Closure = NOT_APPLIED

    def put_off_on(self, day: date) -> bool:
        """Whether nobody wants to see it on a day."""
        return self.put_off_until is not None and day < self.put_off_until


class Why(NamedTuple):
    """One reason: `days` late or, of what falls due, to go; `key` and `params` of its sentence."""

    reason: Reason
    days: int
    key: str
    params: Mapping[str, object] = NO_PARAMS


class Entry(NamedTuple):
    """An item of the queue with its reasons, the most urgent first."""

    candidate: Candidate
    reasons: tuple[Why, ...]
    disagreement: Disagreement | None = None

    @property
    def first(self) -> Why:
        """The reason that gives the entry its place."""
        return self.reasons[0]


def entry_of(candidate: Candidate, as_of: date, waits: Waits = USUAL_WAITS) -> Entry | None:
    """An item with every reason for which it is in the queue, None where there is none.

    - Refuted: a visit on site found otherwise than reported (`domain.md`, Verification).
    - Promise passed: the day by which the next step was promised is over.
    - Overdue, behind: by the schedule; behind also where only the report says so, since that day.
      What is reported completed or basically completed is in neither: it disagrees.
    - Disagreeing: report and schedule, either way.
    - At once: 立行立改 not completed, of an unknown day of issue.
    - Due: the deadline, a milestone or the start, within 1, 7 or 30 calendar days; today counts.
    - Unclear: the report says nothing of the schedule (`domain.md`, 正在整改), so somebody has to
      ask how it stands.
    - Waiting: it is completed and has been in close-out for longer than `waits` allows.

    A merged item is never in the queue, a completed one only where it is refuted, disagrees or
    waits.
    """
    if candidate.reported is Status.MERGED:
        return None
    differing = disagreement(candidate.derived, candidate.reported)
    reasons = sorted(_reasons(candidate, differing, as_of, waits), key=lambda why: RANK[why.reason])
    return Entry(candidate, tuple(reasons), differing) if reasons else None


def urgency(entry: Entry) -> tuple[int, int, int, str, str, str]:
    """What the queue is sorted by, most urgent first; `RULE` says the same to users.

    1. Refuted on site: completions first, and then what is late the longest.
    2. The promised next step has passed, longest first.
    3. Overdue, longest first.
    4. Behind, longest first.
    5. Report and schedule disagree: reported better first, and then what is late the longest.
    6. Due at once.
    7. Due within 1, 7 and 30 days, soonest first.
    8. Unclear, the longest first.
    9. Waiting in close-out, the longest first.

    Of equal ones, by reference in natural order. An item stands where its first reason puts it.
    """
    programme, _, number = entry.candidate.ref.partition("/")
    ref = (natural_key(programme), natural_key(number), entry.candidate.ref)
    return (RANK[entry.first.reason], *_within_reason(entry), *ref)


def _within_reason(entry: Entry) -> tuple[int, int]:
    why, differing = entry.first, entry.disagreement
    if why.reason in DUE_WITHIN.values():
        return 0, why.days
    if why.reason is Reason.REFUTED:
        return int(entry.candidate.reported not in DONE), -why.days
    if why.reason is Reason.DISAGREEING and differing:
        return int(differing.direction is not Direction.BETTER), -why.days
    return 0, -why.days


def _reasons(
    item: Candidate, differing: Disagreement | None, as_of: date, waits: Waits
) -> Iterator[Why]:
    derived, late = item.derived, item.derived.days if item.derived.late else 0
    if item.verification is Verification.REFUTED:
        params: Mapping[str, object] = {"reported": Problem(f"status.item.{item.reported}")}
        key = "refuted" if item.reported in DONE else "taken_back"
        yield Why(Reason.REFUTED, late, f"schedule.queue.why.{key}", params)
    if item.promised_on and item.promised_on < as_of and item.reported is not Status.COMPLETED:
        days = (as_of - item.promised_on).days
        params = {"due": item.promised_on, "n": days}
        yield Why(Reason.PROMISE_PASSED, days, "schedule.queue.why.promise_passed", params)
    yield from _late(item, as_of)
    if differing:
        yield Why(Reason.DISAGREEING, late, differing.key, differing.params)
    if derived.state is State.AT_ONCE:
        yield Why(Reason.AT_ONCE, 0, derived.rule, derived.params)
    if item.coming:
        days = item.coming.days
        reason = next((DUE_WITHIN[within] for within in DUE_WITHIN if days <= within), None)
        if reason:
            yield Why(reason, days, item.coming.rule, item.coming.params)
    if derived.counted is Group.UNCLEAR:
        yield _reported(Reason.UNCLEAR, item, as_of)
    if item.reported in DONE and (waited := waits_too_long(item.closure, as_of, waits)):
        stage = Problem(f"closeout.stage.{item.closure.stage}")
        params = {"stage": stage, "n": waited}
        yield Why(Reason.WAITING, waited, "schedule.queue.why.waiting", params)


def _late(item: Candidate, as_of: date) -> Iterator[Why]:
    derived = item.derived
    if derived.late and derived.counted is not Group.COMPLETED:
        reason = Reason.OVERDUE if derived.state is State.OVERDUE else Reason.BEHIND
        yield Why(reason, derived.days, derived.rule, derived.params)
    elif derived.counted is Group.BEHIND:
        yield _reported(Reason.BEHIND, item, as_of)


def _reported(reason: Reason, item: Candidate, as_of: date) -> Why:
    """A reason that lies in the report alone, and holds since the day of the report."""
    days = max((as_of - item.reported_on).days, 0) if item.reported_on else 0
    key = f"schedule.queue.why.{'reported_since' if days else 'reported'}"
    reported = Problem(f"status.item.{item.reported}")
    return Why(reason, days, key, {"reported": reported, "due": item.reported_on, "n": days})
