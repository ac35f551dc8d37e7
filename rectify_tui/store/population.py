"""Which completions can be drawn for a visit, by county and class, as they stand on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from rectify_tui.domain.region import Depth
from rectify_tui.domain.sampling import Line, Whole
from rectify_tui.domain.status import Group, Verification, statuses_of
from rectify_tui.store.connection import Connection, fetch_chunks
from rectify_tui.store.on_day import on_day
from rectify_tui.store.scope import Scope

WATCHED_FOR = timedelta(days=365)
"""So long after a visit that refuted something a county is drawn by itself."""

_COUNTY = "COALESCE(place.code || ' ', '') || place.name"

_DONE = ", ".join(f"'{status}'" for status in statuses_of(Group.COMPLETED))


def population(
    connection: Connection, day: date, scope: Scope, *, whole: bool = False
) -> dict[int, Line]:
    """What is reported as completed in a scope, by id: all that a draw may take.

    With `whole` everything is to be visited. A county's name begins with its code, where it has
    one, since names occur twice.
    """
    on = on_day(connection, day)
    watched = _watched(connection, day)
    refuted = (
        f"({on.column('verification')} = '{Verification.REFUTED}' OR EXISTS (SELECT 1 FROM visit v"
        f" WHERE v.item_id = item.id AND v.result = '{Verification.REFUTED}'"
        " AND v.missing IS NULL AND v.visited_on <= asked.day))"
    )
    rows = connection.execute(
        "WITH asked (day) AS (SELECT ?) SELECT item.id, programme.code || '/' || item.number,"
        f" place.id, {_COUNTY}, COALESCE(item.major, 0),"
        f" {refuted}, COALESCE(item.repeated, 0) FROM {on.tables}"
        " JOIN programme ON programme.id = item.programme_id"
        f" JOIN region_ladder l ON l.region_id = {on.column('region_id')}"
        f" AND l.depth = {int(Depth.COUNTY)} JOIN region place ON place.id = l.place_id"
        f" WHERE {on.status} IN ({_DONE}) AND {scope.on(on)}"
        " ORDER BY item.programme_id, item.number_key, item.id",
        [day.isoformat()],
    )
    lines = {}
    for id, ref, county_id, county, *classes in rows:
        reasons = (Whole.MAJOR, Whole.REFUTED, Whole.REPEATED)
        found = (reason for reason, there in zip(reasons, classes, strict=True) if there)
        reason = Whole.ALL if whole else next(found, None)
        lines[id] = Line(ref, county, reason, county_id in watched and not whole)
    return lines


def counties(connection: Connection, ids: Iterable[int]) -> dict[int, str]:
    """The counties of items as a population names them, by id of the item."""
    query = (
        f"SELECT item.id, {_COUNTY} FROM item JOIN region_ladder l ON l.region_id = item.region_id"
        f" AND l.depth = {int(Depth.COUNTY)} JOIN region place ON place.id = l.place_id"
        " WHERE item.id IN ({marks})"
    )
    return dict(fetch_chunks(connection, query, list(ids)))


def _watched(connection: Connection, day: date) -> set[int]:
    """The counties where a visit refuted something in the year before a day."""
    rows = connection.execute(
        "SELECT DISTINCT l.place_id FROM visit v JOIN item ON item.id = v.item_id"
        " JOIN region_ladder l ON l.region_id = item.region_id"
        f" AND l.depth = {int(Depth.COUNTY)} WHERE v.result = '{Verification.REFUTED}'"
        " AND v.missing IS NULL AND v.visited_on > ? AND v.visited_on <= ?",
        [(day - WATCHED_FOR).isoformat(), day.isoformat()],
    )
    return {id for (id,) in rows}
