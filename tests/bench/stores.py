"""The stores that are measured: a simulated nation of each size, filled once and kept.

A store is kept in a folder under its size and the migrations that it was made with, so that other
migrations make other stores. What writes works on a copy.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rectify_tui.store.ledger import Ledger
from rectify_tui.store.migrations import scripts

FOLDER = Path(os.environ.get("RECTIFY_BENCH_STORES", tempfile.gettempdir() + "/rectify-bench"))


def schema_version() -> str:
    """What tells the stores of other migrations apart."""
    text = "\0".join(part for pair in sorted(scripts().items()) for part in pair)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


@dataclass(frozen=True)
class Store:
    """A closed store of so many items, never to be written to."""

    items: int
    path: Path

    @contextmanager
    def copy(self) -> Iterator[Path]:
        """A store like it that may be written to; it is gone afterwards."""
        with tempfile.TemporaryDirectory(prefix="copy-", dir=self.path.parent) as folder:
            path = Path(folder) / "ledger.db"
            shutil.copy(self.path, path)
            yield path

    @contextmanager
    def opened(self) -> Iterator[Ledger]:
        """A ledger that only reads it."""
        ledger = Ledger(self.path, read_only=True)
        try:
            yield ledger
        finally:
            ledger.close()


FILL = """
import sys, pathlib
from rectify_tui.seeding.fill import fill

fill(pathlib.Path(sys.argv[1]), seed=False, national=True, items=int(sys.argv[2])).close()
"""
"""A program that fills a store, as a process of its own: a process begins as large as the one that
starts it, and what is measured of memory would be that of the filling.
"""


def store_of(items: int, folder: Path) -> Store:
    """The store of a size, filled now if there is none yet."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"nation-{items}-{schema_version()}.db"
    if not path.exists():
        print(f"filling a store of {items:,} items: {path}", file=sys.stderr)
        subprocess.run([sys.executable, "-c", FILL, str(path), str(items)], check=True)
    return Store(items, path)
