"""Many processes change the same few items, with a dashboard open all the while."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from aftermath import opened, wrong
from operations import ITEMS
from scale import scaled
from terminal import Terminal, terminal
from traced import ENVIRON

pytestmark = pytest.mark.faults

WRITERS = 8

WRITER = """
import sys
from pathlib import Path
from random import Random
from rectify_tui.store.commands.items import set_items
from rectify_tui.store.ledger import Ledger

path, name, edits, items = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
chance = Random(name)
ledger = Ledger(path)
ledger.believe_clock()
for n in range(edits):
    with ledger.batch("set", who=name) as writing:
        set_items(writing.draft, [chance.randint(1, items)], {"note": f"{name} {n}"})
ledger.close()
"""


def test_many_writers(template: Path, tmp_path: Path, tally: dict[str, int]) -> None:
    from operations import OPERATIONS, ready

    db = ready(OPERATIONS[0], template, tmp_path / "shared")
    with opened(db) as ledger:
        before = ledger.newest_batch()
    edits = scaled(1000)
    with terminal(tmp_path, "--db", str(db), "--lang", "en", "--clock-is-right") as dashboard:
        dashboard.sees("Overview")
        _write(db, edits, dashboard)
        dashboard.send("q")
        assert dashboard.ends() == 0
    tally["edits"] = WRITERS * edits
    with opened(db) as ledger:
        assert ledger.newest_batch() == before + WRITERS * edits
        sequence = ledger.reader().execute("SELECT seq FROM history ORDER BY seq").fetchall()
        assert all(after - before == 1 for (before,), (after,) in pairwise(sequence))
        assert wrong(ledger) == []


def _write(db: Path, edits: int, dashboard: Terminal) -> None:
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(db), f"w{n}", str(edits), str(ITEMS)],
            env=ENVIRON, stderr=subprocess.PIPE, text=True,
        )
        for n in range(WRITERS)
    ]  # fmt: skip
    while any(writer.poll() is None for writer in writers):
        assert dashboard.read(), "the dashboard ended"
    for writer in writers:
        _, errors = writer.communicate()
        assert (writer.returncode, errors) == (0, "")
