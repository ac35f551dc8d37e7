"""Which lines of the desk are wanted: of one file, holding a text, unchanged ones or not."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from textual.timer import Timer
from textual.widgets import Input

from rectify_tui.domain.text import clean
from rectify_tui.tui.intake_desk.listing import Wanted
from rectify_tui.tui.screens.desk import DeskScreen
from rectify_tui.tui.session import Session
from rectify_tui.tui.widgets.filter_line import TYPING_PAUSE


class FindingScreen(DeskScreen):
    """A desk of which not everything is shown. Subclasses have a line to type in, `#filter`."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.wanted = Wanted()
        self._typing: Timer | None = None

    def show_lines(self) -> None:
        """Draw the lines that are wanted."""
        raise NotImplementedError

    def show_only(self, only: int | None) -> bool:
        """Show the lines of one file or of all; whether that is another one."""
        if only == self.wanted.only:
            return False
        self.wanted = replace(self.wanted, only=only)
        return True

    def action_turn_unchanged(self) -> None:
        """Show lines that change nothing, or leave them out."""
        self.wanted = replace(self.wanted, unchanged=not self.wanted.unchanged)
        key = "shown" if self.wanted.unchanged else "hidden"
        self.say(self.t(f"intake_screen.unchanged_{key}"))
        self.show_lines()

    def action_filter(self) -> None:
        """Go to the line in which one types what to find."""
        self.add_class("finding")
        self.query_one("#filter", Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find as the user types, once the fingers rest."""
        if event.input.id != "filter":
            return
        if self._typing is not None:
            self._typing.stop()
        self._typing = self.set_timer(TYPING_PAUSE, partial(self._typed, event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes to the lines."""
        if event.input.id == "filter":
            self._typed(event.value)
            self.main_table().focus()

    def _typed(self, text: str) -> None:
        text = clean(text)
        if text != self.wanted.text:
            self.wanted = replace(self.wanted, text=text)
            self.show_lines()

    def action_leave(self) -> None:
        """Out of the search, then out of what was found."""
        box = self.query_one("#filter", Input)
        if box.has_focus and box.value:
            self.main_table().focus()
            return
        self.main_table().focus()
        self.remove_class("finding")
        with box.prevent(Input.Changed):
            box.value = ""
        self._typed("")
