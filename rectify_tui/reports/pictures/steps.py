"""An item on a line of time: its statuses, steps, deadlines and what was done about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from rectify_tui.domain.status import GROUP_OF, Group, Status
from rectify_tui.errors import Problem
from rectify_tui.i18n import Language
from rectify_tui.reports.escalation.steps import step_label
from rectify_tui.reports.pictures.figure import Level
from rectify_tui.store.connection import Connection
from rectify_tui.store.item_context import deadline_moves_of, escalations_about
from rectify_tui.store.item_detail import ItemDetail, item_detail
from rectify_tui.store.milestones import Milestone
from rectify_tui.store.spans import read_timelines

_AIR = timedelta(days=14)
_LEAST = timedelta(days=60)


@dataclass(frozen=True)
class Span:
    """A status from one day up to another."""

    start: date
    end: date
    status: Status

    @property
    def group(self) -> Group:
        """The group that the status is counted in."""
        return GROUP_OF[self.status]


@dataclass(frozen=True)
class Event:
    """What falls on a day; the level tells whether it was kept, missed, or is still to come."""

    day: date
    name: str
    level: Level


@dataclass(frozen=True)
class ItemLine:
    """An item over time up to `as_of`, with what is still to come."""

    ref: str
    problem: str
    as_of: date
    spans: tuple[Span, ...]
    events: tuple[Event, ...]

    @property
    def edges(self) -> tuple[date, date]:
        """The first and the last day of the picture."""
        days = [self.as_of, *(each.day for each in self.events)]
        days += [each.start for each in self.spans]
        first, last = min(days), max(days)
        return first, max(last + _AIR, first + _LEAST)

    def title(self, t: Language) -> str:
        """What is shown."""
        title = t("pictures.steps", ref=self.ref)
        title = t("report.scope", title=title, scope=self.problem) if self.problem else title
        return t("report.as_of", title=title, day=self.as_of)


def read_item_line(connection: Connection, id: int, day: date, t: Language) -> ItemLine:
    """The line of an item as of a day. Raises `Problem` where it did not exist then."""
    detail = item_detail(connection, id, as_of=day)
    if detail is None:
        raise Problem("pictures.nothing", day=day)
    return line_of(connection, id, detail, day, t)


def line_of(
    connection: Connection, id: int, detail: ItemDetail, day: date, t: Language
) -> ItemLine:
    """The line of an item of which the details were read already."""
    timeline = [(date.fromisoformat(on), status)
                for on, status in read_timelines(connection, "item", [id])[id]]  # fmt: skip
    known = [(on, status) for on, status in timeline if on <= day]
    ends = [on for on, _ in known[1:]] + [day]
    spans = tuple(
        Span(start, end, Status(status))
        for (start, status), end in zip(known, ends, strict=True)
    )  # fmt: skip
    events = [
        *_dates(connection, detail, id, day, t), *_steps(detail, day),
        *_taken(connection, id, day, t),
    ]  # fmt: skip
    events.sort(key=lambda event: event.day)
    return ItemLine(detail.row.ref, detail.row.problem, day, spans, tuple(events))


def _dates(
    connection: Connection, detail: ItemDetail, id: int, day: date, t: Language
) -> Iterator[Event]:
    """Start, first deadline, deadline, and what is promised."""
    row = detail.row
    done = GROUP_OF[Status(row.status)] in (
        Group.COMPLETED, Group.MERGED,
    )  # fmt: skip
    moves = deadline_moves_of(connection, id, day)
    if row.start_on:
        yield Event(date.fromisoformat(row.start_on), t("pictures.event.start"), Level.EVEN)
    if moves is not None and moves.first.isoformat() != row.due_on:
        yield Event(moves.first, t("pictures.event.first_due"), Level.EVEN)
    for on, key in ((row.due_on, "due"), (row.next_on, "promised")):
        if on:
            due = date.fromisoformat(on)
            level = Level.BEST if done else Level.WORST if due < day else Level.GOOD
            yield Event(due, t(f"pictures.event.{key}"), level)


def _steps(detail: ItemDetail, day: date) -> Iterator[Event]:
    for measure in detail.measures:
        for step in measure.milestones:
            if (event := _step(step, measure.text, day)) is not None:
                yield event


def _step(step: Milestone, measure: str, day: date) -> Event | None:
    """A milestone on the day it was done, else on that it is due."""
    name = step.text or measure
    if step.done_on and step.done_on <= day.isoformat():
        return Event(date.fromisoformat(step.done_on), name, Level.BEST)
    if not step.due_on:
        return None
    due = date.fromisoformat(step.due_on)
    late = due < day and not step.done
    return Event(due, name, Level.WORST if late else Level.GOOD)


def _taken(connection: Connection, id: int, day: date, t: Language) -> Iterable[Event]:
    for step in escalations_about(connection, id, day):
        if step.issued_on:
            on = date.fromisoformat(step.issued_on)
            yield Event(on, step_label(t, step.step).label, Level.BAD)
