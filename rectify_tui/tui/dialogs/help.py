"""All keys, as the registry and the user's key map have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from rectify_tui.tui.dialogs.base import Dialog
from rectify_tui.tui.keys import ALL_KEYS, SCOPES, message

if TYPE_CHECKING:
    from rich.console import RenderableType


def keys_of(app: App[Any], id: str) -> str:
    """The keys that do something at present, as the user reads them."""
    keymap: dict[str, str] = dict(app._keymap)  # the only place where Textual keeps it
    keys = keymap.get(id, ALL_KEYS[id].keys)
    return " ".join(_shown(key.strip()) for key in keys.split(","))


_NAMES = {
    "question_mark": "?", "slash": "/", "colon": ":", "left_square_bracket": "[",
    "right_square_bracket": "]", "left_curly_bracket": "{", "right_curly_bracket": "}",
    "backspace": "bksp",
}  # fmt: skip


def _shown(key: str) -> str:
    return _NAMES.get(key, key.replace("ctrl+", "^"))


class HelpDialog(Dialog[bool]):
    """A page of keys."""

    def heading(self) -> str:
        """The title of the page."""
        return self.t("tui.dialog.help")

    def hint(self) -> str:
        """How to leave."""
        return self.t("tui.dialog.help_hint")

    def body(self) -> ComposeResult:
        """Every scope with its keys."""
        with VerticalScroll(classes="page"):
            yield Static(self._page())

    def _page(self) -> RenderableType:
        page = Table.grid(padding=(0, 2))
        for scope, keys in SCOPES.items():
            page.add_row("", Text(self.t(f"keys.scope.{scope}"), style="bold"))
            for key in keys:
                shown = Text(keys_of(self.app, key.id), style="bold")
                page.add_row(shown, Text(self.t(message(key.id))))
            page.add_row("", "")
        page.add_row("", Text(self.t("tui.dialog.filter_help")))
        return page

    def answer(self) -> bool:
        """Nothing is asked."""
        return True
