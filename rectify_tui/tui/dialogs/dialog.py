"""What all dialogs share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Label, OptionList, Static

from rectify_tui.domain.dates import read_day
from rectify_tui.domain.text import clean
from rectify_tui.domain.wrapping import wrapped
from rectify_tui.errors import Problem
from rectify_tui.i18n import Language
from rectify_tui.tui.session import Session
from rectify_tui.tui.sizes import SENTENCE
from rectify_tui.tui.textual_private import paint_frugally
from rectify_tui.tui.widgets.line import DayLine, Line
from rectify_tui.tui.widgets.sentence import Sentence

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer | None]):
    """A framed question. Escape gives None; enter and ctrl+s submit from anywhere.

    `question` stands at the top, below it what it is `about` and what that says now, and `hint` at
    the foot, about the keys. Subclasses say what lies between, and what the answer is. In a list of
    answers a digit chooses, while no line has the focus. The answer is handed to `attempt`, which
    closes the dialog when it came through and complains when it did not; without one it closes the
    dialog at once.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", show=False),
        Binding("ctrl+s,enter", "submit", show=False),
        *(Binding(str(n), f"choose({n})", show=False) for n in range(1, 10)),
    ]

    def __init__(
        self, session: Session, question: str, attempt: Callable[[Answer], None] | None = None, *,
        hint: str = "", about: str = "",
    ) -> None:  # fmt: skip
        super().__init__()
        paint_frugally(self)
        self.session = session
        self.question = question
        self.about = about
        self.hint = hint or session.t("tui.dialog.hint")
        self.attempt = attempt
        self._trying = False

    @property
    def t(self) -> Language:
        """The language of the dialog."""
        return self.session.t

    def compose(self) -> ComposeResult:
        """The question, what belongs to it, a line for what is wrong, and the hint."""
        with Vertical(classes="dialog"):
            yield Static(self.safe(self.question), classes="title")
            yield Static(self.safe(self.about), classes="about")
            yield from self.body()
            yield Static("", classes="error")
            yield Sentence(self.hint, self.t("tui.sign.dot"), classes="hint")

    def on_mount(self) -> None:
        """Take the style of the app."""
        self.set_class(self.session.ascii, "ascii")
        self.tell_about(self.about)

    def tell_about(self, about: str) -> None:
        """Say what it is about, where that comes to be known later."""
        self.about = about
        for line in self.query(".about").results(Static):
            line.update(self.safe(about))
            line.set_class(not about, "empty")

    def safe(self, text: str) -> Content:
        """Text as it may be drawn, whatever stands in it."""
        return Content(clean(text[:SENTENCE], multiline=True))

    def body(self) -> ComposeResult:
        """What stands between the question and the hint."""
        yield from ()

    def field(self, id: str, label: str, value: str = "", *, day: bool = False) -> ComposeResult:
        """A labelled line to type in, for a text or for a day."""
        with Vertical(classes="row"):
            yield Label(Content(label))
            if day:
                yield DayLine(value, id=id)
            else:
                yield Line(value, id=id, compact=True, select_on_focus=False)

    def value(self, id: str) -> str:
        """What was typed into a line."""
        return self.query_one(f"#{id}", Input).value

    def read_on(self) -> date:
        """The effective date that was typed. Raises `Problem` for what is no day."""
        today = self.session.today
        text = self.value("on").strip()
        return read_day(text, today=today) if text else today

    def when_and_why(self) -> ComposeResult:
        """The effective date and the reason, which every change has."""
        today = self.session.today
        yield from self.field("on", self.t("tui.dialog.on"), today.isoformat(), day=True)
        yield from self.field("reason", self.t("tui.dialog.reason"))

    @property
    def trying(self) -> bool:
        """Whether what was answered is being tried: it closes, or says why not."""
        return self._trying

    @property
    def deaf(self) -> bool:
        """Whether what is typed would be lost on it at present."""
        return self._trying

    @property
    def open(self) -> bool:
        """Whether it is on the screen."""
        return self.is_mounted and self.is_running

    def complain(self, problem: Problem) -> None:
        """Show what is wrong, and stay open."""
        self._trying = False
        if self.open:
            text = f"{self.t('tui.sign.bad')} {self.session.words(problem)}"
            line = self.query_one(".error", Static)
            line.update(self.safe(wrapped(text, line.size.width)))
            line.scroll_visible(animate=False)

    def answer(self) -> Answer:
        """The answer. Raises `Problem` where it cannot be taken."""
        raise NotImplementedError

    def action_submit(self) -> None:
        """Hand over the answer if it can be taken."""
        if self._trying:
            return
        try:
            answer = self.answer()
        except Problem as problem:
            self.complain(problem)
            return
        if self.attempt is None:
            self.dismiss(answer)
            return
        self._trying = True
        self.query_one(".error", Static).update(self.safe(self.t("tui.dialog.working")))
        self.attempt(answer)

    def close(self) -> None:
        """Leave, where the user has not left already."""
        if self.is_current:
            self.dismiss(None)

    def action_cancel(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)

    def action_choose(self, number: int) -> None:
        """Go to an answer in the list."""
        for options in self.query(OptionList):
            if number <= options.option_count:
                options.highlighted = number - 1

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in a line submits."""
        event.stop()
        self.action_submit()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter in a list of answers submits."""
        event.stop()
        self.action_submit()
