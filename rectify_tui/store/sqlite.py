"""All that only SQLite can say, so that another engine can come to stand beside it.

What the store asks of an engine is in `store/connection.py`; `docs/data-model.md` lists what each
part here stands for. Whatever else the store says is SQL that a server takes too.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

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
from rectify_tui.part_file import OWNER_ONLY, make_folder

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
    # Mapped pages would count as memory of each process and of each of its connections, up to a
    # quarter of a gigabyte, and are read no quicker than those that the system keeps anyway.
    "PRAGMA mmap_size = 0",
    "PRAGMA temp_store = MEMORY",
    # The log is written back into the file after every few changes, at no cost that can be
    # measured, so that whoever copies the file alone has nearly all; and it is cut when a large
    # import has made it grow.
    "PRAGMA wal_autocheckpoint = 100",
    "PRAGMA journal_size_limit = 4194304",
)

_READ_KB, _WRITE_KB = 8192, 32768
"""Kilobytes of pages that a connection keeps. Whoever writes holds there what it has changed; of
what is only read the system keeps as much, once for all connections.
"""

WAIT_MS = 5000
"""How long, in milliseconds, whoever writes second waits before the store is said to be busy."""

_ANCHORS = ".anchors"
"""Ending of the file beside a store that keeps heads of its history."""

_LOG_FILES = ("-wal", "-shm", "-journal")
"""Endings of the files beside a store without which SQLite cannot tell all that it holds."""

_BESIDE = (*_LOG_FILES, _ANCHORS)
"""Endings of all files beside a store that belong to it."""

_DATABASE = b"SQLite format 3\0"
_LOGS = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83", b"\xd9\xd5\x05\xf9")
"""How a database begins, and how the two kinds of a write-ahead log and a journal do."""

_MIGRATION_SET = "rectify"


class Integrity(NamedTuple):
    """What SQLite says of its own file: pages looked at, what is damaged, which keys dangle.

    A dangling key is told by its table, its row and the table that lacks what it points to.
    """

    pages: int
    damage: tuple[str, ...]
    dangling: tuple[tuple[str, int, str], ...]


class SchemaPart(NamedTuple):
    """A table, index, trigger or view: the statement that makes it, and a table's columns."""

    statement: str
    columns: tuple[str, ...] = ()


Schema = dict[tuple[str, str], SchemaPart]
"""By kind (`table`, `index`, `trigger`, `view`) and name."""

_NOT_OURS = frozenset({
    "sqlite_sequence", "sqlite_stat1", "sqlite_stat4", "_sqlite_migrations",
    "_litestream_seq", "_litestream_lock",
})  # fmt: skip
"""Tables of the engine, of sqlite-utils, and of Litestream, which copies stores continuously."""

_COMMENT = re.compile(r"""--[^'"\n]*(?:\n|$)""")


def same_part(one: SchemaPart, other: SchemaPart) -> bool:
    """Whether both say the same, however they are laid out and commented."""
    return _bare(one.statement) == _bare(other.statement)


def _bare(statement: str) -> str:
    return " ".join(_COMMENT.sub(" ", statement).split())


