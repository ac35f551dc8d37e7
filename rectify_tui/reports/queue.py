"""The queue as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING

from rectify_tui.domain.fields import ITEM, Shown
from rectify_tui.domain.queue import RULE, Reason, Why
from rectify_tui.domain.text import width
from rectify_tui.reports import fields, labels
from rectify_tui.reports.schedule import direction_label, schedule_label
from rectify_tui.reports.table import Column, Kind, Labelled, Table, shown

if TYPE_CHECKING:
    from rectify_tui.domain.schedule import Disagreement, Step
    from rectify_tui.i18n import Language
    from rectify_tui.store.queue import QueueEntry, QueueQuery, WorkQueue
    from rectify_tui.store.steps_taken import StepTaken

_DUE = frozenset({Reason.DUE_1, Reason.DUE_7, Reason.DUE_30})
_LATE = frozenset({Reason.PROMISE_PASSED, Reason.OVERDUE, Reason.BEHIND, Reason.WAITING})
_OWN: Mapping[str, Kind] = {
    "why": labels.WHOLE, "days": "count", "schedule": labels.WHOLE, "schedule_days": "count",
    "rule": "text", "differs": labels.WHOLE, "escalation": "text", "reviewed": labels.WHOLE,
}  # fmt: skip
"""The columns of the queue that are no field's."""

_OWN_TITLES = frozenset({"status", "next_on"})
"""Fields that the queue calls otherwise: what is reported, and by when."""

_RANKS: Mapping[str, int] = {
    "ref": 0, "why": 0, "status": 0, "schedule": 2, "differs": 1, "due_on": 3, "region": 1,
    "responsible": 8, "problem": 10, "reason": 7, "next_step": 4, "next_on": 5, "escalation": 9,
    "reviewed": 6,
}  # fmt: skip
"""Columns on a terminal, in order, with their ranks: the lower, the later a column gives way.

What the queue shows besides stands after them and gives way first.
"""

_GAP, _LEAST = 2, 10
"""Cells between columns, and those in which a text can be made out."""


def queue_table(
    entries: Iterable[QueueEntry], query: QueueQuery, t: Language, notes: tuple[str, ...] = ()
) -> Table:
    """The lines of a queue with a column for every field; the lines may be a generator."""
    rest = (field.key for field in ITEM.shown(Shown.EXPORT) if field.key != "ref")
    known = _columns(t)
    columns = tuple(known[key] for key in ("ref", *_OWN, *rest))
    return Table(_heading(query, t), columns, _lines(entries, query, t), notes)


def short_queue_table(
    entries: Iterable[QueueEntry], query: QueueQuery, t: Language, *, cells: int | None,
    notes: tuple[str, ...] = (),
) -> Table:  # fmt: skip
    """The lines of a queue with as many of the most telling columns as fit into so many cells.

    A column in which nothing stands is left out.
    """
    rows = list(_lines(entries, query, t))
    known = _columns(t)
    columns = [(known[key], rank) for key, rank in _ranked().items()]
    chosen: list[Column] = []
    taken = -_GAP
    for column, rank in sorted(columns, key=itemgetter(1)):
        widest = max((width(shown(row[column.key], column.kind)) for row in rows), default=0)
        needed = _GAP + max(widest, width(column.title))
        if column.kind == "text":
            needed = min(needed, _GAP + _LEAST)
        if not rank or (widest and (cells is None or taken + needed <= cells)):
            chosen.append(column)
            taken += needed
    kept = tuple(column for column, _ in columns if column in chosen)
    return Table(_heading(query, t), kept, rows, notes)


def _ranked() -> dict[str, int]:
    last = max(_RANKS.values()) + 1
    others = {field.key: last for field in ITEM.shown(Shown.QUEUE) if field.key not in _RANKS}
    return {**_RANKS, **others}


def _columns(t: Language) -> dict[str, Column]:
    """All that a queue can have, by key."""
    by_key = {column.key: column for column in fields.columns(ITEM.shown(Shown.EXPORT), t)}
    for key in _OWN_TITLES:
        by_key[key] = by_key[key]._replace(title=t(f"queue.column.{key}"))
    return by_key | {key: Column(key, t(f"queue.column.{key}"), kind) for key, kind in _OWN.items()}


