"""What all screens on the ledger share: top line, notice, footer, and keys in the user's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import lru_cache

from textual import on
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding
from textual.screen import Screen

from rectify_tui.errors import Problem
from rectify_tui.i18n import Language
from rectify_tui.paths import config_folder
from rectify_tui.tui.keys import ALL_KEYS, message
from rectify_tui.tui.palette.entry import Entry
from rectify_tui.tui.session import Session
from rectify_tui.tui.sizes import SHORT, TALL
from rectify_tui.tui.textual_private import paint_frugally
from rectify_tui.tui.widgets.key_line import KeyLine, cells
from rectify_tui.tui.widgets.notice import Notice
from rectify_tui.tui.widgets.table.messages import Failed, Loaded, MarksChanged, Moved
from rectify_tui.tui.widgets.table.table import WindowTable
from rectify_tui.tui.widgets.top_line import TopLine

NEVER_LEFT_OUT = ("app.help", "app.quit")
"""Keys that the line of keys always has."""


def _shown(bindings: Mapping[str, ActiveBinding]) -> dict[str, Binding]:
    """What the line of keys has, by action: the first of the keys of each."""
    shown: dict[str, Binding] = {}
    for active in bindings.values():
        if active.binding.show:
            shown.setdefault(active.binding.action, active.binding)
    return shown


@lru_cache(maxsize=1024)
def _called(binding: Binding, text: str) -> Binding:
    """A binding with what it does in words. It is asked for anew with every change of focus."""
    return replace(binding, description=text)


class LedgerView(Screen[None]):
    """A screen on the ledger. Subclasses compose what lies between the top line and the notice."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        paint_frugally(self)
        self.session = session
        self._place = ""
        self._basis: object = None
        self._unsaid: tuple[str, bool] | None = None

    @property
    def t(self) -> Language:
        """The language of the screen."""
        return self.session.t

    # Layout

    def compose(self) -> ComposeResult:
        """The top line, the body, the notice, the footer."""
        self._take_height(self.app.size.height)  # while there is little to be styled anew
        yield TopLine(self.session)
        yield from self.body()
        yield Notice(self.session, self.state)
        yield KeyLine()

    def body(self) -> ComposeResult:
        """The widgets between the top line and the notice."""
        yield from ()

    def on_mount(self) -> None:
        """Say what was to be said before there was a screen."""
        if self._unsaid is not None:
            sentence, error = self._unsaid
            for notice in self._notices():
                notice.say(sentence, error=error)

    def on_resize(self) -> None:
        """Lay everything out anew; `tall` and `short` screens show more and less."""
        self._take_height(self.size.height)
        self.retitle()
        self.fit()

    def fit(self) -> None:
        """Lay out anew what follows from the size of the screen."""

    def _take_height(self, height: int) -> None:
        self.set_class(height >= TALL, "tall")
        self.set_class(height < SHORT, "short")

    # Keys

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The bindings with their descriptions in the user's language.

        The line of keys leaves out those that it has no room for, but never help and the way out.
        """
        found = {key: self._described(active) for key, active in super().active_bindings.items()}
        shown = _shown(found)
        needed = sum(map(self._cells, shown.values())) - len(shown)  # set close
        for action in reversed(list(shown)):
            if needed <= self.size.width - 1 or not self.size.width:
                break
            if shown[action].id not in NEVER_LEFT_OUT:
                needed -= self._cells(shown.pop(action)) - 1
        return {
            key: active if not active.binding.show or active.binding.action in shown
            else active._replace(binding=replace(active.binding, show=False))
            for key, active in found.items()
        }  # fmt: skip

    def _cells(self, binding: Binding) -> int:
        """The cells of a key in the line of keys, set wide."""
        return cells(self.app.get_key_display(binding), binding.description)

    def _described(self, active: ActiveBinding) -> ActiveBinding:
        id = active.binding.id
        if id is None or id not in ALL_KEYS:
            return active
        text = self.t(message(id))
        return active._replace(binding=_called(active.binding, text), tooltip=text)

    async def action_table(self, action: str) -> None:
        """Let the table that has the focus do something, or else the main one."""
        await self.app.run_action(action, self._table())

    def _table(self) -> WindowTable:
        """The table that has the focus, or else the main one."""
        focused = self.focused
        return focused if isinstance(focused, WindowTable) else self.main_table()

    async def action_pane(self, action: str) -> None:
        """Let the list that the screen holds do something."""
        await self.app.run_action(action, self.query_one("#pane"))

    def main_table(self) -> WindowTable:
        """The table that the keys for moving and marking are about."""
        return self.query_one("#main", WindowTable)

    def action_copy(self) -> None:
        """Copy the marked rows, or the one under the cursor."""
        from rectify_tui.tui.taking import copy_rows

        copy_rows(self.session, self._table())

    def action_export(self) -> None:
        """Ask for a file, and write to it what the table shows."""
        from rectify_tui.tui.taking import ask_to_export

        ask_to_export(self.session, self._table(), self.title_of_list(), self.filter_text())

    def title_of_list(self) -> str:
        """What the list is called that is shown."""
        return self._place

    def filter_text(self) -> str:
        """What the rows are filtered by, as typed."""
        return ""

    def action_back(self) -> None:
        """Step back: to the overview, where it was left."""
        self.app.switch_mode("overview")

    # What stands above and below

    def show_top(self, place: str) -> None:
        """Write the top line: where one is, and as of which day."""
        self._place = place
        self.query_one(TopLine).show(place, self.shown_day(), past=self.in_past)

    def shown_day(self) -> date:
        """The day whose figures are shown."""
        return self.session.day

    @property
    def in_past(self) -> bool:
        """Whether a day before today is shown."""
        return self.session.as_of is not None

    def say(self, sentence: str, *, error: bool = False) -> None:
        """Show a sentence above the footer for a while."""
        if not self.is_mounted:
            self._unsaid = sentence, error
            return
        for notice in self._notices():
            notice.say(sentence, error=error)

    def hush(self) -> None:
        """Take back the sentence that is being said."""
        for notice in self._notices():
            notice.hush()

    def show_state(self) -> None:
        """Write the line above the footer, unless a sentence is being said."""
        for notice in self._notices():
            notice.show_state()

    def _notices(self) -> Iterable[Notice]:
        """The line above the footer; none where the app is ending and has taken it away already."""
        return self.query(Notice) if self.children else ()

    def state(self) -> str:
        """What the line above the footer says as a rule."""
        return ""

    @on(Loaded)
    @on(Moved)
    @on(MarksChanged)
    def _follow_the_table(self) -> None:
        self.show_state()

    @on(Failed)
    def _tell_why_nothing_is_shown(self, event: Failed) -> None:
        self.session.failures += 1
        error = event.error
        problem = error if isinstance(error, Problem) else Problem("tui.failed", error=error)
        self.say(self.session.words(problem), error=True)

    # Coming up to date

    def on_screen_resume(self) -> None:
        """Come up to date with what happened while another screen was shown."""
        if not self.children:  # the app is ending, and has taken them away already
            return
        self.set_class(self.session.ascii, "ascii")
        if self._basis is None or self._basis != self._basis_now():
            self.come_up_to_date()
        else:
            self.retitle()
        self.refresh_bindings()

    def come_up_to_date(self) -> None:
        """Read everything anew, and note what it was read from."""
        self._basis = self._basis_now()
        self.renew()

    def _basis_now(self) -> object:
        """What all that is shown follows from; while it is the same, nothing has to be read.

        The batch is the newest that was noticed: somebody's that is newer still will be noticed.
        """
        session = self.session
        settings = None
        with suppress(OSError):  # somebody is just writing one
            settings = [path.stat().st_mtime_ns for path in config_folder().glob("*.toml")]
        return (
            session.newest_batch, session.failures, session.as_of, session.today,
            session.language.code, session.ascii, self.app.theme, settings,
        )  # fmt: skip

    def retitle(self) -> None:
        """Write the top line anew."""

    def renew(self) -> None:
        """Read everything anew; the cursor stays on its row."""

    def open(self, filter_text: str, key: int | None) -> None:
        """Show the records of a filter, with the cursor on one; nothing where there is no list."""

    def remember(self) -> Mapping[str, object]:
        """What is to be found again the next time, as plain data."""
        return {}

    def recall(self, kept: Mapping[str, object]) -> None:
        """Begin where one left off, as far as what was kept makes sense. Called before all else."""

    def turned_back(self, batch: int) -> None:
        """A batch was undone or brought back from here; what it wrote will be read anew."""

    def retranslate(self) -> None:
        """Show everything in the language or style that was just chosen."""
        self.set_class(self.session.ascii, "ascii")
        self.hush()
        self.come_up_to_date()
        self.refresh_bindings()

    # What can be done

    @property
    def ready(self) -> bool:
        """Whether what is shown has been read."""
        return self.is_mounted and not any(table.busy for table in self.walk_children(WindowTable))

    @property
    def row_is_being_read(self) -> bool:
        """Whether it is not known yet which rows of the main table are chosen."""
        return any(table.choice_is_open for table in self.query("#main").results(WindowTable))

    def lacks(self, need: str) -> Problem | None:
        """What is missing that a key needs, None where it is there."""
        return Problem("tui.nothing_chosen") if need == "row" and self._rowless() else None

    def _rowless(self) -> bool:
        tables = list(self.query("#main").results(WindowTable))
        return bool(tables) and not tables[0].total

    def further_entries(self) -> Iterable[Entry]:
        """What the command palette offers beside the keys."""
        return ()
