"""Rows of the queue: what a line is about in a few words, and whether it is done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rectify_tui.domain.fields import ITEM
from rectify_tui.domain.queue import Reason
from rectify_tui.i18n import Language
from rectify_tui.reports.queue import why_label
from rectify_tui.store.queue import QueueEntry
from rectify_tui.tui.queue.listing import QueueList
from rectify_tui.tui.sources.items import due_as_read, problem_text
from rectify_tui.tui.sources.look import NUMBER_CELLS, status_cell
from rectify_tui.tui.sources.records import FieldColumn, RowStyle, cells_of
from rectify_tui.tui.widgets.table.source import Cell, Column, Row, Tone

_TONES: dict[Reason, Tone] = {
    Reason.REFUTED: "bad", Reason.PROMISE_PASSED: "bad", Reason.OVERDUE: "bad",
    Reason.BEHIND: "bad", Reason.DISAGREEING: "warn", Reason.AT_ONCE: "warn",
    Reason.DUE_1: "warn", Reason.DUE_7: "warn", Reason.UNCLEAR: "warn", Reason.WAITING: "warn",
}  # fmt: skip

_REF = FieldColumn(ITEM["ref"], 16, alone=NUMBER_CELLS)
_ABOUT = (
    FieldColumn(ITEM["region"], 10, priority=1),
    FieldColumn(ITEM["due_on"], 10, priority=3, text=due_as_read),
    FieldColumn(ITEM["problem"], 20, stretch=3, priority=2, text=problem_text),
)


def queue_columns(t: Language, *, single: bool = False) -> tuple[Column, ...]:
    """The columns of the queue. The first has a word where a line is done."""
    return (
        Column("done", "", 3),
        _REF.column(t, single=single),
        Column("why", t("queue.column.why"), 20, stretch=1),
        Column("sign", "", 2),
        *(column.column(t) for column in _ABOUT),
    )


class QueueSource:
    """The rows of a queue."""

    def __init__(self, listing: QueueList, t: Language, day: date, *, ascii: bool) -> None:
        self.listing = listing
        self.t = t
        self.day = day
        self.ascii = ascii

    @property
    def programme(self) -> str | None:
        """The one programme of all lines, once it is known; None where there are several."""
        return self.listing.programme

    def count(self) -> int:
        """How many lines there are."""
        n = self.listing.count()
        self.listing.find_programme()
        return n

    def position(self, key: int) -> int | None:
        """The index of a line."""
        return self.listing.position(key)

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        """Lines by index, as the table draws them."""
        return [self._row(entry) for entry in self.listing.entries(start, stop)]

    def _row(self, entry: QueueEntry) -> Row:
        item, t = entry.row, self.t
        over = entry.reviewed or entry.put_off or not entry.reasons
        style = RowStyle(t, self.day, self.ascii, self.programme is not None)
        status = status_cell(t, "short", item.status, ascii=self.ascii)
        tone = _TONES.get(entry.reasons[0].reason, "") if entry.reasons and not over else ""
        cells = cells_of(style, item, (_REF, *_ABOUT)) | {
            "done": done_text(t, entry),
            "why": Cell(short_why(t, entry), tone),
            "sign": Cell(status.text.partition(" ")[0], "" if over else status.tone),
        }
        return Row(item.id, cells, "window-table--muted" if over else "")


def done_text(t: Language, entry: QueueEntry) -> str:
    """A word for a line that is done: reviewed, put off, or out of the queue; empty if not."""
    if entry.put_off:
        return t("queue_screen.done.put_off")
    if not entry.reasons:
        return t("queue_screen.done.left")
    return t("queue_screen.done.reviewed") if entry.reviewed else ""


def short_why(t: Language, entry: QueueEntry) -> str:
    """The first reason with its days, and how many more there are."""
    if not entry.reasons:
        return ""
    first, *others = entry.reasons
    text = why_label(first, t)
    return f"{text} +{len(others)}" if others else text
