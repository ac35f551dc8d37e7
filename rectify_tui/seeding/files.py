"""Reading the plain files under `seed/`."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from rectify_tui.resources import data_folder


def rows(name: str) -> Iterator[dict[str, str]]:
    """The lines of `seed/<name>.csv` by column."""
    with (data_folder("seed") / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