def _heading(query: QueueQuery, t: Language) -> str:
    return labels.dated(t, t("queue.title"), query.as_of)


def queue_notes(
    queue: WorkQueue, t: Language, *, listed: int, simulated: bool = False
) -> tuple[str, ...]:
    """How many there are, how many of them were reviewed, and in which order they stand."""
    n = len(queue.ids)
    notes = []
    if not n:
        notes.append(t("queue.empty"))
    else:
        count = t("queue.count", n=n) if listed == n else t("queue.listed", n=n, listed=listed)
        reviewed = t(
            "queue.reviewed", reviewed=len(queue.reviewed), n=n, since=queue.query.week_from
        )
        notes += [count, reviewed]
    if queue.put_off:
        notes.append(
            t(f"queue.put_off_{'shown' if queue.query.put_off else 'hidden'}", n=queue.put_off)
        )
    if n:
        notes.append(t(RULE))
    if simulated:
        notes.append(t("report.note.simulated"))
    return tuple(notes)


def _lines(
    entries: Iterable[QueueEntry], query: QueueQuery, t: Language
) -> Iterator[dict[str, object]]:
    """Lines with every field and sentence; what a table has no column for is for programs."""
    cells = fields.cells(ITEM.shown(Shown.EXPORT), t)
    for entry in entries:
        yield fields.line(entry.row, cells) | _own(entry, query.as_of, t)


def _own(entry: QueueEntry, day: date, t: Language) -> dict[str, object]:
    """What a line says beyond its fields, and fields that take more than their own value."""
    row, first = entry.row, entry.reasons[0] if entry.reasons else None
    return {
        "why": Labelled(first.reason.value if first else None, why_label(first, t)),
        "days": first.days if first else None,
        "schedule": Labelled(entry.derived.state.value, schedule_label(entry.derived, t)),
        "schedule_days": entry.derived.days,
        "rule": t(entry.derived.rule, **entry.derived.params),
        "differs": direction_label(entry.disagreement, t),
        "disagreement": _sentence(entry.disagreement, t),
        "reasons": [_reason(why, t) for why in entry.reasons],
        "due_on": row.due_on or Labelled(None, row.deadline or ""),
        "milestones": [_milestone(step, day) for step in entry.plan.milestones],
        "problem": labels.marked(
            t, row.problem, reconstructed=row.reconstructed, simulated=row.simulated
        ),
        "escalation": escalation_label(entry.escalation, day, t),
        "reviewed": labels.yes_no(t, entry.reviewed),
        "put_off": labels.yes_no(t, entry.put_off),
    }


def why_label(why: Why | None, t: Language) -> str:
    """A reason in a few words, with its days where they are what it is about."""
    if why is None:
        return ""
    if why.reason in _DUE:
        return t("queue.why.ahead", n=why.days) if why.days else t("queue.why.today")
    reason = t(f"schedule.queue.reason.{why.reason}")
    if why.reason in _LATE and why.days:
        return t("queue.why.late", reason=reason, n=why.days)
    return reason


def escalation_label(step: StepTaken | None, day: date, t: Language) -> Labelled:
    """The last step that was taken, when, and whether it was answered."""
    if step is None:
        return Labelled(None, "")
    state = step.state(day)
    name = t(f"ladder.step.{step.step}")
    if on := step.issued_on or step.issued:
        name = t("queue.escalation.dated", step=name, day=on)
    if state != "taken":
        name = t("queue.escalation.stated", step=name, state=t(f"escalation.state.{state}"))
    return Labelled(step._asdict() | {"state": state}, name)


def _sentence(disagreement: Disagreement | None, t: Language) -> str | None:
    return t(disagreement.key, **disagreement.params) if disagreement else None


def _reason(why: Why, t: Language) -> Mapping[str, object]:
    return {"reason": why.reason.value, "days": why.days, "sentence": t(why.key, **why.params)}


def _milestone(step: Step, day: date) -> Mapping[str, object]:
    return {
        "text": step.text, "due_on": step.due_on, "done_on": step.done_on,
        "done": step.done_by(day),
    }  # fmt: skip
