"""How far the reading of a file has come: written by one thread, read by another."""

from __future__ import annotations


class ReadingMeter:
    """Counts rows. `total` is 0 while it is not known."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.phase = ""
        self.done = 0
        self.total = 0

    def start(self, phase: str, total: int) -> None:
        """Begin a phase of so many rows."""
        self.phase, self.done, self.total = phase, 0, total

    def advance(self, n: int = 1) -> None:
        """So many rows further."""
        self.done += n

    def finish(self) -> None:
        """The phase is over."""
        self.done = self.total
