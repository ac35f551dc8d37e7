"""The dashboard: one ledger, eight screens, one day whose figures they show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.scrollbar import ScrollBar
from textual.widget import AwaitMount

from rectify_tui.errors import Problem
from rectify_tui.i18n import LANGUAGES, Language
from rectify_tui.paths import config_folder
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.programmes import programme_codes
from rectify_tui.tui.appearance import Appearance, named_entry
from rectify_tui.tui.dialogs.dialog import Dialog
from rectify_tui.tui.input_method import plain_key
from rectify_tui.tui.keys import Key, bindings, keys_text, read_keymap
from rectify_tui.tui.left_off import LeftOff, left_off_file
from rectify_tui.tui.looks import FILE as LOOKS_FILE
from rectify_tui.tui.palette.entry import Entry
from rectify_tui.tui.plain import BlankScrollBar
from rectify_tui.tui.saved_views import FILE, SavedView, read_views
from rectify_tui.tui.screens.overview import OverviewScreen
from rectify_tui.tui.session import Session
from rectify_tui.tui.textual_private import (
    TERMINAL_DRIVER,
    ServedDriver,
    forget_screen,
    styled_by_app,
)
from rectify_tui.tui.typed_ahead import Typed, TypedAhead
from rectify_tui.tui.view import LedgerView
from rectify_tui.tui.watch import LedgerWatch

if TYPE_CHECKING:
    from rectify_tui.tui.commands import Commands
    from rectify_tui.tui.keeping import ViewsKept

READY_LOOK, PATIENCE = 0.02, 500
"""Seconds between looks at whether a screen has read its rows, and how many looks at most."""

EARLIEST = date(1900, 1, 1)
"""No ledger goes further back, and no day before it can be typed."""

STYLES_OF_OTHERS = Path(__file__).with_name("others.tcss")
"""How all looks that is not on the first screen: it takes as long to read as all that is."""

UNPAINTED = 0.1
"""Seconds for which nothing is painted at first, unless the screen has read its rows before that:
who starts sees it once and whole, instead of one part after another.
"""

POLL = 1.0
"""Seconds between looks at whether another process has written."""


class RectifyApp(App[None], inherit_bindings=False):
    """The dashboard. What screens and dialogs work with is its `session`."""

    CSS_PATH = "rectify.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("app"),
        Binding("ctrl+q", "quit", show=False, priority=True),  # also where a dialog is open
        Binding("ctrl+c", "help_quit", show=False, system=True),
    ]
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self, ledger: Ledger, *, language: Language, ascii: bool = False, demo: bool = False,
        keymap: Path | None = None, left_off: LeftOff | None = None,
        new_day: Callable[[], None] = lambda: None, served: bool = False, narrow: bool = True,
        looks: Path | None = None, greet: bool = False,
    ) -> None:  # fmt: skip
        left_off = left_off or LeftOff(None)
        self._first = _first_screen(left_off)
        if self._first == "overview":
            # Textual begins on it, and makes no empty screen to lie beneath it. What was left on
            # any other goes into widgets, which need a screen that is there already.
            self.DEFAULT_MODE = self._first  # type: ignore[misc]
        super().__init__(driver_class=ServedDriver if served else TERMINAL_DRIVER)
        self._begun = False
        self._leaving = False
        self.painting = False
        """Whether what changes is painted: at first what is read is waited for."""
        self._unpainted = ExitStack()
        self._arriving: LedgerView | None = None
        self.session = Session(
            self, ledger, language, left_off, ascii=ascii, demo=demo, served=served
        )
        self.saved_views: list[SavedView] = []
        self.views: dict[str, LedgerView] = {}
        self.watch_ledger = LedgerWatch(self.session, self._renew, self._retitle, new_day)
        self._keymap_path = keymap
        self.appearance = Appearance(self, self.session, looks, ascii=ascii, narrow=narrow)
        self.typed_ahead = TypedAhead(self, self.session, self._take_typed, lambda: self.arriving)
        self._greet = greet
        self.title = language("tui.title")
        ScrollBar.renderer = BlankScrollBar

    @cached_property
    def commands(self) -> Commands:
        """The palette and the help, with all that is looked through by name."""
        from rectify_tui.tui.commands import Commands

        return Commands(self.session, self)

    def on_load(self) -> None:
        """Say which screens there are, and dress them, before the first of them is made."""
        self.appearance.begin()
        self.set_class(self.no_color, "no-color")
        for mode, screen in SCREENS.items():
            self.add_mode(mode, partial(self._new_screen, mode, screen))

    def on_mount(self) -> None:
        """Open the screen that was left, and begin to watch for what others write."""
        self._begun = True
        self.switch_mode(self._first)
        self._unpainted.enter_context(self.batch_update())
        self.set_timer(UNPAINTED, self._paint)
        self.call_after_refresh(self._take_settings)  # by then there is a screen to complain on
        self.set_interval(POLL, self.look_again)
        self.look_again()

    def _paint(self) -> None:
        """Paint from now on, if nothing was painted yet."""
        if not self.painting:
            self.painting = True
            self._unpainted.close()
            self.screen.refresh()

    def on_window_table_loaded(self) -> None:
        """Paint the first screen when all of its tables have been read."""
        view = self.view()
        if view is not None and view.ready:
            self._paint()

    def _new_screen(self, mode: str, screen: Callable[[Session], LedgerView]) -> LedgerView:
        if mode != "overview":
            self._style_others()
        view = self.views[mode] = styled_by_app(screen(self.session), self)
        view.recall(self.session.left_off.of(mode))
        return view

    def push_screen(self, *args: Any, **named: Any) -> Any:
        """Show a screen above the others."""
        self._style_others()
        return super().push_screen(*args, **named)

    def _style_others(self) -> None:
        """Know how all looks that is not on the first screen, before any of it is shown."""
        if not self.stylesheet.has_source(str(STYLES_OF_OTHERS)):
            self.stylesheet.read(STYLES_OF_OTHERS)

    def keep_place(self) -> None:
        """Write down where one is on every screen, for the next time."""
        left_off = self.session.left_off
        for mode, view in self.views.items():
            left_off.put(mode, view.remember())
        left_off.put("app", {"screen": self.current_mode})
        left_off.write()

    def _take_settings(self) -> None:
        self._take_keymap()
        self._read_views()
        if self._greet:
            key = self.session.first_key("app.palette")
            self.session.tell(self.session.t("tui.tour.offer", key=key), error=False)
        self.appearance.complain()

    def _take_keymap(self) -> None:
        """Use the keys of the user's own; says what is wrong with them."""
        if self._keymap_path is None:
            return
        try:
            self.session.keymap = read_keymap(self._keymap_path)
        except Problem as problem:
            self.session.tell(problem)
        else:
            self.set_keymap(self.session.keymap)

    def _read_views(self) -> None:
        """Take the views that were kept; says what is wrong with their file."""
        session = self.session
        try:
            self.take_views(read_views(config_folder() / FILE, session.today, session.keymap))
        except Problem as problem:
            session.tell(problem)

    def take_views(self, views: list[SavedView]) -> None:
        """These are the views now: give them their keys."""
        self.saved_views = views
        for place, view in enumerate(views):
            if view.key:
                self.bind(view.key, f"app.open_view({place})", show=False)

    def on_views_kept(self, event: ViewsKept) -> None:
        """Another view was kept."""
        self.take_views(event.views)

    def action_open_view(self, place: int) -> None:
        """Go to the list of a view, and show it."""
        from rectify_tui.tui.screens.records import RecordsScreen

        view = self.saved_views[place]

        def opened() -> None:
            screen = self.view()
            if isinstance(screen, RecordsScreen):
                screen.open_view(view)
                self.session.tell(self.session.t("tui.views.opened", name=view.name), error=False)

        self.leave_side_lists()
        self.switch_mode(view.place)
        self._once_shown(opened)

    def exit(self, *args: Any, **named: Any) -> None:
        """End the dashboard; one whose first screen is just being made ends when it is there."""
        self._leaving = True
        leave = partial(super().exit, *args, **named)
        if self._begun:
            leave()
        else:
            self.call_later(leave)

    def get_key_display(self, binding: Binding) -> str:
        """A key as the footer shows it."""
        return keys_text(binding.key)

    async def on_event(self, event: events.Event) -> None:
        """Take keys as they were meant, whatever input method is on; in a text as they were typed.

        A character that no key stands for gets a hint, so that the keys do not seem dead. What was
        typed before the end reaches no screen that is being taken down, or never came: a terminal
        that goes leaves much of that.
        """
        if self._leaving and isinstance(event, events.InputEvent):
            return
        if isinstance(event, (events.Key, events.Paste)) and not event.is_forwarded:
            await self.typed_ahead.take(event)
            return
        if isinstance(event, events.Resize):
            forget_screen(self)  # a terminal of another size may show anything
        await super().on_event(event)

    async def _take_typed(self, event: Typed) -> None:
        if isinstance(event, events.Key) and not self._types(event):
            meant = plain_key(event)
            if meant is None:
                self._hint_at_input_method()
                return
            event = meant
        await super().on_event(event)

    def _types(self, key: events.Key) -> bool:
        """Whether a key goes into a text as it is."""
        focused = self.focused
        return focused is not None and focused.check_consume_key(key.key, key.character)

    def _hint_at_input_method(self) -> None:
        hint = Problem("tui.input_method", key=self.session.first_key("app.palette"))
        if isinstance(self.screen, Dialog):
            self.screen.complain(hint)
        else:
            self.session.tell(hint)

    def switch_mode(self, mode: str) -> AwaitMount:
        """Go to a screen; from a browser there is no way to the files of this machine."""
        if mode == "intake" and self.session.served:
            self.session.tell(self.session.t("web.no_files_here"))
            mode = self.current_mode
        return super().switch_mode(mode)

    # What the session asks for

    def view(self) -> LedgerView | None:
        """The screen of the ledger that lies below any dialogs."""
        views = [screen for screen in self.screen_stack if isinstance(screen, LedgerView)]
        return views[-1] if views else None

    def say(self, sentence: str, *, error: bool) -> None:
        """Show a sentence on the screen that lies below any dialogs."""
        view = self.view()
        if view is not None:
            view.say(sentence, error=error)

    def look_again(self) -> None:
        """See whether anything has been written."""
        self.watch_ledger.look()

    def turned_back(self, batch: int) -> None:
        """A batch was undone or brought back."""
        view = self.view()
        if view is not None:
            view.turned_back(batch)

    def open_list(self, mode: str, filter_text: str, key: int | None) -> None:
        """Go to a screen; one with a list shows a filter, with the cursor on one of its rows."""

        def opened() -> None:
            view = self.view()
            if view is not None:
                view.open(filter_text, key)

        self.switch_mode(mode)
        self._once_shown(opened)

    def _renew(self) -> None:
        view = self.view()
        if view is not None:
            view.come_up_to_date()

    def _retitle(self) -> None:
        view = self.view()
        if view is not None:
            view.retitle()

    # A beginning

    def action_add_programme(self) -> None:
        """Ask for a programme, and add it."""
        from rectify_tui.tui.new_programme import ask_for_programme

        ask_for_programme(self.session)

    def action_tidy(self) -> None:
        """Ask what in the ledger is to be put right."""
        from rectify_tui.tui.tidying import ask_to_tidy

        ask_to_tidy(self.session)

    # Changing back

    def action_undo(self) -> None:
        """Take back the newest change of this author."""
        self.session.undo()

    def action_redo(self) -> None:
        """Bring back what was undone last."""
        self.session.redo()

    def action_list_batches(self) -> None:
        """Show what was changed, batch by batch."""
        from rectify_tui.tui.screens.batches import BatchesScreen

        if not isinstance(self.view(), BatchesScreen):
            self.push_screen(BatchesScreen(self.session))

    # Leaving

    async def action_quit(self) -> None:
        """Leave; asks first where something is decided and not written yet."""
        session = self.session
        lost = [sentence for told in session.unwritten if (sentence := told())]
        if not lost:
            self.exit()
            return

        def answered(place: int | None) -> None:
            if place == 1:
                self.exit()

        from rectify_tui.tui.dialogs.choice import ChoiceDialog

        options = [session.t("tui.quit.stay"), session.t("tui.quit.leave")]
        dialog = ChoiceDialog(session, session.t("tui.quit.ask"), options, about="\n".join(lost))
        self.push_screen(dialog, answered)

    # The day

    def show_day(self, day: date | None) -> None:
        """Show the figures of a day; None, like today, is the present, which goes on by itself."""
        day = None if day is None or day >= self.session.today else max(day, EARLIEST)
        if day != self.session.as_of:
            self.session.as_of = day
            self._renew()
            self._retitle()

    def action_move_date(self, days: int) -> None:
        """Move the day; today is as far as it goes."""
        self.show_day(self.session.day + timedelta(days=days))

    def action_today(self) -> None:
        """Back to the present."""
        self.show_day(None)

    def action_choose_date(self) -> None:
        """Ask for the day."""
        from rectify_tui.tui.dialogs.date import DateDialog

        def chosen(day: date | None) -> None:
            if day is not None:
                self.show_day(day)

        self.push_screen(DateDialog(self.session, self.session.day), chosen)

    # Style and language

    def action_turn_language(self) -> None:
        """The next of the languages."""
        after = LANGUAGES.index(self.session.language.code) + 1
        self.session.language = Language(LANGUAGES[after % len(LANGUAGES)])
        self.title = self.session.language("tui.title")
        self.retranslate()

    def action_turn_theme(self) -> None:
        """The next of the themes."""
        self.appearance.turn_theme()

    def action_turn_ascii(self) -> None:
        """ASCII signs and lines only, or not."""
        self.appearance.turn_ascii()

    def on_cursor_position(self, event: events.CursorPosition) -> None:
        """The terminal says late how wide the sign is that it was shown."""
        if event.x == 1:
            self.appearance.signs_are_narrow()

    def paint_anew(self) -> None:
        """Write the whole screen anew, where others have written over it."""
        forget_screen(self)
        self.screen.refresh(layout=True)

    def further_entries(self) -> Iterator[Entry]:
        """What the palette offers on every screen beside the keys."""
        yield named_entry(self.session, "tour.name", self.start_tour)
        yield from self.appearance.entries()
        yield named_entry(self.session, "looks.paint_anew", self.paint_anew)

    def start_tour(self) -> None:
        """Five steps through the screens."""
        from rectify_tui.tui.tour import Tour

        Tour(self.session, self._go_to).start()

    def _go_to(self, mode: str, then: Callable[[], None]) -> None:
        """Go to a screen, and go on when it is there."""
        self.leave_side_lists()
        self.switch_mode(mode)
        self._once_ready(then)

    def retranslate(self) -> None:
        """Show the present screen in another language, or with other signs."""
        view = self.view()
        if view is not None:
            view.retranslate()

    # Help and commands

    def action_help_quit(self) -> None:
        """Say how to leave to whoever presses ctrl+c."""
        session = self.session
        session.tell(session.t("tui.how_to_quit", key=session.first_key("app.quit")), error=False)

    def action_help(self) -> None:
        """What can be done here, and by which keys."""
        self.commands.open_help()

    def action_command_palette(self) -> None:
        """Everything that can be done or gone to, by name."""
        if not isinstance(self.screen, Dialog):
            self.commands.open_palette()

    def run_key(self, mode: str | None, key: Key) -> Callable[[], None]:
        """What does an action, on the screen of a mode once that is there, or on this one."""
        return partial(self._run_key, mode, key)

    def _run_key(self, mode: str | None, key: Key) -> None:
        if mode is not None:
            self.leave_side_lists()
            self.switch_mode(mode)
        self._once_ready(partial(self._run_here, key))

    def _run_here(self, key: Key) -> None:
        self.call_later(self.run_action, key.action, self.view())

    def _once_ready(self, then: Callable[[], None], left: int = PATIENCE) -> None:
        """Go on when the screen has read what it shows, or has not for a long time."""
        view = self._arriving = self.view()
        if left and (view is None or not view.ready):
            self.set_timer(READY_LOOK, partial(self._once_ready, then, left - 1))
        else:
            self._once_shown(then)

    def _once_shown(self, then: Callable[[], None]) -> None:
        """Go on when the screen is drawn; what is typed meanwhile is meant for what follows."""

        def shown() -> None:
            then()
            self._arriving = None

        self._arriving = self.view()
        self.call_after_refresh(shown)

    @property
    def arriving(self) -> bool:
        """Whether something is still to be done on the screen that was gone to."""
        return self._arriving is not None and self._arriving is self.screen

    def leave_side_lists(self) -> None:
        """Go back to the screen that a list was opened from."""
        while len(self.screen_stack) > 1 and isinstance(self.screen, LedgerView):
            self.pop_screen()


