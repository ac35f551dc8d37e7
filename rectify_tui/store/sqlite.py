"""All that only SQLite can say, so that another engine can come to stand beside it.

What the store asks of an engine is in `store/connection.py`; `docs/data-model.md` lists what each
part here stands for. Whatever else the store says is SQL that a server takes too.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
else:
    # Python brings whatever SQLite it was built with (3.11 often 3.40), and before 3.51.3 a
    # write-ahead log could be reset wrongly and corrupt the file. The wheel brings a newer one.
    try:
        import pysqlite3 as sqlite3
    except ImportError:  # no wheel for this system: see WAL_IS_SAFE
        import sqlite3

from rectify_tui.errors import Problem

NAME = "sqlite"

Address = Path
"""Where a store is: for SQLite a file."""

DatabaseError = sqlite3.Error
IntegrityError = sqlite3.IntegrityError
UNREADABLE = (DatabaseError, UnicodeDecodeError)
"""What a damaged file ends in: SQLite quotes what it cannot read, though it may be no text."""

APPLICATION_ID = 0x52435446
"""Written into the header ("RCTF"), so that another program's file is never taken for ours."""

WAL_IS_SAFE = sqlite3.sqlite_version_info >= (3, 51, 3)
"""Whether readers and a writer may work side by side; else a rollback journal makes them wait."""

SETTINGS = (
    # SQLite checks no references unless it is told to, by every connection anew.
    "PRAGMA foreign_keys = ON",
    # A file may come from anybody: what its schema says may not call functions with side effects.
    "PRAGMA trusted_schema = OFF",
    # A damaged page is noticed when it is read, not after its content has been believed.
    "PRAGMA cell_size_check = ON",
    # What was acknowledged is on disk. With NORMAL and a write-ahead log a power cut may take the
    # last commits back, after the office was told that they are saved.
    "PRAGMA synchronous = FULL",
    "PRAGMA cache_size = -32768",
    "PRAGMA mmap_size = 268435456",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA wal_autocheckpoint = 10000",
)

WAIT_MS = 5000
"""How long, in milliseconds, whoever writes second waits before the store is said to be busy."""

_FILE_MODE, _FOLDER_MODE = 0o600, 0o700
"""A ledger names complainants and officials: it is its owner's until the owner shares it."""

_ANCHORS = ".anchors"
"""Ending of the file beside a store that keeps heads of its history."""

_BESIDE = ("-wal", "-shm", "-journal", _ANCHORS)
"""Endings of the files beside a store that belong to it: those of SQLite, and ours."""

_DATABASE = b"SQLite format 3\0"
_LOGS = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83", b"\xd9\xd5\x05\xf9")
"""How a database begins, and how the two kinds of a write-ahead log and a journal do."""

_MIGRATION_SET = "rectify"


@dataclass(frozen=True)
class Integrity:
    """What SQLite says of its own file: pages looked at, what is damaged, which keys dangle.

    A dangling key is told by its table, its row and the table that lacks what it points to.
    """

    pages: int
    damage: tuple[str, ...]
    dangling: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True)
class SchemaPart:
    """A table, index, trigger or view: the statement that makes it, and a table's columns."""

    statement: str
    columns: tuple[str, ...] = ()


Schema = dict[tuple[str, str], SchemaPart]
"""By kind (`table`, `index`, `trigger`, `view`) and name."""

_COMMENT = re.compile(r"""--[^'"\n]*(?:\n|$)""")


def same_part(one: SchemaPart, other: SchemaPart) -> bool:
    """Whether both say the same, however they are laid out and commented."""
    return _bare(one.statement) == _bare(other.statement)


def _bare(statement: str) -> str:
    return " ".join(_COMMENT.sub(" ", statement).split())


