"""Taking a batch back, and bringing it again, by compensating batches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rectify_tui.domain.timeline import Row, live_rows
from rectify_tui.errors import Problem, Refusal
from rectify_tui.store.batches import undone_batches
from rectify_tui.store.chain import FOUNDATIONS
from rectify_tui.store.commands.items import refuse_cycles
from rectify_tui.store.connection import Connection, fetch_chunks
from rectify_tui.store.draft import Draft
from rectify_tui.store.history import last_batch_about
from rectify_tui.store.labels import called, label
from rectify_tui.store.ledger import Ledger, Receipt
from rectify_tui.store.records import CASE, DECLARED, ENTITIES, ITEM, REPORT, owner_of
from rectify_tui.store.reports import KIND as FREEZE
from rectify_tui.store.reports import WITHDRAWAL

_Rows = dict[str, dict[int, list[Row]]]
"""Rows of history by entity and record."""

LASTING = (FREEZE, WITHDRAWAL)
"""Kinds of batch that are never taken back: what was published stays on record."""


@dataclass(frozen=True)
class Undone:
    """Which batch was taken back, of which kind, who had written it, and what that came to."""

    batch: int
    kind: str
    who: str
    receipt: Receipt


def last_undoable(connection: Connection, who: str | None = None) -> int | None:
    """The newest batch that can be undone without naming it, of one author if given.

    Foundations are taken back only when they are named.
    """
    gone = undone_batches(connection)
    rows = connection.execute("SELECT id, kind, who FROM batch ORDER BY id DESC")
    for id, kind, author in rows:
        undoable = kind not in ("undo", *FOUNDATIONS, *LASTING)
        if undoable and id not in gone and who in (None, author):
            return int(id)
    return None


def last_redoable(connection: Connection, who: str | None = None) -> int | None:
    """The newest undo after which nothing else was done, of one author if given."""
    gone = undone_batches(connection)
    rows = connection.execute("SELECT id, kind, who, undoes FROM batch ORDER BY id DESC")
    for id, kind, author, undoes in rows:
        if id in gone or who not in (None, author):
            continue
        if kind != "undo":
            return None
        if _kind_of(connection, undoes) != "undo":
            return int(id)
    return None


def undo(ledger: Ledger, batch: int | None = None, *, on_behalf: str | None = None,
         reason: str | None = None) -> Undone:  # fmt: skip
    """Take back a batch, or the newest one of whoever writes, if none is named.

    Undoing an undo brings the batch again. Raises `Refusal` where nothing of one's own is left, the
    batch is undone already, it is about a frozen report, or a later change stands in its way.
    """

    def chosen(connection: Connection) -> int:
        return last_of_author(connection, ledger.who) if batch is None else batch

    return _take_back(ledger, chosen, on_behalf, reason)


def require_undoable(connection: Connection, batch: int) -> str:
    """The kind of a batch that can be taken back as things stand.

    Raises `Problem` for one that there is not, `Refusal` where it is undone already, is about a
    frozen report, or a later change stands in its way.
    """
    return _outlook(connection, batch)[0]


def _outlook(connection: Connection, batch: int) -> tuple[str, _Rows, _Rows]:
    """The kind of a batch that can be taken back, its rows, and all rows about its records."""
    kind = _require_live(connection, batch)
    rows = _rows_of(connection, batch)
    if REPORT in rows:
        raise Refusal("undo.published", batch=batch)
    return kind, rows, _require_free_way(connection, batch, rows)


def redo(ledger: Ledger) -> Undone:
    """Bring back what whoever writes undid last. Raises `Refusal` where that is nothing."""

    def chosen(connection: Connection) -> int:
        undoing = last_redoable(connection, ledger.who)
        if undoing is None:
            raise Refusal("undo.nothing_to_redo")
        return undoing

    return _take_back(ledger, chosen, None, None)


def last_of_author(connection: Connection, who: str) -> int:
    """The newest batch of an author that can be undone.

    Raises `Refusal`, which names the newest batch of anybody else, where there is none.
    """
    own = last_undoable(connection, who)
    if own is not None:
        return own
    other = last_undoable(connection)
    if other is None:
        raise Refusal("undo.nothing")
    raise Refusal("undo.not_yours", who=who, batch=other, other=author_of(connection, other))


def author_of(connection: Connection, batch: int) -> str:
    """The account that wrote a batch."""
    row = connection.execute("SELECT who FROM batch WHERE id = ?", [batch]).fetchone()
    return "" if row is None else str(row[0])


def _take_back(
    ledger: Ledger, chosen: Callable[[Connection], int], on_behalf: str | None, reason: str | None
) -> Undone:
    with ledger.batch("undo", on_behalf=on_behalf, reason=reason, undoes=chosen) as writing:
        draft = writing.draft
        batch = draft.batch.undoes
        assert batch is not None
        kind, rows, known = _outlook(draft.connection, batch)
        # Last first, since what came later may refer to what came before.
        for entity, by_record in reversed(list(rows.items())):
            draft.retract(entity, by_record, known[entity])
        for entity in (ITEM, CASE):
            _require_free_numbers(draft, batch, entity, rows.get(entity, {}))
        draft.flush()
        for entity, by_record in rows.items():
            _require_targets(draft.connection, batch, entity, list(by_record))
        refuse_cycles(draft, _existing(draft.connection, rows.get(ITEM, {})))
    return Undone(batch, kind, author_of(ledger.reader(), batch), writing.receipt)


def _require_free_numbers(draft: Draft, batch: int, entity: str, ids: Iterable[int]) -> None:
    """Raise `Refusal` where a record comes back whose number another one has got meanwhile."""
    query = f"SELECT id FROM {ENTITIES[entity].table} WHERE programme_id = ? AND number = ?"
    for id in ids:
        try:
            values = draft.get(entity, id)
        except Problem:
            continue  # it goes
        key = [values["programme_id"], values["number"]]
        other = draft.connection.execute(query, key).fetchone()
        if other is not None and other[0] != id:
            ref = label(draft.connection, entity, other[0])
            raise Refusal("undo.number_taken", batch=batch, ref=ref)


def _require_live(connection: Connection, batch: int) -> str:
    kind = _kind_of(connection, batch)
    if kind is None:
        raise Problem("undo.no_batch", batch=batch)
    if (by := undone_batches(connection).get(batch)) is not None:
        raise Refusal("undo.already", batch=batch, by=by)
    return kind


def _kind_of(connection: Connection, batch: int) -> str | None:
    row = connection.execute("SELECT kind FROM batch WHERE id = ?", [batch]).fetchone()
    return None if row is None else str(row[0])


def _rows_of(connection: Connection, batch: int) -> _Rows:
    """The rows of a batch by entity (in order of appearance) and record."""
    by_entity: _Rows = {}
    rows = connection.execute(
        "SELECT entity, entity_id, seq, field, old, new, effective_on, retracts FROM history"
        " WHERE batch_id = ? ORDER BY seq",
        [batch],
    )
    for entity, id, *row in rows:
        by_entity.setdefault(entity, {}).setdefault(id, []).append(Row(*row))
    return by_entity


def _require_free_way(connection: Connection, batch: int, rows: _Rows) -> _Rows:
    """All rows about the records of a batch.

    Raises `Refusal` naming later changes that build on what would be taken back.
    """
    query = (
        "SELECT entity_id, batch_id, seq, field, old, new, effective_on, retracts FROM history"
        " WHERE entity = ? AND entity_id IN ({marks}) ORDER BY seq"
    )
    blocking: dict[tuple[int, str, int], set[str]] = defaultdict(set)
    known: _Rows = {}
    for entity, by_record in rows.items():
        histories = known[entity] = {id: [] for id in by_record}
        batches: dict[int, int] = {}
        for id, batch_id, *row in fetch_chunks(connection, query, list(by_record), entity):
            histories[id].append(Row(*row))
            batches[row[0]] = batch_id
        for id, own in by_record.items():
            for later in _later(own, histories[id]):
                if batches[later.seq] != batch:
                    blocking[batches[later.seq], entity, id].add(later.field)
    if blocking:
        raise Refusal("undo.in_way", batch=batch, changes=_described(connection, blocking))
    return known


def _later(own: list[Row], history: list[Row]) -> Iterable[Row]:
    """Live rows after these that changed the same field, or anything where a record appeared.

    Where the record itself was taken back, the row that did so.
    """
    first: dict[str, int] = {}
    for row in own:
        first[row.field] = min(row.seq, first.get(row.field, row.seq))
    alive = live_rows(history)
    for row in alive:
        start = first.get("", first.get(row.field))
        if start is not None and row.seq > start:
            yield row
    if "" not in first and not any(row.field == "" for row in alive):
        yield max(row for row in history if row.field == "")


def _require_targets(connection: Connection, batch: int, entity: str, ids: list[int]) -> None:
    """Raise `Refusal` where a record that comes back refers to one that has been taken away."""
    gone: dict[tuple[int, str, int], set[str]] = {}
    for target, spec in ENTITIES.items():
        for table, column in spec.used_by:
            kind, key = owner_of(table)
            if kind != entity:
                continue
            query = (
                f"SELECT DISTINCT {column} FROM {table} WHERE {key} IN ({{marks}})"
                f" AND {column} IS NOT NULL AND {column} NOT IN (SELECT id FROM {spec.table})"
            )
            for (id,) in fetch_chunks(connection, query, ids):
                batch_about = last_batch_about(connection, target, id) or 0
                gone[batch_about, target, id] = set()
    if gone:
        raise Refusal("undo.in_way", batch=batch, changes=_described(connection, gone))


def _described(
    connection: Connection, blocking: dict[tuple[int, str, int], set[str]]
) -> tuple[Problem, ...]:
    parts = []
    for (batch, entity, id), fields in sorted(blocking.items())[:5]:
        who, on = connection.execute(
            "SELECT who, recorded_on FROM batch WHERE id = ?", [batch]
        ).fetchone()
        what = called(connection, entity, id)
        blanks = {"batch": batch, "who": who, "on": on, "what": what}
        titles = _titles(entity, fields)
        parts.append(Problem("undo.change", **blanks, fields=titles) if titles
                     else Problem("undo.change_of", **blanks))  # fmt: skip
    if len(blocking) > len(parts):
        parts.append(Problem("history.more", n=len(blocking) - len(parts)))
    return tuple(parts)


def _titles(entity: str, columns: Iterable[str]) -> tuple[Problem, ...]:
    """The titles of the fields that columns tell of; what no field declares is left out."""
    told_by = DECLARED[entity].told_by if entity in DECLARED else {}
    keys = {told_by[column].title_key for column in sorted(columns) if column in told_by}
    return tuple(Problem(f"{key}.title") for key in sorted(keys))


def _existing(connection: Connection, ids: Iterable[int]) -> list[int]:
    rows = fetch_chunks(connection, "SELECT id FROM item WHERE id IN ({marks})", list(ids))
    return [id for (id,) in rows]
