"""What was changed, batch by batch, and the way back from each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from rectify_tui.reports.history import author_text, kind_of_batch, told_undoing
from rectify_tui.reports.labels import moment
from rectify_tui.reports.words import Words
from rectify_tui.store.log import BatchSummary, batch_log, batches, count_batches
from rectify_tui.store.undo import require_undoable
from rectify_tui.tui.dialogs.undo import UndoDialog, UndoResult
from rectify_tui.tui.keys import bindings
from rectify_tui.tui.session import Session
from rectify_tui.tui.sources.batches import BatchSource, batch_columns
from rectify_tui.tui.view import LedgerView
from rectify_tui.tui.widgets.table.messages import Chosen
from rectify_tui.tui.widgets.table.table import WindowTable

_SHOWN = 60
"""Rows of a batch that are told before it is undone."""


@dataclass(frozen=True)
class Outlook:
    """A batch that can be undone, and what that would do; `more` rows are not told."""

    batch: BatchSummary
    does: tuple[str, ...]
    more: int


class BatchesScreen(LedgerView):
    """The batches, the newest first."""

    AUTO_FOCUS = "#main"
    BINDINGS: ClassVar[list[BindingType]] = bindings("table", "batches")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.table = WindowTable(id="main", markable=False)

    def body(self) -> ComposeResult:
        """The table."""
        yield self.table

    def renew(self) -> None:
        """Read the batches anew; the cursor stays on its row."""
        session, table = self.session, self.table
        table.ascii = session.ascii
        table.columns = batch_columns(self.t)
        table.empty_text = session.t("tui.empty_for.batches")
        table.show(BatchSource(session.ledger, self.t))
        self.retitle()

    def retitle(self) -> None:
        """Tell where one is."""
        self.show_top(self.t("keys.app.batches"))
        self.show_state()

    # Undoing

    def on_window_table_chosen(self, event: Chosen) -> None:
        """Look at what undoing the batch would do."""
        find = partial(self._outlook, event.key)
        self.session.read(find, self._ask, "batches", asks=True)

    def _outlook(self, id: int) -> Outlook:
        """In a thread: what undoing does. Raises `Problem` where it cannot be done."""
        words = Words(self.session.ledger.reader(), self.t)
        connection = words.connection
        require_undoable(connection, id)
        after = count_batches(connection, newer_than=id)
        (batch,) = batches(connection, limit=1, after=after)
        entries = batch_log(connection, id, limit=None if batch.rows <= _SHOWN else _SHOWN)
        does = tuple(islice(told_undoing(entries, words), _SHOWN))
        return Outlook(batch, does, batch.rows - len(entries))

    def _ask(self, outlook: Outlook) -> None:
        t, batch, session = self.t, outlook.batch, self.session
        does = [*outlook.does, *([t("tui.batches.more", n=outlook.more)] if outlook.more else ())]
        author = author_text(t, batch.who, batch.on_behalf)
        about = t("tui.batches.written", author=author, moment=moment(batch.recorded_at).label)
        if batch.who != session.ledger.who:
            about = f"{about}\n{t('tui.batches.not_yours', who=session.ledger.who)}"
        kind = kind_of_batch(t, batch.kind, batch.undoes).label

        def attempt(result: UndoResult) -> None:
            if not result.wanted:
                dialog.close()
                return
            session.undo_batch(
                batch.id, reason=result.reason, on_behalf=result.on_behalf, done=dialog.close,
                refused=dialog.complain,
            )  # fmt: skip

        question = t("tui.batches.ask", batch=batch.id, kind=kind)
        dialog = UndoDialog(session, question, about, does, attempt)
        session.ask(dialog)

    def action_choose(self) -> None:
        """Look at the batch under the cursor."""
        self.table.action_choose()

    def action_leave(self) -> None:
        """Back to where one came from."""
        self.app.pop_screen()
