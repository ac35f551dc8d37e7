"""Asks for a status: a digit chooses, enter sets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from textual import events
from textual.app import ComposeResult
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from rectify_tui.errors import Problem
from rectify_tui.tui.dialogs.dialog import Dialog
from rectify_tui.tui.session import Session
from rectify_tui.tui.sources.look import status_cell


@dataclass(frozen=True)
class StatusResult:
    """The status chosen, from when it holds, and why."""

    status: str
    on: date
    reason: str


class StatusDialog(Dialog[StatusResult]):
    """The statuses of an item or a case."""

    def __init__(
        self,
        session: Session,
        kind: str,
        statuses: Sequence[str],
        n: int,
        attempt: Callable[[StatusResult], None],
    ) -> None:
        t = session.t
        hint = t("tui.dialog.status_hint", last=len(statuses))
        super().__init__(session, t(f"tui.dialog.status_{kind}", n=n), attempt, hint=hint)
        self.kind = kind
        self.statuses = list(statuses)
        self.present = ""

    def body(self) -> ComposeResult:
        """The statuses, the date, the reason."""
        named = (f"{i}  {self._named(status)}" for i, status in enumerate(self.statuses, 1))
        options = OptionList(*map(Option, named), markup=False)
        options.highlighted = None
        yield options
        yield from self.when_and_why()

    def on_mount(self) -> None:
        """Show what is known already."""
        self._highlight_present()

    def begin(self, status: str) -> None:
        """Begin on the status of today, unless another has been chosen."""
        self.present = status
        if self.open:
            self._highlight_present()

    def _highlight_present(self) -> None:
        options = self.query_one(OptionList)
        if options.highlighted is None and self.present in self.statuses:
            options.highlighted = self.statuses.index(self.present)

    def _named(self, status: str) -> str:
        return status_cell(self.t, self.kind, status, ascii=self.session.ascii).text

    def on_key(self, event: events.Key) -> None:
        """Enter says what is missing while nothing is chosen, where the list would keep silent."""
        if event.key == "enter" and self.query_one(OptionList).highlighted is None:
            event.stop()
            event.prevent_default()
            self.action_submit()

    def answer(self) -> StatusResult:
        """What was chosen. Raises `Problem` where nothing was."""
        place = self.query_one(OptionList).highlighted
        if place is None:
            raise Problem("tui.choose_status", last=len(self.statuses))
        return StatusResult(self.statuses[place], self.read_on(), self.value("reason"))
