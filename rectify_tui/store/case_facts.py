"""Counts of cases by what is known about them: pollution types, and whether they proved true."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rectify_tui.domain.status import CaseStatus
from rectify_tui.store.connection import Connection


@dataclass
class CaseFacts:
    """Counts of one line. A case with several types counts under each; `untyped` has none.

    `substantiated` proved true wholly, mostly or in part; `rectified` of these are closed.
    """

    total: int = 0
    types: Counter[str] = field(default_factory=Counter)
    untyped: int = 0
    substantiated: int = 0
    rectified: int = 0

    def add(self, types: str | None, substantiated: str | None, status: str, n: int) -> None:
        """Count `n` cases that have these values in common."""
        self.total += n
        names = dict.fromkeys(types.split(",")) if types else {}
        for name in names:
            self.types[name] += n
        if not names:
            self.untyped += n
        if substantiated in ("yes", "mostly", "partly"):
            self.substantiated += n
            if status == CaseStatus.CLOSED:
                self.rectified += n


_AS_OF = """
FROM complaint_case c
JOIN status_span s ON s.subject = 'case' AND s.subject_id = c.id AND s.from_on <= ? AND s.to_on > ?
"""
_BY_PROGRAMME = f"""
SELECT c.programme_id, c.types, c.substantiated, s.status, COUNT(*) {_AS_OF}
WHERE {{where}} GROUP BY c.programme_id, c.types, c.substantiated, s.status
"""
_BY_REGION = f"""
SELECT l.place_id, c.types, c.substantiated, s.status, COUNT(DISTINCT c.id) {_AS_OF}
JOIN case_region r ON r.case_id = c.id
JOIN region_ladder l ON l.region_id = r.region_id AND l.depth = ?
WHERE {{where}} GROUP BY l.place_id, c.types, c.substantiated, s.status
"""


def case_facts_by_programme(
    connection: Connection, day: date, programme_id: int | None = None
) -> dict[int, CaseFacts]:
    """Counts as of a day, by programme id."""
    return _read(connection, _BY_PROGRAMME, [day.isoformat()] * 2, programme_id)


def case_facts_by_region(
    connection: Connection, day: date, depth: int, programme_id: int | None = None
) -> dict[int, CaseFacts]:
    """Counts as of a day, by id of the region on a step; a case of two regions counts in both."""
    return _read(connection, _BY_REGION, [*[day.isoformat()] * 2, depth], programme_id)


def _read(
    connection: Connection, query: str, params: list[Any], programme_id: int | None
) -> dict[int, CaseFacts]:
    where = "TRUE"
    if programme_id is not None:
        where, params = "c.programme_id = ?", [*params, programme_id]
    facts: defaultdict[int, CaseFacts] = defaultdict(CaseFacts)
    for key, *values in connection.execute(query.format(where=where), params):
        facts[key].add(*values)
    return dict(facts)
