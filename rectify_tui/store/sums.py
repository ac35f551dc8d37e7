"""Whether the figures that are kept add up, by sums alone: what differs is not told.

The finest lines are held against what was gathered from history, and all others against finer ones:
those of days against the next step of the ladder, months against days, years against months. Where
everything holds, every line is what history tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, pairwise
from operator import eq

from rectify_tui.domain.region import UNIT_DEPTH, Depth, Step
from rectify_tui.domain.status import Status
from rectify_tui.domain.timeline import NOT_STARTED_DUE
from rectify_tui.store.connection import Connection, marks
from rectify_tui.store.gathered import BY_UNIT, Gathered
from rectify_tui.store.periods import MONTH, YEAR
from rectify_tui.store.records import CASE, ENTITIES, ITEM
from rectify_tui.store.rollup_write import count_lines

_WHAT = "subject, programme_id, status"
_KEY = f"parent_id, place_id, {_WHAT}"

Range = tuple[str, str]
"""From which period on, and up to before which."""

_LAST = "~"
"""Comes after every day in text."""


def add_up(
    connection: Connection, gathered: Gathered, ladders: Mapping[int, tuple[Step, ...]]
) -> bool:
    """Whether all figures are what was gathered from the whole of history."""
    months = gathered.told_months()
    if not months:
        return count_lines(connection) == 0
    # Month by month, so that not all has to be put in order at once; what lies between those of
    # which anything was gathered is looked at with the one before.
    ranges = pairwise(["", *months[1:], _LAST])
    years = pairwise(["", *sorted({month[:YEAR] for month in months})[1:], _LAST])
    return _no_others(connection) and _hold(
        connection, gathered, ladders, "", dict(zip(months, ranges, strict=True)), list(years)
    )


def add_up_since(
    connection: Connection, gathered: Gathered, ladders: Mapping[int, tuple[Step, ...]], since: str
) -> bool:
    """Whether what is known since a day (ISO date) is what was gathered of it, and adds up.

    Only months and years are looked at in which anything changed.
    """
    months = {month: (month, f"{month}~") for month in gathered.told_months()}
    years = [(year, f"{year}~") for year in sorted({month[:YEAR] for month in months})]
    return _hold(connection, gathered, ladders, since, months, years)


def totals_hold(connection: Connection) -> bool:
    """Whether the nation's figures come to as many items and cases of each status as there are."""
    return all(_total(connection, subject) == _counted(connection, subject)
               for subject in (ITEM, CASE))  # fmt: skip


def _total(connection: Connection, subject: str) -> dict[str, int]:
    rows = connection.execute(
        f"SELECT CASE WHEN status = ? THEN ? ELSE status END AS told, SUM(n) FROM rollup"
        f" WHERE depth = ? AND LENGTH(period) = {YEAR} AND subject = ?"
        " GROUP BY told HAVING SUM(n) <> 0",
        [NOT_STARTED_DUE, Status.NOT_STARTED, Depth.NATION, subject],
    )
    return dict(rows)


def _counted(connection: Connection, subject: str) -> dict[str, int]:
    return dict(
        connection.execute(
            f"SELECT status, COUNT(*) FROM {ENTITIES[subject].table} GROUP BY status"
        )
    )


def _hold(
    connection: Connection, gathered: Gathered, ladders: Mapping[int, tuple[Step, ...]],
    since: str, months: Mapping[str, Range], years: Sequence[Range],
) -> bool:  # fmt: skip
    gathered.place(ladders)
    return (
        all(
            _same(gathered.finest(month), _finest(connection, since, period))
            for month, period in months.items()
        )
        and all(_days_add_up(connection, period) for period in months.values())
        and all(_months_add_up(connection, period) for period in months.values())
        and all(_years_add_up(connection, year) for year in years)
    )


