"""Asks in which way what was taken is to be written, and what was not to be sent back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.widgets import Static

from rectify_tui.tui.dialogs.choice import ChoosingDialog
from rectify_tui.tui.session import Session


@dataclass(frozen=True)
class ApplyResult:
    """Which of the ways was chosen, counted from 0, and why it is done."""

    place: int
    reason: str


class ApplyDialog(ChoosingDialog[ApplyResult]):
    """The counts, line by line, then the choice and the reason."""

    def __init__(
        self, session: Session, question: str, lines: Sequence[str], options: Sequence[str],
        attempt: Callable[[ApplyResult], None],
    ) -> None:  # fmt: skip
        hint = session.t("intake_screen.apply_hint")
        super().__init__(session, question, options, attempt, hint=hint)
        self.lines = list(lines)

    def body(self) -> ComposeResult:
        """What is written and what is not, then the choice."""
        for line in self.lines:
            yield Static(self.safe(line))
        yield from super().body()
        yield from self.field("reason", self.t("tui.dialog.reason"))

    def answer(self) -> ApplyResult:
        """The way that was chosen, and why. Raises `Problem` where none was."""
        return ApplyResult(self.place, self.value("reason").strip())
