"""The first moments of the dashboard: something to see at once, and a question to the terminal.

Some signs are one cell wide on one terminal and two on another, and only the terminal knows: it is
shown one, and asked where its cursor is. Loading goes on meanwhile, so that nobody waits for that.
"""

from __future__ import annotations

import os
import re
import select
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import monotonic

from rectify_tui.domain.text import clean

_PATIENCE = 0.1
"""Seconds to wait for an answer after all is loaded; what comes later the dashboard hears."""

_SIGN = "·"
"""One of the signs whose width is not certain. What holds for one holds for all."""

_TO_MAIN, _TO_OTHER, _WIPE = "\x1b[?1049l", "\x1b[?1049h", "\x1b[2J"
_ANSWER = re.compile(rb"\x1b\[\d+;(\d+)R")


@contextmanager
def opening(text: str) -> Iterator[Opening]:
    """Show a text on the other screen of a terminal, until the dashboard takes that over.

    Whatever goes wrong meanwhile is told on the main screen, as it was left.
    """
    shown = Opening()
    if os.name == "nt":
        yield shown
        return
    import termios

    terminal = sys.__stdin__
    before = termios.tcgetattr(terminal.fileno()) if terminal is not None else []
    try:
        shown.show(text)
        yield shown
    except BaseException:
        shown.say(_TO_MAIN)
        raise
    finally:
        if terminal is not None:
            with suppress(termios.error):  # it has gone
                termios.tcsetattr(terminal.fileno(), termios.TCSANOW, before)


class Opening:
    """A terminal that is asked something, and shows something."""

    def show(self, text: str) -> None:
        """Ask, and show lines of text."""
        self._hush()
        lines = clean(text, multiline=True).split("\n")
        placed = "".join(f"\x1b[{row};2H{line}" for row, line in enumerate(lines, 2))
        self.say(f"{_TO_OTHER}{_WIPE}\x1b[1;1H{_SIGN}\x1b[6n\x1b[1;1H\x1b[K{placed}")

    @staticmethod
    def say(text: str) -> None:
        """Write where the dashboard is drawn; nothing where there is nowhere to."""
        with suppress(OSError, ValueError, UnicodeError):
            if sys.__stderr__ is not None:
                sys.__stderr__.write(text)
                sys.__stderr__.flush()

    @staticmethod
    def _hush() -> None:
        """Have the terminal hand on what is typed, the answer too, without showing it."""
        import termios
        import tty

        if sys.__stdin__ is not None:
            with suppress(termios.error):
                tty.setcbreak(sys.__stdin__.fileno(), termios.TCSANOW)

    @staticmethod
    def narrow() -> bool:
        """Whether such a sign takes one cell; not without an answer that says so."""
        if os.name == "nt":
            return "WT_SESSION" in os.environ  # Windows Terminal, which draws them so
        if sys.__stdin__ is None:
            return False
        handle, heard, end = sys.__stdin__.fileno(), b"", monotonic() + _PATIENCE
        while (left := end - monotonic()) > 0 and select.select([handle], [], [], left)[0]:
            try:
                came = os.read(handle, 100)
            except OSError:
                return False
            heard += came
            answer = _ANSWER.search(heard)
            if answer is not None or not came:
                return answer is not None and int(answer[1]) == 2
        return False
