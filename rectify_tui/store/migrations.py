"""Brings a store to this version's schema: numbered SQL files, each run once, in order."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from rectify_tui.errors import Problem
from rectify_tui.resources import data_folder
from rectify_tui.store.connection import Address, Connection, Schema, engine, marks
from rectify_tui.store.shapes import FUNCTIONS


def scripts() -> dict[str, str]:
    """The migrations that this version carries by name, in order."""
    return {path.stem: path.read_text("utf-8") for path in sorted(_files())}


def _files() -> Iterator[Path]:
    return (data_folder("db") / "migrations").glob("*.sql")


def _names() -> set[str]:
    """The names of the migrations; every command asks for them, so no file is read."""
    return {path.stem for path in _files()}


def newest() -> str:
    """The name of the last migration that this version carries."""
    return max(_names())


def ideal_schema() -> Schema:
    """The schema of a store that has had all migrations."""
    return _schema_of(tuple(scripts().values()))


@lru_cache(1)  # whoever has the ledger open all day asks each time that something was written
def _schema_of(scripts: tuple[str, ...]) -> Schema:
    return engine.schema_of(scripts, FUNCTIONS)


def create(address: Address) -> None:
    """Make a new, empty store. Raises `Problem` where there is something already."""
    with contextlib.closing(engine.create(address)) as connection:
        engine.migrate(connection, scripts(), FUNCTIONS)


def upgrade(address: Address, announce: Callable[[], None] = lambda: None) -> Address | None:
    """Bring an older store up to date, with a copy of it first; returns the copy's address.

    `announce` is called where that is about to begin: of a large store it takes a while.
    Raises `Problem` for a file of another program or of a newer version, and leaves it untouched.
    """
    with contextlib.closing(engine.connect(address)) as connection:
        had, lacks = require_known(connection, address)
    if not lacks:
        return None
    from rectify_tui.store.copying import copy_before_migration

    announce()
    backup = copy_before_migration(address, had[-1] if had else None)
    return backup if migrate(address) else None  # of several who come at once, one migrates


def migrate(address: Address) -> bool:
    """Run the migrations that a store has not had, without a copy; whether there were any."""
    with (
        contextlib.closing(engine.connect(address, write=True)) as connection,
        connection.rewriting(),
        connection.transaction(),
    ):
        had = engine.applied(connection)
        if not _names() - set(had):
            return False
        engine.migrate(connection, scripts(), FUNCTIONS)
        if _JUDGED_SINCE not in had:
            from rectify_tui.store.disagreement_spans import judge_all

            judge_all(connection)
        if _DATED_SINCE not in had and _has_dated(connection):
            from rectify_tui.store.rebuild import rebuild_rows

            rebuild_rows(connection)
    if _SMALLER_SINCE not in had:
        engine.give_back_room(address)
    return True


def require_known(
    connection: engine.SqliteConnection, address: Address
) -> tuple[list[str], set[str]]:
    """The migrations that a store has had, and those that it lacks.

    Raises `Problem` for a file of another program or of a newer version.
    """
    if not engine.is_ours(connection):
        raise Problem("store.not_ours", path=address)
    had, known = engine.applied(connection), _names()
    if unknown := [name for name in had if name not in known]:
        raise Problem("store.newer", path=address, migration=unknown[-1])
    return had, known.difference(had)


_SMALLER_SINCE = "0032_smaller_history"
"""The migration that leaves most of a store's file empty."""

_JUDGED_SINCE = "0034_disagreements"
"""The migration since which it is kept when items disagree."""

_DATED_SINCE = "0012_assignments"
"""The migration since which changes of assignments, and the days of cases, are dated."""


def _has_dated(connection: Connection) -> bool:
    """Whether anything in a store follows otherwise from its history since then."""
    from rectify_tui.domain.timeline import ASSIGNED

    changed = connection.execute(
        f"SELECT 1 FROM history WHERE entity = 'item' AND field IN ({marks(ASSIGNED)}) LIMIT 1",
        ASSIGNED,
    )
    cases = connection.execute(
        "SELECT 1 FROM complaint_case WHERE passed_on IS NOT NULL OR closed_on IS NOT NULL LIMIT 1"
    )
    return bool(changed.fetchone() or cases.fetchone())
