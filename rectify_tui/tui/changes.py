"""Changing the ledger from the dashboard: in a thread, told in a sentence, undone by a key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from rectify_tui.errors import Problem, Refusal
from rectify_tui.reports.words import Words
from rectify_tui.store.connection import DatabaseError
from rectify_tui.store.draft import Draft
from rectify_tui.store.ledger import Receipt, author
from rectify_tui.tui.ledger_app import LedgerApp
from rectify_tui.tui.subject import subject

Change = Callable[[Draft], None]


class ChangingApp(LedgerApp):
    """What the dashboard does to the ledger."""

    def change(
        self, kind: str, change: Change, *, reason: str | None = None,
        done: Callable[[Receipt], None] | None = None,
        refused: Callable[[Problem], None] | None = None,
    ) -> None:  # fmt: skip
        """Carry out a change in a worker thread, then tell what it came to and show it.

        `refused` is told of a refusal instead of the user, `done` of success.
        """

        def work() -> None:
            try:
                with self.ledger.batch(kind, reason=reason) as writing:
                    change(writing.draft)
                text = self._told("tui.changed", writing.receipt.batch)
            except Problem as problem:
                self.call_from_thread(refused or self.tell, problem)
            except DatabaseError as error:
                self.call_from_thread(refused or self.tell, Problem("store.refused", error=error))
            else:
                self.call_from_thread(self._changed, text, writing.receipt, done)

        self.run_worker(work, thread=True, group="change")

    def _told(self, key: str, batch: int | None) -> str:
        """In a thread: what a batch was about, in a sentence."""
        if batch is None:
            return self.t("tui.nothing_changed")
        found = subject(Words(self.ledger.reader(), self.t), batch)
        return self.t(
            key, batch=batch, what=found.what, told=found.told, n=found.n,
            more=found.n - 1, undo=self.first_key("app.undo"), redo=self.first_key("app.redo"),
        )  # fmt: skip

    def _changed(self, text: str, receipt: Receipt, done: Callable[[Receipt], None] | None) -> None:
        self.tell(text, error=False)
        if done is not None:
            done(receipt)
        self.look_again()

    def action_undo(self) -> None:
        """Take back the newest change of this author."""
        self._turn_back(redo=False)

    def action_redo(self) -> None:
        """Bring back what was undone last."""
        self._turn_back(redo=True)

    def _turn_back(self, *, redo: bool) -> None:
        self.run_worker(partial(self._undo, redo), thread=True, group="change")

    def _undo(self, redo: bool) -> None:
        try:
            text, batch = self._undone(redo)
        except Problem as problem:
            self.call_from_thread(self.tell, problem)
        except DatabaseError as error:
            self.call_from_thread(self.tell, Problem("store.refused", error=error))
        else:
            self.call_from_thread(partial(self.tell, text, error=False))
            self.call_from_thread(self._turned, batch)

    def _turned(self, batch: int) -> None:
        view = self.view()
        if view is not None:
            view.turned_back(batch)
        self.look_again()

    def _undone(self, redo: bool) -> tuple[str, int]:
        """In a thread: undo or redo, say what, and which batch that was.

        Raises `Refusal` where there is nothing.
        """
        from rectify_tui.store.undo import last_redoable, last_undoable, taken_back_by, undo

        connection = self.ledger.reader()
        batch = (last_redoable if redo else last_undoable)(connection, author())
        if batch is None:
            raise Refusal("undo.nothing_to_redo" if redo else "undo.nothing")
        undone = undo(self.ledger, batch)
        if not redo:
            return self._told("tui.undone", undone.batch), undone.batch
        first = taken_back_by(connection, batch) or batch
        return self._told("tui.redone", first), first
