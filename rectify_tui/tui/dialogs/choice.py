"""Asks for one of a few things: a digit or the arrows choose, enter takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from rectify_tui.errors import Problem
from rectify_tui.tui.dialogs.dialog import Dialog
from rectify_tui.tui.session import Session

Result = TypeVar("Result")


class ChoosingDialog(Dialog[Result]):
    """A question with a list of answers."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(str(n), f"choose({n})", show=False) for n in range(1, 10)
    ]

    def __init__(
        self,
        session: Session,
        question: str,
        options: Sequence[str],
        attempt: Callable[[Result], None] | None = None,
    ) -> None:
        super().__init__(session, attempt)
        self.question = question
        self.options = list(options)

    def heading(self) -> str:
        """What is asked."""
        return self.question

    def hint(self) -> str:
        """How to choose."""
        return self.t("intake_screen.choice_hint")

    def body(self) -> ComposeResult:
        """The list."""
        shown = [Option(self.safe(self._numbered(i))) for i in range(len(self.options))]
        options = OptionList(*shown, markup=False)
        options.highlighted = 0 if shown else None
        yield options

    def _numbered(self, place: int) -> str:
        number = f"{place + 1}" if place < 9 else " "
        return f"{number}  {self.options[place]}"

    def action_choose(self, number: int) -> None:
        """A digit chooses while no line has the focus."""
        if number <= len(self.options):
            self.query_one(OptionList).highlighted = number - 1

    @property
    def place(self) -> int:
        """The place in the list, counted from 0. Raises `Problem` where nothing is chosen."""
        highlighted = self.query_one(OptionList).highlighted
        if highlighted is None:
            raise Problem("intake_screen.nothing_to_choose")
        return highlighted


class ChoiceDialog(ChoosingDialog[int]):
    """A list to choose from; the answer is a place in it."""

    def answer(self) -> int:
        """The place."""
        return self.place