class SqliteConnection(sqlite3.Connection):
    """A connection with what a store needs beyond running statements.

    `outdated` says whether it sees what was there when it was made and is no longer.
    """

    outdated: Callable[[], bool] = staticmethod(lambda: False)

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

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Add rows to a table, in their order.

        The driver takes twenty times as long to bind None as anything else, and most of what a
        record could have is None. So a number that nothing has stands for it on its way.
        """
        values = ", ".join([f"NULLIF(?, {_NOTHING})"] * len(columns))
        self.executemany(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values})",
            ([_NOTHING if value is None else value for value in row] for row in rows),
        )

    @contextlib.contextmanager
    def sparing(self) -> Iterator[None]:
        """Read all of a store in little memory, however large it is: begin before anything else.

        What is sorted lies on disk, unless the library was built to sort in memory: so no more than
        a part is to be sorted at a time. A transaction stays as it is.
        """
        if self.in_transaction:
            yield
            return
        self.execute("PRAGMA temp_store = FILE")
        try:
            yield
        finally:
            if not self.in_transaction:
                for statement in SETTINGS:
                    self.execute(statement)

    @contextlib.contextmanager
    def rewriting(self) -> Iterator[None]:
        """In little memory, tables may be written anew: begin before anything else.

        Where references are looked at, a table that goes is emptied row by row first, with a way
        back that the library may hold in memory. A check finds what dangles.
        """
        with self.sparing():
            self.execute("PRAGMA foreign_keys = OFF")
            yield

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
            "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL"
        ).fetchall()
        return {
            (kind, name): SchemaPart(text, self._columns(name) if kind == "table" else ())
            for kind, name, table, text in parts
            if table not in _NOT_OURS or kind not in ("table", "index")
        }

    def _columns(self, table: str) -> tuple[str, ...]:
        rows = self.execute("SELECT name FROM pragma_table_xinfo(?) ORDER BY cid", [table])
        return tuple(name for (name,) in rows)

    def rebuild_indexes(self) -> None:
        """Make all indexes anew from the tables."""
        self.execute("REINDEX")

    def settle(self) -> None:
        """Write the log back into the file, as far as nobody is reading what was there before."""
        self.execute("PRAGMA wal_checkpoint(PASSIVE)")


_DANGLING = "PRAGMA foreign_key_check"

_NOTHING = -(2**62)


# --- files ---


def exists(address: Address) -> bool:
    """Whether there is anything at an address."""
    return address.exists()


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


def log_size(address: Address) -> int:
    """Bytes in the log that lies beside a store; 0 where there is none."""
    log = address.with_name(address.name + "-wal")
    return log.stat().st_size if log.exists() else 0


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


def anchor_file(address: Address) -> Path:
    """The file that keeps heads of a store's history, outside of the store."""
    return address.with_name(address.name + _ANCHORS)


def _keep_log(connection: SqliteConnection) -> None:
    connection.execute(f"PRAGMA journal_mode = {'WAL' if WAL_IS_SAFE else 'DELETE'}")


def _hurry(connection: SqliteConnection) -> None:
    """Write each page once, whenever the system likes, with a way back in memory alone."""
    for setting in (
        "query_only = OFF", "synchronous = OFF", "journal_mode = MEMORY", "cache_size = -131072",
    ):  # fmt: skip
        connection.execute(f"PRAGMA {setting}")


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


def anything_of(address: Address) -> bool:
    """Whether there is a store at an address, or a log that was left beside one that is gone."""
    return any(address.with_name(address.name + ending).exists() for ending in ("", *_LOG_FILES))


def set_aside(address: Address, to: Address) -> None:
    """Keep a store with its log under another name, in the same file system, for another to come.

    It has its own name too until then, so that there is a store at every moment; its log has not.
    """
    if address.exists():
        try:
            os.link(address, to)
        except OSError:  # a disk that knows no links
            address.rename(to)
    _move_log(address, to)


def take_back(address: Address, kept: Address) -> None:
    """Undo what `set_aside` did, as far as it came about."""
    _move_log(kept, address)
    if address.exists():
        kept.unlink(missing_ok=True)
    elif kept.exists():
        kept.rename(address)


def _move_log(address: Address, to: Address) -> None:
    for ending in _LOG_FILES:
        path = address.with_name(address.name + ending)
        if path.exists():
            path.rename(to.with_name(to.name + ending))


def _touch(path: Path) -> None:
    """Make an empty file for its owner alone: SQLite gives what it keeps beside it the same rights.

    Rights that were taken away only after writing would leave a moment in which all may read.
    """
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY))


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
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    # A copy that fails has no code, only the text of one.
    return _TROUBLES.get(code) or _TEXTS.get(str(error), "other")


_TEXTS = {
    "database is locked": "busy",
    "attempt to write a readonly database": "read_only",
    "disk I/O error": "io",
    "database disk image is malformed": "damaged",
    "database or disk is full": "full",
    "file is not a database": "not_a_store",
}
"""The same by the texts that SQLite has for them."""

