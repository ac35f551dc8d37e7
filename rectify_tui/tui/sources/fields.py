"""Fields of records in the words of the user: their titles, what stands in them, what may be typed.

All of it follows from how a field is declared (`domain/fields.py`), so that a new one appears in
lists, pages and forms by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rectify_tui.domain.case import PollutionType
from rectify_tui.domain.fields import Field, FieldKind
from rectify_tui.domain.status import Verification
from rectify_tui.domain.text import clean
from rectify_tui.errors import Problem
from rectify_tui.i18n import LANGUAGES, Language
from rectify_tui.reports.labels import wan


def title(t: Language, field: Field) -> str:
    """The title of a field."""
    return t(f"{field.title_key}.title")


def short_title(t: Language, field: Field) -> str:
    """The title for narrow columns."""
    try:
        return t(f"{field.title_key}.short")
    except KeyError:
        return title(t, field)


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

    def read(self, t: Language, field: Field, text: str) -> str:
        """What was typed, as the store reads it; of several, what is no such word stays as it is.

        Raises `Problem` where one word is wanted and another typed.
        """
        spelled = {
            Language(code)(f"{self.words}.{value}").casefold(): value
            for code in LANGUAGES
            for value in self.values
        } | {value: value for value in self.values}
        parts = clean(text).replace("、", ",").replace("，", ",").split(",")
        words = [part.strip() for part in parts if part.strip()]
        if self.several:
            return ",".join(spelled.get(word.casefold(), word) for word in words)
        known = all(word.casefold() in spelled for word in words)
        if len(words) > 1 or not known or not (words or self.optional):
            choices = self.show(t, ",".join(self.values))
            name = title(t, field)
            raise Problem("tui.not_a_choice", field=name, text=text, choices=choices)
        return "".join(spelled[word.casefold()] for word in words)


CHOICES: Mapping[FieldKind, Choices] = {
    FieldKind.VERIFICATION: Choices("status.verification", list(Verification), optional=False),
    FieldKind.SUBSTANTIATED: Choices("case.substantiated", ["yes", "mostly", "partly", "no"]),
    FieldKind.TYPES: Choices("case.type", list(PollutionType), several=True),
    FieldKind.FLAG: Choices("report", ["yes", "no"], optional=False),
}
"""The kinds of fields that take a few words."""


def joined(t: Language, words: Sequence[str]) -> str:
    """Words of one value, as one writes them."""
    return ("、" if t.code == "zh" else ", ").join(words)


def value_of(row: Any, field: Field) -> Any:
    """What a row has for a field."""
    return getattr(row, field.name if hasattr(row, field.name) else field.column)


def typed_text(t: Language, row: Any, field: Field) -> str:
    """What stands in a field, as one would type it."""
    value = value_of(row, field)
    if field.kind in CHOICES:
        return CHOICES[field.kind].show(t, value)
    match field.kind:
        case FieldKind.REGION:
            return t.name(value, getattr(row, f"{field.name}_en"))
        case FieldKind.REGIONS:
            return joined(t, row.regions if t.code == "zh" else row.regions_en)
        case FieldKind.MONEY:
            return wan(value)
    return "" if value is None else str(value)


def shown_text(t: Language, row: Any, field: Field) -> str:
    """What stands in a field, as a list or a page shows it; empty for no."""
    value = value_of(row, field)
    match field.kind:
        case FieldKind.PERCENT:
            return "" if value is None else f"{value}%"
        case FieldKind.FLAG:
            return typed_text(t, row, field) if value else ""
        case FieldKind.STATUS:
            return t(f"status.item.{value}")
        case FieldKind.CASE_STATUS:
            return t(f"status.case.{value}")
    return typed_text(t, row, field)


def read_typed(t: Language, field: Field, text: str) -> str:
    """What was typed into a field, as the store reads it. Raises `Problem` for a word unknown."""
    choices = CHOICES.get(field.kind)
    return text if choices is None else choices.read(t, field, text)
