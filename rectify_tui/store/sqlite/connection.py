"""A connection: how it is set up, and what a store asks of it beyond running statements."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from rectify_tui.store.sqlite.driver import sqlite3

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
