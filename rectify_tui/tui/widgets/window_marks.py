"""Marks on the rows of a table, one by one, in ranges or all at once."""

from __future__ import annotations

import asyncio
from itertools import zip_longest
from typing import TYPE_CHECKING

from textual.reactive import reactive

from rectify_tui.tui.widgets.marks import ALL_MARKED, NO_MARKS, Marks, Span
from rectify_tui.tui.widgets.window_messages import Failed, MarksChanged
from rectify_tui.tui.widgets.window_view import WindowView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rectify_tui.tui.widgets.window_read import View
    from rectify_tui.tui.widgets.window_source import Column, Row, Source

KEYS_AT_ONCE = 1000


class WindowMarks(WindowView):
    """The marking part of `WindowTable`."""

    marking: reactive[bool] = reactive(False, repaint=False)
    """Whether keys of a marked range are still being read; `marked` lacks them until then."""

    def __init__(
        self, columns: Sequence[Column], name: str | None, id_: str | None, classes: str | None
    ) -> None:
        super().__init__(columns, name, id_, classes)
        self._marks = NO_MARKS
        self._span: Span | None = None
        self._same_rows = False

    # Which rows

    def show(self, source: Source, keep: int | None = None, *, same_rows: bool = False) -> None:
        """Switch to another source, as `WindowView.show`.

        Rows that were marked one by one or as a range stay marked by their keys. "All but some" is
        given up, since it was said of other rows, unless the new source holds the `same_rows`, say
        in another order.
        """
        self._same_rows = same_rows
        super().show(source, keep)

    # Marks

    @property
    def marked(self) -> Marks:
        """What is marked, with as much of a range in the making as has been read."""
        return self._marks.add(self._span.keys()) if self._span else self._marks

    @property
    def marked_count(self) -> int:
        """How many rows are marked."""
        return self.marked.count(self.total)

    @property
    def in_range(self) -> bool:
        """Whether moving the cursor extends a range."""
        return self._span is not None and not self._span.closed

    def mark_all(self) -> None:
        """Mark every row of the source, without reading their keys."""
        self._put_marks(ALL_MARKED)

    def clear_marks(self) -> None:
        """Unmark everything."""
        self._put_marks(NO_MARKS)

    def _is_marked(self, index: int, row: Row | None) -> bool:
        if self._span is not None and index in self._span:
            return True
        return row is not None and row.key in self._marks

    def _toggle(self) -> None:
        key = self.cursor_key
        if key is not None and not self.marking:
            self._put_marks(self.marked.toggle(key))

    def _put_marks(self, marks: Marks) -> None:
        self._marks = marks
        self._span = None
        self._marks_changed()

    def _marks_changed(self) -> None:
        self.marking = self._span is not None and not self._span.complete
        self.refresh()
        marked = self.marked
        self.post_message(MarksChanged(self, marked, marked.count(self.total)))

    # Ranges

    def _go(self, index: int, *, extend: bool = False) -> None:
        super()._go(index)
        span = self._span
        if span is None or span.closed:
            return
        if extend or span.sticky:
            self._extend(span)
        else:
            self._close(span)

    def _begin(self, *, sticky: bool) -> None:
        if self.total:
            self._span = Span(self._cursor, self._cursor, sticky=sticky)
            self._extend(self._span)

    def _extend_to(self, index: int) -> None:
        if self._span is None:
            self._begin(sticky=False)
        self._go(index, extend=True)

    def _extend(self, span: Span) -> None:
        span.extend(self._cursor)
        self._learn(span)

    def _learn(self, span: Span) -> None:
        """Take what keys are at hand, and read the others."""
        for index, row in self._cache.kept(span.start, span.stop):
            span.learn(index, row.key)
        if not span.complete and not self.marking:
            self._work(self._collect, "marks")
        self._learned()

    def _close(self, span: Span) -> None:
        """Let the range follow the cursor no longer; it becomes marks when every key is known."""
        span.closed = True
        self._learned()

    def _learned(self) -> None:
        if self._span is not None and self._span.closed and self._span.complete:
            self._put_marks(self.marked)
        else:
            self._marks_changed()

    async def _collect(self) -> None:
        """Read the keys that a range lacks, whatever becomes of it meanwhile."""
        while (span := self._span) is not None and (source := self._source) is not None:
            generation, gaps = self._generation, span.gaps(KEYS_AT_ONCE)
            for start, stop in gaps:
                try:
                    rows = await asyncio.to_thread(source.rows, start, stop)
                except Exception as error:
                    self._put_marks(self._marks)
                    self.post_message(Failed(self, error))
                    return
                if span is not self._span or generation != self._generation:
                    break
                keys = [row.key for row in rows[: stop - start]]
                for index, key in zip_longest(range(start, stop), keys):
                    span.learn(index, key)
            else:
                if span.complete:
                    break
        self._learned()

    def _others(self) -> tuple[int, ...]:
        ends = (self._span.anchor_key, self._span.end_key) if self._span else ()
        return tuple(key for key in ends if key is not None)

    def _placed(self, view: View, switched: bool) -> None:
        span = self._span
        if switched:
            self._leave_rows()
        elif span is not None:
            span.place(
                _place_of(span.anchor_key, span.anchor, view),
                self._cursor
                if self.in_range and span.sticky
                else _place_of(span.end_key, span.end, view),
            )
            self._learn(span)

    def _leave_rows(self) -> None:
        """Keep of the marks what still means something among other rows."""
        marks = self._marks if self.marking else self.marked
        if marks.inverted and not self._same_rows:
            marks = NO_MARKS
        if self._span is not None or marks != self._marks:
            self._put_marks(marks)


def _place_of(key: int | None, index: int, view: View) -> int:
    place = view.places.get(key) if key is not None else None
    return max(0, min(index if place is None else place, view.count - 1))
