"""A line to type a filter in, which waits until the fingers rest."""

from __future__ import annotations

from functools import partial

from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input

from rectify_tui.tui.widgets.line import Line

TYPING_PAUSE = 0.15
"""Seconds after the last key before a filter is tried."""


class FilterLine(Line):
    """Tells what was typed after a pause, and at once when it is entered."""

    class Typed(Message):
        """The text as it stood when the fingers had rested for a moment."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Entered(Message):
        """The text on which Enter was pressed."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, id: str = "filter") -> None:
        super().__init__(id=id, compact=True, select_on_focus=False)
        self._typing: Timer | None = None

    def put(self, text: str) -> None:
        """Have a text in it, without telling of it."""
        with self.prevent(Input.Changed):
            self.value = text

    def on_input_changed(self, event: Input.Changed) -> None:
        """Wait for the fingers to rest."""
        event.stop()
        self._rest()
        self._typing = self.set_timer(TYPING_PAUSE, partial(self._typed, event.value))

    def _rest(self) -> None:
        if self._typing is not None:
            self._typing.stop()

    def _typed(self, text: str) -> None:
        # What was put here since is on the screen already, and must not be typed over.
        if self.value == text:
            self.post_message(self.Typed(text))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Tell at once."""
        event.stop()
        self._rest()
        self.post_message(self.Entered(event.value))
