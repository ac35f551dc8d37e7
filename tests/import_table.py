"""Tables to import at the command line."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path


def write_table(path: Path, *rows: Sequence[str]) -> str:
    """Write rows as CSV; the path for a command line."""
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows(rows)
    return str(path)
