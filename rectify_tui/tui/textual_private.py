"""All that is used of Textual beyond what it promises to keep, in this one file.

The dependency is bounded to one minor release (`pyproject.toml`); whoever raises the bound reads
this file, and `tests/tui/desk.py`, against the new one. A test finds private names anywhere else.
"""

from __future__ import annotations

from functools import partial
from typing import TypeVar

from rich.text import Text
from textual.app import App
from textual.command import CommandList, CommandPalette
from textual.keys import KEY_DISPLAY_ALIASES, _character_to_key, format_key
from textual.screen import Screen
from textual.widgets.option_list import Option

ScreenOfMode = TypeVar("ScreenOfMode", bound=Screen[None])


def key_name(key: str) -> str:
    """The one name of a key, which may also be written as the character that it types.

    Bindings and key maps go through this function in Textual, so that `[` and
    `left_square_bracket` are one key; two actions on one key cannot be found without it.
    """
    return _character_to_key(key) if len(key) == 1 else key


def key_sign(key: str) -> str:
    """A key as people read it. Textual's footer shows keys so, and has no documented way to ask."""
    named = "+" in key or key in KEY_DISPLAY_ALIASES
    return key.replace("ctrl+", "^") if named else format_key(key)


def styled_by_app(screen: ScreenOfMode, app: App[None]) -> ScreenOfMode:
    """A new screen that has no style sheet of its own, marked as styled by the app's.

    Textual cannot know that and reads every style sheet anew, twice, when the screen is first
    shown: a tenth of a second for each of the six.
    """
    screen._css_update_count = app._css_update_count
    return screen


class WordedPalette(CommandPalette):
    """Textual's palette, told what to say where nothing fits.

    That sentence stands in English in the middle of a private method, so this one and what it
    needs are written anew. The id is the one by which `is_open` finds a palette.
    """

    def __init__(self, placeholder: str, no_command: str) -> None:
        super().__init__(placeholder=placeholder, id="--command-palette")
        self._no_command = no_command

    def _start_no_matches_countdown(self, search_value: str) -> None:
        self._stop_no_matches_countdown()
        self._no_matches_timer = self.set_timer(
            self._NO_MATCHES_COUNTDOWN, partial(self._say_no_matches, search_value)
        )

    def _say_no_matches(self, search_value: str) -> None:
        if search_value:
            option = Option(Text(self._no_command), disabled=True, id=self._NO_MATCHES)
            self.query_one(CommandList).add_option(option)
        self._list_visible = bool(search_value)
