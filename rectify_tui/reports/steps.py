"""The steps of items as a table, and in a few words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from rectify_tui.reports import labels
from rectify_tui.reports.table import Labelled, Table
from rectify_tui.store.milestones import Milestone, NumberedStep, numbered_steps

if TYPE_CHECKING:
    from rectify_tui.i18n import Language
    from rectify_tui.store.item_detail import ItemDetail
    from rectify_tui.store.items import ItemRow


def step_table(details: Iterable[ItemDetail], t: Language, day: date) -> Table:
    """The steps of items, numbered within each, as they stand on a day."""
    rows = [
        _line(detail.row.ref, each, t, day)
        for detail in details
        for each in numbered_steps(detail.measures)
    ]
    wanted = labels.columns(
        t, ("ref", labels.WHOLE), ("step_number", "count"), "step", "step_due",
        ("step_state", labels.WHOLE), "step_unit", "step_evidence", "measure",
    )  # fmt: skip
    notes = () if rows else (t("report.nothing"),)
    return Table(labels.dated(t, t("report.steps"), day), wanted, rows, notes)


def _line(ref: str, each: NumberedStep, t: Language, day: date) -> Mapping[str, object]:
    step = each.step
    line: dict[str, object] = {
        "ref": ref, "step_number": each.number, "step": each.text, "measure": each.measure.text,
        "step_state": Labelled("open", t("step.state.open")),
    }  # fmt: skip
    if step is None:
        return line
    return line | {
        "step_due": Labelled(step.due, planned(step, t)), "due_on": step.due_on,
        "done_on": step.done_on, "first_due": step.first_due,
        "step_state": Labelled(_state(step, day), step_state(step, t, day)),
        "step_unit": step.unit, "step_evidence": step.evidence, "rev": step.rev,
    }  # fmt: skip


def planned(step: Milestone, t: Language) -> str:
    """By when it is to be done, as written, and by when it was at first."""
    due = step.due or ""
    return t("step.planned_first", due=due, first=step.first_due) if step.first_due else due


def _state(step: Milestone, day: date) -> str:
    if step.is_done(day):
        return "done"
    if step.due_on is None:
        return "open"
    return "past" if step.due_on < day.isoformat() else "ahead"


def step_state(step: Milestone, t: Language, day: date) -> str:
    """Whether it is done, or how many days are left or were missed."""
    state = _state(step, day)
    if state == "done":
        return t("step.state.done", day=step.done or step.done_on)
    days = abs((date.fromisoformat(step.due_on) - day).days) if step.due_on else 0
    return t(f"step.state.{state}", n=days)


def progress_with_steps(row: ItemRow, t: Language) -> str:
    """The reported progress, and beside it how many steps are done of how many."""
    reported = "" if row.progress is None else labels.percentage(row.progress).label
    if not row.steps:
        return reported
    steps = t("step.progress", done=row.steps_done, steps=row.steps)
    return t("report.comma").join(filter(None, [reported, steps]))
