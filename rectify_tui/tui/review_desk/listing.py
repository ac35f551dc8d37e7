"""The queue as a list: what needs somebody, most urgent first, then what was dealt with."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain

from rectify_tui.domain.dates import week_of
from rectify_tui.paths import config_folder
from rectify_tui.reports.weekly.settings import FILE, read_settings
from rectify_tui.store.items import ITEMS
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.listing import Listing, ListQuery
from rectify_tui.store.queue import (
    QueueEntry,
    QueueQuery,
    WorkQueue,
    read_entries,
    read_queue,
    reviewed_items,
)


@dataclass(frozen=True)
class Wanted:
    """Whether lines that are done this week are shown, and those put off until a later day."""

    done: bool = True
    put_off: bool = False


@dataclass(frozen=True)
class Queue:
    """The ids that are shown, and how many of how many were reviewed this week.

    `done` are all that were, those among them that `found` has no more: they were completed, or
    put off.
    """

    found: WorkQueue
    ids: array[int]
    done: frozenset[int]
    total: int


class QueueList(Listing):
    """The lines of a queue. Never changes; reads when first asked."""

    def __init__(self, ledger: Ledger, query: ListQuery, wanted: Wanted) -> None:
        super().__init__(ledger, ITEMS, query)
        self.wanted = wanted
        self._queue: Queue | None = None
        self._asked: QueueQuery | None = None
        self._entries: dict[int, QueueEntry] = {}

    @property
    def _windowed(self) -> bool:
        return False

    def _all(self) -> array[int]:
        with self._lock:
            if self._queue is None:
                self._queue = self._read_queue()
            return self._queue.ids

    @property
    def asked(self) -> QueueQuery:
        """What is asked for. Raises `Problem` where the settings of the week cannot be read."""
        if self._asked is None:
            day = self.query.as_of or self.ledger.today()
            first, _ = week_of(day, read_settings(config_folder() / FILE).week_ends_on)
            self._asked = QueueQuery(day, first, self.query.filter, self.wanted.put_off)
        return self._asked

    def _read_queue(self) -> Queue:
        query = self.asked
        connection = self.ledger.reader()
        with connection.snapshot():
            found = read_queue(connection, query)
            gone = reviewed_items(connection, query)
        known = set(found.ids)
        left = [id for id in gone if id not in known]
        done = found.reviewed.union(left)
        ids = array("q", [*found.ids, *left])
        if not self.wanted.done:
            ids = array("q", [id for id in ids if id not in done])
        return Queue(found, ids, done, len(known) + len(left))

    @property
    def queue(self) -> Queue | None:
        """What was found, if it is read."""
        return self._queue

    def read(self) -> Queue:
        """What was found; read where it is not. To be called in a thread."""
        self._all()
        assert self._queue is not None
        return self._queue

    def entries(self, start: int, stop: int) -> list[QueueEntry]:
        """The lines from index `start` up to, not including, `stop`."""
        queue = self.read()
        found = read_entries(self.ledger.reader(), queue.found.query, queue.ids[start:stop])
        self._entries.update((each.row.id, each) for each in found)
        return found

    def entry(self, id: int) -> QueueEntry | None:
        """A line as it was last handed out, None where it never was."""
        return self._entries.get(id)

    def next(self, id: int | None, passed: Callable[[int], bool]) -> int | None:
        """The first line after an item, then from the top, that is to be gone through.

        None where all are done, or were passed just now.
        """
        if self._queue is None:
            return None
        ids, done = self._queue.ids, self._queue.done
        start = (self.position(id) if id is not None else None) or 0
        order = chain(ids[start:], ids[:start])
        return next((each for each in order if each not in done and not passed(each)), None)
