"""A terminal that goes, whatever lies open: the dashboard ends, and the ledger is whole."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path
from random import Random

import pytest
from aftermath import opened, wrong
from operations import OPERATIONS, ready
from scale import scaled

pytestmark = pytest.mark.faults

KEYS = {
    "overview": "", "help": "?", "palette": ":", "day": "D", "items": "2", "detail": "2d",
    "filter": "2/", "status": "2s", "edit": "2e", "merge": "2m", "cases": "3", "weekly": "4",
    "comparison": "4c", "export": "4x", "freeze": "4f", "intake": "5", "add file": "5o",
    "programme": "5p", "queue": "6", "reason": "6r", "next": "6n", "queue status": "6s",
    "escalate": "6e", "put off": "6z", "answer": "6a", "queue export": "6x", "patterns": "6p",
    "group": "6w", "undo": "u",
}  # fmt: skip
"""Each screen and each dialog, by the keys that lead there from the beginning."""


@pytest.mark.parametrize("place", KEYS)
def test_terminal_gone(place: str, template: Path, tmp_path: Path, tally: dict[str, int]) -> None:
    pytest.importorskip("pty")
    from test_terminal_gone import Gone

    chance = Random(place)
    for n in range(scaled(20, 1)):
        db = ready(OPERATIONS[0], template, tmp_path / "ledger")
        with contextlib.closing(Gone(tmp_path, db, controls=n % 2 == 0)) as at:
            at.sees("clock right?")  # which is far from that of the ledger
            os.write(at.terminal, b"y\r")
            at.sees("Overview")
            os.write(at.terminal, KEYS[place].encode())
            at.reads(chance.uniform(0, 1.5))
            began = time.monotonic()
            assert at.ends() == 0
            tally["terminals"] += 1
            tally["slower than a second"] += time.monotonic() - began > 1
        with opened(db) as ledger:
            assert wrong(ledger) == []
