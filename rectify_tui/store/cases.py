"""Reading cases: rows of a list, and single cases."""

from __future__ import annotations

from datetime import date

from rectify_tui.domain.amount import Yuan, from_fen
from rectify_tui.domain.fields import CASE as FIELDS
from rectify_tui.domain.status import CaseStatus
from rectify_tui.store.connection import Connection, fetch_chunks
from rectify_tui.store.filters import case_conditions
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.listing import Listing, ListKind, ListQuery, orders_of
from rectify_tui.store.on_day import CASE_DUE
from rectify_tui.store.records import read_ids
from rectify_tui.store.regions import regions_by_id
from rectify_tui.store.rows import OF_OTHERS, Row, Selection, reference_sql

CASES = ListKind(
    table="complaint_case",
    orders=orders_of(FIELDS, "complaint_case"),
    conditions=case_conditions,
)


class CaseRow(Row):
    """A case as a list shows it; the fine is in yuan."""

    batch: str | None
    passed_on: str | None
    complaint: str
    types: str | None
    findings: str | None
    substantiated: str | None
    measures: str | None
    due_on: str | None
    letter: str | None
    complainant: str | None
    complainant_phone: str | None
    complainant_address: str | None
    closed_on: str | None
    ordered: int | None
    fined_yuan: Yuan | None
    key_case: bool
    duplicate_of: str | None
    latitude: float | None
    longitude: float | None
    regions: tuple[str, ...]
    regions_en: tuple[str, ...]


_ROWS = Selection(
    FIELDS,
    "complaint_case",
    """
FROM complaint_case
JOIN programme ON programme.id = complaint_case.programme_id
WHERE complaint_case.id IN ({marks})
""",
    {
        **OF_OTHERS,
        "ref": reference_sql("complaint_case"),
        "rev": "complaint_case.rev",
        "region": None,
        "due_on": CASE_DUE.format("complaint_case"),
        "fined_wan": "complaint_case.fined_yuan * 100 + COALESCE(complaint_case.fined_fen, 0)",
        "duplicate_of": "(SELECT number FROM complaint_case o"
        " WHERE o.id = complaint_case.duplicate_of)",
    },
)


def case_rows(
    connection: Connection, ids: list[int], *, as_of: date | None = None
) -> list[CaseRow]:
    """Cases by id, in that order; with `as_of`, with the status of that day."""
    regions = _regions(connection, ids)
    rows = {
        values["id"]: CaseRow(
            values | regions[values["id"]] | {"fined_yuan": from_fen(values["fined_yuan"])}
        )
        for values in _ROWS.read(connection, ids)
    }
    if as_of is not None:
        _as_of(connection, rows, as_of.isoformat())
    return [rows[id] for id in ids if id in rows]


def _regions(connection: Connection, ids: list[int]) -> dict[int, dict[str, tuple[str, ...]]]:
    """The names of the regions of cases in the order in which they are kept, the main one first."""
    query = "SELECT id, regions FROM complaint_case WHERE id IN ({marks})"
    kept = {id: read_ids(text) for id, text in fetch_chunks(connection, query, ids)}
    known = regions_by_id(connection, {region for regions in kept.values() for region in regions})
    return {
        id: {
            "regions": tuple(known[region].name for region in regions),
            "regions_en": tuple(known[region].name_en or known[region].name for region in regions),
        }
        for id, regions in kept.items()
    }


def _as_of(connection: Connection, rows: dict[int, CaseRow], day: str) -> None:
    query = (
        "SELECT subject_id, status, from_on FROM status_span WHERE subject = 'case'"
        " AND from_on <= ? AND to_on > ? AND subject_id IN ({marks})"
    )
    for id, status, since in fetch_chunks(connection, query, list(rows), day, day):
        closed = rows[id].closed_on if status == CaseStatus.CLOSED else None
        rows[id] = rows[id].but({"status": status, "since": since, "closed_on": closed})


class CaseList(Listing):
    """Cases under a filter, for every face."""

    def __init__(self, ledger: Ledger, query: ListQuery) -> None:
        super().__init__(ledger, CASES, query)

    def rows(self, start: int, stop: int) -> list[CaseRow]:
        """The cases from index `start` up to, not including, `stop`."""
        ids = self.ids(start, stop)
        return case_rows(self.ledger.reader(), ids, as_of=self.query.as_of)
