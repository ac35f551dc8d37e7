"""The dashboard: its start beside the least app of Textual, and what is waited for in it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from statistics import median

from .lines import Figure, Line, Setting, ratio
from .timing import Sample, Work, process

ROOT = Path(__file__).parents[2]


def _args(path: Path, what: str) -> list[str]:
    code = f"import runpy, sys; sys.path.insert(0, {str(ROOT)!r});"
    code += " runpy.run_module('tests.bench.dashboard', run_name='__main__', alter_sys=False)"
    return [sys.executable, "-c", code, str(path), what]


def _start(at: Setting) -> Figure:
    with at.store.copy() as path:
        return ratio(at.beside(_shown(at, path, "start"), _shown(at, path, "label")))


def _shown(at: Setting, path: Path, what: str) -> Work:
    """A program until its first screen is complete."""

    def work() -> Sample:
        sample = process(_args(path, what), home=at.scratch, keep=True)
        return replace(sample, cpu=json.loads(sample.out)["start"][0])

    return work


@cache
def _visits(at: Setting) -> tuple[list[dict[str, list[float]]], list[Sample]]:
    """What was told by visits, and what each came to."""
    found, samples = [], []
    with at.store.copy() as path:
        for _ in range(min(at.runs, 3)):
            samples.append(process(_args(path, "all"), home=at.scratch, keep=True))
            found.append(json.loads(samples[-1].out))
            if sum(each.wall for each in samples) > at.patience:
                break
    return found, samples


def _of(*names: str) -> Callable[[Setting], Figure]:
    """Milliseconds of the slowest of these: of processor time, and of waiting beside it."""

    def measure(at: Setting) -> Figure:
        found, _ = _visits(at)
        cpu, wall = (
            max(median(each[name][which] for each in found) for name in names) for which in (0, 1)
        )
        return Figure(cpu * 1000, None, wall, runs=len(found))

    return measure


def _memory(at: Setting) -> Figure:
    found, samples = _visits(at)
    peak = max(each.peak_mb for each in samples)
    return Figure(peak, None, samples[0].wall, peak, len(found))


_SWITCHES = tuple(f"switch_{name}" for name in ("overview", "items", "cases", "queue", "map"))

_MS = partial(Line, unit="ms", floor="")

LINES = (
    Line("start", "dashboard, start to first screen", _start, 1.6, floor="Textual, one label"),
    _MS("key", "key to paint in the list, CPU", _of("key"), 15),
    _MS("switch", "switch to another screen, settled, CPU", _of(*_SWITCHES), 300),
    _MS("status", "status, Enter to told, CPU", _of("status"), 120),
    _MS("weekly_screen", "weekly screen, first time, CPU", _of("weekly"), 1000),
    Line("memory", "memory after all screens", _memory, 200, unit="MB", floor=""),
)
