"""What a picture of places goes by: the figures of a day, of a week before, and what disagrees."""

from __future__ import annotations

from datetime import timedelta

from rectify_tui.domain.region import Depth
from rectify_tui.reports.pictures.figure import Figure, Lines
from rectify_tui.store.connection import Connection
from rectify_tui.store.disagreements import disagreements
from rectify_tui.store.regions import get_region
from rectify_tui.store.rollup_read import By, Rollup, RollupQuery, read_rollup

WEEK = timedelta(weeks=1)
_PARTS = {Depth.NATION: By.PROVINCE, Depth.PROVINCE: By.CITY}


def parts_of(connection: Connection, region_id: int | None) -> By:
    """What a picture of a region is divided into; the nation's where None is given."""
    if region_id is None:
        return By.PROVINCE
    return _PARTS.get(Depth(get_region(connection, region_id).depth), By.COUNTY)


def read_lines(connection: Connection, query: RollupQuery, figure: Figure) -> tuple[Rollup, Lines]:
    """The figures of all places that a query asks about.

    What disagrees is counted only where it is asked for. Raises `Refusal` where figures do not add
    up.
    """
    with connection.snapshot():
        rollup = read_rollup(connection, query)
        before = read_rollup(connection, query._replace(as_of=query.as_of - WEEK))
        differing = disagreements(connection, query) if figure is Figure.DISAGREEMENT else None
    earlier = {row.id: row.tally for row in before.rows}
    return rollup, Lines(rollup.rows, earlier, differing or {})
