"""Asks what came back on a step, and on which day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from textual.app import ComposeResult
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from rectify_tui.errors import Problem
from rectify_tui.i18n import Language
from rectify_tui.reports.escalation.tables import towards
from rectify_tui.store.escalations import Escalation
from rectify_tui.tui.dialogs.ask import read_kind
from rectify_tui.tui.dialogs.dialog import Dialog
from rectify_tui.tui.session import Session


@dataclass(frozen=True)
class AnswerResult:
    """Which of the steps, counted from 0, the answer and its day."""

    place: int
    text: str
    on: date


class AnswerDialog(Dialog[AnswerResult]):
    """The steps that wait, and a line for the answer, where one begins."""

    def __init__(
        self, session: Session, question: str, about: str, steps: Sequence[str],
        attempt: Callable[[AnswerResult], None],
    ) -> None:  # fmt: skip
        super().__init__(session, question, attempt, about=about)
        self.steps = list(steps)

    def body(self) -> ComposeResult:
        """The steps, if there are several to choose from; the answer; the day."""
        if len(self.steps) > 1:
            options = OptionList(*(Option(self.safe(step)) for step in self.steps), markup=False)
            options.highlighted = 0
            yield options
        else:
            yield Static(self.safe(self.steps[0]))
        today = self.session.today
        yield from self.field("text", self.t("escalation.column.answer"))
        label = self.t("escalation.column.answered_on")
        yield from self.field("on", label, today.isoformat(), day=True)

    def on_mount(self) -> None:
        """Begin on the answer."""
        self.query_one("#text", Input).focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter on a step goes on to its answer."""
        event.stop()
        event.prevent_default()
        self.query_one("#text", Input).focus()

    def answer(self) -> AnswerResult:
        """What was typed. Raises `Problem` where nothing was, and for a day that has not come."""
        text = self.value("text").strip()
        if not text:
            raise Problem("queue_screen.no_answer")
        day = self.value("on").strip()
        today = self.session.today
        on = read_kind(day, "past", today) if day else today
        options = self.query(OptionList)
        place = options.first().highlighted or 0 if options else 0
        return AnswerResult(place, text, on)


def step_text(t: Language, step: Escalation) -> str:
    """A step in a line: its number, its day, what it is, towards whom."""
    day = step.issued_on or step.issued or t("tui.sign.none")
    return t("tui.sign.dot").join(
        (f"#{step.id}", day, t(f"ladder.step.{step.step}"), towards(step, t))
    )
