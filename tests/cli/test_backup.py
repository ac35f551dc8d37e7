"""`rectify backup` and `rectify restore`, and the backup of the day that is made by itself."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

import rectify_tui
from rectify_tui.domain.text import clean
from rectify_tui.store.commands.items import set_items
from rectify_tui.store.ledger import Ledger

pytestmark = pytest.mark.journeys

ROOT = Path(rectify_tui.__file__).parent.parent


def test_a_backup_and_the_way_back(small, tmp_path):
    made = small.said("backup")
    assert made.startswith(f"The ledger was copied to {tmp_path}/backups/small.db.")
    assert "history goes to row 3216 (" in made
    assert "历史到第 3216 条（" in small.said("backup", str(tmp_path / "副本"), lang="zh")
    small("item", "set", "P-1/1", "--note", "后来")
    (backup,) = small.rows("restore")
    assert (backup["head_number"], backup["backup_kind"]) == (3216, "by_hand")
    restored, kept = small("restore", backup["backup"]).stdout.splitlines()
    assert restored == (
        f"The ledger {small.db} was restored: its history goes to row 3216"
        f" ({backup['head_hash'][:12]})."
    )
    assert kept.endswith(f"row 3217 ({small.rows('restore')[0]['head_hash'][:12]}).")
    assert small.rows("item", "show", "P-1/1")[0]["note"] is None
    small("restore", small.rows("restore")[0]["backup"])
    assert small.rows("item", "show", "P-1/1")[0]["note"] == "后来"
    assert "被替换的台账" in small("restore", lang="zh").stdout


def test_a_backup_replaces_only_what_it_may(small, rectify, tmp_path):
    copy = tmp_path / "copy"
    small("backup", str(copy))
    assert "add --force" in small.refused("backup", str(copy), code=2)
    small("item", "set", "P-1/1", "--note", "x")
    assert "row 3217 (" in small.said("backup", str(copy), "--force")
    for ledger in (small.db, rectify.db):
        assert "is a ledger" in small.refused("backup", str(ledger), "--force", code=2)
    assert "There is no backup nothing." in small.refused("restore", "nothing", code=2)
    assert "is the ledger itself" in small.refused("restore", str(small.db), code=2)
    assert "takes no file" in small.refused("backup", "--daily", str(copy), code=2)


def test_a_ledger_in_use_stays(small):
    small("backup")
    (backup,) = small.rows("restore")
    with contextlib.closing(Ledger(small.db)) as dashboard:
        dashboard.newest_batch()
        assert "has the store" in small.refused("restore", backup["backup"], code=2)
        small("item", "set", "P-1/1", "--note", "x")
        small("item", "set", "P-1/1", "--note", "y")
        told = small("check").stderr
        assert clean(told).startswith(f"A log lies beside the ledger, {small.db}-wal: a copy")
        assert "would lack 2 rows of history" in told
        dashboard.settle()
        assert small("check").stderr == ""
    assert small("check").stderr == ""


def test_whoever_writes_has_a_backup_of_the_day(small, tmp_path):
    folder = small.db.parent / "backups"
    (tmp_path / "temporary").mkdir()
    environment = {
        "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8",
        "TMPDIR": str(tmp_path / "temporary"),
    }  # fmt: skip

    def run(*words: str) -> float:
        before = time.monotonic()
        subprocess.run(
            [sys.executable, "-m", "rectify_tui", "--db", small.db, *words],
            env=environment, check=True, capture_output=True, timeout=60,
        )  # fmt: skip
        return time.monotonic() - before

    run("item", "list")
    assert not folder.exists()
    run("item", "set", "P-1/1", "--note", "x")
    path = folder / f"small.db.{date.today().isoformat()}.bak"
    while not path.exists():
        time.sleep(0.02)
    run("item", "set", "P-1/1", "--note", "y")
    assert [each.name for each in folder.iterdir()] == [path.name]
    assert json.loads(small("restore", "--format", "json").stdout)[0]["head_number"] == 3217


@pytest.fixture
def disk(small, tmp_path):
    """The program on a disk of its own, which is then made full or read-only."""
    if os.name == "nt" or os.geteuid() != 0:
        pytest.skip("only root can mount a disk")
    at = tmp_path / "disk"
    at.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", at], check=False
    ).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        (at / "small.db").write_bytes(small.db.read_bytes())
        small.db = at / "small.db"
        yield small
    finally:
        subprocess.run(["umount", "-l", at], check=True)


def with_log(db: Path) -> None:
    """Leave a store as a killed program does: the last change is in its log alone."""
    with contextlib.closing(Ledger(db)) as reader:
        reader.newest_batch()
        with reader.batch("set") as writing:
            set_items(writing.draft, [1], {"note": "日志"})
        kept = {end: db.with_name(db.name + end).read_bytes() for end in ("", "-wal")}
    for end, content in kept.items():
        db.with_name(db.name + end).write_bytes(content)


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("full", "The disk is full; nothing was saved"),
        ("ro", "can only be read; nothing was saved"),
    ],
)
def test_a_disk_that_takes_nothing_can_be_read(disk, tmp_path, state, sentence, log):
    if log:
        with_log(disk.db)
    if state == "full":
        with contextlib.suppress(OSError), (disk.db.parent / "filling").open("wb", 0) as file:
            while True:
                file.write(bytes(4096))
    else:
        subprocess.run(["mount", "-o", "remount,ro", disk.db.parent], check=True)
    assert disk.rows("item", "show", "P-1/1")[0]["note"] == ("日志" if log else None)
    assert sentence in disk.refused("item", "set", "P-1/1", "--note", "x", code=2)
    assert disk("backup", str(tmp_path / "copy")).stdout.count("copied") == 1
    assert disk.rows("item", "show", "P-1/1")[0]["note"] == ("日志" if log else None)
    assert not [path for path in disk.db.parent.iterdir() if path.name.endswith(".part")]
