"""What the changes of steps are called that a file brings with its items."""

from __future__ import annotations

from typing import NamedTuple

from rectify_tui.domain.fields import STEP

STEPS = "steps"
"""Begins the names of all of them, and names the sheet of steps in what is hidden in a return."""


class StepCell(NamedTuple):
    """A field of a step of an item, by the step's number: what a change of it is called."""

    number: int
    field: str

    def __str__(self) -> str:
        return f"{STEPS}/{self.number}/{self.field}"


def step_cell(name: str) -> StepCell | None:
    """The field of a step that a change is about, None for a field of the item."""
    start, _, rest = name.partition("/")
    number, _, field = rest.partition("/")
    return StepCell(int(number), field) if start == STEPS and field in STEP else None
