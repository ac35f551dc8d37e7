"""What a run found, with the machine it ran on, as a file that later runs are held against."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import textual

from rectify_tui import __version__
from rectify_tui.store.sqlite.driver import sqlite3

from .lines import Figure
from .printing import Found
from .stores import schema_version


def machine() -> dict[str, Any]:
    """What figures depend on beside the code."""
    return {
        "when": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
        "system": platform.platform(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "textual": textual.__version__,
        "click": click.__version__,
        "rectify": __version__,
        "commit": _commit(),
        "schema": schema_version(),
    }


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def _commit() -> str:
    run = subprocess.run(
        ["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=False,
        cwd=Path(__file__).parent,
    )  # fmt: skip
    return run.stdout.strip()


def write(path: Path, found: Found, about: Mapping[str, Any]) -> None:
    """Keep what was found; what an earlier run left in the file for other lines stays."""
    kept = {key: dict(figures) for key, figures in (read(path) if path.exists() else {}).items()}
    for key, figures in found.items():
        kept[key] = kept.get(key, {}) | dict(figures)
    lines = {
        key: {str(size): asdict(figure) for size, figure in figures.items()}
        for key, figures in kept.items()
    }
    path.write_text(json.dumps({"machine": about, "lines": lines}, indent=1) + "\n", "utf-8")


def read(path: Path) -> Found:
    """What was found once."""
    lines = json.loads(path.read_text("utf-8"))["lines"]
    return {
        key: {int(size): Figure(**figure) for size, figure in figures.items()}
        for key, figures in lines.items()
    }
