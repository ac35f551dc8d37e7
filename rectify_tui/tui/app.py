"""The dashboard: one ledger, five screens, one as-of date."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import ClassVar, cast

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.reactive import reactive
from textual.screen import Screen

from rectify_tui.errors import Problem
from rectify_tui.i18n import Language
from rectify_tui.paths import config_folder
from rectify_tui.store.connection import DatabaseError
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.programmes import has_simulated
from rectify_tui.tui.base import LedgerView
from rectify_tui.tui.changes import ChangingApp
from rectify_tui.tui.keys import ALL_KEYS, bindings, message
from rectify_tui.tui.plain import PlainLanguage

POLL = 1.0
"""Seconds between looks at whether another process has written."""


class RectifyApp(ChangingApp):
    """The dashboard."""

    CSS_PATH = "rectify.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("app")
    ENABLE_COMMAND_PALETTE = True

    as_of: reactive[date | None] = reactive(None, init=False)
    """The day whose figures are shown; None is today."""

    def __init__(
        self, ledger: Ledger, *, language: Language, ascii: bool = False, demo: bool = False,
        keymap: Path | None = None,
    ) -> None:  # fmt: skip
        super().__init__(ledger, language=language, ascii=ascii, demo=demo, keymap=keymap)
        self.simulated = False
        self._batch = -1
        self._day = ledger.today()
        self._lost: Problem | None = None

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
        self.add_mode("intake", _intake_screen)
        self.add_mode("behind", _behind_screen)
        with contextlib.suppress(Problem, DatabaseError):
            self._batch = self.ledger.newest_batch()
        self.switch_mode("overview")
        self.call_after_refresh(self.take_keymap)
        self.set_interval(POLL, self.look_again)
        self.look_again()

    def open_list(self, mode: str, wanted: str, key: int | None = None) -> None:
        """Go to the items or the cases under a filter, with the cursor on one of them."""
        from rectify_tui.tui.screens.ledger import LedgerScreen

        def opened() -> None:
            screen = self.screen
            if isinstance(screen, LedgerScreen):
                screen.open(wanted, key)

        self.switch_mode(mode)
        self.call_after_refresh(opened)

    # Watching

    def look_again(self) -> None:
        """See whether anything has been written."""
        self.read(self._look, self._seen, "watch", refused=self._lose)

    def _look(self) -> tuple[int, bool]:
        """In a thread: the newest batch, and whether anything in the ledger is simulated."""
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


def _intake_screen() -> LedgerView:
    """The screen of what comes in, with all that reads files, once it is asked for."""
    from rectify_tui.tui.screens.intake import IntakeScreen

    return IntakeScreen()


def _behind_screen() -> LedgerView:
    """The queue's screen, with all that judges and asks, once it is asked for."""
    from rectify_tui.tui.screens.behind import BehindScreen

    return BehindScreen()


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
