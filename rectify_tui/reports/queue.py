"""The queue as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from operator import itemgetter

from rectify_tui.domain.queue import RULE, Reason, Why
from rectify_tui.domain.schedule import Disagreement, Step
from rectify_tui.domain.text import width
from rectify_tui.i18n import Language
from rectify_tui.reports import labels
from rectify_tui.reports.schedule import direction_label, schedule_label
from rectify_tui.reports.table import Column, Kind, Labelled, Table, shown
from rectify_tui.store.queue import QueueEntry, WorkQueue
from rectify_tui.store.steps_taken import StepTaken

_DUE = frozenset({Reason.DUE_1, Reason.DUE_7, Reason.DUE_30})
_LATE = frozenset({Reason.PROMISE_PASSED, Reason.OVERDUE, Reason.BEHIND})
_OWN = frozenset(
    {"why", "days", "status", "schedule", "schedule_days", "rule", "differs", "next_on",
     "escalation", "reviewed"}
)  # fmt: skip
"""Columns whose titles are those of the queue."""


_SHOWN: tuple[tuple[str, Kind, int], ...] = (
    ("ref", labels.WHOLE, 0), ("why", labels.WHOLE, 0), ("status", "text", 0),
    ("schedule", labels.WHOLE, 2), ("differs", labels.WHOLE, 1), ("due_on", "date", 3),
    ("region", "text", 1), ("responsible", "text", 8), ("problem", "text", 10),
    ("reason", "text", 7), ("next_step", "text", 4), ("next_on", "date", 5),
    ("escalation", "text", 9), ("reviewed", labels.WHOLE, 6),
)  # fmt: skip
"""Columns on a terminal, with their ranks: the lower, the later a column gives way."""

_GAP, _LEAST = 2, 10
"""Cells between columns, and those in which a text can be made out."""

_FULL: tuple[tuple[str, Kind], ...] = (
    ("ref", labels.WHOLE), ("why", "text"), ("days", "count"), ("status", "text"),
    ("since", "date"), ("progress", "count"), ("schedule", "text"), ("schedule_days", "count"),
    ("rule", "text"), ("differs", "text"), ("verification", "text"), ("deadline", "text"),
    ("due_on", "date"), ("region", "text"), ("region_code", "text"), ("responsible", "text"),
    ("problem", "text"), ("reason", "text"), ("next_step", "text"), ("next_on", "date"),
    ("escalation", "text"), ("reviewed", "text"), ("reviewed_on", "date"),
    ("put_off_until", "date"), ("simulated", "text"),
)  # fmt: skip


def queue_table(
    entries: Iterable[QueueEntry], queue: WorkQueue, t: Language, notes: tuple[str, ...] = ()
) -> Table:
    """The lines of a queue with a column for every field; the lines may be a generator."""
    rows = (entry_line(entry, queue.query.as_of, t) for entry in entries)
    columns = (Column(key, _title(t, key), kind) for key, kind in _FULL)
    return Table(_heading(queue, t), tuple(columns), rows, notes)


def short_queue_table(
    entries: Iterable[QueueEntry], queue: WorkQueue, t: Language, *, cells: int | None,
    notes: tuple[str, ...] = (),
) -> Table:  # fmt: skip
    """The lines of a queue with as many of the most telling columns as fit into so many cells.

    A column in which nothing stands is left out.
    """
    rows = [entry_line(entry, queue.query.as_of, t) for entry in entries]
    columns = [(Column(key, _title(t, key), kind), rank) for key, kind, rank in _SHOWN]
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
    return Table(_heading(queue, t), kept, rows, notes)


def _heading(queue: WorkQueue, t: Language) -> str:
    return labels.dated(t, t("queue.title"), queue.query.as_of)


def _title(t: Language, key: str) -> str:
    return t(f"queue.column.{key}" if key in _OWN else f"report.column.{key}")


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


def entry_line(entry: QueueEntry, day: date, t: Language) -> dict[str, object]:
    """A line of the queue with every sentence; what a table has no column for is for programs."""
    row, first = entry.row, entry.reasons[0] if entry.reasons else None
    return {
        "ref": row.ref,
        "why": Labelled(first.reason.value if first else None, why_label(first, t)),
        "days": first.days if first else None,
        "status": labels.status(t, row.status),
        "since": row.since,
        "progress": labels.percentage(row.progress),
        "schedule": Labelled(entry.derived.state.value, schedule_label(entry.derived, t)),
        "schedule_days": entry.derived.days,
        "rule": t(entry.derived.rule, **entry.derived.params),
        "differs": direction_label(entry.disagreement, t),
        "disagreement": _sentence(entry.disagreement, t),
        "reasons": [_reason(why, t) for why in entry.reasons],
        "verification": labels.verification(t, row.verification),
        "deadline": row.deadline,
        "due_on": row.due_on or Labelled(None, row.deadline or ""),
        "start_on": row.start_on,
        "milestones": [_milestone(step, day) for step in entry.plan.milestones],
        "programme": row.programme,
        "number": row.number,
        "region": labels.place(t, row.region, row.region_en),
        "region_code": row.region_code,
        "responsible": row.responsible,
        "lead": row.lead,
        "supervising": row.supervising,
        "problem": labels.marked(
            t, row.problem, reconstructed=row.reconstructed, simulated=row.simulated
        ),
        "reason": row.reason,
        "next_step": row.next_step,
        "next_on": row.next_on,
        "escalation": escalation_label(entry.escalation, day, t),
        "reviewed": labels.yes_no(t, entry.reviewed),
        "reviewed_on": row.reviewed_on,
        "put_off": labels.yes_no(t, entry.put_off),
        "put_off_until": row.put_off_until,
        "simulated": labels.yes_no(t, row.simulated),
        "rev": row.rev,
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
    return Labelled(vars(step) | {"state": state}, name)


def _sentence(disagreement: Disagreement | None, t: Language) -> str | None:
    return t(disagreement.key, **disagreement.params) if disagreement else None


def _reason(why: Why, t: Language) -> Mapping[str, object]:
    return {"reason": why.reason.value, "days": why.days, "sentence": t(why.key, **why.params)}


def _milestone(step: Step, day: date) -> Mapping[str, object]:
    return {
        "text": step.text, "due_on": step.due_on, "done_on": step.done_on,
        "done": step.done_by(day),
    }  # fmt: skip
