"""Patterns as tables: how often each is seen, and in which items."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from rectify_tui.domain.patterns import Pattern
from rectify_tui.domain.text import shorten
from rectify_tui.reports import labels
from rectify_tui.reports.table import Column, Labelled, Table

if TYPE_CHECKING:
    from rectify_tui.i18n import Language
    from rectify_tui.store.patterns import Sighting

_REASON_CELLS = 40


def pattern_table(counts: Mapping[Pattern, int], t: Language, *, as_of: date, weeks: int) -> Table:
    """One line for each pattern: its count, what it is, and how to see its items."""
    rows = [
        {
            "pattern": pattern.value,
            "count": n,
            "what": t(f"patterns.what.{pattern}", weeks=weeks),
            "see": Labelled(
                f"rectify patterns {pattern}", f"rectify patterns {_typed(pattern, t)}"
            ),
        }
        for pattern, n in counts.items()
    ]
    pattern_columns = (
        Column("count", t("patterns.column.count"), "count"),
        Column("what", t("patterns.column.what")),
        Column("see", t("patterns.column.see"), labels.WHOLE),
    )
    return Table(labels.dated(t, t("patterns.title"), as_of), pattern_columns, rows)


def _typed(pattern: Pattern, t: Language) -> str:
    """A pattern as the command takes it: its name, where that is one word."""
    name = t(f"patterns.name.{pattern}")
    return pattern.value if name.isascii() else name


def sighting_table(
    pattern: Pattern, sightings: Iterable[Sighting], t: Language, *, as_of: date, weeks: int
) -> Table:
    """The items that show a pattern, each with what there is to tell."""
    rows = [
        {
            "ref": each.row.ref,
            "told": told(pattern, each, t),
            "status": labels.status(t, each.row.status),
            "region": labels.place(t, each.row.region, each.row.region_en),
            "responsible": each.row.responsible,
            "problem": labels.marked(
                t, each.row.problem, reconstructed=each.row.reconstructed,
                simulated=each.row.simulated,
            ),
            **each.params,
        }
        for each in sightings
    ]  # fmt: skip
    sighting_columns = (
        *labels.columns(t, ("ref", labels.WHOLE)),
        Column("told", t("patterns.column.told"), labels.WHOLE),
        *labels.columns(t, "status", "region", "responsible", "problem"),
    )
    title = labels.dated(t, t(f"patterns.what.{pattern}", weeks=weeks), as_of)
    return Table(title, sighting_columns, rows, (t("patterns.count", n=len(rows)),))


def told(pattern: Pattern, sighting: Sighting, t: Language) -> Labelled:
    """What there is to tell about an item, in a few words."""
    params = dict(sighting.params)
    key = f"patterns.told.{pattern}"
    if pattern is Pattern.LEAP:
        params["before"] = t(f"status.item.{params['before']}")
    elif pattern is Pattern.MOVED:
        key += "" if params["last"] else "_away"
    elif pattern is Pattern.SAME_REASON:
        params["reason"] = shorten(str(params["reason"]), _REASON_CELLS)
    return Labelled(None, t(key, **params))
