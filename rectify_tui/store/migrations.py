"""Brings a store to this version's schema: numbered SQL files, applied through sqlite-utils."""

from __future__ import annotations

import contextlib
import itertools
from pathlib import Path

from rectify_tui.errors import Problem
from rectify_tui.resources import data_folder
from rectify_tui.store.connection import (
    APPLICATION_ID,
    Connection,
    choose_journal,
    connect,
    transaction,
)

MIGRATION_SET = "rectify"


def known() -> list[str]:
    """Names of the migrations that this version carries, in order."""
    return [path.stem for path in sorted((data_folder("db") / "migrations").glob("*.sql"))]


def applied(connection: Connection) -> list[str]:
    """Names of the migrations that a store has had, in order."""
    has_table = connection.execute(
        "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = '_sqlite_migrations'"
    ).fetchone()[0]
    if not has_table:
        return []
    rows = connection.execute(
        "SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY id", [MIGRATION_SET]
    )
    return [name for (name,) in rows]


def statements(script: str) -> list[str]:
    """The statements of an SQL script; a trigger's body stays in one piece."""
    import sqlite3

    found: list[str] = []
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if line.rstrip().endswith(";") and sqlite3.complete_statement(pending):
            found.append(pending)
            pending = ""
    return found


def create(path: Path) -> None:
    """Make a new, empty store. Raises `Problem` where the file exists already."""
    if path.exists():
        raise Problem("store.exists", path=path)
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = connect(path, create=True, write=True)
    try:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        choose_journal(connection)
        _apply(connection)
    finally:
        connection.close()


def upgrade(path: Path) -> Path | None:
    """Bring an older store up to date, with a copy beside it first; returns the copy's path.

    Raises `Problem` for a file of another program or of a newer version, and leaves it untouched.
    """
    connection = connect(path)
    try:
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise Problem("store.not_ours", path=path)
        had = applied(connection)
    finally:
        connection.close()
    carried = known()
    if unknown := [name for name in had if name not in carried]:
        raise Problem("store.newer", path=path, migration=unknown[-1])
    if had == carried:
        return None
    backup = _backup(path, had[-1] if had else "empty")
    connection = connect(path, write=True)
    try:
        with transaction(connection):  # of several who come at once, one migrates
            if applied(connection) == carried:
                backup.unlink()
                return None
            _apply(connection)
    finally:
        connection.close()
    return backup


def _backup(path: Path, label: str) -> Path:
    backup = _reserved(path, label)
    connection = connect(path, write=True)
    try:
        connection.execute("VACUUM INTO ?", [str(backup)])
    finally:
        connection.close()
    return backup


def _reserved(path: Path, label: str) -> Path:
    """An empty file of a new name beside the store, which nobody else takes."""
    for count in itertools.count(1):
        backup = path.with_name(f"{path.name}.{label}.{count}.bak")
        with contextlib.suppress(FileExistsError):
            backup.touch(exist_ok=False)
            break
    return backup


def _apply(connection: Connection) -> None:
    from sqlite_utils import Database, Migrations

    migrations = Migrations(MIGRATION_SET)
    for path in sorted((data_folder("db") / "migrations").glob("*.sql")):
        script = path.read_text("utf-8")

        def run(db: Database, script: str = script) -> None:
            for statement in statements(script):
                db.execute(statement)

        migrations(name=path.stem)(run)
    migrations.apply(Database(connection))
