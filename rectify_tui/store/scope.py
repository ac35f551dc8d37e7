"""Where programmes are for."""

from __future__ import annotations

from rectify_tui.domain.region import Depth, Region
from rectify_tui.store.connection import Connection, marks
from rectify_tui.store.regions import get_region


def common_province(connection: Connection, programme_ids: list[int]) -> Region | None:
    """The one province that programmes are for; None where it is several, or the nation."""
    rows = connection.execute(
        "SELECT DISTINCT l.place_id FROM programme p"
        " JOIN region_ladder l ON l.region_id = p.region_id AND l.depth = ?"
        f" WHERE p.id IN ({marks(programme_ids)})",
        [int(Depth.PROVINCE), *programme_ids],
    ).fetchall()
    if len(rows) != 1:
        return None
    region = get_region(connection, rows[0][0])
    return region if region.depth == Depth.PROVINCE else None
