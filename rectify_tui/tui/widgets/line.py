"""A line to type in, which takes nothing that could steer a terminal, hide or reorder text."""

from __future__ import annotations

from textual import events
from textual.command import CommandInput
from textual.widgets import Input

from rectify_tui.domain.text import clean

PASTED = 20_000
"""Characters of a pasted text that are looked at."""


def line_text(text: str) -> str:
    """Text as one line: spaces of any kind become plain ones, what cannot be seen goes."""
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else " "
        for character in text
        if character.isprintable() or character.isspace()
    )


class Line(Input):
    """An `Input` for the texts of the ledger."""

    def validate_value(self, value: str) -> str:
        """Let nothing in that a terminal would act on."""
        return line_text(value)

    def on_paste(self, event: events.Paste) -> None:
        """Take a pasted text in as one line, without escape sequences."""
        event.text = clean(event.text[:PASTED], limit=PASTED)


class PaletteLine(CommandInput, Line):
    """The line of the command palette, which looks as Textual has it there."""

    def __init__(self, placeholder: str) -> None:
        super().__init__(placeholder=placeholder, select_on_focus=False)


class DayLine(Line):
    """A line for a day: what stands in it is selected on coming to it, so that typing replaces."""

    def __init__(self, value: str, *, id: str) -> None:
        super().__init__(value, id=id, compact=True, select_on_focus=True)
