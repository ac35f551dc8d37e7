"""A program in a pseudo-terminal of its own, and what a person would see there."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pyte

PATIENCE = 30


class Terminal:
    """A terminal in which a shell runs `rectify` and then tells how it ended.

    It answers as terminals do when it is asked something, or always the same.
    """

    def __init__(
        self, home: Path, *words: str, size: tuple[int, int], answer: str | None = None,
        **environ: str,
    ) -> None:  # fmt: skip
        width, height = size
        self.screen = pyte.Screen(width, height)
        self.stream = pyte.ByteStream(self.screen)
        self.written = b""
        env = {
            "PATH": os.environ["PATH"], "HOME": str(home), "TERM": "xterm-256color",
            "LANG": "C.UTF-8", "XDG_CONFIG_HOME": str(home / "config"),
            "XDG_DATA_HOME": str(home / "data"), "COLORTERM": "truecolor", **environ,
        }  # fmt: skip
        program = " ".join(f"'{word}'" for word in (sys.executable, "-m", "rectify_tui", *words))
        command = f"stty -a; echo begun.; {program}; echo code=$?.; stty -a; echo end."
        self.child = pexpect.spawn(
            "/bin/sh", ["-c", command], dimensions=(height, width), env=env, timeout=PATIENCE
        )
        self.screen.write_process_input = lambda own: self.child.send(
            own if answer is None else answer
        )

    def send(self, keys: str | bytes) -> None:
        """Send keys as a terminal does: as bytes."""
        self.child.send(keys)

    def read(self) -> bool:
        """Take in what was written, if anything; whether there may be more."""
        try:
            data = self.child.read_nonblocking(65536, timeout=0.1)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.written += data
        self.stream.feed(data)
        return True

    @property
    def lines(self) -> list[str]:
        """What is on the screen."""
        # pyte leaves an empty cell behind each double-width character
        return [
            "".join(self.screen.buffer[y][x].data for x in range(self.screen.columns)).rstrip()
            for y in range(self.screen.lines)
        ]

    @property
    def text(self) -> str:
        """The screen as text."""
        return "\n".join(self.lines)

    def until(self, condition: Callable[[], object]) -> None:
        """Wait until a condition holds on the screen."""
        deadline = time.monotonic() + PATIENCE
        while not condition():
            more = self.read()
            assert more or condition(), f"the program ended:\n{self.text}"
            assert time.monotonic() < deadline, f"waited in vain:\n{self.text}"

    def sees(self, text: str) -> None:
        """Wait until a text is on the screen, wherever its line may be broken."""
        wanted = "".join(text.split())
        self.until(lambda: wanted in "".join(self.text.split()))

    def ends(self) -> int:
        """Wait for the end; returns the exit code."""
        self.until(lambda: b"end." in self.written)
        return int(self.written.rpartition(b"code=")[2].partition(b".")[0])

    def settings(self) -> tuple[bytes, bytes]:
        """What `stty` says of the terminal before and after."""
        before, _, rest = self.written.partition(b"code=")
        return before.partition(b"begun.")[0].strip(), rest.partition(b"\r\n")[2].split(b"end.")[
            0
        ].strip()


@contextlib.contextmanager
def terminal(
    home: Path, *words: str, size: tuple[int, int] = (80, 24), answer: str | None = None,
    **environ: str,
) -> Iterator[Terminal]:  # fmt: skip
    """A terminal that is closed in the end, whatever happens."""
    found = Terminal(home, *words, size=size, answer=answer, **environ)
    try:
        yield found
    finally:
        found.child.close(force=True)