class SqliteConnection(sqlite3.Connection):
    """A connection with what a store needs beyond running statements."""

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """Everything read inside is of one moment, whoever writes meanwhile; may be nested."""
        if self.in_transaction:
            yield
            return
        self.execute("BEGIN")
        try:
            yield
        finally:
            self._roll_back()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything written inside, or nothing; keys have to hold at the end only.

        The lock is taken at the start (IMMEDIATE). A transaction that first reads and then writes
        would have to be refused once somebody else wrote in between, however long it waited: of
        four writers with a plain BEGIN, most attempts end so, and with this none.
        """
        self.execute("BEGIN IMMEDIATE")
        try:
            self.execute("PRAGMA defer_foreign_keys = ON")
            yield
            self.execute("COMMIT")  # which fails where a key dangles, and then leaves it open
        except BaseException:
            self._roll_back()
            raise

    @contextlib.contextmanager
    def attempt(self) -> Iterator[None]:
        """Something that may fail inside a snapshot, which can be read further all the same.

        SQLite would not need the savepoint, but a server refuses everything after an error.
        """
        self.execute("SAVEPOINT attempt")
        try:
            yield
        except BaseException:
            if self.in_transaction:  # some errors end the transaction by themselves
                self.execute("ROLLBACK TO attempt")
                self.execute("RELEASE attempt")
            raise
        self.execute("RELEASE attempt")

    def _roll_back(self) -> None:
        if self.in_transaction:
            self.execute("ROLLBACK")

    def integrity(self) -> Integrity:
        """Look through the whole file. Raises `DatabaseError` where it cannot be read at all."""
        lines = [line for (line,) in self.execute("PRAGMA integrity_check(20)")]
        dangling = [(table, row, to) for table, row, to, _ in self.execute(_DANGLING)]
        (pages,) = self.execute("PRAGMA page_count").fetchone()
        damage = tuple(line for line in lines if line != "ok")
        return Integrity(pages, damage, tuple(dangling))

    def schema(self) -> Schema:
        """Tables, indexes, triggers and views, without what the engine keeps for itself."""
        parts = self.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
            " AND name NOT IN ('sqlite_sequence', 'sqlite_stat1', 'sqlite_stat4')"
            " AND NOT (tbl_name = '_sqlite_migrations' AND type IN ('table', 'index'))"
        ).fetchall()
        return {
            (kind, name): SchemaPart(text, self._columns(name) if kind == "table" else ())
            for kind, name, text in parts
        }

    def _columns(self, table: str) -> tuple[str, ...]:
        rows = self.execute("SELECT name FROM pragma_table_xinfo(?) ORDER BY cid", [table])
        return tuple(name for (name,) in rows)

    def rebuild_indexes(self) -> None:
        """Make all indexes anew from the tables."""
        self.execute("REINDEX")


_DANGLING = "PRAGMA foreign_key_check"


# --- files ---


def exists(address: Address) -> bool:
    """Whether there is anything at an address."""
    return address.exists()


def connect(address: Address, *, write: bool = False) -> SqliteConnection:
    """An open connection with all settings applied, for one thread at a time.

    Without `write` SQLite itself refuses every change. Raises `Problem` where the file is missing,
    cannot be opened, or is not a SQLite file.
    """
    if not exists(address):
        raise Problem("store.missing", path=address)
    try:
        connection = sqlite3.connect(
            f"{address.absolute().as_uri()}?mode=rw",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            factory=SqliteConnection,
        )
    except DatabaseError as error:
        raise Problem("store.cannot_open", path=address, error=error) from error
    try:
        for setting in (*SETTINGS, f"PRAGMA busy_timeout = {WAIT_MS}"):
            connection.execute(setting)
        connection.execute("PRAGMA schema_version").fetchone()
        if not write:
            connection.execute("PRAGMA query_only = ON")
    except DatabaseError as error:
        connection.close()
        raise Problem("store.cannot_open", path=address, error=error) from error
    return connection


def create(address: Address) -> SqliteConnection:
    """A connection for writing to a new, empty file, which only its owner may read.

    Raises `Problem` where something is there already.
    """
    _make_folder(address.parent)
    try:
        _touch(address)
    except FileExistsError:
        raise Problem("store.exists", path=address) from None
    connection = connect(address, write=True)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA journal_mode = {'WAL' if WAL_IS_SAFE else 'DELETE'}")
    return connection


def anchor_file(address: Address) -> Path:
    """The file that keeps heads of a store's history, outside of the store."""
    return address.with_name(address.name + _ANCHORS)


