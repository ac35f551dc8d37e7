"""A disk that is full from any write on: one sentence, and nothing by halves."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from aftermath import Undisturbed
from operations import OPERATIONS, Operation, ready
from scale import SCALE, scaled
from traced import count_calls, needs_strace, on_full_disk

pytestmark = pytest.mark.faults

MOST = 200


@needs_strace
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.name)
def test_full_disk(
    operation: Operation, template: Path, tmp_path: Path, tally: dict[str, int]
) -> None:
    undisturbed = Undisturbed(operation, template, tmp_path / "whole")
    db = ready(operation, template, tmp_path / "counted")
    calls = count_calls(db, operation.on(db), "pwrite64", tmp_path / "calls")
    places = range(1, calls + 1)
    if SCALE < 1 or calls > MOST:
        places = sorted(Random(operation.name).sample(places, min(scaled(MOST) // 4 + 1, calls)))
    for nth in places:
        db = ready(operation, template, tmp_path / "full")
        ended = on_full_disk(db, operation.on(db), nth)
        tally["full disks"] += 1
        tally["done all the same"] += ended.acknowledged
        assert "Traceback" not in ended.err
        assert ended.code in (0, 1, 2), ended
        told = [line for line in ended.err.splitlines() if line.startswith("Error: ")]
        assert told == ended.err.splitlines()[-1:] or ended.acknowledged, ended
        undisturbed.bears(db, ended)