_TOLD = frozenset({"busy", "read_only", "io", "damaged", "full"})


def problem_of(error: BaseException, address: Address | None = None) -> Problem:
    """What to tell of trouble that the engine is in: which it is, and that nothing was saved."""
    kind = trouble_of(error)
    if kind in ("io", "cannot_open") and address is not None:
        kind = _trouble_of_disk(address) or kind
    if kind in _TOLD:
        return Problem(f"store.{kind}", error=error)
    if address is None:
        return Problem("store.unopened" if kind == "cannot_open" else "store.other", error=error)
    return Problem("store.cannot_open", path=address, error=error)


_LITTLE_ROOM = 1 << 16


def _trouble_of_disk(address: Address) -> str | None:
    """Of what SQLite tells only that it could not write beside a store: the reason, if it shows."""
    import shutil

    with contextlib.suppress(OSError):
        if shutil.disk_usage(address.parent).free < _LITTLE_ROOM:
            return "full"
        if not (os.access(address.parent, os.W_OK) and os.access(address, os.W_OK)):
            return "read_only"
    return None


# --- dialect: expressions that engines write differently ---


def like(column: str) -> str:
    """Whether a column fits a pattern (a parameter), small and capital letters being the same.

    It is LIKE that does so in SQLite, for ASCII, and ILIKE in PostgreSQL; to compare what LOWER
    makes of both would be the same everywhere and take three times as long.
    """
    return f"{column} LIKE ? ESCAPE '\\'"


def by_index(name: str) -> str:
    """What follows a table to have it read by an index of few rows, which is taken for a large one.

    The engine has not counted how many rows meet the condition of a partial index, nor how few
    belong to one value where others have many.
    """
    return f"INDEXED BY {name}"


def unindexed(column: str) -> str:
    """A column that nothing is to be looked up by: the engine takes any condition for a narrow one.

    It has not counted how many rows meet it, and looks nothing up by an expression.
    """
    return f"+{column}"


JOIN_IN_ORDER = "CROSS JOIN"
"""Joins, with ON, what is to be looked up for what stands before it, and never the reverse."""


def day_number(date: str) -> str:
    """A date, kept as ISO text, as a number of days, so that one can be taken from another."""
    return f"julianday({date})"


def day_after(date: str, days: int) -> str:
    """The day that comes so many days after a date, as ISO text."""
    return f"date({date}, '+{days} days')"


def day_of(number: str) -> str:
    """The day, as ISO text, of which `day_number` makes a number."""
    return f"date({number})"


def json_value(text: str) -> str:
    """The number or text that a column keeps as JSON."""
    return f"json_extract({text}, '$')"


def as_json(column: str) -> str:
    """A column as it stands in JSON, which is written as `json.dumps` writes it, as text.

    Of bytes there is no such thing, which is an error.
    """
    return f"json_quote({column})"


def flag_as_json(column: str) -> str:
    """A truth value, kept as a number, as it stands in JSON; what nobody has said is not so."""
    return f"CASE WHEN {column} THEN 'true' ELSE 'false' END"


def members(values: Mapping[str, str], between: str) -> str:
    """The members of an object in JSON, written one after another, as text.

    `values` are columns as they stand in JSON, by the names of the members, which are plain words.
    """
    names = between.join(f'"{name}": %s' for name in values)
    return f"printf('{names}', {', '.join(values.values())})"


def as_hex(column: str) -> str:
    """The digits of bytes; text as it is."""
    return f"CASE typeof({column}) WHEN 'blob' THEN LOWER(HEX({column})) ELSE {column} END"


def as_bytes(text: str) -> str:
    """Text as the bytes that it is kept as."""
    return f"CAST({text} AS BLOB)"


def json_member(text: str, name: str) -> str:
    """A member of an object that a column keeps as JSON."""
    return f"json_extract({text}, '$.{name}')"
