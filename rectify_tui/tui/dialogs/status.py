"""Asks for a status: a digit chooses, enter sets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from textual import events
from textual.app import ComposeResult
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from rectify_tui.tui.dialogs.base import Dialog
from rectify_tui.tui.sources.look import status_cell


@dataclass(frozen=True)
class StatusResult:
    """The status chosen, from when it holds, and why."""

    status: str
    on: date
    reason: str


class StatusDialog(Dialog[StatusResult]):
    """The statuses of an item or a case."""

    def __init__(self, kind: str, statuses: Sequence[str], n: int, today: date) -> None:
        super().__init__()
        self.kind = kind
        self.statuses = list(statuses)
        self.n = n
        self.today = today

    def heading(self) -> str:
        """For how many."""
        return self.t(f"tui.dialog.status_{self.kind}", n=self.n)

    def hint(self) -> str:
        """A digit, then enter."""
        return self.t("tui.dialog.status_hint", last=len(self.statuses))

    def body(self) -> ComposeResult:
        """The statuses, the date, the reason."""
        yield OptionList(
            *(
                Option(f"{i}  {status_cell(self.t, self.kind, status, ascii=False).text}")
                for i, status in enumerate(self.statuses, 1)
            ),
            markup=False,
        )
        yield from self.when_and_why(self.today)

    def on_key(self, event: events.Key) -> None:
        """A digit chooses a status while the list has the focus."""
        options = self.query_one(OptionList)
        if options.has_focus and event.character and event.character.isdecimal():
            place = int(event.character) - 1
            if 0 <= place < len(self.statuses):
                options.highlighted = place
                event.stop()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter on a status sets it."""
        event.stop()
        self.action_submit()

    def answer(self) -> StatusResult:
        """What was chosen."""
        place = self.query_one(OptionList).highlighted or 0
        return StatusResult(self.statuses[place], self.read_on(), self.value("reason"))
