"""The dashboard: one ledger, three screens, one as-of date."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import ClassVar, TypeVar, cast

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.screen import Screen
from textual.scrollbar import ScrollBar
from textual.worker import get_current_worker

from rectify_tui.errors import Problem, Refusal
from rectify_tui.i18n import Language
from rectify_tui.paths import config_folder
from rectify_tui.reports.words import Words
from rectify_tui.store.connection import DatabaseError
from rectify_tui.store.draft import Draft
from rectify_tui.store.ledger import Ledger, Receipt, author
from rectify_tui.store.programmes import has_simulated
from rectify_tui.tui.base import LedgerView
from rectify_tui.tui.keys import ALL_KEYS, bindings, keys_text, message, read_keymap
from rectify_tui.tui.plain import BlankScrollBar, PlainLanguage
from rectify_tui.tui.subject import subject

POLL = 1.0
"""Seconds between looks at whether another process has written."""

Change = Callable[[Draft], None]
Found = TypeVar("Found")


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
        self._plain = PlainLanguage(language.code)
        self._batch = -1
        self._day = ledger.today()
        self._lost: Problem | None = None
        ScrollBar.renderer = BlankScrollBar
        self.simulated = False

    def on_mount(self) -> None:
        """Open the overview and begin to watch for what others write."""
        from rectify_tui.tui.screens.cases import CasesScreen
        from rectify_tui.tui.screens.items import ItemsScreen
        from rectify_tui.tui.screens.overview import OverviewScreen

        self.theme = "textual-dark"
        self.add_mode("overview", OverviewScreen)
        self.add_mode("items", ItemsScreen)
        self.add_mode("cases", CasesScreen)
        self.add_mode("weekly", _weekly_screen)
        with contextlib.suppress(Problem, DatabaseError):
            self._batch = self.ledger.newest_batch()
        self.switch_mode("overview")
        self.call_after_refresh(self._take_keymap)
        self.set_interval(POLL, self._watch)
        self._watch()

    def _take_keymap(self) -> None:
        if self._keymap_path is None:
            return
        try:
            self.set_keymap(read_keymap(self._keymap_path))
        except Problem as problem:
            self.tell(problem)

    @property
    def t(self) -> Language:
        """The language, with ASCII signs only where that is the style."""
        return self._plain if self.ascii else self.language

    def keys_of(self, id: str) -> str:
        """The keys that do something at present, as the user reads them."""
        keymap: dict[str, str] = dict(self._keymap)  # the only place where Textual keeps it
        return keys_text(keymap.get(id, ALL_KEYS[id].keys))

    def get_key_display(self, binding: Binding) -> str:
        """A key as the footer shows it."""
        return keys_text(binding.key)

    def first_key(self, id: str) -> str:
        """The first of the keys that do something."""
        return self.keys_of(id).partition(" ")[0]

    # Telling

    def tell(self, said: Problem | str, *, error: bool = True) -> None:
        """Show a sentence for a while; a `Problem` in the user's language."""
        text = self.t.problem(said) if isinstance(said, Problem) else said
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

    # Reading

    def read(
        self, find: Callable[[], Found], then: Callable[[Found], None], group: str, *,
        refused: Callable[[Problem], None] | None = None,
    ) -> None:  # fmt: skip
        """Call `find` in a worker thread and hand on what it found; a newer one of the group wins.

        What goes wrong is told to `refused`, or else to the user.
        """

        def work() -> None:
            try:
                found = find()
            except Problem as problem:
                self._back(refused or self.tell, problem)
            except DatabaseError as error:
                self._back(refused or self.tell, Problem("tui.failed", error=error))
            else:
                self._back(then, found)

        self.run_worker(work, thread=True, group=group, exclusive=True)

    def _back(self, then: Callable[[Found], None], found: Found) -> None:
        """From a thread: go on with what was found, unless it is no longer wanted."""
        if not get_current_worker().is_cancelled:
            self.call_from_thread(then, found)

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
                text = self._told("tui.changed", writing.receipt.batch)
            except Problem as problem:
                self.call_from_thread(refused or self.tell, problem)
            except DatabaseError as error:
                self.call_from_thread(refused or self.tell, Problem("store.refused", error=error))
            else:
                self.call_from_thread(self._changed, text, writing.receipt, done)

        self.run_worker(work, thread=True, group="change")

    def _told(self, key: str, batch: int | None, shown: int | None = None) -> str:
        """In a thread: what a batch was about, in a sentence; `shown` is the number to tell."""
        if batch is None:
            return self.t("tui.nothing_changed")
        found = subject(Words(self.ledger.reader(), self.t), batch)
        return self.t(
            key, batch=shown or batch, what=found.what, told=found.told, n=found.n,
            more=found.n - 1, undo=self.first_key("app.undo"), redo=self.first_key("app.redo"),
        )  # fmt: skip

    def _changed(self, text: str, receipt: Receipt, done: Callable[[Receipt], None] | None) -> None:
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
        self.run_worker(partial(self._undo, redo), thread=True, group="change")

    def _undo(self, redo: bool) -> None:
        try:
            text = self._undone(redo)
        except Problem as problem:
            self.call_from_thread(self.tell, problem)
        except DatabaseError as error:
            self.call_from_thread(self.tell, Problem("store.refused", error=error))
        else:
            self.call_from_thread(partial(self.tell, text, error=False))
            self.call_from_thread(self._watch)

    def _undone(self, redo: bool) -> str:
        """In a thread: undo or redo, and say what. Raises `Refusal` where there is nothing."""
        from rectify_tui.store.undo import last_redoable, last_undoable, undo

        connection = self.ledger.reader()
        batch = (last_redoable if redo else last_undoable)(connection, author())
        if batch is None:
            raise Refusal("undo.nothing_to_redo" if redo else "undo.nothing")
        undone = undo(self.ledger, batch)
        if not redo:
            return self._told("tui.undone", undone.batch)
        first = connection.execute("SELECT undoes FROM batch WHERE id = ?", [batch]).fetchone()[0]
        return self._told("tui.redone", undone.batch, first)

    # Watching

    def _watch(self) -> None:
        self.read(self._look, self._seen, "watch", refused=self._lose)

    def _look(self) -> tuple[int, bool]:
        """In a thread: the newest batch, and whether anything in the ledger is simulated."""
        if not self.ledger.path.exists():
            raise Problem("store.missing", path=self.ledger.path)
        return self.ledger.newest_batch(), has_simulated(self.ledger.reader())

    def _lose(self, problem: Problem) -> None:
        """Say once that the store can no longer be read."""
        if self._lost is None:
            self._lost = problem
            self.tell(problem)

    def _seen(self, found: tuple[int, bool]) -> None:
        """Show what somebody wrote since the last look, or a new day."""
        newest, simulated = found
        new = (newest, self.ledger.today()) != (self._batch, self._day) or self._lost is not None
        self._batch, self._day, self._lost = newest, self.ledger.today(), None
        view = self.view()
        if view is not None and simulated != self.simulated:
            self.simulated = simulated
            view.retitle()
        if view is not None and new:
            view.renew()

    # The as-of date

    def action_move_date(self, days: int) -> None:
        """Move the as-of date; today is as far as it goes."""
        from rectify_tui.tui.dialogs.date import EARLIEST

        day = (self.as_of or self.ledger.today()) + timedelta(days=days)
        self.as_of = max(day, EARLIEST) if day < self.ledger.today() else None

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
        self._plain = PlainLanguage(self.language.code)
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
        view = self.view()
        if view is not None:
            view.set_class(self.ascii, "ascii")
            view.retranslate()

    def action_help_quit(self) -> None:
        """Say how to leave to whoever presses ctrl+c."""
        self.tell(self.t("tui.how_to_quit", key=self.first_key("app.quit")), error=False)

    # Help and commands

    def action_help(self) -> None:
        """Show all keys."""
        from rectify_tui.tui.dialogs.help import HelpDialog

        self.push_screen(HelpDialog())

    def action_command_palette(self) -> None:
        """Everything that can be done, by name."""
        from rectify_tui.tui.palette import Palette

        if not Palette.is_open(cast("App[object]", self)):
            self.push_screen(Palette(self.t, ascii=self.ascii))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the command palette offers: every action that makes sense on this screen."""
        told: set[str] = set()
        for active in screen.active_bindings.values():
            key = ALL_KEYS.get(active.binding.id or "")
            if key is None or key.id in told or not key.palette or not active.enabled:
                continue
            told.add(key.id)
            run = partial(self.run_action, active.binding.action, active.node)
            yield SystemCommand(self.t(message(key.id)), self.keys_of(key.id), run)
        if isinstance(screen, LedgerView):
            yield from screen.further_commands()


def _weekly_screen() -> LedgerView:
    """The report's screen, with all that it takes to make one, once it is asked for."""
    from rectify_tui.tui.screens.weekly import WeeklyScreen

    return WeeklyScreen()


def run_dashboard(
    ledger: Ledger, *, language: Language, ascii: bool = False, demo: bool = False,
    keymap: Path | None = None,
) -> int:  # fmt: skip
    """Open the dashboard until the user leaves; returns the exit code.

    Keys come from `keymap`, or else from `keys.toml` in the folder of the user's settings.
    """
    path = keymap or config_folder() / "keys.toml"
    app = RectifyApp(ledger, language=language, ascii=ascii, demo=demo, keymap=path)
    app.run()
    return app.return_code or 0
