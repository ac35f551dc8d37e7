"""Several processes that write at once."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from country import add, healthy

from rectify_tui.store.ledger import Ledger
from rectify_tui.store.rollup_read import By, RollupQuery, read_rollup

WRITER = """
import sys
from pathlib import Path
from rectify_tui.store.commands.items import add_item, set_items
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.undo import undo

path, name, times = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
print("ready", flush=True)
sys.stdin.readline()
ledger = Ledger(path, who=name)
ledger.believe_clock()
for n in range(times):
    with ledger.batch("add") as writing:
        id = add_item(writing.draft, 1, f"{name}{n}", {"region": "230100", "responsible": name})
    with ledger.batch("set") as writing:
        set_items(writing.draft, [id, 1], {"progress": str(n % 101), "note": name})
    if n % 5 == 4:
        with ledger.batch("set") as writing:
            set_items(writing.draft, [id], {"status": "completed"})
        undo(ledger, writing.receipt.batch)
ledger.close()
"""


def write_at_once(path: Path, writers: int, times: int) -> list[subprocess.Popen[str]]:
    """Start writers, and let them go when all are ready."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), f"w{n}", str(times)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for n in range(writers)
    ]  # fmt: skip
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    return running


def run(ledger: Ledger, writers: int, times: int) -> None:
    add(ledger, 1, "0")
    running = write_at_once(ledger.address, writers, times)
    looks = 0
    while any(process.poll() is None for process in running):
        query = RollupQuery(ledger.today().replace(year=2100), By.CITY)
        rollup = read_rollup(ledger.reader(), query)
        assert rollup.sum.total == sum(row.tally.total for row in rollup.rows)
        looks += 1
    for process in running:
        _, errors = process.communicate()
        assert (process.returncode, errors) == (0, "")
    assert looks
    each = 2 * times + 2 * (times // 5)
    rows = ledger.reader().execute(
        "SELECT who, COUNT(*) FROM batch WHERE who LIKE 'w%' GROUP BY who ORDER BY who"
    )
    assert rows.fetchall() == [(f"w{n}", each) for n in range(writers)]
    items = ledger.reader().execute("SELECT COUNT(*), COUNT(DISTINCT id) FROM item").fetchone()
    assert items == (writers * times + 1, writers * times + 1)
    sequence = [seq for (seq,) in ledger.reader().execute("SELECT seq FROM history ORDER BY seq")]
    assert all(after - before == 1 for before, after in pairwise(sequence))
    assert healthy(ledger)


@pytest.mark.journeys
def test_two_processes_write_at_once(country: Ledger) -> None:
    run(country, writers=2, times=40)


@pytest.mark.campaign
def test_eight_processes_write_at_once(country: Ledger) -> None:
    run(country, writers=8, times=400)
