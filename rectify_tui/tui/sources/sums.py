"""What marked records come to: where they are, and what their figures add up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from rectify_tui.reports import labels
from rectify_tui.store.cases import CaseRow, case_rows
from rectify_tui.store.connection import Connection
from rectify_tui.store.items import ItemRow, item_rows
from rectify_tui.tui.sources.items import days_over
from rectify_tui.tui.sources.records import RowStyle

SUMMED = 2000
"""So many records at most are summed up; of more only the number is told."""

_PLACES = 3

Sums: TypeAlias = Callable[[Connection, RowStyle, Sequence[int]], str]
"""Sums records up by their ids, in a thread."""


def item_sums(connection: Connection, style: RowStyle, ids: Sequence[int]) -> str:
    """The regions of items, the longest that one is overdue, how far they are on average."""
    rows = item_rows(connection, list(ids))
    return "  ".join(_of_items(style, rows))


def _of_items(style: RowStyle, rows: Sequence[ItemRow]) -> Iterator[str]:
    t = style.t
    yield _places(style, ((row.region, row.region_en) for row in rows))
    if days := max((days_over(row, style.day) for row in rows), default=0):
        yield t("tui.sums.longest", n=days)
    progress = [row.progress for row in rows if row.progress is not None]
    if progress:
        yield t("tui.sums.progress", percent=round(sum(progress) / len(progress)))


def case_sums(connection: Connection, style: RowStyle, ids: Sequence[int]) -> str:
    """The regions of cases, and what was fined in all of them."""
    rows = case_rows(connection, list(ids))
    return "  ".join(_of_cases(style, rows))


def _of_cases(style: RowStyle, rows: Sequence[CaseRow]) -> Iterator[str]:
    firsts = ((row.regions[0], row.regions_en[0]) for row in rows if row.regions)
    yield _places(style, firsts)
    if fined := sum(row.fined_yuan or 0 for row in rows):
        yield style.t("tui.sums.fined", wan=labels.wan(fined))


def _places(style: RowStyle, names: Iterable[tuple[str, str | None]]) -> str:
    t = style.t
    counts = Counter(t.name(*each) for each in names).most_common()
    told = [f"{name} {n}" for name, n in counts[:_PLACES]]
    more = [t("tui.sums.places", n=len(counts) - _PLACES)] if len(counts) > _PLACES else []
    return " ".join([*told, *more])
