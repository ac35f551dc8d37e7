"""How many items disagree, by programme and province, added up as differences by day.

What is kept of single items (`disagreement_spans`) answers for all other places and units.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from rectify_tui.domain.region import Depth, Step
from rectify_tui.domain.timeline import FOREVER
from rectify_tui.resources import sql
from rectify_tui.store.connection import Connection, marks
from rectify_tui.store.periods import DAY, MONTH, YEAR, up_to
from rectify_tui.store.regions import read_ladders
from rectify_tui.store.rollup_read import By, RollupQuery

if TYPE_CHECKING:
    from rectify_tui.store.disagreement_days import Days


def are_summed(query: RollupQuery) -> bool:
    """Whether the sums answer a question."""
    return query.under_id is None and query.by in (By.PROGRAMME, By.PROVINCE)


def read_sums(connection: Connection, query: RollupQuery) -> dict[int, int]:
    """How many items disagree on the day asked about, by the id of each line that has any."""
    (first,) = connection.execute("SELECT MIN(period) FROM disagreement_sum").fetchone()
    if first is None:
        return {}
    periods = list(up_to(first, query.as_of).signed())
    line = "programme_id" if query.by is By.PROGRAMME else "place_id"
    only, programme = "", []
    if query.programme_id is not None:
        only, programme = " AND programme_id = ?", [query.programme_id]
    each = " UNION ALL ".join(
        f"SELECT {line} AS line, n * {sign} AS n FROM disagreement_sum"
        f" WHERE period IN ({marks(some)}){only}"
        for sign, some in periods
    )
    rows = connection.execute(
        f"SELECT line, SUM(n) FROM ({each}) AS parts GROUP BY line HAVING SUM(n) <> 0",
        [param for _, some in periods for param in (*some, *programme)],
    )
    return dict(rows.fetchall())


def add_to_sums(
    connection: Connection, gone: Iterable[Days], new: Iterable[Days],
    removed: Mapping[int, tuple[Step, ...]],
) -> None:  # fmt: skip
    """Take spans of days off the sums, and add others.

    `removed` has the ladders of regions that are there no longer.
    """
    turns: Counter[tuple[str, int, int]] = Counter()
    for sign, spans in ((-1, gone), (1, new)):
        for days in spans:
            turns[days.from_on, days.programme_id, days.region_id] += sign
            if days.to_on != FOREVER:
                turns[days.to_on, days.programme_id, days.region_id] -= sign
    ladders = {**read_ladders(connection, {region for *_, region in turns}), **removed}
    sums: Counter[tuple[str, int, int]] = Counter()
    for (day, programme, region), n in turns.items():
        place = ladders[region][Depth.PROVINCE].place_id
        for length in (YEAR, MONTH, DAY):
            sums[day[:length], programme, place] += n
    connection.executemany(
        sql("disagreement_sum_add"), sorted((*key, n) for key, n in sums.items() if n)
    )


class SumDiffers(NamedTuple):
    """A difference of a period is kept as `kept` where the spans of items come to `told`."""

    period: str
    kept: int
    told: int


def compare_sums(connection: Connection) -> Iterator[SumDiffers]:
    """Hold all sums against the spans of items that are kept."""
    rows = connection.execute(
        f"""
WITH turns (day, programme_id, region_id, n) AS (
    SELECT from_on, programme_id, region_id, COUNT(*) FROM disagreement
    GROUP BY from_on, programme_id, region_id
    UNION ALL SELECT to_on, programme_id, region_id, -COUNT(*) FROM disagreement WHERE to_on < ?
    GROUP BY to_on, programme_id, region_id
),
lengths (length) AS (SELECT {YEAR} UNION ALL SELECT {MONTH} UNION ALL SELECT {DAY}),
lines (period, programme_id, place_id, kept, told) AS (
    SELECT period, programme_id, place_id, n, 0 FROM disagreement_sum
    UNION ALL SELECT SUBSTR(day, 1, length), programme_id, l.place_id, 0, n
    FROM lengths CROSS JOIN turns
    LEFT JOIN region_ladder l ON l.region_id = turns.region_id AND l.depth = ?
)
SELECT period, SUM(kept), SUM(told) FROM lines GROUP BY period, programme_id, place_id
HAVING SUM(kept) <> SUM(told)""",
        [FOREVER, int(Depth.PROVINCE)],
    )
    return (SumDiffers(*row) for row in rows)


def sums_hold(connection: Connection) -> bool:
    """Whether the sums come to as many as disagree for good as things stand."""
    (kept,) = connection.execute(
        "SELECT COALESCE(SUM(n), 0) FROM disagreement_sum WHERE LENGTH(period) = ?", [YEAR]
    ).fetchone()
    (told,) = connection.execute(
        "SELECT COUNT(*) FROM disagreement WHERE to_on = ?", [FOREVER]
    ).fetchone()
    return bool(kept == told)
