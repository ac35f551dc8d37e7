"""Asks for the as-of date."""

from __future__ import annotations

from datetime import date

from textual.app import ComposeResult

from rectify_tui.tui.dialogs.base import Dialog


class DateDialog(Dialog[date]):
    """A day as people write it."""

    def __init__(self, day: date) -> None:
        super().__init__()
        self.day = day

    def heading(self) -> str:
        """What is asked."""
        return self.t("tui.dialog.date")

    def hint(self) -> str:
        """How a day may be written."""
        return self.t("tui.dialog.date_hint")

    def body(self) -> ComposeResult:
        """One line."""
        yield from self.field("on", self.t("tui.dialog.day"), self.day.isoformat())

    def answer(self) -> date:
        """The day."""
        return self.read_on()
