"""Reading visits, and what they add up to: reported, verified and refuted, side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from rectify_tui.domain.region import Depth
from rectify_tui.domain.status import Group, Status, Verification, statuses_of
from rectify_tui.store.connection import Connection, fetch_chunks
from rectify_tui.store.on_day import OnDay, on_day
from rectify_tui.store.scope import Scope

_DONE = ", ".join(f"'{status}'" for status in statuses_of(Group.COMPLETED))


@dataclass(frozen=True)
class Visit:
    """A visit as it was recorded. Days are ISO text; `missing` is what keeps it from counting.

    Of one that was only `said` the office was told the result and nothing else.
    """

    id: int
    item_id: int
    ref: str
    result: str
    visited_on: str
    person: str | None
    team: str | None
    latitude: float | None
    longitude: float | None
    findings: str | None
    reported: str
    said: bool
    missing: tuple[str, ...]

    @property
    def counts(self) -> bool:
        """Whether it says anything of the item."""
        return not self.missing


_VISIT = """
    SELECT v.id, v.item_id, programme.code || '/' || item.number, v.result, v.visited_on, v.person,
        v.team, v.latitude, v.longitude, v.findings, v.reported, v.said, v.missing
    FROM visit v JOIN item ON item.id = v.item_id
    JOIN programme ON programme.id = item.programme_id
"""


def visits(connection: Connection, item_ids: Iterable[int], day: date) -> list[Visit]:
    """The visits to these items up to a day, the oldest first."""
    query = f"{_VISIT} WHERE v.visited_on <= ? AND v.item_id IN ({{marks}})"
    rows = fetch_chunks(connection, query, list(item_ids), day.isoformat())
    return sorted(map(_visit, rows), key=lambda each: (each.visited_on, each.id))


def visits_by_id(connection: Connection, ids: Iterable[int]) -> list[Visit]:
    """Visits by their ids, the oldest first."""
    rows = fetch_chunks(connection, f"{_VISIT} WHERE v.id IN ({{marks}})", list(ids))
    return sorted(map(_visit, rows), key=lambda each: (each.visited_on, each.id))


def incomplete_visits(connection: Connection, day: date, scope: Scope) -> list[Visit]:
    """The visits up to a day that do not count, since something is missing, the oldest first."""
    rows = connection.execute(
        f"{_VISIT} WHERE v.missing IS NOT NULL AND v.visited_on <= ? AND {scope.where}"
        " ORDER BY v.visited_on, v.id",
        [day.isoformat()],
    )
    return list(map(_visit, rows))


def _visit(row: Any) -> Visit:
    *told, said, missing = row
    values: list[Any] = [*told, bool(said), tuple(missing.split(",")) if missing else ()]
    return Visit(*values)


class VerifiedBy(StrEnum):
    """What the lines of the three numbers are."""

    PROGRAMME = "programme"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"


@dataclass(frozen=True)
class Verified:
    """How many items of a line are reported as completed, were verified, and were refuted.

    They are three facts and add up to nothing: a refuted completion is no longer reported as one
    until the unit reports it again. `unvisited` are reported as completed, and nobody has looked.
    Of those verified or refuted so many are only `said` to be: no visit is on record but its
    result. `incomplete` are visits that do not count.
    """

    name: str
    name_en: str | None
    items: int
    reported: int
    verified: int
    refuted: int
    unvisited: int
    said: int
    incomplete: int


_DEPTHS = {
    VerifiedBy.PROVINCE: Depth.PROVINCE, VerifiedBy.CITY: Depth.CITY,
    VerifiedBy.COUNTY: Depth.COUNTY,
}  # fmt: skip


def verified(connection: Connection, day: date, scope: Scope, by: VerifiedBy) -> list[Verified]:
    """The three numbers of a day by programme or place, in their order; merged items count once.

    A merged item is looked at where it is carried on. By team, see `team_visits`.
    """
    on = on_day(connection, day)
    columns, joins, order = _lines(on, by)
    result = on.column("verification")
    done = f"{on.status} IN ({_DONE})"
    visit = "SELECT 1 FROM visit v WHERE v.item_id = item.id AND v.visited_on <= asked.day"
    record = "v.missing IS NULL AND v.said = 0"
    counted = (
        "TRUE", done, f"{done} AND {result} = '{Verification.CONFIRMED}'",
        f"{result} = '{Verification.REFUTED}'",
        f"{done} AND {result} = '{Verification.UNVERIFIED}'",
        f"{result} <> '{Verification.UNVERIFIED}' AND NOT EXISTS ({visit} AND {record})",
    )  # fmt: skip
    numbers = ", ".join(f"COUNT(*) FILTER (WHERE {each})" for each in counted)
    lacking = (
        "LEFT JOIN (SELECT v.item_id, COUNT(*) AS n FROM visit v JOIN asked"
        " ON v.visited_on <= asked.day WHERE v.missing IS NOT NULL GROUP BY v.item_id) lacking"
        " ON lacking.item_id = item.id"
    )
    rows = connection.execute(
        f"WITH asked (day) AS (SELECT ?) SELECT {columns}, {numbers},"
        f" COALESCE(SUM(lacking.n), 0) FROM {on.tables} {joins} {lacking}"
        f" WHERE {on.status} <> '{Status.MERGED}' AND {scope.on(on)}"
        f" GROUP BY {order} ORDER BY {order}",
        [day.isoformat()],
    )
    return [Verified(*row) for row in rows]


def _lines(on: OnDay, by: VerifiedBy) -> tuple[str, str, str]:
    """The names of lines, what has to be joined for them, and their order."""
    if by is VerifiedBy.PROGRAMME:
        joins = "JOIN programme ON programme.id = item.programme_id"
        return "programme.name, programme.name_en", joins, "programme.id"
    joins = (
        f"JOIN region_ladder l ON l.region_id = {on.column('region_id')}"
        f" AND l.depth = {int(_DEPTHS[by])} JOIN region place ON place.id = l.place_id"
    )
    return "place.name, place.name_en", joins, "place.code IS NULL, place.code, place.id"


@dataclass(frozen=True)
class TeamVisits:
    """What a team has done: visits that count by what they found, and those that do not count."""

    team: str | None
    people: int
    items: int
    confirmed: int
    refuted: int
    incomplete: int
    first_on: str
    last_on: str


def team_visits(connection: Connection, day: date, scope: Scope) -> list[TeamVisits]:
    """The visits up to a day by team, most items first; what no team did comes last."""
    counts = "v.missing IS NULL"
    rows = connection.execute(
        "SELECT v.team, COUNT(DISTINCT v.person), COUNT(DISTINCT v.item_id),"
        f" COUNT(*) FILTER (WHERE {counts} AND v.result = '{Verification.CONFIRMED}'),"
        f" COUNT(*) FILTER (WHERE {counts} AND v.result = '{Verification.REFUTED}'),"
        f" COUNT(*) FILTER (WHERE NOT {counts}), MIN(v.visited_on), MAX(v.visited_on)"
        " FROM visit v JOIN item ON item.id = v.item_id"
        f" WHERE v.visited_on <= ? AND {scope.where}"
        " GROUP BY v.team ORDER BY v.team IS NULL, 3 DESC, v.team",
        [day.isoformat()],
    )
    return [TeamVisits(*row) for row in rows]
