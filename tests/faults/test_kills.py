"""A program that is killed anywhere: all of its change is there, or none."""

from __future__ import annotations

import time
from pathlib import Path
from random import Random

import pytest
from aftermath import Undisturbed
from operations import OPERATIONS, Operation, ready
from scale import scaled
from traced import CALLS, count_calls, killed_at, needs_strace, run

pytestmark = pytest.mark.faults

AT_A_CALL, AFTER_A_TIME = 25, 65
"""Kills of each operation in each way. There are but few syncs and renames at which to kill, so
that these come to more than a thousand of all operations.
"""

every_operation = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.name)


@needs_strace
@pytest.mark.parametrize("kind", CALLS)
@every_operation
def test_killed_at(
    operation: Operation, kind: str, template: Path, tmp_path: Path, tally: dict[str, int]
) -> None:
    undisturbed = Undisturbed(operation, template, tmp_path / "whole")
    db = ready(operation, template, tmp_path / "counted")
    calls = count_calls(db, operation.on(db), CALLS[kind], tmp_path / "calls")
    chance = Random(f"{operation.name} {kind}")
    places = range(1, calls + 1)
    for nth in sorted(chance.sample(places, min(scaled(AT_A_CALL, 1), calls))):
        db = ready(operation, template, tmp_path / "killed")
        ended = killed_at(db, operation.on(db), CALLS[kind], nth)
        tally["kills"] += 1
        tally["done all the same"] += ended.acknowledged
        undisturbed.bears(db, ended)


@every_operation
def test_killed_after_any_time(
    operation: Operation, template: Path, tmp_path: Path, tally: dict[str, int]
) -> None:
    undisturbed = Undisturbed(operation, template, tmp_path / "whole")
    db = ready(operation, template, tmp_path / "timed")
    began = time.monotonic()
    run(db, operation.on(db))
    lasts = time.monotonic() - began
    chance = Random(operation.name)
    for _ in range(scaled(AFTER_A_TIME, 1)):
        db = ready(operation, template, tmp_path / "killed")
        ended = run(db, operation.on(db), delay=lasts * chance.uniform(0.3, 1.1))
        tally["kills"] += 1
        tally["done all the same"] += ended.acknowledged
        undisturbed.bears(db, ended)
