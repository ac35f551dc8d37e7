"""What all screens share: the top line, the footer, and bindings told in the user's language."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.binding import ActiveBinding
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Footer, Static

from rectify_tui.i18n import Language
from rectify_tui.tui.keys import ALL_KEYS, message
from rectify_tui.tui.widgets.window_table import WindowTable

if TYPE_CHECKING:
    from rectify_tui.tui.app import RectifyApp


SAID_FOR = 10.0
"""Seconds for which a sentence stays."""


class LedgerView(Screen[None]):
    """A screen on the ledger. Subclasses compose what lies between the top line and the footer."""

    def __init__(self) -> None:
        super().__init__()
        self._said: Timer | None = None

    @property
    def rectify(self) -> RectifyApp:
        """The app, as what it is."""
        return cast("RectifyApp", self.app)

    @property
    def t(self) -> Language:
        """The language of the screen."""
        return self.rectify.language

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
        day = app.as_of or app.ledger.today()
        text = f" {place}"
        right = f"{self.t('tui.as_of', date=day_text(self.t, day))} "
        if app.as_of is not None:
            right = f"{self.t('tui.past')} · {right}"
        if app.demo:
            right = f"{self.t('tui.demo')} · {right}"
        top = self.query_one("#top", Static)
        room = max(0, self.size.width - Content(right).cell_length)
        left = Content(text).truncate(room, ellipsis=True, pad=True)
        top.update(Content.assemble(left, right))
        top.set_class(app.as_of is not None, "past")

    def say(self, text: str, *, error: bool = False) -> None:
        """Show a sentence above the footer for a while."""
        notice = self.query_one("#notice", Static)
        notice.set_class(error, "bad")
        notice.set_class(not error, "good")
        notice.update(Content(text))
        if self._said is not None:
            self._said.stop()
        self._said = self.set_timer(SAID_FOR, self._fall_silent)

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
        self.renew()

    def on_resize(self) -> None:
        """Lay the top line out anew."""
        self.retitle()

    def retitle(self) -> None:
        """Write the top line anew."""

    def renew(self) -> None:
        """Read everything anew; the cursor stays on its row."""

    def retranslate(self) -> None:
        """Show everything in the language that was just chosen."""
        self.renew()
        self.refresh_bindings()

    def action_table(self, action: str) -> None:
        """Let the main table do something."""
        table = self.main_table()
        getattr(table, f"action_{action}")()

    def main_table(self) -> WindowTable:
        """The table that the keys for moving and marking are about."""
        return self.query_one(WindowTable)


def day_text(t: Language, day: date) -> str:
    """A date with its weekday."""
    return f"{day.isoformat()} {t(f'tui.weekday.{day.weekday()}')}"
