"""Asks whether something is to be done, and why."""

from __future__ import annotations

from textual.app import ComposeResult

from rectify_tui.tui.dialogs.dialog import Dialog


class ReasonDialog(Dialog[str]):
    """A question with a line for the reason, which may stay empty."""

    def body(self) -> ComposeResult:
        """The line for the reason."""
        yield from self.field("reason", self.t("tui.dialog.reason"))

    def answer(self) -> str:
        """The reason as typed."""
        return self.value("reason").strip()
