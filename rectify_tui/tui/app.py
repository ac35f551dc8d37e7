"""The dashboard: one ledger, three screens, one as-of date."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import ClassVar, cast

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.command import CommandPalette
from textual.reactive import reactive
from textual.screen import Screen
from textual.worker import get_current_worker

from rectify_tui.errors import Problem
from rectify_tui.i18n import Language
from rectify_tui.store.connection import DatabaseError
from rectify_tui.store.draft import Draft
from rectify_tui.store.ledger import Ledger, Receipt, author
from rectify_tui.tui.base import LedgerView
from rectify_tui.tui.keys import SCOPES, bindings, message, read_keymap

POLL = 1.0
"""Seconds between looks at whether another process has written."""

Change = Callable[[Draft], None]


class RectifyApp(App[None]):
    """The dashboard. `demo` says that the store is thrown away afterwards."""

    CSS_PATH = "rectify.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("app")
    ENABLE_COMMAND_PALETTE = True

    as_of: reactive[date | None] = reactive(None, init=False)
    """The day whose figures are shown; None is today."""

    def __init__(
        self, ledger: Ledger, *, language: Language, ascii: bool = False, demo: bool = False,
        keymap: Path | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self.ledger = ledger
        self.language = language
        self.ascii = ascii
        self.demo = demo
        self.title = language("tui.title")
        self._keymap_path = keymap
        self._batch = -1

    def on_mount(self) -> None:
        """Open the overview and begin to watch for what others write."""
        from rectify_tui.tui.screens.cases import CasesScreen
        from rectify_tui.tui.screens.items import ItemsScreen
        from rectify_tui.tui.screens.overview import OverviewScreen

        self.theme = "textual-dark"
        self.add_mode("overview", OverviewScreen)
        self.add_mode("items", ItemsScreen)
        self.add_mode("cases", CasesScreen)
        self._take_keymap()
        self._show_style()
        self.switch_mode("overview")
        self.set_interval(POLL, self._watch)

    def _take_keymap(self) -> None:
        if self._keymap_path is None:
            return
        try:
            self.set_keymap(read_keymap(self._keymap_path))
        except Problem as problem:
            self.tell(problem)

    # Telling

    def tell(self, said: Problem | str, *, error: bool = True) -> None:
        """Show a sentence for a while; a `Problem` in the user's language."""
        text = self.language.problem(said) if isinstance(said, Problem) else said
        view = self.view()
        if view is not None:
            view.say(text, error=error)

    def view(self) -> LedgerView | None:
        """The screen of the ledger that lies below any dialogs."""
        views = [screen for screen in self.screen_stack if isinstance(screen, LedgerView)]
        return views[-1] if views else None

    def open_list(self, mode: str, wanted: str, key: int | None = None) -> None:
        """Go to the items or the cases under a filter, with the cursor on one of them."""
        from rectify_tui.tui.screens.ledger import LedgerScreen

        def opened() -> None:
            screen = self.screen
            if isinstance(screen, LedgerScreen):
                screen.open(wanted, key)

        self.switch_mode(mode)
        self.call_after_refresh(opened)

    # Changing

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
            except Problem as problem:
                self.call_from_thread(refused or self.tell, problem)
            except DatabaseError as error:
                self.call_from_thread(self.tell, Problem("store.refused", error=error))
            else:
                self.call_from_thread(self._changed, writing.receipt, done)

        self.run_worker(work, thread=True, group="change", exit_on_error=False)

    def _changed(self, receipt: Receipt, done: Callable[[Receipt], None] | None) -> None:
        if receipt.batch is None:
            self.tell(self.language("tui.nothing_changed"), error=False)
        else:
            text = self.language("tui.changed", n=receipt.changed, batch=receipt.batch)
            self.tell(text, error=False)
        if done is not None:
            done(receipt)
        self._watch()

    def action_undo(self) -> None:
        """Take back the newest change of this author."""
        self._turn_back(redo=False)

    def action_redo(self) -> None:
        """Bring back what was undone last."""
        self._turn_back(redo=True)

    def _turn_back(self, *, redo: bool) -> None:
        self.run_worker(partial(self._undo, redo), thread=True, group="change", exit_on_error=False)

    def _undo(self, redo: bool) -> None:
        from rectify_tui.errors import Refusal
        from rectify_tui.store.labels import label
        from rectify_tui.store.log import batch_log
        from rectify_tui.store.undo import last_redoable, last_undoable, undo

        try:
            connection = self.ledger.reader()
            find = last_redoable if redo else last_undoable
            batch = find(connection, author())
            if batch is None:
                raise Refusal("undo.nothing_to_redo" if redo else "undo.nothing")
            undone = undo(self.ledger, batch)
        except Problem as problem:
            self.call_from_thread(self.tell, problem)
            return
        except DatabaseError as error:
            self.call_from_thread(self.tell, Problem("store.refused", error=error))
            return
        first = batch_log(connection, undone.batch, limit=1)[0]
        text = self.language(
            "tui.redone" if redo else "tui.undone",
            batch=first.undoes if redo else undone.batch,
            what=label(connection, first.entity, first.entity_id),
            n=undone.receipt.changed,
            more=undone.receipt.changed - 1,
        )
        self.call_from_thread(self.tell, text, error=False)
        self.call_from_thread(self._watch)

    # Watching

    def _watch(self) -> None:
        self.run_worker(self._look, thread=True, group="watch", exclusive=True, exit_on_error=False)

    def _look(self) -> None:
        """In a thread: has a batch been written since the last look?"""
        try:
            newest = self.ledger.newest_batch()
        except (Problem, DatabaseError):
            return
        if not get_current_worker().is_cancelled:
            self.call_from_thread(self._seen, newest)

    def _seen(self, newest: int) -> None:
        before, self._batch = self._batch, newest
        if before not in (-1, newest):
            view = self.view()
            if view is not None:
                view.renew()

    # The as-of date

    def action_move_date(self, days: int) -> None:
        """Move the as-of date; today is as far as it goes."""
        day = (self.as_of or self.ledger.today()) + timedelta(days=days)
        self.as_of = day if day < self.ledger.today() else None

    def action_today(self) -> None:
        """Back to the present."""
        self.as_of = None

    def action_choose_date(self) -> None:
        """Ask for the as-of date."""
        from rectify_tui.tui.dialogs.date import DateDialog

        def chosen(day: date | None) -> None:
            if day is not None:
                self.as_of = day if day < self.ledger.today() else None

        self.push_screen(DateDialog(self.as_of or self.ledger.today()), chosen)

    def watch_as_of(self) -> None:
        """Show the figures of another day."""
        view = self.view()
        if view is not None:
            view.renew()
            view.retitle()

    # Style and language

    def action_turn_language(self) -> None:
        """Chinese or English."""
        self.language = Language("en" if self.language.code == "zh" else "zh")
        self.title = self.language("tui.title")
        view = self.view()
        if view is not None:
            view.retranslate()

    def action_turn_dark(self) -> None:
        """Dark or light."""
        self.theme = "textual-light" if self.theme == "textual-dark" else "textual-dark"

    def action_turn_ascii(self) -> None:
        """ASCII signs and lines only, or not."""
        self.ascii = not self.ascii
        self._show_style()

    def _show_style(self) -> None:
        for screen in self.screen_stack:
            screen.set_class(self.ascii, "ascii")
        view = self.view()
        if view is not None:
            view.renew()

    # Help and commands

    def action_help(self) -> None:
        """Show all keys."""
        from rectify_tui.tui.dialogs.help import HelpDialog

        self.push_screen(HelpDialog())

    def action_command_palette(self) -> None:
        """Everything that can be done, by name."""
        if not CommandPalette.is_open(cast("App[object]", self)):
            placeholder = self.language("tui.palette")
            self.push_screen(CommandPalette(placeholder=placeholder, id="--command-palette"))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the command palette offers: every action that makes sense on this screen."""
        for active in screen.active_bindings.values():
            binding = active.binding
            for keys in SCOPES.values():
                for key in keys:
                    if key.id == binding.id and key.palette and active.enabled:
                        name = self.language(message(key.id))
                        run = partial(self.run_action, binding.action, active.node)
                        yield SystemCommand(name, self._keys_of(key.id), run)

    def _keys_of(self, id: str) -> str:
        from rectify_tui.tui.dialogs.help import keys_of

        return keys_of(self, id)


def run_dashboard(
    ledger: Ledger, *, language: Language, ascii: bool = False, demo: bool = False,
    keymap: Path | None = None,
) -> int:  # fmt: skip
    """Open the dashboard until the user leaves; returns the exit code."""
    app = RectifyApp(ledger, language=language, ascii=ascii, demo=demo, keymap=keymap)
    app.run()
    return app.return_code or 0
