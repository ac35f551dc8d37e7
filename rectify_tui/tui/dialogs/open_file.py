"""Asks for a file or a folder, and completes its name as a shell does."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from rectify_tui.domain.text import clean
from rectify_tui.errors import Problem
from rectify_tui.tui.dialogs.dialog import Dialog
from rectify_tui.tui.session import Session
from rectify_tui.tui.typed_paths import complete
from rectify_tui.tui.widgets.line import PASTED, Line, line_text

_NAMES = 400
"""Characters of the names that are offered."""


class PathLine(Line):
    """A line for paths: pasted ones keep their spaces, and several stay apart."""

    def on_paste(self, event: events.Paste) -> None:
        """Take what a terminal types when files are dropped on it."""
        event.prevent_default()
        event.stop()
        lines = [line_text(line) for line in event.text[:PASTED].strip().splitlines()]
        pasted = lines[0] if len(lines) == 1 else " ".join(map(shlex.quote, lines))
        self.replace(pasted, *self.selection)


class OpenDialog(Dialog[str]):
    """A path. Tab completes it; what is on the disk is looked at in threads."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", show=False, priority=True),
    ]

    def __init__(
        self, session: Session, question: str, begin: str, attempt: Callable[[str], None]
    ) -> None:
        super().__init__(session, question, attempt, hint=session.t("intake_screen.open_hint"))
        self.begin = begin

    def body(self) -> ComposeResult:
        """One line, and the names that it may go on with."""
        yield PathLine(self.begin, id="path", compact=True)
        yield Static("", id="names")

    def answer(self) -> str:
        """The text as typed. Raises `Problem` where there is none."""
        text = self.value("path").strip()
        if not text:
            raise Problem("intake_screen.no_path")
        return text

    def action_complete(self) -> None:
        """Go on as far as the names on the disk agree, and show them where they differ."""
        text = self.value("path")
        find = partial(complete, text)
        self.session.read(find, partial(self._completed, text), "intake-complete")

    def _completed(self, text: str, completion: tuple[str, list[str]]) -> None:
        whole, names = completion
        if not self.open or self.value("path") != text:
            return
        line = self.query_one("#path", Input)
        line.value = line_text(whole)
        line.cursor_position = len(line.value)
        several = "  ".join(clean(name[:200]) for name in names) if len(names) > 1 else ""
        cut = several[:_NAMES] + self.t("tui.sign.cut") * (len(several) > _NAMES)
        shown = cut if names else self.t("intake_screen.no_name")
        self.query_one("#names", Static).update(self.safe(shown))
