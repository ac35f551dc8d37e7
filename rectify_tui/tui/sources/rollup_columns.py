"""The columns of the overview, and the orders in which its lines can stand: one by every column."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from rectify_tui.domain.status import Group, Status
from rectify_tui.i18n import Language
from rectify_tui.store.rollup_read import By, RollupRow
from rectify_tui.tui.sources.trend import CELLS, WEEKS
from rectify_tui.tui.widgets.table.source import Column

WORST_FIRST = ("g_behind", True)
"""The order in which the overview opens, as the key of a column and whether it descends."""

_NAME = {By.PROGRAMME: 26, By.UNIT: 26, By.PROVINCE: 16, By.CITY: 15}
"""Cells of a name: 新疆维吾尔自治区 takes 16, Da Hinggan Ling 15."""

_LOW_FIRST = frozenset({"name", "bar", "rate", "week", "trend", "closure"})
"""Columns whose lowest values are the worst, and come first; of others it is the highest."""

_IN_GROUPS = (Status.COMPLETED, Status.ON_SCHEDULE, Status.MERGED, Status.IN_PROGRESS)
"""Statuses that say no more than their group does."""

_KEYS = frozenset({
    "name", "total", *(f"g_{group}" for group in Group), "bar", "rate", "week", "trend", "rank",
    "cases", "closure", "disagreeing", *map(str, Status),
})  # fmt: skip

Moved = Callable[[RollupRow, int], float]
"""How far the rate of a line has moved in so many weeks."""


def rollup_columns(t: Language, by: By, *, unclear: bool = False) -> tuple[Column, ...]:
    """The columns of the overview; single statuses appear where there is room.

    `unclear` says whether there is anything that belongs to none of the four groups.
    """
    short = [
        Column(status.value, t(f"status.heading.{status}"), 8, "right", priority=6)
        for status in Status
        if status not in _IN_GROUPS
    ]
    return (
        Column("name", t("tui.column.name"), _NAME.get(by, 12), stretch=2),
        Column("total", t("tui.column.total"), 5, "right"),
        Column("g_completed", t("tui.column.completed"), 5, "right", priority=2),
        Column("g_on_schedule", t("tui.column.on_schedule"), 6, "right", priority=2),
        Column("g_behind", t("tui.column.behind"), 7, "right"),
        *([Column("g_unclear", t("tui.column.unclear"), 7, "right")] if unclear else ()),
        Column("g_merged", t("tui.column.merged"), 6, "right", priority=4),
        Column("bar", t("tui.column.bar"), 11, stretch=1),
        Column("rate", t("tui.column.rate"), 6, "right"),
        Column("week", t("tui.column.week"), 6, "right", priority=1),
        Column("trend", t("tui.column.trend", n=WEEKS), max(CELLS, 5), priority=3),
        Column("rank", t("tui.column.rank"), 4, "right", priority=3),
        Column("cases", t("tui.column.cases"), 11, "right"),
        Column("closure", t("tui.column.closure"), 6, "right", priority=1),
        Column("disagreeing", t("queue.column.disagreeing"), 6, "right", priority=5),
        *short,
    )


def first_way(key: str) -> bool:
    """Whether the order by a column descends at first, so that the worst comes first."""
    return key not in _LOW_FIRST and key != "rank"


def can_sort(key: str) -> bool:
    """Whether there is a column of this key."""
    return key in _KEYS


def in_order(
    rows: Sequence[RollupRow], order: tuple[str, bool], moved: Moved,
    disagreeing: Mapping[int, int],
) -> tuple[RollupRow, ...]:  # fmt: skip
    """Lines in the order of a column; of equal ones the lowest rate first, then as they came."""
    key, descending = order
    if key == "name":
        return tuple(reversed(rows) if descending else rows)

    def value(row: RollupRow) -> float:
        return disagreeing.get(row.id, 0) if key == "disagreeing" else _value(row, key, moved)

    lowest_first = sorted(rows, key=lambda row: _rate(row.tally.completion_rate))
    return tuple(sorted(lowest_first, key=value, reverse=descending))


def _rate(rate: float | None) -> float:
    """A rate to sort by: where nothing is counted nothing is bad."""
    return 2.0 if rate is None else rate


def _value(row: RollupRow, key: str, moved: Moved) -> float:
    """What a line has in a column, as it is sorted."""
    tally = row.tally
    match key:
        case "total":
            return tally.total
        case "bar" | "rate":
            return _rate(tally.completion_rate)
        case "rank":
            return -_rate(tally.completion_rate)
        case "week":
            return moved(row, 1)
        case "trend":
            return moved(row, WEEKS - 1)
        case "cases":
            return tally.cases_total
        case "closure":
            return _rate(tally.case_closure_rate)
    if key.startswith("g_"):
        return tally.groups[Group(key.removeprefix("g_"))]
    return tally.statuses[Status(key)]
