"""Runs `rectify` under strace, which kills it or fails its calls at a place that is named.

So nothing of ours is replaced: what ends is the real program in the middle of a real system call.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

needs_strace = pytest.mark.skipif(
    shutil.which("strace") is None, reason="strace is not installed: apt-get install strace"
)

CALLS = {
    "write": "pwrite64,write,ftruncate",
    "sync": "fsync,fdatasync",
    "rename": "rename,renameat,renameat2,unlink",
}
"""The kinds of system calls at which a program may be ended."""

ENVIRON = {
    **{name: value for name, value in os.environ.items() if not name.startswith("RECTIFY")},
    "PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8",
}  # fmt: skip


@dataclass(frozen=True)
class Ended:
    """How a program ended: its exit code (negative for a signal) and what it said."""

    code: int
    out: str
    err: str

    @property
    def acknowledged(self) -> bool:
        """Whether it said that all is done."""
        return self.code == 0


def command(db: Path, words: Sequence[str]) -> list[str]:
    """The command line of `rectify` on a store."""
    return [sys.executable, "-m", "rectify_tui", "--db", str(db), "--lang", "en",
            "--clock-is-right", *words]  # fmt: skip


def run(db: Path, words: Sequence[str], *before: str, delay: float | None = None) -> Ended:
    """Run it, behind another program if one is given; after `delay` seconds it is killed."""
    process = subprocess.Popen(
        [*before, *command(db, words)], env=ENVIRON, text=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    try:
        out, err = process.communicate(timeout=120 if delay is None else delay)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        out, err = process.communicate()
    return Ended(process.returncode, out, err)


def _strace(calls: str, log: Path | str, *inject: str) -> list[str]:
    words = ["strace", "-f", "-qq", "-y", "-o", str(log), "-e", f"trace={calls}"]
    return [*words, *(word for each in inject for word in ("-e", f"inject={calls}:{each}"))]


def count_calls(db: Path, words: Sequence[str], calls: str, log: Path) -> int:
    """How many such calls the program makes; it ends by itself."""
    run(db, words, *_strace(calls, log))
    return sum("(" in line for line in log.read_text("utf-8", "replace").splitlines())


def killed_at(db: Path, words: Sequence[str], calls: str, nth: int) -> Ended:
    """Killed as it begins its nth such call."""
    return run(db, words, *_strace(calls, os.devnull, f"signal=SIGKILL:when={nth}"))


def on_full_disk(db: Path, words: Sequence[str], nth: int) -> Ended:
    """From the nth write into a store on, the disk has no room left."""
    return run(db, words, *_strace("pwrite64", os.devnull, f"error=ENOSPC:when={nth}+"))


_WRITE = re.compile(r"pwrite64\(\d+<(?P<path>[^>]*)>.*, (?P<size>\d+), (?P<at>\d+)\)\s+= \d+")
_SYNC = re.compile(r"f(?:data)?sync\(\d+<(?P<path>[^>]*)>\)\s+= 0")


def synced_log(db: Path, words: Sequence[str], log: Path) -> tuple[Ended, int]:
    """Run it, and tell how long the write-ahead log was when it was last synced."""
    ended = run(db, words, *_strace("pwrite64,fsync,fdatasync", log))
    wal = f"{db}-wal"
    length = synced = 0
    for line in log.read_text("utf-8", "replace").splitlines():
        if (write := _WRITE.search(line)) and write["path"] == wal:
            length = max(length, int(write["at"]) + int(write["size"]))
        elif (sync := _SYNC.search(line)) and sync["path"] == wal:
            synced = length
    return ended, synced
