"""Marks on the rows of a table: one by one, in ranges, or all at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import zip_longest

from rectify_tui.tui.widgets.table.marks import NO_MARKS, Marks, Span
from rectify_tui.tui.widgets.table.read import View
from rectify_tui.tui.widgets.table.reader import RowReader
from rectify_tui.tui.widgets.table.source import Row

KEYS_AT_ONCE = 1000


class Marking:
    """What is marked, and a range in the making.

    A range is known by indexes first; its rows may not be read yet, and marks are keys. So the keys
    of a range are collected behind the cursor, and `marking` says that some are lacking still.
    `changed` is called whenever other rows are marked, `refuse` with what cannot be read.
    """

    def __init__(
        self, rows: RowReader, changed: Callable[[], None], refuse: Callable[[Exception], None]
    ) -> None:
        self.marking = False
        self._rows = rows
        self._changed = changed
        self._refuse = refuse
        self._marks = NO_MARKS
        self._span: Span | None = None

    @property
    def marked(self) -> Marks:
        """What is marked, with as much of a range in the making as has been read."""
        return self._marks.add(self._span.keys()) if self._span else self._marks

    @property
    def has_range(self) -> bool:
        """Whether there is a range in the making."""
        return self._span is not None

    @property
    def follows_cursor(self) -> bool:
        """Whether moving the cursor extends a range."""
        return self._span is not None and not self._span.closed

    def is_marked(self, index: int, row: Row | None) -> bool:
        """Whether the row at an index is to be drawn as marked."""
        if self._span is not None and index in self._span:
            return True
        return row is not None and row.key in self._marks

    def put(self, marks: Marks) -> None:
        """Mark these rows and no others; a range in the making is given up."""
        self._marks, self._span = marks, None
        self._tell()

    def toggle(self, key: int | None) -> None:
        """Turn the mark of a row over, once every key of a range is known."""
        if key is not None and not self.marking:
            self.put(self.marked.toggle(key))

    def _tell(self) -> None:
        self.marking = self._span is not None and not self._span.complete
        self._changed()

    # Ranges

    def begin(self, cursor: int, *, sticky: bool) -> None:
        """Begin a range at the cursor; a sticky one follows every move, others `extend` alone."""
        self._span = Span(cursor, cursor, sticky=sticky)
        self._learn(self._span)

    def follow(self, cursor: int, *, extend: bool) -> None:
        """The cursor has moved, `extend` where that was to take rows into a range."""
        span = self._span
        if span is None or span.closed:
            return
        if extend or span.sticky:
            span.extend(cursor)
            self._learn(span)
        else:
            self._close(span)

    def end(self) -> bool:
        """End a range that was begun to be sticky; whether there was one."""
        span = self._span
        if span is None or not span.sticky or span.closed:
            return False
        self._close(span)
        return True

    def close(self) -> None:
        """Let a range follow the cursor no longer."""
        if self._span is not None and not self._span.closed:
            self._close(self._span)

    def drop(self) -> None:
        """Give up a range; what was marked before it stays."""
        if self._span is not None:
            self.put(self._marks)

    def _close(self, span: Span) -> None:
        """It becomes marks when every key is known."""
        span.closed = True
        self._learned()

    def _learn(self, span: Span) -> None:
        """Take what keys are at hand, and read the others."""
        for index, row in self._rows.cache.kept(span.start, span.stop):
            span.learn(index, row.key)
        if not span.complete and not self.marking:
            self._rows.work(self._collect, "marks")
        self._learned()

    def _learned(self) -> None:
        if self._span is not None and self._span.closed and self._span.complete:
            self.put(self.marked)
        else:
            self._tell()

    async def _collect(self) -> None:
        """Read the keys that a range lacks, whatever becomes of it meanwhile."""
        while (span := self._span) is not None and (source := self._rows.source) is not None:
            generation, gaps = self._rows.generation, span.gaps(KEYS_AT_ONCE)
            for start, stop in gaps:
                try:
                    rows = await asyncio.to_thread(source.rows, start, stop)
                except Exception as error:
                    self.put(self._marks)
                    self._refuse(error)
                    return
                if span is not self._span or generation != self._rows.generation:
                    break
                keys = [row.key for row in rows[: stop - start]]
                for index, key in zip_longest(range(start, stop), keys):
                    span.learn(index, key)
            else:
                if span.complete:
                    break
        self._learned()

    # Other rows on the screen

    def ends(self) -> tuple[int, ...]:
        """The keys of the rows at which a range begins and ends, to be looked up on a reload."""
        keys = (self._span.anchor_key, self._span.end_key) if self._span else ()
        return tuple(key for key in keys if key is not None)

    def take_view(self, view: View, cursor: int, *, switched: bool, same_rows: bool) -> None:
        """Follow a range to where its rows are now; among other rows keep the marks alone.

        "All but some" is given up among other rows, since it was said of those before, unless these
        are the `same_rows`, say in another order.
        """
        span = self._span
        if switched:
            self._leave_rows(same_rows=same_rows)
        elif span is not None:
            follows = self.follows_cursor and span.sticky
            span.place(
                _place_of(span.anchor_key, span.anchor, view),
                cursor if follows else _place_of(span.end_key, span.end, view),
            )
            self._learn(span)

    def _leave_rows(self, *, same_rows: bool) -> None:
        marks = self._marks if self.marking else self.marked
        if marks.inverted and not same_rows:
            marks = NO_MARKS
        if self._span is not None or marks != self._marks:
            self.put(marks)


def _place_of(key: int | None, index: int, view: View) -> int:
    place = view.places.get(key) if key is not None else None
    return max(0, min(index if place is None else place, view.count - 1))
