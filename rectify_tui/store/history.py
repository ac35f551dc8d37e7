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


def last_batch_about(connection: Connection, entity: str, id: int) -> int | None:
    """The newest batch that says something about a record, be it gone or not."""
    batch: int | None
    (batch,) = connection.execute(
        "SELECT MAX(batch_id) FROM history WHERE entity = ? AND entity_id = ?", [entity, id]
    ).fetchone()
    return batch
