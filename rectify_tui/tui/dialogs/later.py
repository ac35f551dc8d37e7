"""Something else was said of a later day: asks which of the two then holds."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from rectify_tui.domain.timeline import Later
from rectify_tui.errors import Problem
from rectify_tui.tui.dialogs.dialog import Dialog
from rectify_tui.tui.session import Session

_CHOICES = (Later.UNTIL_NEXT, Later.FROM_THEN_ON)
"""What leaves more as it is comes first."""


class LaterDialog(Dialog[Later]):
    """Both outcomes, each with what then holds today; the answer is the one under the cursor."""

    def __init__(self, session: Session, refusal: Problem) -> None:
        super().__init__(session, session.t("tui.later.question", **refusal.params))
        self._outcomes = [session.t(f"tui.later.{each}", **refusal.params) for each in _CHOICES]

    def body(self) -> ComposeResult:
        """What the change can come to, one to a line."""
        choice = OptionList(*(Option(self.safe(text)) for text in self._outcomes), markup=False)
        choice.highlighted = 0
        yield choice

    def answer(self) -> Later:
        """The outcome under the cursor."""
        return _CHOICES[self.query_one(OptionList).highlighted or 0]
