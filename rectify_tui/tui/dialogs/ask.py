"""Asks for a line or two: a text, a day to come."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label

from rectify_tui.domain.dates import coming_day, read_day
from rectify_tui.errors import Problem
from rectify_tui.tui.dialogs.dialog import Dialog
from rectify_tui.tui.session import Session
from rectify_tui.tui.widgets.line import Line, line_text

AnswerKind = Literal["text", "coming", "later", "past"]
"""A text; today or a day after it; a day after today; today or a day before it."""


@dataclass(frozen=True)
class Asked:
    """A line of a dialog: the name of its answer, its label, what it begins with."""

    name: str
    label: str
    value: str = ""
    kind: AnswerKind = "text"


class AskDialog(Dialog[Mapping[str, str]]):
    """Lines to type in; days are handed back as ISO text, empty lines as they are.

    It begins on the line `first`. Enter goes on to the next line, and submits from the last one.
    """

    def __init__(
        self, session: Session, question: str, lines: Sequence[Asked],
        attempt: Callable[[Mapping[str, str]], None], *, hint: str = "", about: str = "",
        first: str = "",
    ) -> None:  # fmt: skip
        hint = hint or session.t("queue_screen.day_hint")
        super().__init__(session, question, attempt, hint=hint, about=about)
        self.asked = list(lines)
        self.first = first or lines[0].name

    def body(self) -> ComposeResult:
        """A labelled line for each; what stands in it is replaced as one types."""
        for line in self.asked:
            with Vertical(classes="row"):
                yield Label(Content(line.label))
                yield Line(line_text(line.value), id=line.name, compact=True)

    def on_mount(self) -> None:
        """Begin on the line that was asked for."""
        self.query_one(f"#{self.first}", Input).focus()

    def answer(self) -> Mapping[str, str]:
        """What was typed. Raises `Problem` for what is no day, or no day that can be meant."""
        return {line.name: self._read(line) for line in self.asked}

    def _read(self, asked: Asked) -> str:
        text = self.value(asked.name).strip()
        if asked.kind == "text" or not text:
            return text
        return read_kind(text, asked.kind, self.session.today).isoformat()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on to the next line, if there is one."""
        event.stop()
        event.prevent_default()
        names = [line.name for line in self.asked]
        following = names[names.index(str(event.input.id)) + 1 :][:1]
        if following:
            self.query_one(f"#{following[0]}", Input).focus()
        else:
            self.action_submit()


def read_kind(text: str, kind: AnswerKind, today: date) -> date:
    """The day that a text names. Raises `Problem` for one on the wrong side of today."""
    if kind == "past":
        day = read_day(text, today=today)
        if day > today:
            raise Problem("tui.no_such_day", day=day, today=today)
        return day
    day = coming_day(text, today=today)
    if day < today or (kind == "later" and day == today):
        raise Problem(f"queue_screen.not_{kind}", day=day, today=today)
    return day
