"""All keys, as the registry and the user's key map have them."""

from __future__ import annotations

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from rectify_tui.tui.dialogs.dialog import Dialog
from rectify_tui.tui.keys import SCOPES, message
from rectify_tui.tui.session import Session


class HelpDialog(Dialog[bool]):
    """A page of keys."""

    def __init__(self, session: Session) -> None:
        t = session.t
        super().__init__(session, t("tui.dialog.help"), hint=t("tui.dialog.help_hint"))

    def body(self) -> ComposeResult:
        """Every scope with its keys."""
        with VerticalScroll(classes="page"):
            yield Static(self._page())

    def _page(self) -> RenderableType:
        page = Table.grid(padding=(0, 2))
        for _ in range(2):
            page.add_column(overflow="fold")
        for scope, keys in SCOPES.items():
            page.add_row("", Text(self.t(f"keys.scope.{scope}"), style="bold"))
            for key in keys:
                shown = Text(self.session.keys_of(key.id), style="bold")
                page.add_row(shown, Text(f"{self.t(message(key.id))}  ({key.id})"))
            page.add_row("", "")
        for name in ("mouse", "filter_help", "signs_help", "keymap_help"):
            page.add_row("", Text(self.t(f"tui.dialog.{name}")))
            page.add_row("", "")
        return page

    def answer(self) -> bool:
        """Enter closes the page."""
        return True