def _items_screen(session: Session) -> LedgerView:
    """The list of items, with all that changes them, once it is asked for."""
    from rectify_tui.tui.screens.items import ItemsScreen

    return ItemsScreen(session)


def _cases_screen(session: Session) -> LedgerView:
    """The list of cases, likewise."""
    from rectify_tui.tui.screens.cases import CasesScreen

    return CasesScreen(session)


def _weekly_screen(session: Session) -> LedgerView:
    """The report's screen, with all that it takes to make one, once it is asked for."""
    from rectify_tui.tui.screens.weekly import WeeklyScreen

    return WeeklyScreen(session)


def _intake_screen(session: Session) -> LedgerView:
    """The screen of what comes in, with all that reads files, once it is asked for."""
    from rectify_tui.tui.screens.intake import IntakeScreen

    return IntakeScreen(session)


def _queue_screen(session: Session) -> LedgerView:
    """The queue's screen, with all that judges and asks, once it is asked for."""
    from rectify_tui.tui.screens.queue import QueueScreen

    return QueueScreen(session)


def _map_screen(session: Session) -> LedgerView:
    """The map, with all that draws, once it is asked for."""
    from rectify_tui.tui.screens.map import MapScreen

    return MapScreen(session)


def _board_screen(session: Session) -> LedgerView:
    from rectify_tui.tui.screens.board import BoardScreen

    return BoardScreen(session)


