"""The rows of history about records, as `domain.timeline` replays them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from rectify_tui.domain.timeline import Row
from rectify_tui.store.connection import Connection, engine, fetch_chunks, marks

CLOSURES_SAID = (
    f"SELECT entity_id FROM history {engine.by_index('history_of_closures')}"
    " WHERE entity = 'item' AND field = 'closure'"
)
"""The items that a stage of close-out was told of after their entry, be it of the past alone."""

# A retraction may be retracted in turn. Of those of one row at most one counts, so the row counts
# itself where all that were ever made of it and of each other are even in number.
ALIVE = """(
    NOT EXISTS (SELECT 1 FROM history r WHERE r.retracts = h.seq)
    OR (
        WITH RECURSIVE back (seq) AS (
            SELECT r.seq FROM history r WHERE r.retracts = h.seq
            UNION ALL SELECT r.seq FROM history r JOIN back ON r.retracts = back.seq
        ) SELECT COUNT(*) % 2 = 0 FROM back
    )
)"""
"""Holds of a row of history `h` that nothing takes back."""


def histories(
    connection: Connection, entity: str, ids: Sequence[int], fields: Sequence[str] = ()
) -> Iterator[tuple[int, list[Row]]]:
    """Each record of a kind with its rows by rising sequence; one without any is left out.

    With `fields` only rows about these columns; '' stands for a whole record that comes or goes.
    """
    only = f" AND field IN ({marks(fields)})" if fields else ""
    rows = fetch_chunks(
        connection,
        "SELECT entity_id, seq, field, old, new, effective_on, retracts FROM history"
        f" WHERE entity = ?{only} AND entity_id IN ({{marks}}) ORDER BY entity_id, seq",
        ids, entity, *fields,
    )  # fmt: skip
    for id, group in groupby(rows, key=itemgetter(0)):
        yield id, [Row(*columns) for _, *columns in group]


def told_of(
    connection: Connection, entity: str, column: str, values: Sequence[int]
) -> list[tuple[int, int]]:
    """The records of which a column was ever told to be one of some values, each with the value.

    Only what was not taken back; be it that it holds on no day at present, since it was told of
    days before the record was there.
    """
    words = (
        f"SELECT CASE h.field WHEN '' THEN {engine.json_member('h.new', column)}"
        f" ELSE {engine.json_value('h.new')} END AS told, h.entity_id FROM history h"
        f" WHERE h.entity = ? AND h.field IN ('', '{column}') AND h.retracts IS NULL AND {ALIVE}"
    )
    query = f"SELECT told, entity_id FROM ({words}) AS words WHERE told IN ({{marks}})"
    return list(fetch_chunks(connection, query, values, entity))


def last_batch_about(connection: Connection, entity: str, id: int) -> int | None:
    """The newest batch that says something about a record, be it gone or not."""
    batch: int | None
    (batch,) = connection.execute(
        "SELECT MAX(batch_id) FROM history WHERE entity = ? AND entity_id = ?", [entity, id]
    ).fetchone()
    return batch
