"""Asks for a day that has come, as a rule the as-of date."""

from __future__ import annotations

from datetime import date

from textual.app import ComposeResult

from rectify_tui.errors import Problem
from rectify_tui.tui.dialogs.dialog import Dialog
from rectify_tui.tui.session import Session


class DateDialog(Dialog[date]):
    """A day as people write it."""

    def __init__(self, session: Session, day: date, question: str = "") -> None:
        t = session.t
        super().__init__(session, question or t("tui.dialog.date"), hint=t("tui.dialog.date_hint"))
        self.day = day

    def body(self) -> ComposeResult:
        """The day, which one is on at present."""
        yield from self.field("on", self.t("tui.dialog.day"), self.day.isoformat(), day=True)

    def answer(self) -> date:
        """The day. Raises `Problem` for one that has not come."""
        day, today = self.read_on(), self.session.today
        if day > today:
            raise Problem("tui.no_such_day", day=day, today=today)
        return day
