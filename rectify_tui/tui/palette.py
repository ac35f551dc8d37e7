"""The command palette, in the user's language and style."""

from __future__ import annotations

from functools import partial

from rich.text import Text
from textual.command import CommandList, CommandPalette
from textual.widgets.option_list import Option

from rectify_tui.i18n import Language


class Palette(CommandPalette):
    """Textual's palette; what it says when nothing fits is told in the user's language."""

    def __init__(self, t: Language, *, ascii: bool) -> None:
        super().__init__(placeholder=t("tui.palette"), id="--command-palette")
        self.t = t
        self.set_class(ascii, "ascii")

    def _start_no_matches_countdown(self, search_value: str) -> None:
        self._stop_no_matches_countdown()
        self._no_matches_timer = self.set_timer(
            self._NO_MATCHES_COUNTDOWN, partial(self._say_no_matches, search_value)
        )

    def _say_no_matches(self, search_value: str) -> None:
        if search_value:
            text = Text(self.t("tui.no_command"))
            option = Option(text, disabled=True, id=self._NO_MATCHES)
            self.query_one(CommandList).add_option(option)
        self._list_visible = bool(search_value)