def discard(address: Address) -> None:
    """Remove a store and whatever lies beside it."""
    for ending in ("", *_BESIDE):
        address.with_name(address.name + ending).unlink(missing_ok=True)


def holds_store(path: Path) -> bool:
    """Whether a file is a database, ours or another's, or what lies beside one while it is in use.

    Its content tells, so that another name or a hard link makes no difference.
    """
    with contextlib.suppress(OSError):
        if path.is_file():
            with path.open("rb") as file:
                head = file.read(16)
            if head == _DATABASE or head[:4] in _LOGS:
                return True
        for ending in _BESIDE:
            owner = path.with_name(path.name.removesuffix(ending))
            if owner.name and owner != path and holds_store(owner):
                return True
    return False


def is_ours(connection: SqliteConnection) -> bool:
    """Whether the file says of itself that it is a store."""
    (number,) = connection.execute("PRAGMA application_id").fetchone()
    return bool(number == APPLICATION_ID)


def back_up(address: Address, label: str) -> Address:
    """Copy a store, as it is at this moment, to a new file beside it; returns where."""
    copy = _reserved(address, label)
    with contextlib.closing(connect(address, write=True)) as connection:
        connection.execute("VACUUM INTO ?", [str(copy)])
    return copy


def _reserved(address: Address, label: str) -> Address:
    """An empty file of a new name beside the store, which nobody else takes."""
    for count in itertools.count(1):
        copy = address.with_name(f"{address.name}.{label}.{count}.bak")
        with contextlib.suppress(FileExistsError):
            _touch(copy)
            break
    return copy


def _touch(path: Path) -> None:
    """Make an empty file for its owner alone: SQLite gives what it keeps beside it the same rights.

    Rights that were taken away only after writing would leave a moment in which all may read.
    """
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _FILE_MODE))


def _make_folder(folder: Path) -> None:
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(mode=_FOLDER_MODE, exist_ok=True)


# --- migrations ---


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


def migrate(connection: SqliteConnection, scripts: Mapping[str, str]) -> None:
    """Run those of the scripts, by name and in order, that the store has not had yet."""
    from sqlite_utils import Database, Migrations

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


def schema_of(scripts: Iterable[str]) -> Schema:
    """What scripts make of an empty store: what `schema` should find."""
    with contextlib.closing(
        sqlite3.connect(":memory:", isolation_level=None, factory=SqliteConnection)
    ) as connection:
        for script in scripts:
            for statement in statements(script):
                connection.execute(statement)
        return connection.schema()


# --- errors ---

_TROUBLES = {
    5: "busy",
    6: "busy",
    8: "read_only",
    10: "io",
    11: "damaged",
    13: "full",
    14: "cannot_open",
    26: "not_a_store",
}
"""By primary result code of SQLite, from https://sqlite.org/rescode.html."""


def trouble_of(error: BaseException) -> str | None:
    """What kind of trouble the engine is in, as messages name it; None for errors of others."""
    if not isinstance(error, DatabaseError):
        return None
    return _TROUBLES.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, "other")


# --- dialect: expressions that engines write differently ---


def like(column: str) -> str:
    """Whether a column fits a pattern (a parameter), small and capital letters being the same.

    It is LIKE that does so in SQLite, for ASCII, and ILIKE in PostgreSQL; to compare what LOWER
    makes of both would be the same everywhere and take three times as long.
    """
    return f"{column} LIKE ? ESCAPE '\\'"


def day_number(date: str) -> str:
    """A date, kept as ISO text, as a number of days, so that one can be taken from another."""
    return f"julianday({date})"


def json_value(text: str) -> str:
    """The number or text that a column keeps as JSON."""
    return f"json_extract({text}, '$')"


def json_member(text: str, name: str) -> str:
    """A member of an object that a column keeps as JSON."""
    return f"json_extract({text}, '$.{name}')"
