"""The columns of the sheet of steps in a return."""

from __future__ import annotations

from rectify_tui.domain.fields import STEP, FieldKind
from rectify_tui.intake.returns.columns import ReturnColumn


def _column(name: str, kind: FieldKind = FieldKind.TEXT, *, open: bool = False) -> ReturnColumn:
    field = STEP[name]
    return ReturnColumn(f"step_{name}", kind, open, field.title_key)


STEP_COLUMNS = (
    ReturnColumn("ref", title_key="field.ref"),
    ReturnColumn("step_number"),
    ReturnColumn("measure"),
    _column("text"),
    _column("unit"),
    _column("due", FieldKind.COMING_DAY),
    _column("done", FieldKind.PAST_DAY, open=True),
    _column("evidence", FieldKind.LONG_TEXT, open=True),
)
"""What tells a step, by when it is planned, and what the unit says of it.

A planned day is the office's, except where the plan tells none: there the unit fills it in.
"""

ANSWERED = ("due", "done", "evidence")
"""The fields of a step that a return may say something of."""

DAYS = ("due", "done")