def _tables_screen(session: Session) -> LedgerView:
    """The tables of reports, with all that makes them, once they are asked for."""
    from rectify_tui.tui.screens.tables import TablesScreen

    return TablesScreen(session)


SCREENS: dict[str, Callable[[Session], LedgerView]] = {
    "overview": OverviewScreen,
    "items": _items_screen,
    "cases": _cases_screen,
    "weekly": _weekly_screen,
    "intake": _intake_screen,
    "queue": _queue_screen,
    "map": _map_screen,
    "board": _board_screen,
    "tables": _tables_screen,
}


def _first_screen(left_off: LeftOff) -> str:
    """The screen that was left the last time, if it is one."""
    left = left_off.of("app").get("screen")
    return left if isinstance(left, str) and left in SCREENS else "overview"


def run_dashboard(
    ledger: Ledger, *, language: Language, ascii: bool = False, demo: bool = False,
    keymap: Path | None = None, home: bool = False, new_day: Callable[[], None] = lambda: None,
    served: bool = False, narrow: bool = True,
) -> int:  # fmt: skip
    """Open the dashboard until the user leaves; returns the exit code.

    One begins where one left off, but with `home` on the first screen. `new_day` is called on each
    day that begins meanwhile. Keys come from `keymap`, or else from `keys.toml` in the folder of
    the user's settings. `narrow` says that the terminal draws signs of uncertain width in one cell.
    """
    path = keymap or config_folder() / "keys.toml"
    # An empty ledger has a greeting of its own, above what its overview says.
    filled = bool(programme_codes(ledger.reader()))
    left_off = LeftOff(None if demo or served else left_off_file(ledger.address), home=home)
    app = RectifyApp(
        ledger, language=language, ascii=ascii, demo=demo, keymap=path, left_off=left_off,
        new_day=new_day, served=served, narrow=narrow,
        looks=None if served else config_folder() / LOOKS_FILE,
        greet=filled and (demo or (left_off.first and not served)),
    )  # fmt: skip
    app.run()
    app.keep_place()
    return app.return_code or 0
