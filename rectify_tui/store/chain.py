"""The hash chain over history: each row's hash covers the row, its batch and the hash before it."""

from __future__ import annotations

import json
from functools import cache
from json.encoder import encode_basestring as _quoted
from typing import TYPE_CHECKING, NamedTuple

from rectify_tui.store.connection import Connection, engine, marks

if TYPE_CHECKING:
    import hashlib
    from collections.abc import Callable, Iterator

    from rectify_tui.domain.timeline import Row

GENESIS = "0" * 64

Head = tuple[int, str]
"""Number and hash of a row of history, which seals all before it."""

_encode = json.JSONEncoder(ensure_ascii=False).encode


class Batch(NamedTuple):
    """One change as its author made it. `recorded_at` is UTC, `recorded_on` the author's date.

    `who` is the account that wrote it, `on_behalf` of whom, where somebody was named.
    """

    id: int
    kind: str
    who: str
    recorded_at: str
    recorded_on: str
    reason: str | None
    undoes: int | None
    on_behalf: str | None = None

    @property
    def seal(self) -> str:
        """The part of the hashed text that all rows of the batch share."""
        content = [self.id, self.kind, self.who, self.recorded_at, self.recorded_on, self.reason,
                self.undoes]  # fmt: skip
        if self.on_behalf is not None:  # so that batches from before this was kept hash as ever
            content.append(self.on_behalf)
        return _encode(content)


def link(before: str, seal: str, entity: str, entity_id: int, row: Row) -> str:
    """The hash of a history row, given the hash before it and the seal of its batch."""
    text = _hashed_text(before, seal, entity, entity_id, row)
    return _sha256()(text.encode("utf-8", "surrogatepass")).hexdigest()


_WHOLE = {int, type(None)}


@cache
def _sha256() -> Callable[[bytes], hashlib._Hash]:
    """The hash function, whose library takes its time to load and is not needed for reading."""
    import hashlib

    return hashlib.sha256


def _hashed_text(before: str, seal: str, entity: str, entity_id: int, row: Row) -> str:
    """The JSON list that a hash is made of, put together by hand: that is twice as fast."""
    seq, field, old, new, on, retracts = row
    if {type(entity_id), type(seq), type(retracts)} <= _WHOLE:
        try:
            return (
                f"[{_quoted(before)}, {_quoted(seal)}, {_quoted(entity)}, {entity_id}, {seq},"
                f" {_quoted(field)}, {'null' if old is None else _quoted(old)},"
                f" {'null' if new is None else _quoted(new)}, {_quoted(on)},"
                f" {'null' if retracts is None else retracts}]"
            )
        except TypeError:
            pass  # somebody put something else into a column
    return _encode([before, seal, entity, entity_id, *row])


def hashed_rows(connection: Connection, after: int, before: str) -> Iterator[tuple[int, int, bool]]:
    """Number and batch of each row after one, and whether its hash is right.

    `before` is the hash of that one. The engine puts the hashed text together; where its hash is
    another, that is done once more as `link` does it, which decides.
    """
    from rectify_tui.store.shapes import whole

    sha256, shapes = _sha256(), dict(connection.execute("SELECT id, fields FROM shape"))
    seals: dict[int, bytes] = {}
    for seq, batch, kept, text, bare, shape, end in connection.execute(_HASHED, [after]):
        if batch not in seals:
            seals = {batch: _sealed(connection, batch)}
        entered = b""
        if shape is not None:
            entered = _quoted(whole(bare, shapes.get(shape, "")) or "").encode()
        hashed = b'["%s", %s, %s%s%s' % (before.encode(), seals[batch], text, entered, end)
        right = sha256(hashed).digest() == kept
        yield seq, batch, right or _is_right(connection, seq, before)
        before = kept.hex() if isinstance(kept, bytes) else str(kept)


def _joined(*columns: str) -> str:
    return " || ', ' || ".join(map(engine.as_json, columns))


_TEXT = (
    f"{_joined('entity', 'entity_id', 'seq', 'field', 'old')} || ', '"
    f" || CASE WHEN shape_id IS NULL THEN {engine.as_json('new')} ELSE '' END"
)
_END = f"', ' || {_joined('effective_on', 'retracts')} || ']'"
_HASHED = (
    f"SELECT seq, batch_id, hash, {engine.as_bytes(_TEXT)},"
    " CASE WHEN shape_id IS NOT NULL THEN new END, shape_id,"
    f" {engine.as_bytes(_END)}"
    " FROM history WHERE seq > ? ORDER BY seq"
)


def _sealed(connection: Connection, batch: int) -> bytes:
    """The seal of a batch as it stands in the hashed text; empty text where there is no such."""
    return _quoted(read_seal(connection, batch)).encode("utf-8", "surrogatepass")


def read_seal(connection: Connection, batch: int) -> str:
    """The seal of a batch that is kept; empty text where there is none."""
    row = connection.execute(
        "SELECT id, kind, who, recorded_at, recorded_on, reason, undoes, on_behalf FROM batch"
        " WHERE id = ?", [batch],
    ).fetchone()  # fmt: skip
    return Batch(*row).seal if row else ""


def _is_right(connection: Connection, seq: int, before: str) -> bool:
    from rectify_tui.domain.timeline import Row
    from rectify_tui.store.shapes import whole

    kept: str
    batch, entity, id, kept, fields, *rest = connection.execute(
        f"SELECT batch_id, entity, entity_id, {HASH},"
        " (SELECT fields FROM shape WHERE id = shape_id), seq, field, old, new, effective_on,"
        " retracts FROM history WHERE seq = ?", [seq],
    ).fetchone()  # fmt: skip
    row = Row(*rest)
    if fields is not None:
        row = row._replace(new=whole(row.new or "", fields))
    return kept == link(before, read_seal(connection, batch), entity, id, row)


HASH = engine.as_hex("hash")
"""The hash of a row of history as digits, in SQL."""


def head(connection: Connection) -> tuple[int, str]:
    """Sequence and hash of the newest row."""
    row = connection.execute(
        f"SELECT seq, {HASH} FROM history ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    return row or (0, GENESIS)


def last_recorded_on(connection: Connection) -> str | None:
    """The author's date of the newest batch as ISO text; None in a store without any.

    Of several authors one may have a clock that is behind, so it is the latest date of all.
    """
    newest: str | None
    (newest,) = connection.execute("SELECT MAX(recorded_on) FROM batch").fetchone()
    return newest


FOUNDATIONS = ("regions", "seed", "simulate")
"""Kinds of batch that hold what the program brings with it, and not what people did."""


def last_recorded_at(connection: Connection) -> tuple[str | None, str | None]:
    """When the newest batch was recorded, and the newest that people made; None without any."""
    newest = connection.execute("SELECT recorded_at FROM batch ORDER BY id DESC LIMIT 1").fetchone()
    of_people = connection.execute(
        f"SELECT recorded_at FROM batch WHERE kind NOT IN ({marks(FOUNDATIONS)})"
        " ORDER BY id DESC LIMIT 1",
        FOUNDATIONS,
    ).fetchone()
    return newest and newest[0], of_people and of_people[0]


def origin(connection: Connection) -> str:
    """What tells this ledger from others: the beginning of the hash of its first row."""
    row = connection.execute(f"SELECT {HASH} FROM history WHERE seq = 1").fetchone()
    return str(row[0] if row else GENESIS)[:12]
