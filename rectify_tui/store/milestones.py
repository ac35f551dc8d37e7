"""The measures of items and their dated steps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rectify_tui.store.connection import Connection, fetch_chunks
from rectify_tui.store.step_sql import HELD_STEP, OPEN_STEP


@dataclass(frozen=True)
class Milestone:
    """A dated step, its dates as written and as read.

    `unit` takes it, `evidence` shows that it was taken, `first_due` is the day first planned, as
    written, where it was moved since.
    """

    id: int
    text: str
    due: str | None
    due_on: str | None
    done: str | None
    done_on: str | None
    unit: str | None = None
    evidence: str | None = None
    first_due: str | None = None
    rev: int = 0

    def is_done(self, day: date) -> bool:
        """Whether it was done by a day; one done on an unknown day is taken as done on any."""
        return self.done_on <= day.isoformat() if self.done_on else self.done is not None


@dataclass(frozen=True)
class Measure:
    """What is to be done about an item; `bare` where it never had a step of its own."""

    id: int
    text: str
    milestones: tuple[Milestone, ...]
    bare: bool = False


_STEPS = f"""
WITH asked (day) AS (SELECT ?)
SELECT s.measure_id, s.id, s.text, s.due, s.due_on, s.done, s.done_on,
    (SELECT name FROM unit WHERE unit.id = s.unit_id), s.evidence,
    (SELECT b.due FROM milestone b WHERE b.stands_for = s.id ORDER BY b.until_on, b.id LIMIT 1),
    s.rev
FROM asked CROSS JOIN measure m JOIN milestone s ON s.measure_id = m.id
WHERE m.item_id IN ({{marks}}) AND {HELD_STEP} ORDER BY s.measure_id, s.position, s.id
"""
_MEASURES = """
SELECT item_id, id, text, NOT EXISTS (SELECT 1 FROM milestone s WHERE s.measure_id = measure.id)
FROM measure WHERE item_id IN ({marks}) ORDER BY position, id
"""


def measures(connection: Connection, item_id: int, day: date | None = None) -> tuple[Measure, ...]:
    """The measures of an item with the steps that are planned on a day; None is at present."""
    return measures_of(connection, [item_id], day).get(item_id, ())


def measures_of(
    connection: Connection, item_ids: Sequence[int], day: date | None = None
) -> dict[int, tuple[Measure, ...]]:
    """The measures of items with their steps, by id; an item without any is left out."""
    steps: defaultdict[int, list[Milestone]] = defaultdict(list)
    asked = (day or date.max).isoformat()
    for measure, *step in fetch_chunks(connection, _STEPS, item_ids, asked):
        steps[measure].append(Milestone(*step))
    found: defaultdict[int, list[Measure]] = defaultdict(list)
    for item_id, id, text, bare in fetch_chunks(connection, _MEASURES, item_ids):
        found[item_id].append(Measure(id, text, tuple(steps[id]), bool(bare)))
    return {item_id: tuple(of_item) for item_id, of_item in found.items()}


@dataclass(frozen=True)
class NumberedStep:
    """A step of an item with its number; a measure without any is one, which has no `step`."""

    number: int
    measure: Measure
    step: Milestone | None

    @property
    def text(self) -> str:
        """What is to be done."""
        return self.step.text if self.step else self.measure.text


def numbered_steps(of_item: Iterable[Measure]) -> list[NumberedStep]:
    """The steps of an item in order."""
    both = (
        (measure, step)
        for measure in of_item
        for step in measure.milestones or ((None,) if measure.bare else ())
    )
    return [NumberedStep(number, *each) for number, each in enumerate(both, 1)]


@dataclass(frozen=True)
class OpenStep:
    """A step that is not done yet, with the day it is due as ISO text."""

    id: int
    rev: int
    item_id: int
    measure: str
    text: str
    due_on: str


_OPEN = (
    "WITH asked (day) AS (SELECT ?)"
    " SELECT s.id, s.rev, m.item_id, m.text, s.text, s.due_on FROM asked CROSS JOIN measure m"
    f" JOIN milestone s ON s.measure_id = m.id WHERE {OPEN_STEP} AND m.item_id IN ({{marks}})"
    " ORDER BY m.item_id, s.due_on, s.id"
)


def open_steps(connection: Connection, item_ids: list[int]) -> dict[int, list[OpenStep]]:
    """The steps of each item that are still to be done, by the day they are due."""
    steps: dict[int, list[OpenStep]] = {}
    for row in fetch_chunks(connection, _OPEN, item_ids, date.max.isoformat()):
        step = OpenStep(*row)
        steps.setdefault(step.item_id, []).append(step)
    return steps
