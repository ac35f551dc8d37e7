"""Reading history: what changed, when, by whom and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rectify_tui.domain.timeline import DATED, Value
from rectify_tui.store.batches import undone_batches
from rectify_tui.store.connection import Connection, engine, fetch_chunks, limited, marks
from rectify_tui.store.records import ENTITIES, ITEM, MILESTONE


class LogEntry(NamedTuple):
    """One row of history. Values are JSON as kept; `undone_by` is the batch that took it back.

    `who` is the account that wrote it, `on_behalf` of whom, where somebody was named.
    """

    seq: int
    batch: int
    kind: str
    who: str
    recorded_at: str
    recorded_on: str
    effective_on: str
    entity: str
    entity_id: int
    field: str
    old: str | None
    new: str | None
    reason: str | None
    undoes: int | None
    on_behalf: str | None
    undone_by: int | None


class BatchSummary(NamedTuple):
    """A batch: who did what, when and why, and how many rows it has."""

    id: int
    kind: str
    who: str
    recorded_at: str
    recorded_on: str
    reason: str | None
    undoes: int | None
    on_behalf: str | None
    undone_by: int | None
    rows: int


_ENTRY = (
    "SELECT h.seq, h.batch_id, b.kind, b.who, b.recorded_at, b.recorded_on, h.effective_on,"
    " h.entity, h.entity_id, h.field, h.old, h.new, b.reason, b.undoes,"
    " b.on_behalf"
    " FROM history h JOIN batch b ON b.id = h.batch_id"
)


def record_log(
    connection: Connection, entity: str, id: int, *, limit: int | None = 500
) -> list[LogEntry]:
    """The history of one record, newest first."""
    gone = undone_batches(connection)
    rows = connection.execute(
        f"{_ENTRY} WHERE h.entity = ? AND h.entity_id = ? ORDER BY h.seq DESC{limited(limit)}",
        [entity, id],
    )
    return [LogEntry(*[*row, gone.get(row[1])]) for row in rows]


_OF_ITEM = """(
    h.entity = 'item' AND h.entity_id = ?
    OR h.entity = 'milestone' AND h.entity_id IN (
        SELECT s.id FROM measure m JOIN milestone s ON s.measure_id = m.id
        WHERE m.item_id = ? AND s.stands_for IS NULL
    )
    OR h.entity = 'extension' AND h.entity_id IN (SELECT id FROM extension WHERE item_id = ?)
    OR h.entity = 'evidence' AND h.entity_id IN (SELECT id FROM evidence WHERE item_id = ?)
    OR h.entity = 'closing' AND h.entity_id IN (SELECT id FROM closing WHERE item_id = ?)
    OR h.entity = 'visit' AND h.entity_id IN (SELECT id FROM visit WHERE item_id = ?)
)"""


def item_log(connection: Connection, id: int, *, limit: int | None = 500) -> list[LogEntry]:
    """The history of an item, of its steps, extensions, close-out,
    evidence and visits, newest first."""
    gone = undone_batches(connection)
    rows = connection.execute(
        f"{_ENTRY} WHERE {_OF_ITEM} ORDER BY h.seq DESC{limited(limit)}", [id] * 6
    )
    entries = [LogEntry(*[*row, gone.get(row[1])]) for row in rows]
    return [entry for entry in entries if (entry.entity, entry.field) not in FOLLOWING]


FOLLOWING = frozenset({
    *((MILESTONE, name) for name in ("due_on", "done_on", "from_on")), (ITEM, "closure_on"),
    (ITEM, "visit_id"),
})  # fmt: skip
"""Columns that only follow from others, or from what the same batch says of another record."""


def batch_log(connection: Connection, batch: int, *, limit: int | None = 500) -> list[LogEntry]:
    """The rows of one batch, in order."""
    gone = undone_batches(connection).get(batch)
    rows = connection.execute(
        f"{_ENTRY} WHERE h.batch_id = ? ORDER BY h.seq{limited(limit)}", [batch]
    )
    return [LogEntry(*[*row, gone]) for row in rows]


def batch_records(
    connection: Connection, batch: int, entities: Sequence[str] = ()
) -> list[tuple[str, int]]:
    """Kind and id of the records that a batch is about, the first first; of some kinds only."""
    # By the kinds the engine would look through all history that there ever was of them.
    only = f" AND entity IN ({marks(entities)})" if entities else ""
    rows = connection.execute(
        f"SELECT entity, entity_id FROM history {engine.by_index('history_by_batch')}"
        f" WHERE batch_id = ?{only}"
        " GROUP BY entity, entity_id ORDER BY MIN(seq)",
        [batch, *entities],
    )
    return rows.fetchall()


def first_batch_after(connection: Connection, batch: int, kind: str) -> int | None:
    """The first batch of a kind that was written after another one."""
    row = connection.execute(
        "SELECT MIN(id) FROM batch WHERE id > ? AND kind = ?", [batch, kind]
    ).fetchone()
    return None if row[0] is None else int(row[0])


def count_batches(connection: Connection, *, newer_than: int = 0) -> int:
    """How many batches there are, or how many newer than one."""
    row = connection.execute("SELECT COUNT(*) FROM batch WHERE id > ?", [newer_than]).fetchone()
    return int(row[0])


def batches(
    connection: Connection, *, limit: int | None = 50, after: int = 0
) -> Iterator[BatchSummary]:
    """The newest batches, newest first, after so many of them."""
    gone = undone_batches(connection)
    rows = connection.execute(
        "SELECT id, kind, who, recorded_at, recorded_on, reason, undoes, on_behalf FROM batch"
        f" ORDER BY id DESC{limited(limit, after)}"
    ).fetchall()
    for row in rows:
        first, last = connection.execute(
            "SELECT MIN(seq), MAX(seq) FROM history WHERE batch_id = ?", [row[0]]
        ).fetchone()
        yield BatchSummary(*[*row, gone.get(row[0]), last - first + 1])


def present_values(
    connection: Connection, entity: str, ids: Iterable[int]
) -> dict[int, dict[str, Value]]:
    """What the dated fields of records are at present, by id."""
    names = [name for name in ENTITIES[entity].fields if name in DATED[entity]]
    if not names:
        return {}
    query = f"SELECT id, {', '.join(names)} FROM {ENTITIES[entity].table} WHERE id IN ({{marks}})"
    rows = fetch_chunks(connection, query, sorted(ids))
    return {id: dict(zip(names, values, strict=True)) for id, *values in rows}
