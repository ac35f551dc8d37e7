"""What all dialogs share."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Label, Static

from rectify_tui.domain.dates import read_day
from rectify_tui.errors import Problem
from rectify_tui.i18n import Language

if TYPE_CHECKING:
    from rectify_tui.tui.app import RectifyApp

Result = TypeVar("Result")


class Dialog(ModalScreen[Result | None]):
    """A framed question. Escape gives None; ctrl+s submits from anywhere."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", show=False),
        Binding("ctrl+s", "submit", show=False),
    ]

    @property
    def t(self) -> Language:
        """The language of the dialog."""
        return cast("RectifyApp", self.app).language

    def compose(self) -> ComposeResult:
        """A title, the questions, a line for what is wrong, and a hint about the keys."""
        with Vertical(classes="dialog"):
            yield Static(Content(self.heading()), classes="title")
            yield from self.body()
            yield Static("", classes="error")
            yield Static(Content(self.hint()), classes="hint")

    def on_mount(self) -> None:
        """Take the style of the app."""
        self.set_class(cast("RectifyApp", self.app).ascii, "ascii")

    def heading(self) -> str:
        """What is asked."""
        return ""

    def hint(self) -> str:
        """How to answer."""
        return self.t("tui.dialog.hint")

    def body(self) -> ComposeResult:
        """The questions."""
        yield from ()

    def field(self, id: str, label: str, value: str = "") -> ComposeResult:
        """A labelled line to type in."""
        with Vertical(classes="row"):
            yield Label(Content(label))
            yield Input(value, id=id, compact=True, select_on_focus=False)

    def value(self, id: str) -> str:
        """What was typed into a line."""
        return self.query_one(f"#{id}", Input).value

    def read_on(self) -> date:
        """The effective date that was typed. Raises `Problem` for what is no day."""
        today = cast("RectifyApp", self.app).ledger.today()
        text = self.value("on").strip()
        return read_day(text, today=today) if text else today

    def when_and_why(self, today: date) -> ComposeResult:
        """The effective date and the reason, which every change has."""
        yield from self.field("on", self.t("tui.dialog.on"), today.isoformat())
        yield from self.field("reason", self.t("tui.dialog.reason"))

    def complain(self, problem: Problem) -> None:
        """Show what is wrong, and stay open."""
        self.query_one(".error", Static).update(Content(self.t.problem(problem)))

    def answer(self) -> Result:
        """The answer. Raises `Problem` where it cannot be taken."""
        raise NotImplementedError

    def action_submit(self) -> None:
        """Hand back the answer if it can be taken."""
        try:
            found = self.answer()
        except Problem as problem:
            self.complain(problem)
        else:
            self.dismiss(found)

    def action_cancel(self) -> None:
        """Hand back nothing."""
        self.dismiss(None)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in a line submits."""
        event.stop()
        self.action_submit()
