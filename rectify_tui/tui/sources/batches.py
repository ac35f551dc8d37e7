"""Batches as rows: who did what, on whose behalf, when, to how much."""

from __future__ import annotations

from collections.abc import Sequence

from rectify_tui.domain.text import clean
from rectify_tui.i18n import Language
from rectify_tui.reports.history import author_text, kind_of_batch
from rectify_tui.reports.labels import moment
from rectify_tui.reports.words import Words
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.log import BatchSummary, batches, count_batches
from rectify_tui.store.undo import LASTING
from rectify_tui.tui.batch_summary import batch_about
from rectify_tui.tui.widgets.table.source import Cell, Column, Row

_TOLD = 120
"""Cells of what changed; a narrow column cuts it further."""


def batch_columns(t: Language) -> tuple[Column, ...]:
    """The columns of the list of batches."""
    return (
        Column("batch", t("tui.batches.batch"), 5, "right"),
        Column("when", t("tui.batches.when"), 16),
        Column("who", t("tui.batches.who"), 10),
        Column("kind", t("tui.batches.kind"), 14 if t.code == "zh" else 18),
        Column("about", t("tui.batches.about"), 16, stretch=4),
        Column("rows", t("tui.batches.rows"), 7, "right", priority=2),
        Column("state", t("tui.batches.state"), 6),
    )


class BatchSource:
    """All batches, the newest first, read by windows."""

    def __init__(self, ledger: Ledger, t: Language) -> None:
        self._ledger = ledger
        self._t = t

    def count(self) -> int:
        """How many batches there are."""
        return count_batches(self._ledger.reader())

    def position(self, key: int) -> int | None:
        """The index of a batch."""
        return count_batches(self._ledger.reader(), newer_than=key)

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        """Batches by index, as the table draws them."""
        words = Words(self._ledger.reader(), self._t)
        found = batches(words.connection, limit=max(0, stop - start), after=start)
        return [self._row(words, batch) for batch in found]

    def _row(self, words: Words, batch: BatchSummary) -> Row:
        t = self._t
        what, more, told = batch_about(words, batch.id, _TOLD)
        about = t("tui.batches.and_more", what=what, more=more) if more else what
        state = t("tui.batches.undone_by", by=batch.undone_by) if batch.undone_by else ""
        cells: dict[str, str | Cell] = {
            "batch": str(batch.id),
            "when": moment(batch.recorded_at).label[:16],
            "who": author_text(t, batch.who, batch.on_behalf),
            "kind": kind_of_batch(t, batch.kind, batch.undoes).label,
            "about": clean(" ".join(filter(None, (about, told, batch.reason)))),
            "rows": f"{batch.rows:,}",
            "state": t("tui.batches.lasting") if batch.kind in LASTING else state,
        }
        return Row(batch.id, cells, "window-table--muted" if batch.undone_by else "")
