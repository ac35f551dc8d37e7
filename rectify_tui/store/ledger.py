"""The door: the one way in which anything in a store changes."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date
from typing import TYPE_CHECKING, Any, NamedTuple

from rectify_tui.cycles import no_search
from rectify_tui.domain.text import clean
from rectify_tui.errors import Problem, Refusal
from rectify_tui.store import migrations
from rectify_tui.store.account import account
from rectify_tui.store.chain import Batch, head, last_recorded_at
from rectify_tui.store.clock import Clock, ClockWatch, system_clock
from rectify_tui.store.connection import Address, Connection, IntegrityError, engine

if TYPE_CHECKING:
    from rectify_tui.store.draft import Draft

Ask = Callable[[Problem], bool]
"""Puts a question to the user; whether the answer is yes."""

_NAME = 100
"""Characters of a name that are kept."""


class Receipt(NamedTuple):
    """What a batch came to. `batch` is None where nothing had to change."""

    batch: int | None
    changed: int


class Ledger:
    """A store. Reading connections are kept one for each thread; writing goes through `batch`.

    Opening migrates an older store, which is announced before (with a copy, whose address is then
    `backup`), and refuses a newer one. `wrote` says whether anything was changed through it. Raises
    `Problem` where there is none, or what is there is no store. `who` writes: the account of the
    process, unless somebody else is named; on a `read_only` one nobody does. An `unfinished` one is
    thrown away unless it is filled to the end, so that nothing of it has to be on disk before.

    Before a batch the machine's clock is held against what the ledger knows; where it cannot be
    believed, `ask` decides. A clock that is handed in is simulated and never doubted.
    """

    def __init__(
        self, address: Address, *, clock: Clock = system_clock, who: str | None = None,
        read_only: bool = False, unfinished: bool = False,
        announce: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        self.address = address
        self.clock = clock
        self.who = who or account()
        self.read_only = read_only
        self.unfinished = unfinished
        self.ask: Ask = lambda _: False
        self._watch = ClockWatch(clock) if clock is system_clock else None
        try:
            self.backup = migrations.upgrade(address, announce)
        except engine.UNREADABLE as error:
            raise engine.problem_of(error, address) from error
        self.wrote = False
        self._local = threading.local()
        self._readers: list[Connection] = []

    @classmethod
    def create(
        cls, address: Address, *, clock: Clock = system_clock, unfinished: bool = False
    ) -> Ledger:
        """A new, empty store."""
        from rectify_tui.store import anchors

        migrations.create(address)
        anchors.set_aside(address)
        return cls(address, clock=clock, unfinished=unfinished)

    def by_clock(self, clock: Clock) -> Ledger:
        """The same store, written at other times."""
        return Ledger(self.address, clock=clock, unfinished=self.unfinished)

    @staticmethod
    def exists(address: Address) -> bool:
        """Whether there is anything at an address, be it a store or not."""
        return engine.exists(address)

    @staticmethod
    def discard(address: Address) -> None:
        """Remove a store with all that belongs to it; nobody may have it open."""
        engine.discard(address)

    def today(self) -> date:
        """The calendar date at which the ledger is read and written."""
        return self.clock().date()

    def reader(self) -> Connection:
        """This thread's connection for reading; the engine refuses every change on it."""
        connection: Connection | None = getattr(self._local, "reader", None)
        if connection is not None and connection.outdated():
            self._readers.remove(connection)
            connection.close()
            connection = None
        if connection is None:
            connection = self._connect()
            self._local.reader = connection
            self._readers.append(connection)
        return connection

    def newest_batch(self) -> int:
        """Number of the newest batch, 0 before the first: whoever writes, it rises.

        So it is also what to look at for changes by others, which any engine can tell. Raises
        `Problem` where the store is gone, though a connection may still be open to it.
        """
        if not self.exists(self.address):
            raise Problem("store.missing", path=self.address)
        row = self.reader().execute("SELECT COALESCE(MAX(id), 0) FROM batch").fetchone()
        return int(row[0])

    @property
    def anchor_file(self) -> Address:
        """Where heads of history are kept outside the store."""
        return engine.anchor_file(self.address)

    def keep_head(self, purpose: str) -> bool:
        """Keep the newest head of history outside the store; whether that could be written."""
        from rectify_tui.store import anchors

        return anchors.keep(self.address, self.reader(), purpose, self.clock())

    def clock_doubt(self, connection: Connection) -> Refusal | None:
        """What has to be asked about the clock before anything is written, None for nothing.

        What the program wrote by itself tells no day, since simulated histories are of the past.
        """
        if self._watch is None:
            return None
        newest, known = last_recorded_at(connection)
        doubt = self._watch.doubt(newest, known)
        if doubt is not None:  # a head that was kept since tells that people were there
            from rectify_tui.store import anchors

            kept = max((each.when for each in anchors.read(self.address).heads), default="")
            doubt = self._watch.doubt(newest, max(known or "", kept))
        return doubt

    def believe_clock(self) -> None:
        """The user says that the clock is right: it is not doubted again."""
        self._watch = None

    def _require_clock(self, connection: Connection) -> None:
        doubt = self.clock_doubt(connection)
        if doubt is not None:
            if not self.ask(doubt):
                raise doubt
            self.believe_clock()

    def settle(self) -> None:
        """Bring what was written to where a plain copy of the store finds it; called when idle."""
        self.reader().settle()

    def missed_by_copy(self) -> int:
        """How many rows of history a copy of the file alone, without its log, would lack.

        Raises `DatabaseError` where such a copy could not even be read.
        """
        reader = self.reader()
        if not engine.log_size(self.address):
            return 0
        with reader.snapshot(), engine.without_log(self.address) as alone:
            return max(0, head(reader)[0] - head(alone)[0])

    def close(self) -> None:
        """Close all connections for reading; nobody may be reading any more."""
        for connection in self._readers:
            connection.close()
        self._readers.clear()
        self._local = threading.local()

    @contextlib.contextmanager
    def batch(
        self, kind: str, *, who: str | None = None, on_behalf: str | None = None,
        reason: str | None = None, undoes: Callable[[Connection], int] | None = None,
    ) -> Iterator[Writing]:  # fmt: skip
        """One batch: all changes made on the draft inside are written together, or none is.

        `who` writes it, `on_behalf` of whom is kept beside that. `undoes` says which batch it takes
        back, and is asked once nobody else can write. After the block `receipt` tells what it came
        to. Raises what the commands raise, and `Problem` on a ledger that is only read.
        """
        from rectify_tui.store.draft import Draft

        if self.read_only:
            raise Problem("store.looking_only")
        connection = self._connect(write=True)
        try:
            writing = Writing()
            self._require_clock(connection)
            with no_search(), connection.transaction():
                batch = self._new_batch(
                    connection, kind=kind, who=clean(who or self.who, limit=_NAME),
                    on_behalf=clean(on_behalf or "", limit=_NAME) or None,
                    reason=clean(reason or "") or None,
                    undoes=undoes(connection) if undoes else None,
                )  # fmt: skip
                draft = Draft(connection, batch)
                writing.draft = draft
                yield writing
                draft.close()
            self.wrote |= draft.changed > 0
            writing.receipt = Receipt(draft.batch.id if draft.changed else None, draft.changed)
        except IntegrityError as error:
            raise Problem("store.refused", error=error) from error
        except engine.UNREADABLE as error:
            raise engine.problem_of(error, self.address) from error
        finally:
            connection.close()

    def _connect(self, *, write: bool = False) -> Connection:
        try:
            return engine.connect(self.address, write=write, unfinished=self.unfinished)
        except engine.UNREADABLE as error:
            raise engine.problem_of(error, self.address) from error

    def _new_batch(self, connection: Connection, **told: Any) -> Batch:
        """A batch with what is told of it, the next number and the present moment."""
        number = connection.execute("SELECT COALESCE(MAX(id), 0) + 1 FROM batch").fetchone()[0]
        now = self.clock()
        return Batch(
            id=number,
            recorded_at=now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            recorded_on=now.date().isoformat(),
            **told,
        )


class Writing:
    """An open batch and, once it is closed, its receipt."""

    draft: Draft
    receipt: Receipt
