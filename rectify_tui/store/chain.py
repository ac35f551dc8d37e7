"""The hash chain over history: each row's hash covers the row, its batch and the hash before it."""

from __future__ import annotations

import json
from functools import cache
from json.encoder import encode_basestring as _quoted
from typing import TYPE_CHECKING, NamedTuple

from rectify_tui.store.connection import Connection, marks

if TYPE_CHECKING:
    import hashlib
    from collections.abc import Callable

    from rectify_tui.domain.timeline import Row

GENESIS = "0" * 64

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


def head(connection: Connection) -> tuple[int, str]:
    """Sequence and hash of the newest row."""
    row = connection.execute("SELECT seq, hash FROM history ORDER BY seq DESC LIMIT 1").fetchone()
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
    row = connection.execute("SELECT hash FROM history WHERE seq = 1").fetchone()
    return str(row[0] if row else GENESIS)[:12]
