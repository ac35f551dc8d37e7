"""What a check of the store came to."""

from __future__ import annotations

from dataclasses import dataclass

from rectify_tui.errors import Problem

FAULTS_SHOWN = 5
"""How many faults of one kind are told one by one."""


@dataclass(frozen=True)
class Finding:
    """What one check came to: its name, how much it looked at, and what is wrong (first few).

    `remarks` say what is no fault and should be known all the same.
    """

    check: str
    looked_at: int
    faults: tuple[Problem, ...]
    more: int = 0
    remarks: tuple[Problem, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


class Faults:
    """Gathers what one check finds."""

    def __init__(self) -> None:
        self.shown: list[Problem] = []
        self.count = 0

    def add(self, key: str, **params: object) -> None:
        """Count a fault, and keep it if it is among the first."""
        self.count += 1
        if len(self.shown) < FAULTS_SHOWN:
            self.shown.append(Problem(key, **params))

    def finding(self, check: str, looked_at: int) -> Finding:
        """What the check came to in the end."""
        return Finding(check, looked_at, tuple(self.shown), self.count - len(self.shown))
