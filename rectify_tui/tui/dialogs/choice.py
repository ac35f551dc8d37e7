"""Asks for one of a few things: a digit or the arrows choose, enter takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from textual.app import ComposeResult
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from rectify_tui.errors import Problem
from rectify_tui.tui.dialogs.dialog import Dialog
from rectify_tui.tui.session import Session

Answer = TypeVar("Answer")


class ChoosingDialog(Dialog[Answer]):
    """A question with a list of answers."""

    def __init__(
        self, session: Session, question: str, options: Sequence[str],
        attempt: Callable[[Answer], None] | None = None, *, hint: str = "", about: str = "",
    ) -> None:  # fmt: skip
        hint = hint or session.t("intake_screen.choice_hint")
        super().__init__(session, question, attempt, hint=hint, about=about)
        self.options = list(options)

    def body(self) -> ComposeResult:
        """The answers, the first nine with their digits."""
        shown = [Option(self.safe(self._numbered(i))) for i in range(len(self.options))]
        options = OptionList(*shown, markup=False)
        options.highlighted = 0 if shown else None
        yield options

    def _numbered(self, place: int) -> str:
        number = f"{place + 1}" if place < 9 else " "
        return f"{number}  {self.options[place]}"

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
        """The place of what is chosen in the list."""
        return self.place
