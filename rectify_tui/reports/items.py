"""Items as tables: a list, and everything about one item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from rectify_tui.i18n import Language
from rectify_tui.reports import labels
from rectify_tui.reports.schedule import schedule_record, schedule_says
from rectify_tui.reports.table import Kind, Labelled, Table
from rectify_tui.store.items import ItemDetail, ItemRow, Measure
from rectify_tui.store.schedule import Judged

_SHORT: tuple[str | tuple[str, Kind], ...] = (
    ("ref", labels.WHOLE), "status", ("progress", "count"), ("due_on", "date"), "region",
    "responsible", "problem",
)  # fmt: skip
_FULL: tuple[str | tuple[str, Kind], ...] = (
    ("ref", labels.WHOLE), "programme", "number", "problem", "region", "region_code",
    "responsible", "lead", "supervising", "goal", "deadline", "deadline_kind", ("due_on", "date"),
    ("start_on", "date"),
    ("progress", "count"), "status", ("since", "date"), "verification", "merged_into", "note",
    "reason", "next_step", ("next_on", "date"),
    ("reviewed_on", "date"), ("put_off_until", "date"), "reconstructed", "simulated",
    ("rev", "count"),
)  # fmt: skip


def item_table(
    rows: Iterable[ItemRow], t: Language, *, as_of: date, full: bool = False,
    notes: tuple[str, ...] = (),
) -> Table:  # fmt: skip
    """A list of items; `full` has a column for every field, else there is what fits a screen."""
    title = labels.dated(t, t("report.items"), as_of)
    wanted = _FULL if full else _SHORT
    lines = (item_line(row, t, full=full) for row in rows)
    return Table(title, labels.columns(t, *wanted), lines, notes)


def item_line(row: ItemRow, t: Language, *, full: bool = True) -> dict[str, object]:
    """An item as one line.

    Unless `full`, the due date stands for the deadline too, and the problem says first where the
    line comes from.
    """
    return {
        "ref": row.ref,
        "programme": row.programme,
        "number": row.number,
        "problem": row.problem if full else _problem(row, t),
        "region": labels.place(t, row.region, row.region_en),
        "region_code": row.region_code,
        "responsible": row.responsible,
        "lead": row.lead,
        "supervising": row.supervising,
        "goal": row.goal,
        "deadline": row.deadline,
        "deadline_kind": labels.deadline_kind(t, row.deadline_kind),
        "due_on": row.due_on if full else Labelled(row.due_on, row.due_on or row.deadline or ""),
        "start_on": row.start_on,
        "progress": labels.percentage(row.progress),
        "status": labels.status(t, row.status),
        "since": row.since,
        "verification": labels.verification(t, row.verification),
        "merged_into": row.merged_into,
        "note": row.note,
        "reason": row.reason,
        "next_step": row.next_step,
        "next_on": row.next_on,
        "reviewed_on": row.reviewed_on,
        "put_off_until": row.put_off_until,
        "reconstructed": labels.yes_no(t, row.reconstructed),
        "simulated": labels.yes_no(t, row.simulated),
        "rev": row.rev,
    }


def _problem(row: ItemRow, t: Language) -> Labelled:
    return labels.marked(t, row.problem, reconstructed=row.reconstructed, simulated=row.simulated)


def item_record(detail: ItemDetail, t: Language, judged: Judged) -> dict[str, object]:
    """Everything about an item under one roof, for programs."""
    return (
        item_line(detail.row, t)
        | schedule_record(judged, t)
        | {
            "source": detail.row.source,
            "region_path": detail.region_path,
            "live": detail.live,
            "carries": detail.carries,
            "measures": [_measure(measure) for measure in detail.measures],
        }
    )


def _measure(measure: Measure) -> Mapping[str, object]:
    return {"text": measure.text, "milestones": [vars(step) for step in measure.milestones]}


def item_sheet(detail: ItemDetail, t: Language, judged: Judged) -> Iterator[tuple[str, str]]:
    """Everything about an item as names and values, both as people read them; no empty ones."""
    row = detail.row
    values: dict[str, str | None] = {
        "programme": row.programme,
        "problem": _problem(row, t).label,
        "status": t("report.since", value=t(f"status.item.{row.status}"), day=row.since),
        "rule": schedule_says(judged, t),
        "progress": labels.percentage(row.progress).label,
        "verification": t(f"status.verification.{row.verification}"),
        "merged_into": _merged(detail, t),
        "carries": labels.joined(t, list(detail.carries)),
        "region": " / ".join(detail.region_path[1:] or detail.region_path),
        "region_code": row.region_code,
        "responsible": row.responsible,
        "lead": row.lead,
        "supervising": row.supervising,
        "goal": row.goal,
        "deadline": row.deadline,
        "due_on": _due(row, t),
        "start_on": row.start_on,
        "note": row.note,
        "reason": row.reason,
        "next_step": row.next_step,
        "next_on": row.next_on,
        "reviewed_on": row.reviewed_on,
        "put_off_until": row.put_off_until,
        "source": row.source,
        "rev": str(row.rev),
    }
    for name, value in values.items():
        if value:
            yield t("queue.column.rule" if name == "rule" else f"report.column.{name}"), value


def _merged(detail: ItemDetail, t: Language) -> str | None:
    into = detail.row.merged_into
    if into is None or detail.live in (None, into):
        return into
    return t("report.carried_on_by", into=into, live=detail.live)


def _due(row: ItemRow, t: Language) -> str | None:
    if not row.deadline:
        return row.due_on
    kind = t(f"deadline.kind.{row.deadline_kind}")
    return t("report.read_as", day=row.due_on, kind=kind) if row.due_on else kind


def measure_table(detail: ItemDetail, t: Language) -> Table:
    """The measures of an item with their dated steps, the dates as written."""
    rows = []
    for number, measure in enumerate(detail.measures, 1):
        first: dict[str, object] = {"measure_number": number, "measure": measure.text}
        for step in measure.milestones or (None,):
            dates = {"step": step.text, "due": step.due, "done": step.done} if step else {}
            rows.append(first | dates)
            first = {}
    wanted: tuple[str | tuple[str, Kind], ...] = (
        ("measure_number", "count"), "measure", "step", "due", "done",
    )  # fmt: skip
    title = t("report.measures", ref=detail.row.ref)
    return Table(title, labels.columns(t, *wanted), rows)
