"""Reads the rows of a table from its source, page by page and in threads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import NamedTuple, Protocol

from textual.worker import Worker

from rectify_tui.tui.widgets.table.cache import PageCache
from rectify_tui.tui.widgets.table.read import Question, View, read_view
from rectify_tui.tui.widgets.table.source import Row, Source

Job = Callable[[], Coroutine[None, None, None]]


class Sight(NamedTuple):
    """What is in sight: so many rows from the one at `top`, of `total`, with the cursor at one.

    `downwards` is the way in which the user scrolls.
    """

    top: int
    height: int
    cursor: int
    total: int
    downwards: bool

    def wanted(self, *, ahead: int) -> tuple[tuple[int, int], ...]:
        """What is wanted most, as start and stop: what is visible, the cursor's row, what comes."""
        bottom = self.top + self.height
        coming = (bottom, bottom + ahead) if self.downwards else (self.top - ahead, self.top)
        return (self.top, bottom), (self.cursor, self.cursor + 1), coming


class Window(Protocol):
    """The table, as far as reading its rows goes."""

    @property
    def is_running(self) -> bool:
        """Textual's: whether there is an event loop for it."""

    def run_worker(self, work: Job, *, group: str, exclusive: bool) -> Worker[None]:
        """Textual's: await a job; an exclusive one ends those of its group."""

    def sight(self) -> Sight:
        """Which rows are in sight, and where the cursor stands."""

    def question(self, sought: int | None) -> Question:
        """What to read first: around the row with the key `sought`, else around the cursor."""

    def take_view(self, view: View, *, switched: bool, sought: int | None) -> None:
        """Show what was read; `switched` where it comes from another source than before."""

    def take_page(self, start: int, stop: int) -> None:
        """The rows between two indexes are in the cache now."""

    def refuse(self, error: Exception) -> None:
        """Tell why something could not be read."""

    def redraw_notice(self) -> None:
        """Draw anew what stands where there are no rows."""


class RowReader:
    """Holds what was read of a source, and reads the rest as it comes into sight.

    A source never changes: after a change in the store, under another filter or order, another one
    takes its place, and the old rows stay on the screen until the first rows of the new one are
    there. `source` is the one on the screen, None before the first.

    A page that was asked for under one view may arrive under the next, where its indexes mean other
    rows. Each view therefore has a number, its `generation`, and what was asked for in an older
    generation is thrown away when it comes.
    """

    def __init__(self, window: Window) -> None:
        self.cache = PageCache()
        self.source: Source | None = None
        self.generation = 0
        self.busy = False
        self._window = window
        self._asked: Source | None = None
        self._sought: int | None = None
        self._again = False
        self._failed: set[int] = set()
        self._fetcher: Worker[None] | None = None

    # The first rows

    def show(self, source: Source, sought: int | None) -> None:
        """Read another source, around the row with the key `sought` where it is there."""
        self._asked, self._sought = source, sought
        self.start()

    def seek(self, key: int) -> None:
        """Read around the row with this key."""
        self._sought = key
        self.start()

    def reload(self) -> None:
        """Read the source anew; while it is being read, once more after that."""
        if self.busy:
            self._again = True
        else:
            self.start()

    def start(self) -> None:
        """Begin to read what is to be shown, where there is an event loop for it."""
        if self._asked is not None and self._window.is_running:
            self.busy = True
            if self.source is None:
                self._window.redraw_notice()
            self.work(partial(self._load, self._asked), "load")

    def work(self, job: Job, name: str) -> Worker[None]:
        """Start a job that awaits threads; the one of the same name is given up."""
        return self._window.run_worker(job, group=f"window-table-{name}", exclusive=True)

    async def _load(self, source: Source) -> None:
        while self.busy:
            self._again = False
            try:
                view = await self._read_view(source)
            except Exception as error:
                self._asked, self._again = self.source or source, False
                self._settle()
                self._window.redraw_notice()
                self._window.refuse(error)
            else:
                self._take(source, view)

    async def _read_view(self, source: Source) -> View:
        while True:
            question = self._window.question(self._sought)
            view = await asyncio.to_thread(read_view, source, question, self.cache.size)
            if self._still_asked(question):
                return view

    def _still_asked(self, question: Question) -> bool:
        """Whether the question is still the same after the user may have moved on."""
        now = self._window.question(self._sought)
        at_cursor = (now.keys, now.index) == (question.keys, question.index)
        return (self._sought is not None or at_cursor) and now.others == question.others

    def _take(self, source: Source, view: View) -> None:
        """Put what was read on the screen. All of it changes at once, on the event loop."""
        switched, sought = source is not self.source, self._sought
        self.source = source
        self.generation += 1
        self._failed.clear()
        self.cache.clear()
        for page, rows in view.pages.items():
            self.cache.put(page, rows)
        self._settle()
        self._window.take_view(view, switched=switched, sought=sought)

    def _settle(self) -> None:
        self._sought = None
        self.busy = self._again

    # The rest

    def fetch(self, *, fresh: bool = False) -> None:
        """See that what is in sight gets read; `fresh` gives up reading for an older view."""
        free = fresh or not self.fetching
        if free and self._window.is_running and self._next_page() is not None:
            self._fetcher = self.work(self._fetch, "fetch")

    @property
    def fetching(self) -> bool:
        """Whether something that came into sight is being read."""
        return self._fetcher is not None and not self._fetcher.is_finished

    def _next_page(self) -> int | None:
        """The page to read next: a visible one, the cursor's, or one ahead; none that failed."""
        sight = self._window.sight()
        for start, stop in sight.wanted(ahead=self.cache.size // 2):
            for page in self.cache.missing(max(0, start), min(stop, sight.total)):
                if page not in self._failed:
                    return page
        return None

    async def _fetch(self) -> None:
        source, generation, size = self.source, self.generation, self.cache.size
        # A terminal may be higher than the cache is deep: then pages in sight would push one
        # another out, and reading would never end.
        self.cache.capacity = max(self.cache.capacity, self._window.sight().height // size + 5)
        while source is not None and (page := self._next_page()) is not None:
            start = page * size
            stop = min(start + size, self._window.sight().total)
            failure: Exception | None = None
            rows: Sequence[Row] = ()
            try:
                rows = await asyncio.to_thread(source.rows, start, stop)
            except Exception as error:
                failure = error
            if generation != self.generation:
                return
            if failure is None:
                self.cache.put(page, rows)
                self._window.take_page(start, start + size)
            else:
                self._failed.add(page)
                self._window.refuse(failure)
