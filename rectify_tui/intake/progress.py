"""How far a long piece of work has come, told to whoever shows it."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Is told of phases, and within each how many of its rows are done."""

    def start(self, phase: str, total: int) -> None:
        """A phase begins, of at most `total` rows; `intake.phase.{phase}` is its name."""

    def advance(self, n: int) -> None:
        """So many more are done."""

    def finish(self) -> None:
        """All phases are over."""


class Silent:
    """Takes note of nothing, where nobody watches."""

    def start(self, phase: str, total: int) -> None:
        """Let a phase begin unnoticed."""

    def advance(self, n: int) -> None:
        """Let rows pass unnoticed."""

    def finish(self) -> None:
        """Let the phases be over unnoticed."""
