"""Who writes: the account of the process as the machine knows it, whatever its surroundings say."""

from __future__ import annotations

import os
import sys

if sys.platform != "win32":
    import pwd

from rectify_tui.errors import Problem

NAMELESS = "unknown"


def account() -> str:
    """The name of the account, its number (`uid 1000`) where the machine has no name for it."""
    if sys.platform == "win32":
        return _named_by_windows()
    number = os.getuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"uid {number}"


def signed(who: str, on_behalf: str | None) -> str | Problem:
    """Who wrote and on whose behalf, for a blank in a message, which is told in any language."""
    return Problem("history.author", who=who, on_behalf=on_behalf) if on_behalf else who


def _named_by_windows() -> str:
    try:
        return os.getlogin()
    except OSError:
        return NAMELESS
