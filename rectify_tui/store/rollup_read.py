"""The one query for every figure: counts by programme, place or unit, as of and known on a date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from rectify_tui.domain.figures import Count, Tally
from rectify_tui.domain.region import UNIT_DEPTH, Depth, Region
from rectify_tui.domain.status import Group, Status, statuses_of
from rectify_tui.errors import Refusal
from rectify_tui.store.connection import Connection, marks
from rectify_tui.store.periods import DAY, up_to
from rectify_tui.store.regions import get_region, regions_by_id
from rectify_tui.store.scope import Scope


class By(StrEnum):
    """What the lines of a rollup are."""

    PROGRAMME = "programme"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    UNIT = "unit"


DEPTH = {
    By.PROGRAMME: Depth.NATION, By.PROVINCE: Depth.PROVINCE, By.CITY: Depth.CITY,
    By.COUNTY: Depth.COUNTY, By.UNIT: UNIT_DEPTH,
}  # fmt: skip
"""The depth of the rollup at which each kind of line is kept."""


class RollupQuery(NamedTuple):
    """Which figures are wanted. `as_of` and `known_on` include the day itself."""

    as_of: date
    by: By = By.PROGRAMME
    programme_id: int | None = None
    under_id: int | None = None
    known_on: date | None = None

    @property
    def scope(self) -> Scope:
        """Which items are asked about."""
        return Scope(self.programme_id, self.under_id)

    @property
    def across(self) -> bool:
        """Whether lines sum over programmes, so that merged items are counted once."""
        return self.by is not By.PROGRAMME and self.programme_id is None


class RollupRow(NamedTuple):
    """One line. `id` is that of the programme, region or unit; 0 stands for "no unit".

    `own` marks what belongs to a region above the asked step itself, to none of its parts.
    """

    id: int
    key: str
    name: str
    name_en: str | None
    tally: Tally
    own: bool = False


class Rollup(NamedTuple):
    """The lines of a rollup and what they come to together."""

    query: RollupQuery
    rows: tuple[RollupRow, ...]
    sum: Tally


def read_rollup(connection: Connection, query: RollupQuery) -> Rollup:
    """The figures that were asked for.

    Raises `Refusal` where the lines do not add up to the figures kept for the whole.
    """
    return read_rollups(connection, query, [query.as_of])[0]


def read_rollups(connection: Connection, query: RollupQuery, days: Iterable[date]) -> list[Rollup]:
    """The figures of a query as of each of some days, which rise; its own day goes for nothing.

    From one day to the next only what changed is read. Raises what `read_rollup` raises.
    """
    lines: dict[int, Count] = {}
    whole = Count()
    found: list[tuple[RollupQuery, dict[int, Tally], Tally]] = []
    with connection.snapshot():
        under = get_region(connection, query.under_id) if query.under_id else None
        for day in days:
            asked = query._replace(as_of=day)
            after = found[-1][0].as_of if found else None
            for line, subject, status, n in _differences(connection, asked, under, after):
                lines.setdefault(line, Count()).add(subject, status, n)
                if query.by is By.PROGRAMME:  # whose lines stand on the top step themselves
                    whole.add(subject, status, n)
            if query.by is not By.PROGRAMME:
                _add_whole(connection, asked, under, after, whole)
            tallies = _tallies(connection, asked, under, lines)
            _require_sum(asked, tallies, whole)
            found.append((asked, tallies, whole.tally(across=query.programme_id is None)))
        names = _names(connection, query.by, {id for _, tallies, _ in found for id in tallies})
    return [Rollup(asked, tuple(_rows(names, tallies)), total) for asked, tallies, total in found]


def _rows(names: Mapping[int, _Name], tallies: Mapping[int, Tally]) -> Iterator[RollupRow]:
    for id, name in names.items():
        if id in tallies:
            yield RollupRow(id, name.key, name.name, name.name_en, tallies[id], name.own)


def _tallies(
    connection: Connection, query: RollupQuery, under: Region | None, lines: dict[int, Count]
) -> dict[int, Tally]:
    """What each line comes to; one of nothing is left out."""
    if query.by not in (By.PROGRAMME, By.UNIT):
        lines = _lifted(connection, lines, query.by, under)
    tallies = {key: count.tally(across=query.across) for key, count in lines.items()}
    return {key: tally for key, tally in tallies.items() if tally.total or tally.cases_total}


def _require_sum(query: RollupQuery, tallies: dict[int, Tally], whole: Count) -> None:
    """A table that does not add up is never printed; a case of two places is one in the whole."""
    total = whole.tally(across=query.across)
    lines = sum(tally.total for tally in tallies.values())
    cases = sum(tally.cases_total for tally in tallies.values())
    if lines != total.total or (query.by is not By.UNIT and cases < total.cases_total):
        raise Refusal("rollup.does_not_add_up", lines=lines, total=total.total)


def _add_whole(
    connection: Connection, query: RollupQuery, under: Region | None, after: date | None,
    whole: Count,
) -> None:  # fmt: skip
    """Add up what the lines must come to: the same figures one step above all of them."""
    single = query._replace(by=By.PROGRAMME)
    for _, subject, status, n in _differences(connection, single, under, after):
        if query.by is not By.UNIT or subject != "case":
            whole.add(subject, status, n)


def _differences(
    connection: Connection, query: RollupQuery, under: Region | None, after: date | None
) -> Iterator[tuple[int, str, str, int]]:
    """Programme or place, subject, status and count of all lines at the asked step.

    What is known now is summed from the years, months and days up to the one asked about, or from
    the days since the one `after` which it is wanted; what was known earlier is that, less what was
    learned since.
    """
    where, params = _scope(connection, query, under)
    line = "programme_id" if query.by is By.PROGRAMME else "place_id"
    parts = list(_parts(connection, query, under, after))
    each = " UNION ALL ".join(
        f"SELECT {line} AS line, subject, status, {n} AS n FROM {table} WHERE {where} AND {periods}"
        for n, table, periods, _ in parts
    )
    if parts:
        yield from connection.execute(
            f"SELECT line, subject, status, SUM(n) FROM ({each}) AS parts"
            " GROUP BY line, subject, status HAVING SUM(n) <> 0",
            [param for *_, more in parts for param in (*params, *more)],
        )


def _parts(
    connection: Connection, query: RollupQuery, under: Region | None, after: date | None
) -> Iterator[tuple[str, str, str, list[str]]]:
    """What is to be summed: how often each counts, the table, a condition and its parameters."""
    since, days = "period > ? AND period <= ?", ["", query.as_of.isoformat()]
    if after is None:
        for n, table, periods in _periods(connection, _depth(query, under), query.as_of):
            yield n, table, f"period IN ({marks(periods)})", periods
    else:
        days[0] = after.isoformat()
        yield "n", "rollup_day", since, days
    if query.known_on is not None:
        learned = [*days, query.known_on.isoformat()]
        yield "-n", "rollup_day", f"{since} AND recorded_on > ?", learned


def _depth(query: RollupQuery, under: Region | None) -> int:
    return max(int(DEPTH[query.by]), under.depth if under else 0)


def _scope(
    connection: Connection, query: RollupQuery, under: Region | None
) -> tuple[str, list[object]]:
    """The condition, with its parameters, for lines that a query asks about, on whatever day."""
    depth = _depth(query, under)
    where: list[str] = ["depth = ?"]
    params: list[object] = [depth]
    if under is not None:
        parents, place = _parents(connection, depth, under)
        where.append(f"parent_id IN ({marks(parents)})")
        params += parents
        if place is not None:
            where.append("place_id = ?")
            params.append(place)
    if query.programme_id is not None:
        where.append("programme_id = ?")
        params.append(query.programme_id)
    return " AND ".join(where), params


def open_differences(
    connection: Connection, query: RollupQuery
) -> dict[int, list[tuple[date, int]]]:
    """By line and day, how many more items were open: neither completed nor merged."""
    under = get_region(connection, query.under_id) if query.under_id else None
    where, params = _scope(connection, query, under)
    finished = (*statuses_of(Group.COMPLETED), Status.MERGED)
    rows = connection.execute(
        "SELECT place_id, period, SUM(n) FROM rollup_day WHERE subject = 'item'"
        f" AND status NOT IN ({marks(finished)}) AND {where}"
        " GROUP BY place_id, period HAVING SUM(n) <> 0",
        [*finished, *params],
    )
    above = _region_above(connection, query.by, under)
    by_line: dict[int, list[tuple[date, int]]] = {}
    for place, period, n in rows:
        by_line.setdefault(above or place, []).append((date.fromisoformat(period), n))
    return by_line


def _periods(connection: Connection, depth: int, day: date) -> Iterator[tuple[str, str, list[str]]]:
    """What makes up everything up to a day: how often it counts, the table, keys to look up."""
    first = connection.execute(
        "SELECT MIN(period) FROM rollup WHERE depth = ?", [depth]
    ).fetchone()[0]
    if first is None:
        return
    for sign, periods in up_to(first, day).signed():
        days = [each for each in periods if len(each) == DAY]
        longer = [each for each in periods if len(each) < DAY]
        for table, some in (("rollup", longer), ("rollup_day", days)):
            if some:
                yield f"n * {sign}", table, some


def _parents(connection: Connection, depth: int, under: Region) -> tuple[list[int], int | None]:
    """Parents of all places of a depth below a region, and the place itself on its own depth."""
    if depth == under.depth:
        return [under.parent_id or 0], under.id
    if depth == UNIT_DEPTH:
        column, step = "place_id", int(Depth.COUNTY)
    else:
        column, step = "parent_id", depth
    rows = connection.execute(
        f"SELECT DISTINCT {column} FROM region_ladder WHERE depth = ? AND region_id IN"
        " (SELECT region_id FROM region_ladder WHERE place_id = ?)",
        [step, under.id],
    )
    return [id for (id,) in rows], None


def _lifted(
    connection: Connection, counts: dict[int, Count], by: By, under: Region | None
) -> dict[int, Count]:
    """Figures of a region below the asked step, under the region of that step that holds it.

    By city below a county, say, there is one line: the city, with what the county adds to it. The
    rollup is read at the county's own depth, since its lines there have nothing of its neighbours.
    """
    above = _region_above(connection, by, under)
    return counts if above is None else {above: next(iter(counts.values()), Count())}


def _region_above(connection: Connection, by: By, under: Region | None) -> int | None:
    """The region of the asked step that holds one below that step; None for one that is not."""
    if under is None or under.depth <= DEPTH[by]:
        return None
    row = connection.execute(
        "SELECT place_id FROM region_ladder WHERE region_id = ? AND depth = ?",
        [under.id, int(DEPTH[by])],
    ).fetchone()
    return int(row[0])


class _Name(NamedTuple):
    """What a line is called, and whether it is of a region above the asked step itself."""

    key: str
    name: str
    name_en: str | None
    own: bool = False


def _names(connection: Connection, by: By, ids: set[int]) -> dict[int, _Name]:
    """What lines are called, in their order."""
    if by is By.PROGRAMME:
        programmes = connection.execute("SELECT id, code, name, name_en FROM programme ORDER BY id")
        return {id: _Name(*words) for id, *words in programmes if id in ids}
    if by is By.UNIT:
        units = dict(connection.execute("SELECT id, name FROM unit"))
        ordered = sorted(ids, key=lambda id: (id == 0, units.get(id, "")))
        return {id: _Name(units.get(id, ""), units.get(id, ""), None) for id in ordered}
    regions = regions_by_id(connection, ids).values()
    return {
        region.id: _Name(region.key, region.name, region.name_en, region.depth < DEPTH[by])
        for region in sorted(regions, key=lambda r: (r.code is None, r.code or "", r.id))
    }
