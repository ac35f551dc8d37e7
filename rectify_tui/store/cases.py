"""Reading cases: rows of a list, and single cases."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from rectify_tui.domain.status import CaseStatus
from rectify_tui.store.connection import Connection, fetch_chunks
from rectify_tui.store.filters import case_conditions
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.listing import Listing, ListKind, ListQuery
from rectify_tui.store.records import CASE
from rectify_tui.store.references import item_ref

_STATUS_RANK = " ".join(f"WHEN '{status}' THEN {rank}" for rank, status in enumerate(CaseStatus))

CASES = ListKind(
    table="complaint_case",
    span=CASE,
    orders={
        "number": "",
        "status": f"CASE {{status}} {_STATUS_RANK} END",
        "region": "(SELECT COALESCE(code, '999999') FROM region"
        " WHERE region.id = complaint_case.region_id)",
        "passed": "COALESCE(complaint_case.passed_on, '')",
        "closed": "COALESCE(complaint_case.closed_on, '9999-12-31')",
        "fined": "COALESCE(complaint_case.fined_yuan, 0)",
        "since": "{since}",
    },
    conditions=case_conditions,
)


@dataclass(frozen=True)
class CaseRow:
    """A case as a list shows it. Dates are ISO text; the fine is in yuan."""

    id: int
    rev: int
    programme: str
    number: str
    batch: str | None
    passed_on: str | None
    complaint: str
    types: str | None
    findings: str | None
    substantiated: str | None
    measures: str | None
    status: str
    since: str
    closed_on: str | None
    ordered: int | None
    fined_yuan: int | None
    investigated: int | None
    detained_administrative: int | None
    detained_criminal: int | None
    interviewed: int | None
    held_accountable: int | None
    key_case: bool
    duplicate_of: str | None
    latitude: float | None
    longitude: float | None
    note: str | None
    reconstructed: bool
    simulated: bool
    source: str | None
    regions: tuple[str, ...] = ()
    regions_en: tuple[str, ...] = ()

    @property
    def ref(self) -> str:
        """Programme and receipt number."""
        return item_ref(self.programme, self.number)


_ROWS = """
SELECT c.id, c.rev, p.code, c.number, c.batch, c.passed_on, c.complaint, c.types, c.findings,
    c.substantiated, c.measures, c.status, c.status_on, c.closed_on, c.ordered, c.fined_yuan,
    c.investigated, c.detained_administrative, c.detained_criminal, c.interviewed,
    c.held_accountable, c.key_case, d.number, c.latitude, c.longitude, c.note, c.reconstructed,
    p.simulated, c.source
FROM complaint_case c
JOIN programme p ON p.id = c.programme_id
LEFT JOIN complaint_case d ON d.id = c.duplicate_of
WHERE c.id IN ({marks})
"""


def case_rows(
    connection: Connection, ids: list[int], *, as_of: date | None = None
) -> list[CaseRow]:
    """Cases by id, in that order; with `as_of`, with the status of that day."""
    found: dict[int, CaseRow] = {}
    for row in fetch_chunks(connection, _ROWS, ids):
        found[row[0]] = _row(row)
    _add_regions(connection, found)
    if as_of is not None:
        _as_of(connection, found, as_of.isoformat())
    return [found[id] for id in ids if id in found]


def _row(row: tuple[Any, ...]) -> CaseRow:
    values = list(row)
    for flag in (21, 26, 27):
        values[flag] = bool(values[flag])
    return CaseRow(*values)


def _add_regions(connection: Connection, found: dict[int, CaseRow]) -> None:
    names: dict[int, list[tuple[str, str]]] = {}
    query = (
        "SELECT l.case_id, r.name, COALESCE(r.name_en, r.name) FROM case_region l"
        " JOIN region r ON r.id = l.region_id WHERE l.case_id IN ({marks})"
        " ORDER BY l.case_id, r.depth, r.code IS NOT NULL, r.code, r.id"
    )
    for id, *name in fetch_chunks(connection, query, list(found)):
        names.setdefault(id, []).append((name[0], name[1]))
    for id, pairs in names.items():
        found[id] = replace(
            found[id],
            regions=tuple(zh for zh, _ in pairs),
            regions_en=tuple(en for _, en in pairs),
        )


def _as_of(connection: Connection, found: dict[int, CaseRow], day: str) -> None:
    query = (
        "SELECT subject_id, status, from_on FROM status_span WHERE subject = 'case'"
        " AND from_on <= ? AND to_on > ? AND subject_id IN ({marks})"
    )
    for id, status, since in fetch_chunks(connection, query, list(found), day, day):
        closed = found[id].closed_on if status == CaseStatus.CLOSED else None
        found[id] = replace(found[id], status=status, since=since, closed_on=closed)


class CaseList(Listing):
    """Cases under a filter, for every face."""

    def __init__(self, ledger: Ledger, query: ListQuery) -> None:
        super().__init__(ledger, CASES, query)

    def rows(self, start: int, stop: int) -> list[CaseRow]:
        """The cases from index `start` up to, not including, `stop`."""
        ids = self.ids(start, stop)
        return case_rows(self.ledger.reader(), ids, as_of=self.query.as_of)
