"""Rows of the queue: what a line is about in a few words, and whether it is done."""

from __future__ import annotations

from collections.abc import Sequence

from rectify_tui.domain.fields import ITEM
from rectify_tui.domain.queue import Reason
from rectify_tui.i18n import Language
from rectify_tui.reports.queue import why_label
from rectify_tui.store.queue import QueueEntry
from rectify_tui.tui.queue.listing import QueueList
from rectify_tui.tui.sources.items import due_text, problem_text
from rectify_tui.tui.sources.look import status_cell
from rectify_tui.tui.sources.records import FieldColumn, cells_of
from rectify_tui.tui.widgets.table.source import Cell, Column, Row, Tone

_TONES: dict[Reason, Tone] = {
    Reason.REFUTED: "bad", Reason.PROMISE_PASSED: "bad", Reason.OVERDUE: "bad",
    Reason.BEHIND: "bad", Reason.DISAGREEING: "warn", Reason.AT_ONCE: "warn",
    Reason.DUE_1: "warn", Reason.DUE_7: "warn", Reason.UNCLEAR: "warn",
}  # fmt: skip

_REF = FieldColumn(ITEM["ref"], 16)
_ABOUT = (
    FieldColumn(ITEM["region"], 10, stretch=1, priority=1),
    FieldColumn(ITEM["due_on"], 10, priority=3, text=due_text),
    FieldColumn(ITEM["problem"], 12, stretch=3, priority=2, text=problem_text),
)


def queue_columns(t: Language) -> tuple[Column, ...]:
    """The columns of the queue. The first has a word where a line is done."""
    return (
        Column("done", "", 3),
        _REF.column(t),
        Column("why", t("queue.column.why"), 20, stretch=1),
        Column("sign", "", 2),
        *(column.column(t) for column in _ABOUT),
    )


class QueueSource:
    """The rows of a queue."""

    def __init__(self, listing: QueueList, t: Language, *, ascii: bool) -> None:
        self.listing = listing
        self.t = t
        self.ascii = ascii

    def count(self) -> int:
        """How many lines there are."""
        return self.listing.count()

    def position(self, key: int) -> int | None:
        """The index of a line."""
        return self.listing.position(key)

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        """Lines by index, as the table draws them."""
        return [self._row(entry) for entry in self.listing.entries(start, stop)]

    def _row(self, entry: QueueEntry) -> Row:
        item, t = entry.row, self.t
        over = entry.reviewed or entry.put_off or not entry.reasons
        status = status_cell(t, "item", item.status, ascii=self.ascii)
        tone = _TONES.get(entry.reasons[0].reason, "") if entry.reasons and not over else ""
        cells = cells_of(t, item, (_REF, *_ABOUT), ascii=self.ascii) | {
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
