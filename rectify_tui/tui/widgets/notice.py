"""The line above the footer: what a screen says as a rule or, for a while, a sentence."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from rectify_tui.domain.text import clean
from rectify_tui.domain.wrapping import wrapped
from rectify_tui.tui.session import Session
from rectify_tui.tui.sizes import SENTENCE

SENTENCE_STAYS = 10.0
"""Seconds for which a sentence stays."""


class Notice(Static):
    """Shows what `state` hands out, unless a sentence is being said."""

    def __init__(self, session: Session, state: Callable[[], str]) -> None:
        super().__init__(id="notice")
        self.session = session
        self._state = state
        self._sentence_ends: Timer | None = None

    def say(self, sentence: str, *, error: bool) -> None:
        """Show a sentence for a while."""
        self.set_class(error, "bad")
        self.set_class(not error, "good")
        sign = self.session.t("tui.sign.bad" if error else "tui.sign.good")
        shown = clean(f"{sign} {sentence}"[:SENTENCE], multiline=True)
        self._show(wrapped(shown, self.screen.size.width - 2))
        if self._sentence_ends is not None:
            self._sentence_ends.stop()
        self._sentence_ends = self.set_timer(SENTENCE_STAYS, self._fall_silent)

    def hush(self) -> None:
        """Take back the sentence that is being said."""
        if self._sentence_ends is not None:
            self._sentence_ends.stop()
        self._fall_silent()

    def _fall_silent(self) -> None:
        self._sentence_ends = None
        self.show_state()

    def show_state(self) -> None:
        """Write the state anew, unless a sentence is being said."""
        if self._sentence_ends is None:
            self.remove_class("bad", "good")
            self._show(self._state())

    def _show(self, text: str) -> None:
        """Write a text that is not there yet; the screen is laid out anew for other lines alone."""
        before = str(self.content)
        if text != before:
            self.update(Content(text), layout=text.count("\n") != before.count("\n"))
