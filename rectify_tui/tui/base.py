"""What all screens share: the top line, the footer, and bindings told in the user's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, cast

from textual import events, on
from textual.app import ComposeResult, SystemCommand
from textual.binding import ActiveBinding, Binding
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Footer, Static

from rectify_tui.domain.text import clean, pad, shorten, width
from rectify_tui.i18n import Language
from rectify_tui.tui.keys import ALL_KEYS, message
from rectify_tui.tui.widgets.window_table import WindowTable
from rectify_tui.tui.wrap import wrapped

if TYPE_CHECKING:
    from rectify_tui.tui.app import RectifyApp


SAID_FOR = 10.0
"""Seconds for which a sentence stays."""

SHOWN = 2000
"""Characters of a sentence that are shown."""


class LedgerView(Screen[None]):
    """A screen on the ledger. Subclasses compose what lies between the top line and the footer."""

    def __init__(self) -> None:
        super().__init__()
        self._said: Timer | None = None
        self._date_from = 0

    @property
    def rectify(self) -> RectifyApp:
        """The app, as what it is."""
        return cast("RectifyApp", self.app)

    @property
    def t(self) -> Language:
        """The language of the screen."""
        return self.rectify.t

    def compose(self) -> ComposeResult:
        """The top line, the body, the footer."""
        yield Static(id="top")
        yield from self.body()
        yield Static(id="notice")
        yield Footer(show_command_palette=False)

    def body(self) -> ComposeResult:
        """The widgets between the top line and the footer."""
        yield from ()

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The bindings with their descriptions in the user's language."""
        found = super().active_bindings
        return {key: self._told(binding) for key, binding in found.items()}

    def _told(self, active: ActiveBinding) -> ActiveBinding:
        id = active.binding.id
        if id is None or id not in ALL_KEYS:
            return active
        text = self.t(message(id))
        return active._replace(binding=replace(active.binding, description=text), tooltip=text)

    def show_top(self, place: str) -> None:
        """Write the top line: where one is, and as of which day."""
        app = self.rectify
        day = self.shown_day()
        said = (("demo", app.demo), ("with_simulated", app.simulated), ("past", self.in_past))
        parts = [self.t(f"tui.{key}") for key, holds in said if holds]
        parts.append(self.t("tui.as_of", date=day_text(self.t, day)))
        right = self.t("tui.sign.dot").join(parts) + " "
        room = max(0, self.size.width - width(right))
        left = pad(shorten(f" {clean(place)}", max(0, room - 1), self.t("tui.sign.cut")), room)
        top = self.query_one("#top", Static)
        top.update(Content(left + right))
        top.tooltip = Content(self.t("tui.top_tip"))
        top.set_class(self.in_past, "past")
        self._date_from = room

    def shown_day(self) -> date:
        """The day whose figures are shown."""
        return self.rectify.as_of or self.rectify.ledger.today()

    @property
    def in_past(self) -> bool:
        """Whether a day before today is shown."""
        return self.rectify.as_of is not None

    def on_mount(self) -> None:
        """Lay the footer out anew whenever it shows other keys."""
        self.bindings_updated_signal.subscribe(self, self._fit_footer)

    def _fit_footer(self, _: object = None) -> None:
        """Set the keys in the footer closer where they would not fit."""
        shown: dict[str, Binding] = {}
        for active in self.active_bindings.values():
            if active.binding.show:
                shown.setdefault(active.binding.action, active.binding)
        keys = [(self.app.get_key_display(each), each.description) for each in shown.values()]
        needed = sum(width(key) + width(text) + 3 for key, text in keys)
        self.query_one(Footer).compact = needed > self.size.width

    @on(events.Click, "#top")
    def _top_clicked(self, event: events.Click) -> None:
        """A click on the day chooses another one, a click on the place leads back."""
        if event.x >= self._date_from:
            self.rectify.action_choose_date()
        else:
            self.action_back()

    def action_back(self) -> None:
        """Step back: to the overview, where it was left."""
        self.app.switch_mode("overview")

    def say(self, text: str, *, error: bool = False) -> None:
        """Show a sentence above the footer for a while."""
        notice = self.query_one("#notice", Static)
        notice.set_class(error, "bad")
        notice.set_class(not error, "good")
        sign = self.t("tui.sign.bad" if error else "tui.sign.good")
        shown = clean(f"{sign} {text}"[:SHOWN], multiline=True)
        notice.update(Content(wrapped(shown, self.size.width - 2)))
        if self._said is not None:
            self._said.stop()
        self._said = self.set_timer(SAID_FOR, self._fall_silent)

    def hush(self) -> None:
        """Take back the sentence that is being said."""
        if self._said is not None:
            self._said.stop()
        self._fall_silent()

    def _fall_silent(self) -> None:
        self._said = None
        self.show_state()

    @property
    def saying(self) -> bool:
        """Whether a sentence is being shown that must not be written over."""
        return self._said is not None

    def show_state(self) -> None:
        """Write the line above the footer, unless a sentence is being said."""
        if not self.saying:
            notice = self.query_one("#notice", Static)
            notice.remove_class("bad", "good")
            notice.update(Content(self.state()))

    def state(self) -> str:
        """What the line above the footer says as a rule."""
        return ""

    def on_screen_resume(self) -> None:
        """Come up to date with what happened while another screen was shown."""
        self.set_class(self.rectify.ascii, "ascii")
        self.renew()
        self.refresh_bindings()

    def on_resize(self) -> None:
        """Lay the top line and the footer out anew."""
        self.retitle()
        self._fit_footer()

    def retitle(self) -> None:
        """Write the top line anew."""

    def renew(self) -> None:
        """Read everything anew; the cursor stays on its row."""

    def turned_back(self, batch: int) -> None:
        """A batch was undone or brought back from here; what it wrote will be read anew."""

    def retranslate(self) -> None:
        """Show everything in the language or style that was just chosen."""
        self.hush()
        self.renew()
        self.refresh_bindings()

    def further_commands(self) -> Iterable[SystemCommand]:
        """What the command palette offers beside the keys."""
        return ()

    def action_table(self, action: str) -> None:
        """Let the table that has the focus do something, or else the main one."""
        focused = self.focused
        table = focused if isinstance(focused, WindowTable) else self.main_table()
        getattr(table, f"action_{action}")()

    def main_table(self) -> WindowTable:
        """The table that the keys for moving and marking are about."""
        return self.query_one(WindowTable)


def day_text(t: Language, day: date) -> str:
    """A date with its weekday."""
    return f"{day.isoformat()} {t(f'tui.weekday.{day.weekday()}')}"
