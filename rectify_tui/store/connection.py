"""What the store asks of a database, and which engine answers: SQLite so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from contextlib import AbstractContextManager
from typing import Any, Protocol

from rectify_tui.store import sqlite as engine
from rectify_tui.store.sqlite import Address, DatabaseError, Integrity, IntegrityError, Schema

__all__ = [
    "Address", "Connection", "Cursor", "DatabaseError", "IntegrityError", "Schema", "engine",
    "fetch_chunks", "limited", "marks",
]  # fmt: skip


class Cursor(Protocol):
    """The rows of a statement, each a tuple."""

    def fetchone(self) -> Any:
        """The next row, None after the last."""

    def fetchmany(self, size: int, /) -> list[Any]:
        """So many rows more, fewer at the end."""

    def fetchall(self) -> list[Any]:
        """All rows that are left."""

    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """One connection, for one thread at a time. Statements have `?` for their parameters."""

    def execute(self, sql: str, parameters: Sequence[object] = ..., /) -> Cursor:
        """Run a statement. Raises `DatabaseError`."""

    def executemany(self, sql: str, rows: Iterable[Sequence[object]], /) -> Cursor:
        """Run a statement once for each row of parameters. Raises `DatabaseError`."""

    def insert(
        self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]], /
    ) -> None:
        """Add rows to a table, in their order. Raises `DatabaseError`."""

    def snapshot(self) -> AbstractContextManager[None]:
        """Everything read inside is of one moment, whoever writes meanwhile; may be nested."""

    def transaction(self) -> AbstractContextManager[None]:
        """Everything written inside, or nothing; keys have to hold at the end only."""

    def attempt(self) -> AbstractContextManager[None]:
        """Something that may fail inside a snapshot, which can be read further all the same."""

    def sparing(self) -> AbstractContextManager[None]:
        """Read all of a store in little memory, however large it is: begin before anything else."""

    def integrity(self) -> Integrity:
        """Look through all that the engine keeps."""

    def schema(self) -> Schema:
        """Tables, indexes, triggers and views, without what the engine keeps for itself."""

    def rebuild_indexes(self) -> None:
        """Make all indexes anew from the tables."""

    @property
    def outdated(self) -> Callable[[], bool]:
        """Says whether this sees what was there when it was made and is no longer."""

    def settle(self) -> None:
        """Bring changes to where a plain copy finds them, if nothing stands in the way."""

    def close(self) -> None:
        """Give the connection back."""


def marks(values: Sized) -> str:
    """As many `?` as there are values, with commas between; there has to be one.

    SQLite would take `IN ()`, other engines do not.
    """
    if not len(values):
        raise ValueError("nothing to choose from: leave the query out")
    return ",".join("?" * len(values))


def limited(limit: int | None, after: int = 0) -> str:
    """The end of a query of which only some rows are wanted, after so many; None for all."""
    return "" if limit is None else f" LIMIT {int(limit)}" + (f" OFFSET {after}" if after else "")


def fetch_chunks(
    connection: Connection, query: str, ids: Sequence[int | str], *before: Any, size: int = 500
) -> Iterator[tuple[Any, ...]]:
    """Rows of a query whose `{marks}` stands for the ids, asked in chunks that engines accept."""
    for start in range(0, len(ids), size):
        part = ids[start : start + size]
        yield from connection.execute(query.format(marks=marks(part)), [*before, *part])
