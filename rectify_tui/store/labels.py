"""What a record is called when a person is told about it."""

from __future__ import annotations

from collections.abc import Iterable

from rectify_tui.errors import Problem
from rectify_tui.store.connection import Connection, fetch_chunks
from rectify_tui.store.records import (
    CASE,
    CLOSING,
    COVERAGE,
    COVERAGE_TARGET,
    DRAW,
    EVIDENCE,
    EXTENSION,
    INTAKE_FILE,
    ITEM,
    MEASURE,
    MILESTONE,
    PROGRAMME,
    REGION,
    RETURN_SHEET,
    UNIT,
    VISIT,
    WITHDRAWAL,
)

_NUMBERED = (
    "SELECT r.id, p.code || '/' || r.number"
    " FROM {table} r JOIN programme p ON p.id = r.programme_id"
)

_OF_ITEM = (
    " FROM item r JOIN programme p ON p.id = r.programme_id JOIN measure m ON m.item_id = r.id"
)

_QUERIES = {
    PROGRAMME: "SELECT r.id, r.code FROM programme r",
    REGION: "SELECT r.id, r.name FROM region r",
    UNIT: "SELECT r.id, r.name FROM unit r",
    RETURN_SHEET: "SELECT r.id, r.code FROM return_sheet r",
    INTAKE_FILE: "SELECT r.id, r.name FROM intake_file r",
    ITEM: _NUMBERED.format(table="item"),
    EXTENSION: "SELECT e.id, p.code || '/' || r.number || ' ' || e.due_from || ' → ' || e.due_on"
    " FROM item r JOIN programme p ON p.id = r.programme_id JOIN extension e ON e.item_id = r.id",
    CLOSING: "SELECT c.id, p.code || '/' || r.number || ' ' || c.acted_on"
    " FROM item r JOIN programme p ON p.id = r.programme_id JOIN closing c ON c.item_id = r.id",
    EVIDENCE: "SELECT e.id, p.code || '/' || r.number || ' ' || e.name"
    " FROM item r JOIN programme p ON p.id = r.programme_id JOIN evidence e ON e.item_id = r.id",
    VISIT: "SELECT v.id, p.code || '/' || r.number || ' ' || v.visited_on"
    " FROM item r JOIN programme p ON p.id = r.programme_id JOIN visit v ON v.item_id = r.id",
    DRAW: "SELECT r.id, r.code FROM draw r",
    CASE: _NUMBERED.format(table="complaint_case"),
    WITHDRAWAL: _NUMBERED.format(table="withdrawal"),
    MEASURE: "SELECT m.id, p.code || '/' || r.number || ' ' || m.text" + _OF_ITEM,
    COVERAGE: "SELECT c.id, p.code || ' ' || r.name || ' ' || c.stated_on"
    " FROM region r JOIN coverage c ON c.region_id = r.id"
    " JOIN programme p ON p.id = c.programme_id",
    COVERAGE_TARGET: "SELECT c.id, p.code || ' ' || c.due_on"
    " FROM programme p JOIN coverage_target c ON c.programme_id = p.id",
    MILESTONE: "SELECT s.id, p.code || '/' || r.number || ' ' || s.text"
    + _OF_ITEM
    + " JOIN milestone s ON s.measure_id = m.id",
}
_ALIAS = {
    MEASURE: "m", MILESTONE: "s", EXTENSION: "e", EVIDENCE: "e", CLOSING: "c", COVERAGE: "c",
    COVERAGE_TARGET: "c", VISIT: "v",
}  # fmt: skip


def labels(connection: Connection, entity: str, ids: Iterable[int]) -> dict[int, str]:
    """References or names of records; one that is gone is called by its kind and id."""
    distinct_ids = sorted(set(ids))
    labelled = {id: _bare(entity, id) for id in distinct_ids}
    if entity in _QUERIES:
        query = f"{_QUERIES[entity]} WHERE {_ALIAS.get(entity, 'r')}.id IN ({{marks}})"
        labelled.update(fetch_chunks(connection, query, distinct_ids))
    return labelled


def label(connection: Connection, entity: str, id: int) -> str:
    """The reference or name of one record."""
    return labels(connection, entity, [id])[id]


def called(connection: Connection, entity: str, id: int) -> str | Problem:
    """The reference or name of one record; what has neither is told in the user's language."""
    name = label(connection, entity, id)
    return unnamed(entity, id) if name == _bare(entity, id) else name


def unnamed(entity: str, id: int) -> Problem:
    """What a record is called that has no name, for a blank in a message."""
    return Problem(f"store.entity.{entity}", id=id)


def _bare(entity: str, id: int) -> str:
    return f"{entity} {id}"
