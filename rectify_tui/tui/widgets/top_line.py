"""The line at the top: where one is, and as of which day."""

from __future__ import annotations

from datetime import date

from textual import events
from textual.content import Content
from textual.widgets import Static

from rectify_tui.domain.text import clean, pad, shorten, width
from rectify_tui.i18n import Language
from rectify_tui.tui.session import Session


class TopLine(Static):
    """A click on the day chooses another one, a click on the place leads back."""

    def __init__(self, session: Session) -> None:
        super().__init__(id="top")
        self.session = session
        self._day_from = 0

    def show(self, place: str, day: date, *, past: bool) -> None:
        """Write where one is, and the day whose figures are shown."""
        session = self.session
        t = session.t
        parts = [t("web.looking")] if session.ledger.read_only else []
        facts = {"demo": session.demo, "with_simulated": session.simulated, "past": past}
        parts += [t(f"tui.{name}") for name, holds in facts.items() if holds]
        parts.append(t("tui.as_of", date=day_text(t, day)))
        right = t("tui.sign.dot").join(parts) + " "
        room = max(0, self.screen.size.width - width(right))
        left = pad(shorten(f" {clean(place)}", max(0, room - 1), t("tui.sign.cut")), room)
        self.update(Content(left + right), layout=False)
        self.tooltip = Content(t("tui.top_tip"))
        self.set_class(past, "past")
        self._day_from = room

    async def on_click(self, event: events.Click) -> None:
        """Choose another day, or step back."""
        on_day = event.x >= self._day_from
        await self.run_action("app.choose_date" if on_day else "screen.back")


def day_text(t: Language, day: date) -> str:
    """A date with its weekday."""
    return f"{day.isoformat()} {t(f'tui.weekday.{day.weekday()}')}"