def _no_others(connection: Connection) -> bool:
    """Whether there are only lines of steps and periods that there can be."""
    return not any(
        connection.execute(
            f"SELECT 1 FROM {table} WHERE NOT (depth BETWEEN ? AND ? AND period < ?) LIMIT 1",
            [min(Depth), UNIT_DEPTH, _LAST],
        ).fetchone()
        for table in ("rollup", "rollup_day")
    )


def _finest(connection: Connection, since: str, month: Range) -> Iterable[tuple[object, ...]]:
    """The lines that `Gathered.finest` tells of, in the same order, as they are kept."""
    others = f" AND subject NOT IN ({marks(BY_UNIT)})", BY_UNIT
    return chain.from_iterable(
        connection.execute(
            f"SELECT depth, period, {_KEY}, recorded_on, n FROM rollup_day WHERE depth = ?"
            f" AND period >= ? AND period < ? AND recorded_on >= ? AND n <> 0{condition}"
            f" ORDER BY period, {_KEY}, recorded_on",
            [depth, *month, since, *subjects],
        )
        for depths, (condition, subjects) in ((Depth, others), ((UNIT_DEPTH,), ("", ())))
        for depth in depths
    )


def _same(one: Iterable[object], other: Iterable[object]) -> bool:
    end = [object()]
    return all(map(eq, chain(one, end), chain(other, end)))


def _days_add_up(connection: Connection, month: Range) -> bool:
    """Whether the days of each step of the ladder are the sum of the next one's."""
    for depth in Depth:
        finer = depth + 1
        lies_in = "d.parent_id" if finer == UNIT_DEPTH else "d.place_id"
        if connection.execute(
            "SELECT 1 FROM ("
            f"SELECT period, l.parent_id, l.place_id, {_WHAT}, recorded_on, n FROM rollup_day d"
            f" JOIN region_ladder l ON l.region_id = {lies_in} AND l.depth = ?"
            f" WHERE d.depth = ? AND period >= ? AND period < ? AND subject IN ({marks(BY_UNIT)})"
            f" UNION ALL SELECT period, {_KEY}, recorded_on, -n FROM rollup_day"
            f" WHERE depth = ? AND period >= ? AND period < ? AND subject IN ({marks(BY_UNIT)})"
            f") AS lines GROUP BY period, {_KEY}, recorded_on HAVING SUM(n) <> 0 LIMIT 1",
            [depth, finer, *month, *BY_UNIT, depth, *month, *BY_UNIT],
        ).fetchone():
            return False
    return True


def _months_add_up(connection: Connection, month: Range) -> bool:
    """Whether each line of a month is the sum of those of its days."""
    return not any(
        connection.execute(
            f"SELECT 1 FROM (SELECT SUBSTR(period, 1, {MONTH}) AS period, {_KEY}, n"
            " FROM rollup_day WHERE depth = ? AND period >= ? AND period < ?"
            f" UNION ALL SELECT period, {_KEY}, -n FROM rollup"
            f" WHERE depth = ? AND period >= ? AND period < ? AND LENGTH(period) >= {MONTH}"
            f") AS lines GROUP BY period, {_KEY} HAVING SUM(n) <> 0 LIMIT 1",
            [depth, *month, depth, *month],
        ).fetchone()
        for depth in (*Depth, UNIT_DEPTH)
    )


def _years_add_up(connection: Connection, year: Range) -> bool:
    """Whether each line of a year is the sum of those of its months."""
    return not any(
        connection.execute(
            f"SELECT 1 FROM (SELECT SUBSTR(period, 1, {YEAR}) AS period, {_KEY},"
            f" CASE WHEN LENGTH(period) >= {MONTH} THEN n ELSE -n END AS n FROM rollup"
            " WHERE depth = ? AND period >= ? AND period < ?"
            f") AS lines GROUP BY period, {_KEY} HAVING SUM(n) <> 0 LIMIT 1",
            [depth, *year],
        ).fetchone()
        for depth in (*Depth, UNIT_DEPTH)
    )
