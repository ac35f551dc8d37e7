"""All that is used of Textual beyond what it promises to keep, in this one file.

The dependency is bounded to one minor release (`pyproject.toml`); whoever raises the bound reads
this file, and `tests/tui/desk.py`, against the new one. A test finds private names anywhere else.
"""

from __future__ import annotations

from typing import TypeVar

from textual.app import App
from textual.keys import KEY_DISPLAY_ALIASES, _character_to_key, format_key
from textual.screen import Screen

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
