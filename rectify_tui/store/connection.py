"""The one place that opens SQLite and decides its settings."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sized
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3
else:
    try:  # a newer library than the one that Python bundles, where there is a wheel of it
        import pysqlite3 as sqlite3
    except ImportError:
        import sqlite3

from rectify_tui.errors import Problem

Connection = sqlite3.Connection
Cursor = sqlite3.Cursor
DatabaseError = sqlite3.Error
IntegrityError = sqlite3.IntegrityError
OperationalError = sqlite3.OperationalError

APPLICATION_ID = 0x52435446
"""Written into the header ("RCTF"), so that another program's file is never taken for ours."""

WAL_IS_SAFE = sqlite3.sqlite_version_info >= (3, 51, 3)
"""Before 3.51.3 a write-ahead log could be reset wrongly and corrupt the file."""

_SETTINGS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA busy_timeout = 5000",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA synchronous = NORMAL" if WAL_IS_SAFE else "PRAGMA synchronous = FULL",
    "PRAGMA cache_size = -32768",
    "PRAGMA mmap_size = 268435456",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA wal_autocheckpoint = 10000",
)


def connect(path: Path, *, create: bool = False, write: bool = False) -> Connection:
    """An open connection with all settings applied, for one thread at a time.

    Without `write` SQLite itself refuses every change. Raises `Problem` where the file is missing,
    cannot be opened, or is not a SQLite file.
    """
    if not create and not path.exists():
        raise Problem("store.missing", path=path)
    mode = "rwc" if create else "rw"
    try:
        connection: Connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
        )
    except DatabaseError as error:
        raise Problem("store.cannot_open", path=path, error=error) from error
    try:
        for setting in _SETTINGS:
            connection.execute(setting)
        connection.execute("PRAGMA schema_version").fetchone()
        if not write:
            connection.execute("PRAGMA query_only = ON")
    except DatabaseError as error:
        connection.close()
        raise Problem("store.cannot_open", path=path, error=error) from error
    return connection


def choose_journal(connection: Connection) -> None:
    """Use the write-ahead log where the library is safe for it, else a rollback journal."""
    connection.execute(f"PRAGMA journal_mode = {'WAL' if WAL_IS_SAFE else 'DELETE'}")


@contextlib.contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """Everything inside, or nothing; the write lock is taken at the start, so nobody deadlocks."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def marks(values: Sized) -> str:
    """As many `?` as there are values, with commas between."""
    return ",".join("?" * len(values))


def fetch_chunks(
    connection: Connection, query: str, ids: list[int], *before: Any, size: int = 500
) -> Iterator[tuple[Any, ...]]:
    """Rows of a query whose `{marks}` stands for the ids, asked in chunks that SQLite accepts."""
    for start in range(0, len(ids), size):
        part = ids[start : start + size]
        yield from connection.execute(query.format(marks=marks(part)), [*before, *part])
