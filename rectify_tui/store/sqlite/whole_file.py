"""What is done to the file of a store as a whole: copied, brought to rest, made smaller."""

from __future__ import annotations

import contextlib
from pathlib import Path

from rectify_tui.errors import Problem
from rectify_tui.store.sqlite.connection import SqliteConnection
from rectify_tui.store.sqlite.driver import Address, DatabaseError, sqlite3
from rectify_tui.store.sqlite.opening import connect
from rectify_tui.store.sqlite.troubles import trouble_of


def copy_into(address: Address, empty: Path) -> None:
    """Write a store, as it is at this moment and with what its log holds, into an empty file.

    Whoever has it open may go on writing.
    """
    with (
        contextlib.closing(connect(address)) as connection,
        contextlib.closing(sqlite3.connect(empty, factory=SqliteConnection)) as copy,
    ):
        connection.backup(copy)
    wake(empty)


def bring_to_rest(address: Address) -> None:
    """Bring all that a store's log holds into the file, where nobody else has the store open.

    Raises `Problem` where somebody has, and `DatabaseError` where it cannot be read.
    """
    with contextlib.closing(connect(address, write=True)) as connection:
        connection.execute("PRAGMA busy_timeout = 0")
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
        except DatabaseError as error:
            if trouble_of(error) == "busy":
                raise Problem("store.in_use", path=address) from error
            raise


def wake(address: Address) -> None:
    """Make a store that was brought to rest one again that several may use."""
    connect(address, write=True).close()


def give_back_room(address: Address) -> None:
    """Make a file as small as what it holds, where nobody is in the way and there is room.

    The library may hold all of it in memory meanwhile, so that a large one stays as it is: what is
    free in it is used by what comes.
    """
    with (
        contextlib.closing(connect(address, write=True)) as connection,
        contextlib.suppress(DatabaseError),
        connection.sparing(),
    ):
        pages, free, size = (
            connection.execute(f"PRAGMA {what}").fetchone()[0]
            for what in ("page_count", "freelist_count", "page_size")
        )
        if (pages - free) * size <= _LARGE:
            connection.execute("VACUUM")


_LARGE = 1 << 29
