"""Taking a batch back, and bringing it again, by compensating batches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from rectify_tui.domain.timeline import Row, standing_rows
from rectify_tui.errors import Problem, Refusal
from rectify_tui.store.batches import undone_batches
from rectify_tui.store.chain import FOUNDATIONS, head
from rectify_tui.store.commands.items import refuse_cycles
from rectify_tui.store.connection import Connection, fetch_chunks
from rectify_tui.store.draft import Draft
from rectify_tui.store.history import ALIVE, last_batch_about
from rectify_tui.store.labels import called, label
from rectify_tui.store.ledger import Ledger, Receipt
from rectify_tui.store.records import CASE, DECLARED, ENTITIES, ITEM, REPORT, owner_of
from rectify_tui.store.reports import KIND as FREEZE
from rectify_tui.store.reports import WITHDRAWAL

_Rows = dict[str, dict[int, list[Row]]]
"""Rows of history by entity and record; what they say (`old`, `new`) is left out."""

_WINDOW = 5_000
"""Records that are taken back at a time."""

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


def _outlook(connection: Connection, batch: int) -> tuple[str, _Rows]:
    """The kind of a batch that can be taken back, and its rows."""
    kind = _require_live(connection, batch)
    rows = _rows_of(connection, batch)
    if REPORT in rows:
        raise Refusal("undo.published", batch=batch)
    _require_free_way(connection, batch, rows)
    return kind, rows


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
        kind, rows = _outlook(draft.connection, batch)
        # Last first, since what came later may refer to what came before.
        for entity, by_record in reversed(list(rows.items())):
            for part in _windows(by_record):
                draft.retract(entity, _with_words(draft.connection, entity, part))
                if entity in (ITEM, CASE):
                    _require_free_numbers(draft, batch, entity, part)
        draft.flush()
        _require_targets(draft.connection, batch, rows)
        refuse_cycles(draft, _existing(draft.connection, rows.get(ITEM, {})))
    return Undone(batch, kind, author_of(ledger.reader(), batch), writing.receipt)


def _windows(rows: dict[int, list[Row]]) -> Iterator[dict[int, list[Row]]]:
    ids = iter(rows)
    while part := list(islice(ids, _WINDOW)):
        yield {id: rows[id] for id in part}


def _about(rows: Iterable[Row], *fields: str) -> bool:
    """Whether any row is about one of these fields, or about a whole record."""
    return any(row.field in ("", *fields) for row in rows)


def _require_free_numbers(
    draft: Draft, batch: int, entity: str, rows: Mapping[int, list[Row]]
) -> None:
    """Raise `Refusal` where a record comes back whose number another one has got meanwhile."""
    query = f"SELECT id FROM {ENTITIES[entity].table} WHERE programme_id = ? AND number = ?"
    for id in (id for id, own in rows.items() if _about(own, "programme_id", "number")):
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
        "SELECT entity, entity_id, seq, field, effective_on, retracts FROM history"
        " WHERE batch_id = ? ORDER BY seq",
        [batch],
    )
    for entity, id, seq, field, on, retracts in rows:
        row = Row(seq, field, None, None, on, retracts)
        by_entity.setdefault(entity, {}).setdefault(id, []).append(row)
    return by_entity


def _with_words(
    connection: Connection, entity: str, rows: Mapping[int, list[Row]]
) -> dict[int, list[Row]]:
    """Rows of a batch about some records, with what they say."""
    seqs = [row.seq for own in rows.values() for row in own]
    query = (
        "SELECT entity_id, seq, field, old, new, effective_on, retracts FROM history"
        " WHERE seq BETWEEN ? AND ? AND entity = ? AND entity_id IN ({marks}) ORDER BY seq"
    )
    full: dict[int, list[Row]] = {id: [] for id in rows}
    for id, *row in fetch_chunks(connection, query, list(rows), min(seqs), max(seqs), entity):
        full[id].append(Row(*row))
    return full


def _require_free_way(connection: Connection, batch: int, rows: _Rows) -> None:
    """Raise `Refusal` naming later changes that build on what would be taken back.

    The rows of a batch follow one another, so what is later comes after the last of them.
    """
    last = max(
        (row.seq for each in rows.values() for own in each.values() for row in own), default=0
    )
    if last >= head(connection)[0]:
        return
    query = (
        "SELECT entity_id, batch_id, seq, field, effective_on, retracts FROM history"
        " WHERE seq > ? AND entity = ? AND entity_id IN ({marks}) ORDER BY seq"
    )
    blocking: dict[tuple[int, str, int], set[str]] = defaultdict(set)
    for entity, by_record in rows.items():
        since: defaultdict[int, list[Row]] = defaultdict(list)
        batches: dict[int, int] = {}
        for id, batch_id, seq, field, on, retracts in fetch_chunks(
            connection, query, list(by_record), last, entity
        ):
            since[id].append(Row(seq, field, None, None, on, retracts))
            batches[seq] = batch_id
        for id, rows_since in since.items():
            for later in _later(by_record[id], rows_since):
                blocking[batches[later.seq], entity, id].add(later.field)
    for batch_id, entity, id, field in _taken_back_otherwise(connection, batch):
        blocking[batch_id, entity, id].add(field)
    if blocking:
        raise Refusal("undo.in_way", batch=batch, changes=_described(connection, blocking))


def _taken_back_otherwise(
    connection: Connection, batch: int
) -> Iterable[tuple[int, str, int, str]]:
    """Batch, record and field of later rows that take back what this one had brought again.

    To take it back as well would be to no effect, and would leave it gone when they are undone.
    """
    return connection.execute(
        "SELECT h.batch_id, h.entity, h.entity_id, h.field FROM history own"
        " JOIN history undoing ON undoing.seq = own.retracts"
        " JOIN history h ON h.retracts = undoing.retracts AND h.seq > own.seq"
        f" WHERE own.batch_id = ? AND {ALIVE}",
        [batch],
    )


def _later(own: list[Row], since: list[Row]) -> Iterable[Row]:
    """Rows that count, after these, about the same field, or any where a record appeared.

    Where the record itself was taken back, the row that did so.
    """
    fields = {row.field for row in own}
    standing = standing_rows(since)
    yield from (
        row for row in standing if row.retracts is None and ("" in fields or row.field in fields)
    )
    brought_back = {row.seq for row in since if row.retracts is not None}
    if "" not in fields and any(
        row.field == "" and row.retracts is not None and row.retracts not in brought_back
        for row in standing
    ):
        yield max(row for row in since if row.field == "")


def _require_targets(connection: Connection, batch: int, rows: _Rows) -> None:
    """Raise `Refusal` where a record refers to one that is gone, or goes with this batch."""
    goes = {entity for entity, each in rows.items() if any(map(_about, each.values()))}
    gone: dict[tuple[int, str, int], set[str]] = {}
    for target, spec in ENTITIES.items():
        for table, column in spec.used_by:
            entity, key = owner_of(table)
            ids = [
                id
                for id, own in rows.get(entity, {}).items()
                if target in goes or _about(own, column, "regions")
            ]
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
