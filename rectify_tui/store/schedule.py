"""What items are held against, and where they stood on a day: all that a schedule follows from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from rectify_tui.domain.closeout import NOT_APPLIED, Closure, Stage
from rectify_tui.domain.deadline import DeadlineKind
from rectify_tui.domain.queue import Candidate
from rectify_tui.domain.schedule import (
    Derived,
    Disagreement,
    Plan,
    Step,
    coming,
    derive,
    disagreement,
)
from rectify_tui.domain.status import Status, Verification
from rectify_tui.store.connection import Connection, fetch_chunks
from rectify_tui.store.programmes import programme_codes
from rectify_tui.store.references import item_ref
from rectify_tui.store.step_sql import HELD_STEP

if TYPE_CHECKING:
    from rectify_tui.store.item_detail import ItemDetail
    from rectify_tui.store.on_day import OnDay

_STANDING = (
    "deadline_kind", "due_on", "start_on", "status", "status_on", "progress", "verification",
    "next_on", "put_off_until", "reviewed_on", "closure", "closure_on", "notice_until",
)  # fmt: skip
"""What an `ItemOnDay` is made of, in this order."""


class ItemOnDay(NamedTuple):
    """An item as it stood on a day, beside its plan."""

    id: int
    ref: str
    plan: Plan
    reported: Status
    reported_on: date
    progress: int | None
    verification: Verification
    promised_on: date | None = None
    put_off_until: date | None = None
    reviewed_on: date | None = None
    closure: Closure = NOT_APPLIED

    def derived(self, day: date) -> Derived:
        """What the schedule says of it on that day."""
        return derive(self.plan, self.reported, self.progress, day, status_on=self.reported_on)

    def candidate(self, day: date) -> Candidate:
        """What the queue of that day has to know of it."""
        return Candidate(
            self.ref, self.reported, self.derived(day), coming(self.plan, self.reported, day),
            self.verification, self.reported_on, self.promised_on, self.put_off_until,
            self.closure,
        )  # fmt: skip


class Judged(NamedTuple):
    """What the schedule says of an item, and how that disagrees with what was reported."""

    derived: Derived
    disagreement: Disagreement | None


def judge(detail: ItemDetail, day: date) -> Judged:
    """What the schedule says of an item that was read as of that day."""
    row = detail.row
    steps = (step for measure in detail.measures for step in measure.milestones)
    plan = _plan(
        row.deadline_kind, row.due_on, row.start_on,
        (_step(step.text, step.due_on, step.done_on, step.done) for step in steps),
    )  # fmt: skip
    reported = Status(row.status)
    derived = derive(plan, reported, row.progress, day, status_on=date.fromisoformat(row.since))
    return Judged(derived, disagreement(derived, reported))


def items_on_day(connection: Connection, on: OnDay, ids: Iterable[int]) -> dict[int, ItemOnDay]:
    """The items with these ids that were there on a day, by id."""
    programmes, ids = programme_codes(connection), list(ids)
    columns = ", ".join(map(on.column, _STANDING))
    query = (
        "WITH asked (day) AS (SELECT ?)"
        f" SELECT item.id, item.programme_id, item.number, {columns} FROM {on.tables}"
        " WHERE item.id IN ({marks})"
    )
    steps = _steps(connection, ids, on.day)
    rows = fetch_chunks(connection, query, ids, on.day.isoformat())
    return {row[0]: _item_on_day(row, programmes, steps.get(row[0], ())) for row in rows}


def _item_on_day(
    row: tuple[Any, ...], programmes: dict[int, str], steps: Iterable[Step]
) -> ItemOnDay:
    id, programme, number, kind, due_on, start_on, status, since, progress, verification = row[:10]
    return ItemOnDay(
        id, item_ref(programmes[programme], number), _plan(kind, due_on, start_on, steps),
        Status(status), date.fromisoformat(since), progress,
        Verification(verification or Verification.UNVERIFIED), _day(row[10]), _day(row[11]),
        _day(row[12]), _closure(*row[13:]),
    )  # fmt: skip


def _closure(stage: str | None, since: str | None, notice_until: str | None) -> Closure:
    if stage is None:
        return NOT_APPLIED
    return Closure(Stage(stage), None, _day(since), _day(notice_until))


def _steps(connection: Connection, ids: list[int], day: date) -> dict[int, list[Step]]:
    query = (
        "WITH asked (day) AS (SELECT ?)"
        " SELECT m.item_id, s.text, s.due_on, s.done_on, s.done FROM asked CROSS JOIN measure m"
        f" JOIN milestone s ON s.measure_id = m.id WHERE {HELD_STEP} AND m.item_id IN ({{marks}})"
        " ORDER BY m.position, m.id, s.position, s.id"
    )
    steps: dict[int, list[Step]] = {}
    for id, *step in fetch_chunks(connection, query, ids, day.isoformat()):
        steps.setdefault(id, []).append(_step(*step))
    return steps


def _step(text: str, due_on: str | None, done_on: str | None, done: str | None) -> Step:
    """Done is what has an entry where the day belongs, be that a day or not."""
    return Step(text, _day(due_on), _day(done_on), done is not None)


def _plan(kind: str, due_on: str | None, start_on: str | None, steps: Iterable[Step]) -> Plan:
    """The ledger does not know on which day a plan was issued, so 立行立改 falls due on none."""
    return Plan(DeadlineKind(kind), _day(due_on), _day(start_on), tuple(steps))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
