"""How many items stand otherwise than their units reported, by programme, place or unit."""

from __future__ import annotations

from rectify_tui.store.connection import Connection
from rectify_tui.store.disagreement_sums import are_summed, read_sums
from rectify_tui.store.rollup_read import DEPTH, By, RollupQuery


def disagreements(connection: Connection, query: RollupQuery) -> dict[int, int] | None:
    """How many items disagree on a day (`domain.schedule.disagreement`), by the id of each line.

    Lines without any are left out. None where figures as known on an earlier day are asked for:
    what plans and progress were known then is not counted anywhere.
    """
    if query.known_on is not None:
        return None
    if are_summed(query):
        return read_sums(connection, query)
    sql = f"""
WITH asked (day, depth) AS (SELECT ?, CAST(? AS INTEGER)),
disagreeing AS (
    SELECT item.programme_id, item.region_id, item.unit_id
    FROM asked CROSS JOIN disagreement item
    WHERE item.to_on > asked.day AND item.from_on <= asked.day AND {query.scope.where}
)
{by_line(query.by, "disagreeing")}
"""
    asked = [query.as_of.isoformat(), int(DEPTH[query.by])]
    return dict(connection.execute(sql, asked).fetchall())


def by_line(by: By, table: str) -> str:
    """The count of each line in a table of items.

    As in the rollup a place above the asked step stands for itself.
    """
    if by in (By.PROGRAMME, By.UNIT):
        return f"SELECT {by}_id, COUNT(*) FROM {table} GROUP BY {by}_id"
    return (
        "SELECT l.place_id, SUM(n) FROM"
        f" (SELECT region_id, COUNT(*) AS n FROM {table} GROUP BY region_id) places"
        " CROSS JOIN asked JOIN region_ladder l ON l.region_id = places.region_id"
        " AND l.depth = asked.depth GROUP BY l.place_id"
    )
