"""The queue as a list: what needs somebody, most urgent first, then what was dealt with."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain

from rectify_tui.domain.dates import week_of
from rectify_tui.paths import config_folder
from rectify_tui.reports.closeout import office_waits
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
from rectify_tui.store.queue_again import read_again


@dataclass(frozen=True)
class Including:
    """Whether lines that are done this week are shown, and those put off until a later day."""

    done: bool = True
    put_off: bool = False


@dataclass(frozen=True)
class ShownQueue:
    """The ids that are shown, and how many of how many were reviewed this week.

    `done` are all that were, those among them that the `queue` has no more: they were completed, or
    put off.
    """

    queue: WorkQueue
    ids: array[int]
    done: frozenset[int]
    total: int


class QueueList(Listing):
    """The lines of a queue. Never changes; reads when first asked.

    `before` is the queue as it was read last, of which most lines may be where they were.
    """

    def __init__(
        self,
        ledger: Ledger,
        query: ListQuery,
        including: Including,
        before: WorkQueue | None = None,
    ) -> None:
        super().__init__(ledger, ITEMS, query)
        self._before = before
        self.including = including
        self._shown: ShownQueue | None = None
        self._queue_query: QueueQuery | None = None
        self._entries: dict[int, QueueEntry] = {}

    @property
    def _windowed(self) -> bool:
        return False

    def _all(self) -> array[int]:
        with self._lock:
            if self._shown is None:
                self._shown = self._read_queue()
            return self._shown.ids

    @property
    def queue_query(self) -> QueueQuery:
        """Which queue is listed. Raises `Problem` where the settings that it needs are wrong."""
        if self._queue_query is None:
            day = self.query.as_of or self.ledger.today()
            first, _ = week_of(day, read_settings(config_folder() / FILE).week_ends_on)
            put_off = self.including.put_off
            waits = office_waits()
            self._queue_query = QueueQuery(day, first, self.query.filter, put_off, waits)
        return self._queue_query

    def _read_queue(self) -> ShownQueue:
        query = self.queue_query
        connection = self.ledger.reader()
        before, self._before = self._before, None
        with connection.snapshot():
            if before is not None and before.query == query:
                queue = read_again(connection, before)
            else:
                queue = read_queue(connection, query)
            reviewed = reviewed_items(connection, query)
        left = [id for id in reviewed if id not in queue.reviewed]
        done = queue.reviewed.union(left)
        ids = queue.ids + array("q", left)
        if not self.including.done:
            ids = array("q", [id for id in ids if id not in done])
        return ShownQueue(queue, ids, done, len(queue.ids) + len(left))

    @property
    def shown(self) -> ShownQueue | None:
        """The queue, if it is read."""
        return self._shown

    def read(self) -> ShownQueue:
        """The queue; read where it is not. To be called in a thread."""
        self._all()
        assert self._shown is not None
        return self._shown

    def entries(self, start: int, stop: int) -> list[QueueEntry]:
        """The lines from index `start` up to, not including, `stop`."""
        shown = self.read()
        entries = read_entries(self.ledger.reader(), shown.queue.query, shown.ids[start:stop])
        self._entries.update((entry.row.id, entry) for entry in entries)
        return entries

    def entry(self, id: int) -> QueueEntry | None:
        """A line as it was last handed out, None where it never was."""
        return self._entries.get(id)

    def next(self, id: int | None, passed: Callable[[int], bool]) -> int | None:
        """The first line after an item, then from the top, that is to be gone through.

        None where all are done, or were passed just now.
        """
        if self._shown is None:
            return None
        ids, done = self._shown.ids, self._shown.done
        start = (self.position(id) if id is not None else None) or 0
        order = chain(ids[start:], ids[:start])
        return next((other for other in order if other not in done and not passed(other)), None)
