"""The regions of GB/T 2260, with which every store begins, and what changed since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rectify_tui.seeding.files import rows
from rectify_tui.store.commands.places import NewRegion, add_coded_regions
from rectify_tui.store.commands.regions import UPDATE, RegionChange, bring_up_to_date
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
        writing.draft.flush()
        bring_up_to_date(writing.draft, changes())


def changes() -> Iterator[RegionChange]:
    """What became of county codes since the list of `seed/regions.csv`, new ones first."""
    for row in rows("region_changes"):
        yield RegionChange(
            row["code"], row["name"], row["name_en"] or None, row["kind"], row["parent_code"],
            row["from_on"] or None, row["abolished_on"] or None, row["into"] or None,
        )  # fmt: skip


def update_regions(
    ledger: Ledger, *, reason: str | None = None, on_behalf: str | None = None
) -> tuple[int | None, list[int], list[int]]:
    """Give a ledger the changes it lacks, in a batch of its own that can be undone.

    Returns the batch (None where there was nothing to do), the ids added and those ended.
    """
    with ledger.batch(UPDATE, reason=reason or "GB/T 2260", on_behalf=on_behalf) as writing:
        added, ended = bring_up_to_date(writing.draft, changes())
    return writing.receipt.batch, added, ended
