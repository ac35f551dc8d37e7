"""Fields that take one of a few words, shown and typed in the user's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rectify_tui.domain.text import clean
from rectify_tui.errors import Problem
from rectify_tui.i18n import LANGUAGES, Language


@dataclass(frozen=True)
class Choices:
    """The values of a field, whose words stand in the messages under `words`; maybe several."""

    field: str
    words: str
    values: Sequence[str]
    several: bool = False
    optional: bool = True

    def show(self, t: Language, kept: str | None) -> str:
        """Values as kept, in the user's words."""
        values = (kept or "").split(",") if kept else []
        return ("、" if t.code == "zh" else ", ").join(t(f"{self.words}.{each}") for each in values)

    def read(self, t: Language, text: str) -> str:
        """What was typed, as the store reads it; what is no such word stays as it is.

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
        if (
            len(words) > 1
            or not (words or self.optional)
            or any(word.casefold() not in spelled for word in words)
        ):
            choices = self.show(t, ",".join(self.values))
            name = t(f"tui.field.{self.field}")
            raise Problem("tui.not_a_choice", field=name, text=text, choices=choices)
        return "".join(spelled[word.casefold()] for word in words)
