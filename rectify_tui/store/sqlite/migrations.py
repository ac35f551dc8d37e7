"""Scripts that make a store what it is, by sqlite-utils, and what they make of an empty one."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from rectify_tui.store.sqlite.connection import Schema, SqliteConnection
from rectify_tui.store.sqlite.driver import sqlite3

_MIGRATION_SET = "rectify"


def applied(connection: SqliteConnection) -> list[str]:
    """Names of the migrations that a store has had, in order."""
    (has_table,) = connection.execute(
        "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = '_sqlite_migrations'"
    ).fetchone()
    if not has_table:
        return []
    rows = connection.execute(
        "SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY id", [_MIGRATION_SET]
    )
    return [name for (name,) in rows]


Functions = Mapping[str, Callable[[Any], Any]]
"""What scripts may call besides, by name; each takes one value."""


def migrate(connection: SqliteConnection, scripts: Mapping[str, str], functions: Functions) -> None:
    """Run those of the scripts, by name and in order, that the store has not had yet."""
    from sqlite_utils import Database, Migrations

    _teach(connection, functions)
    migrations = Migrations(_MIGRATION_SET)
    for name, script in scripts.items():

        def run(database: Database, script: str = script) -> None:
            for statement in statements(script):
                database.execute(statement)

        migrations(name=name)(run)
    migrations.apply(Database(connection))


def statements(script: str) -> list[str]:
    """The statements of an SQL script; a trigger's body stays in one piece."""
    complete: list[str] = []
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if line.rstrip().endswith(";") and sqlite3.complete_statement(pending):
            complete.append(pending)
            pending = ""
    return complete


def _teach(connection: SqliteConnection, functions: Functions) -> None:
    for name, function in functions.items():
        connection.create_function(name, 1, function, deterministic=True)


def schema_of(scripts: Iterable[str], functions: Functions) -> Schema:
    """What scripts make of an empty store: what `schema` should find."""
    with contextlib.closing(
        sqlite3.connect(":memory:", isolation_level=None, factory=SqliteConnection)
    ) as connection:
        _teach(connection, functions)
        for script in scripts:
            for statement in statements(script):
                connection.execute(statement)
        return connection.schema()
