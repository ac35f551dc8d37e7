"""Opening a store to read or to write, in whatever state its file and its disk are."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from rectify_tui.errors import Problem
from rectify_tui.part_file import OWNER_ONLY, make_folder
from rectify_tui.store.sqlite.connection import SETTINGS, SqliteConnection
from rectify_tui.store.sqlite.driver import WAL_IS_SAFE, Address, DatabaseError, sqlite3
from rectify_tui.store.sqlite.files import exists, log_size
from rectify_tui.store.sqlite.troubles import problem_of, trouble_of

APPLICATION_ID = 0x52435446
"""Written into the header ("RCTF"), so that another program's file is never taken for ours."""


_READ_KB, _WRITE_KB = 8192, 32768
"""Kilobytes of pages that a connection keeps. Whoever writes holds there what it has changed; of
what is only read the system keeps as much, once for all connections.
"""

WAIT_MS = 5000
"""How long, in milliseconds, whoever writes second waits before the store is said to be busy."""


def connect(address: Address, *, write: bool = False, unfinished: bool = False) -> SqliteConnection:
    """An open connection with all settings applied, for one thread at a time.

    Without `write` SQLite itself refuses every change. An `unfinished` store is thrown away unless
    it is filled to the end: until then nothing has to be on disk. Raises `Problem` where the file
    is missing, cannot be opened, or is not a SQLite file.
    """
    if not exists(address):
        raise Problem("store.missing", path=address)
    try:
        connection = _opened(address, "mode=rw", write=write and not unfinished)
        if write and unfinished:
            _hurry(connection)
        return connection
    except DatabaseError as error:
        if not write and trouble_of(error) in _NO_ROOM_BESIDE:
            with contextlib.suppress(DatabaseError):
                return _opened_alone(address)
        raise problem_of(error, address) from error


_NO_ROOM_BESIDE = frozenset({"cannot_open", "read_only", "io", "full"})
"""How it ends where SQLite cannot make the file through which readers and writers meet."""

_STILL = "mode=ro&immutable=1"
"""Reading a file as it lies there, without its log and without a lock."""

_STILL_WITH_LOG = "mode=ro&vfs=unix-none"
"""The same with its log; the index of that is kept in memory, where the lock is exclusive."""


def _opened(address: Address, how: str, *, write: bool) -> SqliteConnection:
    connection = sqlite3.connect(
        f"{address.absolute().as_uri()}?{how}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        factory=SqliteConnection,
    )
    try:
        if how == _STILL_WITH_LOG:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        for setting in (*SETTINGS, f"PRAGMA busy_timeout = {WAIT_MS}"):
            connection.execute(setting)
        connection.execute(f"PRAGMA cache_size = -{_WRITE_KB if write else _READ_KB}")
        connection.execute("PRAGMA schema_version").fetchone()
        if write:
            with contextlib.suppress(DatabaseError):  # somebody has it open: later, then
                _keep_log(connection)
        else:
            connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _opened_alone(address: Address) -> SqliteConnection:
    """A connection for reading where nothing can be written beside the store.

    On a disk that is full or may only be read SQLite cannot make the file through which it reads
    along with a writer. If anybody were writing, that file would be there.
    """
    state = _state(address)
    how = _STILL_WITH_LOG if log_size(address) else _STILL
    connection = _opened(address, how, write=False)
    connection.outdated = lambda: _state(address) != state
    return connection


def _state(address: Address) -> tuple[float, int, int]:
    """What changes about a store's files when somebody writes after all."""
    stat = address.stat()
    return stat.st_mtime, stat.st_size, log_size(address)


@contextlib.contextmanager
def without_log(address: Address) -> Iterator[SqliteConnection]:
    """A connection that sees what a copy of the file alone would hold."""
    with contextlib.closing(_opened(address, _STILL, write=False)) as connection:
        yield connection


def create(address: Address) -> SqliteConnection:
    """A connection for writing to a new, empty file, which only its owner may read.

    Raises `Problem` where something is there already.
    """
    make_folder(address.parent)
    try:
        _touch(address)
    except FileExistsError:
        raise Problem("store.exists", path=address) from None
    connection = connect(address, write=True)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    return connection


class _Scratch(SqliteConnection):
    path = ""

    def close(self) -> None:
        super().close()
        Path(self.path).unlink(missing_ok=True)


def scratch() -> SqliteConnection:
    """An empty store of one's own on disk, gone when it is closed.

    It is a file, since a store without a name lies in memory where the library was built so, as
    that of the wheel was.
    """
    import tempfile

    handle, path = tempfile.mkstemp(prefix="rectify-")
    os.close(handle)
    connection = sqlite3.connect(path, isolation_level=None, factory=_Scratch)
    connection.path = path
    for setting in (
        "locking_mode = EXCLUSIVE", "journal_mode = OFF", "synchronous = OFF",
        "cache_size = -16384",
    ):  # fmt: skip
        connection.execute(f"PRAGMA {setting}")
    return connection


def _keep_log(connection: SqliteConnection) -> None:
    connection.execute(f"PRAGMA journal_mode = {'WAL' if WAL_IS_SAFE else 'DELETE'}")


def _hurry(connection: SqliteConnection) -> None:
    """Write each page once, whenever the system likes, with a way back in memory alone."""
    for setting in (
        "query_only = OFF", "synchronous = OFF", "journal_mode = MEMORY", "cache_size = -131072",
    ):  # fmt: skip
        connection.execute(f"PRAGMA {setting}")


def is_ours(connection: SqliteConnection) -> bool:
    """Whether the file says of itself that it is a store."""
    (number,) = connection.execute("PRAGMA application_id").fetchone()
    return bool(number == APPLICATION_ID)


def _touch(path: Path) -> None:
    """Make an empty file for its owner alone: SQLite gives what it keeps beside it the same rights.

    Rights that were taken away only after writing would leave a moment in which all may read.
    """
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY))
