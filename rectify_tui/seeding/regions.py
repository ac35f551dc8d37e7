"""The regions of GB/T 2260, with which every store begins."""

from __future__ import annotations

from datetime import date

from rectify_tui.seeding.files import rows
from rectify_tui.store.commands.places import NewRegion, add_coded_regions
from rectify_tui.store.ledger import Ledger

BEGINNING = date(1949, 10, 1)
"""Regions hold from here on, so that every date of the ledger finds them."""


def add_regions(ledger: Ledger) -> None:
    """Put all provinces, cities and counties into an empty store."""
    with ledger.batch("regions", who="rectify", reason="GB/T 2260") as writing:
        add_coded_regions(
            writing.draft,
            (
                NewRegion(
                    row["code"], row["name"], row["name_en"] or None, row["kind"],
                    row["parent_code"] or None,
                )
                for row in rows("regions")
            ),
            on=BEGINNING,
        )  # fmt: skip
