"""Asks for a text of many lines, such as the draft of a paragraph."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.widgets import TextArea

from rectify_tui.domain.text import clean
from rectify_tui.errors import Problem
from rectify_tui.tui.dialogs.dialog import Dialog
from rectify_tui.tui.session import Session


class Draft(TextArea):
    """A place to write and paste in, which takes nothing that could steer a terminal."""

    def __init__(self, text: str, most: int) -> None:
        super().__init__(text, id="draft", soft_wrap=True, show_line_numbers=False)
        self._most = most

    async def on_paste(self, event: events.Paste) -> None:
        """Take a pasted text in, without escape sequences."""
        event.prevent_default()
        event.stop()
        pasted = clean(event.text[: self._most + 1], multiline=True, limit=self._most + 1)
        self.replace(pasted, *self.selection)


class DraftDialog(Dialog[str]):
    """A text of at most so many characters. Ctrl+s hands it over; enter begins another line."""

    def __init__(
        self, session: Session, question: str, text: str, most: int, attempt: Callable[[str], None],
        *, hint: str,
    ) -> None:  # fmt: skip
        super().__init__(session, question, attempt, hint=hint)
        self._text = text
        self._most = most

    def body(self) -> ComposeResult:
        """The text."""
        yield Draft(self._text, self._most)

    def answer(self) -> str:
        """What was typed. Raises `Problem` for a text that is too long."""
        text = self.query_one(Draft).text
        if len(text) > self._most:
            raise Problem("reconcile.too_long", limit=self._most)
        return clean(text, multiline=True, limit=self._most).strip()
