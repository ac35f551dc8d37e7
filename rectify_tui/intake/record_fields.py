"""What files bring, as the registry of fields has it, and the few things that are no fields."""

from __future__ import annotations

from collections.abc import Mapping

from rectify_tui.domain.fields import CASE, ITEM, REGION, Field, FieldKind, Fields
from rectify_tui.errors import Problem
from rectify_tui.i18n import Language, known
from rectify_tui.intake.model import IntakeKind
from rectify_tui.intake.step_cells import step_cell

RECORDS: Mapping[IntakeKind, Fields] = {
    IntakeKind.RETURN: ITEM,
    IntakeKind.ITEMS: ITEM,
    IntakeKind.CASES: CASE,
    IntakeKind.REGIONS: REGION,
    IntakeKind.VISITS: ITEM,
    IntakeKind.FIGURES: Fields(),
    IntakeKind.COVERAGE: Fields(),
}
"""The fields of the records that a kind of file is about; figures and coverage have none there."""


_TEXTS = (FieldKind.TEXT, FieldKind.LONG_TEXT)


def may_stay_unread(kind: IntakeKind, name: str) -> bool:
    """Whether a record makes sense where what a file brings for a field cannot be read.

    Not without its own text, nor where another record is named that nobody knows.
    """
    field = field_of(kind, name)
    if field is None or field.kind is FieldKind.REFERENCE:
        return False
    return not (field.required and field.kind in _TEXTS)


def field_of(kind: IntakeKind, name: str) -> Field | None:
    """A field by the name that commands use, None for what is no field of the kind."""
    return RECORDS[kind].get(name)


def field_title(t: Language, kind: IntakeKind, name: str) -> str:
    """The title of a field or of a column that is none; its own name where nobody calls it."""
    cell = step_cell(name)
    if cell is not None:
        return t("returns.step_cell", number=cell.number, title=t(f"field.step_{cell.field}.title"))
    key = _title_key(kind, name)
    return name if key is None else t(key)


def title_problem(kind: IntakeKind, name: str) -> Problem:
    """The title of a field, to be named in a sentence of any language."""
    return Problem(_title_key(kind, name) or f"intake.field.{name}")


def _title_key(kind: IntakeKind, name: str) -> str | None:
    """Its own title in an intake comes first: a case has a receipt number, not just a number."""
    field = field_of(kind, name)
    keys = [f"intake.field.{kind}_{name}"]
    keys += [f"{field.title_key}.title"] if field else [f"intake.field.{name}"]
    return next(filter(known, (*keys, f"field.{name}.title")), None)
