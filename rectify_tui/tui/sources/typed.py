"""Fields as one types them: what stands in them to begin with, and what may be typed.

All of it follows from how a field is declared (`domain/fields.py`), so that a new one appears in
forms by itself. How fields are shown stands in `reports/fields.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rectify_tui.domain.case import PollutionType
from rectify_tui.domain.fields import Field, FieldKind
from rectify_tui.domain.status import Verification
from rectify_tui.domain.text import clean
from rectify_tui.errors import Problem
from rectify_tui.i18n import Language, keys_below, values_by_word
from rectify_tui.reports.fields import row_text, title
from rectify_tui.reports.labels import joined
from rectify_tui.store.rows import Row


@dataclass(frozen=True)
class Choices:
    """The words that a field takes, one or several; they stand in the messages under `words`."""

    words: str
    values: Sequence[str]
    several: bool = False
    optional: bool = True

    def show(self, t: Language, kept: object) -> str:
        """Values as records have them, in the user's words."""
        if isinstance(kept, bool):
            kept = "yes" if kept else "no"
        values = str(kept).split(",") if kept else []
        return joined(t, [t(f"{self.words}.{value}") for value in values])

    def read(self, t: Language, field: Field, typed: str) -> str:
        """What was typed, as the store reads it; of several, what is no such word stays as it is.

        Raises `Problem` where one word is wanted and another typed.
        """
        spelled = values_by_word(keys_below(self.words, self.values))
        parts = clean(typed).replace("、", ",").replace("，", ",").split(",")
        words = [part.strip() for part in parts if part.strip()]
        if self.several:
            return ",".join(spelled.get(word.casefold(), word) for word in words)
        known = all(word.casefold() in spelled for word in words)
        if len(words) > 1 or not known or not (words or self.optional):
            choices = self.show(t, ",".join(self.values))
            raise Problem("tui.not_a_choice", field=title(field, t), text=typed, choices=choices)
        return "".join(spelled[word.casefold()] for word in words)


CHOICES: Mapping[FieldKind, Choices] = {
    FieldKind.VERIFICATION: Choices("status.verification", list(Verification), optional=False),
    FieldKind.SUBSTANTIATED: Choices("case.substantiated", ["yes", "mostly", "partly", "no"]),
    FieldKind.TYPES: Choices("case.type", list(PollutionType), several=True),
    FieldKind.FLAG: Choices("report", ["yes", "no"], optional=False),
}
"""The kinds of fields that take a few words."""


def choices_of(field: Field) -> Choices | None:
    """The words that a field takes, None where anything may be typed."""
    if field.kind is FieldKind.CHOICE and field.choices:
        return Choices(field.words, field.choices, optional=not field.required)
    return CHOICES.get(field.kind)


def typed_text(t: Language, row: Row, field: Field) -> str:
    """What stands in a field, as one would type it."""
    choices, value = choices_of(field), row[field]
    if choices is not None:
        return choices.show(t, value)
    if field.kind is FieldKind.PERCENT:
        return "" if value is None else str(value)
    return row_text(row, field, t)


def read_typed(t: Language, field: Field, typed: str) -> str:
    """What was typed into a field, as the store reads it. Raises `Problem` for a word unknown."""
    choices = choices_of(field)
    return typed if choices is None else choices.read(t, field, typed)
