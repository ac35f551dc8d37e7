"""The rows of the sheet of steps as they go out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rectify_tui.intake.returns.form_page import FormRow
from rectify_tui.intake.returns.mark import step_mark
from rectify_tui.store.milestones import Measure, NumberedStep, numbered_steps


def step_lines(
    code: str, items: Iterable[tuple[str, int]], measures: Mapping[int, tuple[Measure, ...]]
) -> tuple[FormRow, ...]:
    """The steps of items (by reference and id), in the order of the items.

    A day is filled in by the unit where the plan tells none.
    """
    return tuple(
        FormRow(
            {"ref": ref, **_cells(each)},
            step_mark(code, ref, each.measure.id, each.step.id if each.step else None),
            opened=frozenset() if each.step and each.step.due else frozenset({"step_due"}),
        )
        for ref, id in items
        for each in numbered_steps(measures.get(id, ()))
    )


def _cells(each: NumberedStep) -> dict[str, str]:
    cells = {
        "step_number": str(each.number), "measure": each.measure.text, "step_text": each.text,
    }  # fmt: skip
    step = each.step
    if step is not None:
        cells |= {
            "step_unit": step.unit or "", "step_due": step.due or "",
            "step_done": step.done_on or step.done or "", "step_evidence": step.evidence or "",
        }  # fmt: skip
    return cells
