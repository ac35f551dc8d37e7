"""Brings a store to this version's schema: numbered SQL files, each run once, in order."""

from __future__ import annotations

import contextlib

from rectify_tui.errors import Problem
from rectify_tui.resources import data_folder
from rectify_tui.store.connection import Address, Schema, engine
from rectify_tui.store.copying import copy_before_migration


def scripts() -> dict[str, str]:
    """The migrations that this version carries by name, in order."""
    paths = sorted((data_folder("db") / "migrations").glob("*.sql"))
    return {path.stem: path.read_text("utf-8") for path in paths}


def ideal_schema() -> Schema:
    """The schema of a store that has had all migrations."""
    return engine.schema_of(scripts().values())


def create(address: Address) -> None:
    """Make a new, empty store. Raises `Problem` where there is something already."""
    with contextlib.closing(engine.create(address)) as connection:
        engine.migrate(connection, scripts())


def upgrade(address: Address) -> Address | None:
    """Bring an older store up to date, with a copy of it first; returns the copy's address.

    Raises `Problem` for a file of another program or of a newer version, and leaves it untouched.
    """
    with contextlib.closing(engine.connect(address)) as connection:
        had = require_known(connection, address)
    if had == list(scripts()):
        return None
    backup = copy_before_migration(address, had[-1] if had else None)
    return backup if migrate(address) else None  # of several who come at once, one migrates


def migrate(address: Address) -> bool:
    """Run the migrations that a store has not had, without a copy; whether there were any."""
    with (
        contextlib.closing(engine.connect(address, write=True)) as connection,
        connection.transaction(),
    ):
        if engine.applied(connection) == list(scripts()):
            return False
        engine.migrate(connection, scripts())
    return True


def require_known(connection: engine.SqliteConnection, address: Address) -> list[str]:
    """The migrations that a store has had.

    Raises `Problem` for a file of another program or of a newer version.
    """
    if not engine.is_ours(connection):
        raise Problem("store.not_ours", path=address)
    had = engine.applied(connection)
    if unknown := [name for name in had if name not in scripts()]:
        raise Problem("store.newer", path=address, migration=unknown[-1])
    return had
