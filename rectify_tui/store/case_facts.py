"""Counts of cases by what is known about them: how they stand, are about, and what came of it.

A case of several regions counts once in each line and once in the whole, whatever those are: lines
are told apart before anything is counted, so that nothing is counted twice within one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from rectify_tui.domain.case import PollutionType
from rectify_tui.domain.closure import CaseCounts
from rectify_tui.domain.status import CaseStatus
from rectify_tui.store.connection import Connection
from rectify_tui.store.on_day import CASE_DUE

PENALTIES = (
    "ordered", "fined_fen", "investigated", "detained_administrative", "detained_criminal",
    "interviewed", "held_accountable",
)  # fmt: skip
"""What is added up of cases; fines in fen."""

SUBSTANTIATED = ("yes", "mostly", "partly")
"""The findings by which a complaint proved true, wholly or not."""


@dataclass
class CaseFacts:
    """Counts of one line. A case with several types counts under each; `untyped` has none.

    `duplicates` repeat another case; `late` are open past their day. `findings` counts by finding,
    '' for none yet; `rectified` are closed of those that proved true. `letters` are the letters
    that the cases come from, and `penalties` the sums of `PENALTIES`.
    """

    total: int = 0
    types: Counter[str] = field(default_factory=Counter)
    untyped: int = 0
    rectified: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    duplicates: int = 0
    late: int = 0
    letters: int = 0
    penalties: Counter[str] = field(default_factory=Counter)

    @property
    def substantiated(self) -> int:
        """Those that proved true wholly, mostly or in part."""
        return sum(self.findings[each] for each in SUBSTANTIATED)

    @property
    def counts(self) -> CaseCounts:
        """What closure rates are made of."""
        return CaseCounts(
            self.total, self.statuses[CaseStatus.CLOSED], self.statuses[CaseStatus.INTERIM],
            self.rectified, self.substantiated,
        )  # fmt: skip

    def add(self, alike: Alike) -> None:
        """Count cases that have these values in common."""
        n, closed = alike.n, alike.status == CaseStatus.CLOSED
        self.total += n
        for name in alike.types:
            self.types[name] += n
        self.untyped += 0 if alike.types else n
        self.statuses[alike.status] += n
        self.findings[alike.finding] += n
        self.rectified += n if closed and alike.finding in SUBSTANTIATED else 0
        self.duplicates += n if alike.duplicate else 0
        self.late += n if alike.late and alike.status == CaseStatus.OPEN else 0
        if alike.penalties:
            self.penalties.update(alike.penalties)


class Alike(NamedTuple):
    """So many cases that have these values in common, with what their penalties come to."""

    types: tuple[str, ...]
    finding: str
    status: str
    n: int
    duplicate: bool = False
    late: bool = False
    penalties: Mapping[str, int] | None = None


class CaseScope(NamedTuple):
    """Which cases are counted: as of a day, of a programme, below a region, with duplicates."""

    day: date
    programme_id: int | None = None
    under_id: int | None = None
    duplicates: bool = True

    def where(self) -> tuple[str, list[object]]:
        """The condition on a case `c`, with its parameters."""
        where, params = ["TRUE"], list[object]()
        if self.programme_id is not None:
            where.append("c.programme_id = ?")
            params.append(self.programme_id)
        if self.under_id is not None:
            where.append(
                "c.id IN (SELECT case_id FROM case_region WHERE region_id IN"
                " (SELECT region_id FROM region_ladder WHERE place_id = ?))"
            )
            params.append(self.under_id)
        if not self.duplicates:
            where.append("c.duplicate_of IS NULL")
        return " AND ".join(where), params


WHOLE, PROGRAMME, BATCH, PLACE = "0", "c.programme_id", "COALESCE(c.batch, '')", "l.place_id"
"""What lines are: all cases together, programmes, batches, or places of a step of the ladder."""
TYPE = "k.type"
"""Lines are pollution types, '' for none."""

_SUMS = ", ".join(
    f"SUM(c.{name})" if name != "fined_fen"
    else "SUM(COALESCE(c.fined_yuan, 0) * 100 + COALESCE(c.fined_fen, 0))"
    for name in PENALTIES
)  # fmt: skip
_LINES = """
WITH line AS (SELECT DISTINCT {key} AS key, c.id FROM complaint_case c{places} WHERE {where})
SELECT line.key, {columns}
FROM line JOIN complaint_case c ON c.id = line.id
JOIN status_span s ON s.subject = 'case' AND s.subject_id = c.id AND s.from_on <= ? AND s.to_on > ?
GROUP BY line.key{by}
"""
_PLACES = """
    JOIN case_region r ON r.case_id = c.id
    JOIN region_ladder l ON l.region_id = r.region_id AND l.depth = ?"""
_TYPES = f"""
    JOIN ({" UNION ALL ".join(f"SELECT '{each}' AS type" for each in PollutionType)}
        UNION ALL SELECT '' AS type
    ) k ON ',' || COALESCE(c.types, '') || ',' LIKE '%,' || k.type || ',%'"""
_UNDER = " AND l.region_id IN (SELECT region_id FROM region_ladder WHERE place_id = ?)"
_ALIKE = (
    "c.types, c.substantiated, s.status, c.duplicate_of IS NOT NULL, COALESCE({due} < ?, FALSE)"
)


def case_facts(
    connection: Connection, scope: CaseScope, key: str, depth: int | None = None
) -> dict[int | str, CaseFacts]:
    """Counts as of a day by line: by programme or place its id, by batch or type its name, else 0.

    Places are those of the `depth` of the ladder; below a region only what lies there is counted.
    """
    facts: defaultdict[int | str, CaseFacts] = defaultdict(CaseFacts)
    day = scope.day.isoformat()
    alike = _ALIKE.format(due=CASE_DUE.format("c"))
    columns = f"{alike}, COUNT(*), {_SUMS}"
    query, params = _query(scope, key, depth, columns, ", 2, 3, 4, 5, 6")
    for line, types, finding, status, duplicate, late, n, *sums in connection.execute(
        query, [*params[0], day, *params[1]]
    ):
        penalties = {name: value or 0 for name, value in zip(PENALTIES, sums, strict=True)}
        alike_cases = Alike(
            _kinds(types), finding or "", status, n, bool(duplicate), bool(late), penalties
        )
        facts[line].add(alike_cases)
    letters = "COUNT(DISTINCT c.programme_id || '/' || COALESCE(c.letter, c.number))"
    query, params = _query(scope, key, depth, letters, "")
    for line, n in connection.execute(query, [*params[0], *params[1]]):
        facts[line].letters = n
    return dict(facts)


def _query(
    scope: CaseScope, key: str, depth: int | None, columns: str, by: str
) -> tuple[str, tuple[list[object], list[object]]]:
    """The statement; its parameters before those of its columns, and behind them."""
    where, params = scope.where()
    places = list[object]()
    if depth is not None:
        places.append(depth)
        if scope.under_id is not None:
            where += _UNDER
            params = [*params, scope.under_id]
    joined = _PLACES if depth is not None else _TYPES if key == TYPE else ""
    query = _LINES.format(key=key, places=joined, where=where, columns=columns, by=by)
    return query, ([*places, *params], [scope.day.isoformat()] * 2)


class CasesOnDay(NamedTuple):
    """What a report tells of cases as of a day, by programme id and by id of the place."""

    by_programme: Mapping[int, CaseFacts]
    by_place: Mapping[int, CaseFacts]


def cases_on_days(
    connection: Connection, days: Sequence[date], depth: int, programme_id: int | None = None
) -> list[CasesOnDay]:
    """Counts by state, type and finding alone as of each of some days, in one look at the cases.

    Places are those of the `depth` of the ladder; a case of two of them counts in both.
    """
    where, params = CaseScope(days[0], programme_id).where()
    states = [f"s{n}" for n in range(len(days))]
    spans = "".join(
        f" LEFT JOIN status_span {s} ON {s}.subject = 'case' AND {s}.subject_id = c.id"
        f" AND {s}.from_on <= ? AND {s}.to_on > ?"
        for s in states
    )
    rows = connection.execute(
        "SELECT c.programme_id, l.place_id, c.types, c.substantiated,"
        " COUNT(*) FILTER (WHERE r.region_id = c.region_id), COUNT(DISTINCT c.id),"
        f" {', '.join(f'{s}.status' for s in states)} FROM complaint_case c"
        # the depth stands in the text, so that the engine sees that it leaves one place of a region
        " JOIN case_region r ON r.case_id = c.id"
        f" JOIN region_ladder l ON l.region_id = r.region_id AND l.depth = {int(depth)}{spans}"
        f" WHERE {where} GROUP BY 1, 2, 3, 4, {', '.join(f'{s}.status' for s in states)}",
        [*(day.isoformat() for day in days for _ in range(2)), *params],
    )
    programmes, places = ([defaultdict[int, CaseFacts](CaseFacts) for _ in days] for _ in range(2))
    for programme, place, types, finding, mainly_there, there, *told in rows:
        kinds = _kinds(types)
        for at, status in enumerate(told):
            if status is None:
                continue
            places[at][place].add(Alike(kinds, finding or "", status, there))
            if mainly_there:  # a case has one main region, where its programme counts it
                programmes[at][programme].add(Alike(kinds, finding or "", status, mainly_there))
    return [CasesOnDay(*pair) for pair in zip(programmes, places, strict=True)]


def _kinds(types: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(types.split(","))) if types else ()
