"""Asks which step is taken, towards whom, and by when it is to be answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from textual.app import ComposeResult
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from rectify_tui.domain.ladder import EscalationStep, Ladder, answer_due
from rectify_tui.domain.workdays import read_term
from rectify_tui.errors import Problem
from rectify_tui.tui.dialogs.ask import read_kind
from rectify_tui.tui.dialogs.dialog import Dialog
from rectify_tui.tui.session import Session

STEPS = tuple(EscalationStep)


@dataclass(frozen=True)
class EscalateResult:
    """The step, whom it is taken towards as typed, when the answer is due (None: no day).

    `assumed_years` are those whose holidays are not known, though it is counted in working days.
    """

    step: EscalationStep
    name: str
    due_on: date | None
    cause: str
    assumed_years: tuple[int, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """What the dialog begins with: the step, the addressee, and the reason for both."""

    step: EscalationStep
    name: str
    why: str = ""


class EscalateDialog(Dialog[EscalateResult]):
    """The ladder, the addressee, the day. With another step the day follows, unless typed."""

    def __init__(
        self, session: Session, what: str, about: str, proposal: Proposal, ladder: Ladder,
        attempt: Callable[[EscalateResult], None],
    ) -> None:  # fmt: skip
        t = session.t
        hint = t("queue_screen.step_hint", last=len(STEPS))
        question = t("queue_screen.ask_step", what=what)
        super().__init__(session, question, attempt, hint=hint, about=about)
        self.proposal = proposal
        self.ladder = ladder
        self._due = ""

    def body(self) -> ComposeResult:
        """Why, the ladder, then addressee, day and cause."""
        if self.proposal.why:
            yield Static(self.safe(self.proposal.why), classes="hint")
        named = (f"{i}  {self.t(f'ladder.step.{step}')}" for i, step in enumerate(STEPS, 1))
        options = OptionList(*map(Option, named), markup=False)
        options.highlighted = self.proposal.step.rank
        yield options
        self._due = self._due_by(self.proposal.step)
        yield from self.field("name", self.t("queue_screen.towards"), self.proposal.name)
        yield from self.field("due", self.t("escalation.column.due_on"), self._due, day=True)
        yield from self.field("cause", self.t("escalation.column.cause"))

    def _due_by(self, step: EscalationStep) -> str:
        return answer_due(step, self.ladder, self.session.today).day.isoformat()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another step has another time to answer."""
        event.stop()
        line = self.query_one("#due", Input)
        if line.value == self._due:
            self._due = self._due_by(STEPS[event.option_index])
            line.value = self._due

    def answer(self) -> EscalateResult:
        """What was chosen. Raises `Problem` without an addressee, and for what is no day."""
        place = self.query_one(OptionList).highlighted
        name, due = self.value("name").strip(), self.value("due").strip()
        if not name:
            raise Problem("queue_screen.no_addressee")
        today, step = self.session.today, STEPS[place or 0]
        own = answer_due(step, self.ladder, today)
        term = own if due == own.day.isoformat() else read_term(due, today)
        day = term.day if term else read_kind(due, "coming", today) if due else None
        years = term.assumed_years if term else ()
        return EscalateResult(step, name, day, self.value("cause").strip(), years)
