"""What work costs: seconds of processor time and of waiting, and memory at its most.

Figures are made of processor time where nothing is waited for, since others may use the machine.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median

from rectify_tui.store.sqlite.driver import sqlite3

KIBIBYTES = 1 if sys.platform != "darwin" else 1024
LEFT_OUT = ("RECTIFY_DB", "RECTIFY_LANG", "RECTIFY_ASCII", "PYTHONDONTWRITEBYTECODE")
"""Variables without which programs run: also those that would let Python compile all anew."""


@dataclass(frozen=True)
class Sample:
    """What one run took."""

    cpu: float
    wall: float
    peak_mb: float = 0.0
    out: str = ""


Work = Callable[[], Sample]


@dataclass(frozen=True)
class Median:
    """The medians of several runs."""

    cpu: float
    wall: float
    peak_mb: float
    runs: int

    @classmethod
    def of(cls, samples: Sequence[Sample]) -> Median:
        """That of some samples."""
        return cls(
            median(each.cpu for each in samples),
            median(each.wall for each in samples),
            max(each.peak_mb for each in samples),
            len(samples),
        )


def process(
    args: Sequence[str], *, home: Path, keep: bool = False, okay: Sequence[int] = (0,)
) -> Sample:
    """Run a program to its end; its own processes count. `home` has its settings.

    Its output is kept with `keep`. Raises `RuntimeError` where it ends with another code than
    those that are `okay`.
    """
    environment = {key: value for key, value in os.environ.items() if key not in LEFT_OUT}
    environment |= {"XDG_CONFIG_HOME": str(home), "XDG_DATA_HOME": str(home), "HOME": str(home)}
    environment |= {"RECTIFY_LANG": "en", "NO_COLOR": "1"}
    asked = {"args": list(args), "environment": environment, "home": str(home)}
    launcher = _launcher()
    print(json.dumps(asked), file=launcher.stdin, flush=True)
    took = json.loads(launcher.stdout.readline())
    if took["code"] not in okay:
        errors = (home / "stderr").read_text("utf-8")
        raise RuntimeError(f"{' '.join(args[-8:])}: {errors[-600:]}")
    text = (home / "stdout").read_text("utf-8") if keep else ""
    return Sample(took["cpu"], took["wall"], took["peak"] * KIBIBYTES / 1024, text)


@cache
def _launcher() -> subprocess.Popen[str]:
    """The process that starts programs; it ends with this one, since nothing more is asked."""
    return subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("launcher.py"))],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def rectify(*words: str) -> list[str]:
    """The command line of this very code."""
    start = "from rectify_tui.cli.start import main; main()"
    return [sys.executable, "-c", start, *words]


def python(code: str, *words: str) -> list[str]:
    """The command line of a small program; the engine is the one that the ledger has."""
    driver = sqlite3.__name__.partition(".")[0]
    named = "import sqlite3" if driver == "sqlite3" else f"import {driver} as sqlite3"
    return [sys.executable, "-c", code.replace("import sqlite3", named), *words]


def inside(work: Callable[[], object]) -> Sample:
    """Do something in this process."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return Sample(time.process_time() - cpu, time.perf_counter() - wall)


def in_turn(works: Sequence[Work], runs: int, patience: float) -> list[Median]:
    """Each work so many times, all in turn, so that a busy machine slows down all of them.

    After `patience` seconds no further round is begun; the first, which fills caches, does not
    count unless it was the only one.
    """
    start = time.perf_counter()
    rounds: list[list[Sample]] = []
    while len(rounds) <= runs and (not rounds or time.perf_counter() - start < patience):
        rounds.append([work() for work in works])
    counted = rounds[1:] or rounds
    return [Median.of(samples) for samples in zip(*counted, strict=True)]
