"""Everything about one item: for programs, for people, and its measures as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from rectify_tui.domain.fields import ITEM, Shown
from rectify_tui.reports import fields, labels
from rectify_tui.reports.items import problem
from rectify_tui.reports.schedule import schedule_record, schedule_says
from rectify_tui.reports.steps import planned, progress_with_steps, step_state
from rectify_tui.reports.table import Kind, Table

if TYPE_CHECKING:
    from rectify_tui.i18n import Language
    from rectify_tui.store.item_detail import ItemDetail
    from rectify_tui.store.items import ItemRow
    from rectify_tui.store.milestones import Measure, Milestone
    from rectify_tui.store.schedule import Judged


def item_record(detail: ItemDetail, t: Language, judged: Judged) -> dict[str, object]:
    """Everything about an item under one roof, for programs."""
    cells = fields.cells(ITEM.shown(Shown.EXPORT), t)
    return (
        fields.line(detail.row, cells)
        | schedule_record(judged, t)
        | {
            "region_path": detail.region_path,
            "live": detail.live,
            "carries": detail.carries,
            "measures": [_measure(measure) for measure in detail.measures],
            "extensions": [vars(each) | {"days": each.days} for each in detail.extensions],
            "closings": [vars(each) for each in detail.closings],
            "evidence": [vars(each) for each in detail.evidence],
            "visits": [vars(each) | {"counts": each.counts} for each in detail.visits],
        }
    )


def _measure(measure: Measure) -> Mapping[str, object]:
    return {"text": measure.text, "milestones": [vars(step) for step in measure.milestones]}


def item_sheet(detail: ItemDetail, t: Language, judged: Judged) -> Iterator[tuple[str, str]]:
    """Everything about an item as names and values, both as people read them; no empty ones."""
    row = detail.row
    composed = {
        "problem": problem(row, t).label,
        "progress": progress_with_steps(row, t),
        "status": t("report.since", value=t(f"status.item.{row.status}"), day=row.since),
        "merged_into": _merged(detail, t),
        "carries": labels.joined(t, list(detail.carries)),
        "deadline": _deadline(row, t),
        "due_on": _due(row, t),
    }
    if t.code == "zh":  # the way down is kept in Chinese alone
        composed["region"] = " / ".join(detail.region_path[1:] or detail.region_path)
    status = fields.title(ITEM["status"], t)
    for name, value in fields.pairs(row, ITEM.shown(Shown.DETAILS), t, composed):
        yield name, value
        if name == status:  # what is reported, and beside it what the schedule says
            yield t("queue.column.rule"), schedule_says(judged, t)


def _deadline(row: ItemRow, t: Language) -> str | None:
    """The deadline, and the day on which it was due at first where that was another."""
    if row.first_due_on in (None, row.due_on):
        return row.deadline
    return t("report.first_due", deadline=row.deadline, first=row.first_due_on)


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


def measure_table(detail: ItemDetail, t: Language, day: date) -> Table:
    """The measures of an item with their dated steps, the dates as written."""
    rows = []
    for number, measure in enumerate(detail.measures, 1):
        first: dict[str, object] = {"measure_number": number, "measure": measure.text}
        for step in measure.milestones or (None,):
            rows.append(first | (_step(step, t, day) if step else {}))
            first = {}
    names: tuple[str | tuple[str, Kind], ...] = (
        ("measure_number", "count"), "measure", "step", "due", "step_state",
    )  # fmt: skip
    title = t("report.measures", ref=detail.row.ref)
    return Table(title, labels.columns(t, *names), rows)


def _step(step: Milestone, t: Language, day: date) -> dict[str, object]:
    state = step_state(step, t, day)
    return {
        "step": step.text, "due": planned(step, t),
        "step_state": t("report.comma").join(filter(None, [state, step.unit, step.evidence])),
    }  # fmt: skip
