"""A power cut: of the log only what was synced is left, and that holds all that was told."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path
from random import Random

import pytest
from aftermath import opened, wrong
from operations import OPERATIONS, ready
from scale import scaled
from traced import needs_strace, synced_log

from rectify_tui.store.sqlite import WAL_IS_SAFE, connect

pytestmark = pytest.mark.faults


@needs_strace
@pytest.mark.skipif(not WAL_IS_SAFE, reason="there is no log where a journal is used")
def test_power_cut(template: Path, tmp_path: Path, tally: dict[str, int]) -> None:
    operations = [each for each in OPERATIONS if each.writes]
    chance = Random(1)
    for _ in range(scaled(50, least=len(operations))):
        operation = operations[tally["power cuts"] % len(operations)]
        db = ready(operation, template, tmp_path / "ledger")
        with contextlib.closing(connect(db)) as reader:  # so that the log is there in the end
            (before,) = reader.execute("SELECT MAX(id) FROM batch").fetchone()
            ended, synced = synced_log(db, operation.on(db), tmp_path / "calls")
            tally["power cuts"] += 1
            assert ended.acknowledged, ended
            for length in (synced, chance.randrange(synced)):
                after = _cut(db, length, tmp_path / "after")
                with opened(after) as ledger:
                    assert wrong_but_cut(wrong(ledger), whole=length == synced) == []
                    newest = ledger.newest_batch()
                    assert newest == before + 1 or length < synced
                    assert newest in (before, before + 1)


def wrong_but_cut(faults: list[str], *, whole: bool) -> list[str]:
    """Where the log ends before its last sync, a head may be kept of what is not there."""
    return [fault for fault in faults if whole or not fault.startswith("anchors")]


def _cut(db: Path, length: int, folder: Path) -> Path:
    """The files as they are after the cut."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    after = folder / db.name
    shutil.copy(db, after)
    shutil.copy(f"{db}.anchors", f"{after}.anchors")
    with Path(f"{db}-wal").open("rb") as log:
        Path(f"{after}-wal").write_bytes(log.read(length))
    return after
