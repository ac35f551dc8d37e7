"""A window over a source: reads its rows page by page, and keeps the cursor on its row."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from textual.geometry import Size

from rectify_tui.tui.widgets.window_lines import HEADER, WindowLines
from rectify_tui.tui.widgets.window_messages import Absent, Failed, Loaded, Moved
from rectify_tui.tui.widgets.window_read import Ask, View, read_view

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence

    from textual import events
    from textual.worker import Worker

    from rectify_tui.tui.widgets.window_source import Column, Row, Source

HEIGHT_BEFORE_LAYOUT = 50


class WindowView(WindowLines):
    """The reading and moving part of `WindowTable`."""

    def __init__(
        self, columns: Sequence[Column], name: str | None, id_: str | None, classes: str | None
    ) -> None:
        super().__init__(columns, name, id_, classes)
        self._source: Source | None = None
        self._asked: Source | None = None
        self._keep: int | None = None
        self._again = False
        self._told: tuple[int | None, int] | None = None
        self._generation = 0
        self._downwards = True
        self._failed: set[int] = set()
        self._fetcher: Worker[None] | None = None

    # Which rows

    def show(self, source: Source, keep: int | None = None) -> None:
        """Switch to another source once its first rows are read; until then the old rows stay.

        The cursor goes to the row with the key `keep`, else stays on its row where the source
        holds it, else at its index. Posts `Loaded`, and `Absent` when `keep` is not there.
        """
        self._asked = source
        self._keep = keep
        self._start_loading()

    def reload(self) -> None:
        """Read the source anew. The cursor stays on its row and the row on its line.

        Asked for while the source is being read, it is done once more after that.
        """
        if self.busy:
            self._again = True
        else:
            self._start_loading()

    def move_to(self, key: int) -> None:
        """Put the cursor on the row with this key, wherever it is; posts `Absent` if nowhere."""
        index = None if self.busy else self._cache.index_of(key)
        if index is not None:
            self._reveal(index)
            self._go(index)
        else:
            self._keep = key
            self._start_loading()

    @property
    def cursor_key(self) -> int | None:
        """The key of the row under the cursor; None while it is not read, or without rows."""
        row = self._cache.get(self._cursor)
        return row.key if row else None

    @property
    def cursor_index(self) -> int:
        """The index of the row under the cursor, -1 without rows."""
        return self._cursor if self.total else -1

    # Reading

    def on_mount(self) -> None:
        """Read what was to be shown before there was a screen."""
        self._start_loading()

    def _start_loading(self) -> None:
        if self._asked is not None and self.is_running:
            self.busy = True
            if not self._loaded:
                self.refresh()
            self._work(partial(self._load, self._asked), "load")

    def _work(self, job: Callable[[], Coroutine[None, None, None]], name: str) -> Worker[None]:
        """Start a job that awaits threads; the one of the same name is given up."""
        return self.run_worker(job, group=f"window-table-{name}", exclusive=True)

    async def _load(self, source: Source) -> None:
        while self.busy:
            self._again = False
            try:
                view = await self._read(source)
            except Exception as error:
                self._asked, self._again = self._source or source, False
                self._settle()
                self.post_message(Failed(self, error))
            else:
                self._take(source, view)

    async def _read(self, source: Source) -> View:
        while True:
            ask = self._ask()
            view = await asyncio.to_thread(read_view, source, ask, self._cache.size)
            if self._holds(ask):
                return view

    def _holds(self, ask: Ask) -> bool:
        """Whether the question is still the same after the user may have moved on."""
        now = self._ask()
        here = self._keep is not None or (now.keys, now.index) == (ask.keys, ask.index)
        return here and now.others == ask.others

    def _settle(self) -> None:
        self._keep = None
        self.busy = self._again
        if not self.total:
            self.refresh()

    def _ask(self) -> Ask:
        keys = (self._keep, self.cursor_key)
        return Ask(
            keys=tuple(key for key in keys if key is not None),
            index=self._cursor,
            above=self._cursor - self._top,
            height=self._height or HEIGHT_BEFORE_LAYOUT,
            others=self._others(),
        )

    def _others(self) -> tuple[int, ...]:
        """Keys of further rows whose places a reload has to look up."""
        return ()

    def _take(self, source: Source, view: View) -> None:
        """Draw what was read. All of it changes at once, on the event loop."""
        switched = source is not self._source
        wanted, top = self._keep, self._top + view.index - self._cursor
        self._source, self._loaded = source, True
        self._generation += 1
        self._cache.clear()
        self._failed.clear()
        self._lines.clear()
        for page, rows in view.pages.items():
            self._cache.put(page, rows)
        self._cursor = view.index
        self.total = view.count
        self.virtual_size = Size(0, view.count + HEADER)
        self._scroll_rows(top)
        if switched or wanted is not None:
            self._reveal(self._cursor)
        self._placed(view, switched)
        self._settle()
        self.refresh()
        self._need(fresh=True)
        self._tell()
        if wanted is not None and view.found != wanted:
            self.post_message(Absent(self, wanted))
        self.post_message(Loaded(self, view.count))

    def _placed(self, view: View, switched: bool) -> None:
        """Follow rows to their new places; `switched` when the source is another one."""

    def _need(self, *, fresh: bool = False) -> None:
        """See that what is visible gets read; `fresh` gives up reading for an older view."""
        idle = self._fetcher is None or self._fetcher.is_finished
        if (fresh or idle) and self.is_running and self._wanted() is not None:
            self._fetcher = self._work(self._fetch, "fetch")

    def _wanted(self) -> int | None:
        """The page to read next: a visible one, the cursor's, or one ahead; none that failed."""
        top, bottom, half = self._top, self._top + self._height, self._cache.size // 2
        ahead = (bottom, bottom + half) if self._downwards else (top - half, top)
        for start, stop in ((top, bottom), (self._cursor, self._cursor + 1), ahead):
            for page in self._cache.missing(max(0, start), min(stop, self.total)):
                if page not in self._failed:
                    return page
        return None

    async def _fetch(self) -> None:
        source, generation, size = self._source, self._generation, self._cache.size
        self._cache.capacity = max(self._cache.capacity, self._height // size + 5)
        while source is not None and (page := self._wanted()) is not None:
            start, stop = page * size, min((page + 1) * size, self.total)
            failure: Exception | None = None
            try:
                rows = await asyncio.to_thread(source.rows, start, stop)
            except Exception as error:
                failure = error
            if generation != self._generation:
                return
            if failure is None:
                self._arrived(page, rows)
            else:
                self._failed.add(page)
                self.post_message(Failed(self, failure))

    def _arrived(self, page: int, rows: Sequence[Row]) -> None:
        start, stop = page * self._cache.size, (page + 1) * self._cache.size
        self._cache.put(page, rows)
        if start < self._top + self._height and stop > self._top:
            self.refresh()
        if start <= self._cursor < stop:
            self._tell()

    # Moving

    def _scroll_rows(self, top: float) -> None:
        self.scroll_to(y=top, animate=False, force=True)

    def _go(self, index: int) -> None:
        """Put the cursor on the row at an index, or the nearest one, and scroll it into sight."""
        index = max(0, min(index, self.total - 1))
        if index != self._cursor:
            before, self._cursor = self._cursor, index
            self._redraw(before)
            self._redraw(index)
        if index < self._top:
            self._scroll_rows(index)
        elif self._height and index >= self._top + self._height:
            self._scroll_rows(index - self._height + 1)
        self._need()
        self._tell()

    def _reveal(self, index: int) -> None:
        """Scroll a row to the middle where it is out of sight."""
        if self._height and not self._top <= index < self._top + self._height:
            self._scroll_rows(index - self._height // 2)

    def _tell(self) -> None:
        self.call_after_refresh(self._tell_now)

    def _tell_now(self) -> None:
        """Post `Moved` once for all moves since the last refresh, when the key is known."""
        key, index = self.cursor_key, self.cursor_index
        if (key is not None or not self.total) and self._told != (key, index):
            self._told = (key, index)
            self.post_message(Moved(self, key, index))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Read what comes into sight."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self._downwards = new_value > old_value
            self._need()

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cursor in sight and read what comes into it."""
        self._reveal(self._cursor)
        self._need()
