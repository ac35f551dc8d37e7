"""Asks whether something is to be done, and why."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult

from rectify_tui.tui.dialogs.dialog import Dialog
from rectify_tui.tui.session import Session


class ReasonDialog(Dialog[str]):
    """A question with a line for the reason, which may stay empty."""

    def __init__(self, session: Session, question: str, attempt: Callable[[str], None]) -> None:
        super().__init__(session, attempt)
        self.question = question

    def heading(self) -> str:
        """The question."""
        return self.question

    def body(self) -> ComposeResult:
        """One line."""
        yield from self.field("reason", self.t("tui.dialog.reason"))

    def answer(self) -> str:
        """The reason as typed."""
        return self.value("reason").strip()
