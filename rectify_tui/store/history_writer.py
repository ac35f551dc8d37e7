"""The history of an open batch: rows are numbered, chained to the one before, and written late."""

from __future__ import annotations

from rectify_tui.domain.timeline import Row
from rectify_tui.store import chain
from rectify_tui.store.connection import Connection

_COLUMNS = (
    "seq", "batch_id", "entity", "entity_id", "field", "old", "new", "effective_on", "retracts",
    "hash",
)  # fmt: skip


class HistoryWriter:
    """Collects rows until they are flushed. `head` is the last row that came before the batch."""

    def __init__(self, connection: Connection, batch: chain.Batch) -> None:
        self.head, self._hash = chain.head(connection)
        self._connection = connection
        self._batch = batch
        self._seal = batch.seal
        self._seq = self.head
        self._rows: list[tuple[object, ...]] = []
        self._opened = False

    def note(
        self, entity: str, id: int, name: str, old: str | None, new: str | None, on: str,
        retracts: int | None = None,
    ) -> Row:  # fmt: skip
        """Add a row: of a record's field, from what to what (as JSON), with effect from a day."""
        self._seq += 1
        row = Row(self._seq, name, old, new, on, retracts)
        self._hash = chain.link(self._hash, self._seal, entity, id, row)
        digest = bytes.fromhex(self._hash)
        self._rows.append(
            (row.seq, self._batch.id, entity, id, name, old, new, on, retracts, digest)
        )
        return row

    def flush(self) -> None:
        """Write the rows collected so far; the batch itself with the first of them."""
        if not self._rows:
            return
        if not self._opened:
            batch = self._batch
            self._connection.execute(
                "INSERT INTO batch (id, kind, who, recorded_at, recorded_on, reason, undoes,"
                " on_behalf) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (batch.id, batch.kind, batch.who, batch.recorded_at, batch.recorded_on,
                 batch.reason, batch.undoes, batch.on_behalf),
            )  # fmt: skip
            self._opened = True
        self._connection.insert("history", _COLUMNS, self._rows)
        self._rows.clear()
