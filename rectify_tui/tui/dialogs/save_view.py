"""Asks under which name and key the list as it is shown is to be kept."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult

from rectify_tui.errors import Problem
from rectify_tui.tui.dialogs.dialog import Dialog
from rectify_tui.tui.session import Session


class SaveViewDialog(Dialog[tuple[str, str]]):
    """A name, and a key that may be left out."""

    def __init__(
        self, session: Session, about: str, attempt: Callable[[tuple[str, str]], None]
    ) -> None:
        super().__init__(session, session.t("tui.views.ask"), attempt, about=about)

    def body(self) -> ComposeResult:
        """The two."""
        yield from self.field("name", self.t("tui.views.name"))
        yield from self.field("key", self.t("tui.views.key"))

    def answer(self) -> tuple[str, str]:
        """Name and key. Raises `Problem` without a name."""
        name = self.value("name").strip()
        if not name:
            raise Problem("tui.views.no_name")
        return name, self.value("key").strip()
