"""Two lines at the top of the overview: where everything stands, and what the week still needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from rectify_tui.domain.figures import Tally
from rectify_tui.domain.status import Group
from rectify_tui.domain.text import shorten, width
from rectify_tui.paths import config_folder
from rectify_tui.tui.session import Session
from rectify_tui.tui.sources.look import GROUP_SIGNS

if TYPE_CHECKING:
    from rectify_tui.reports.needs import Need

SCREENS = {"return": "intake", "report": "weekly"}
"""Where what is needed is done; where nothing is said, in the queue."""


class Standing(Static):
    """Tells how much there is of what, with the signs of the bars below, and what is needed.

    `go_next` leads to one need after another.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(id="standing")
        self.session = session
        self._tally: Tally | None = None
        self._empty = False
        self._needs: Sequence[Need] | None = None
        self._next = 0

    def renew(self) -> None:
        """Read anew what is needed; of a day in the past nothing is."""
        session = self.session
        if session.as_of is not None:
            self._take(None)
            return

        def find() -> Sequence[Need]:
            from rectify_tui.reports.needs import read_needs
            from rectify_tui.reports.weekly.settings import FILE, read_settings

            return read_needs(session.ledger, read_settings(config_folder() / FILE))

        session.read(find, self._take, "needs")

    def _take(self, needs: Sequence[Need] | None) -> None:
        self._needs = needs
        self._next = min(self._next, max(0, len(needs or ()) - 1))
        self.draw()

    def show(self, tally: Tally | None) -> None:
        """Tell other figures."""
        self._tally = tally
        self._empty = self.session.as_of is None and (tally is None or not tally.total)
        self.draw()

    def draw(self) -> None:
        """Write both lines, as far as they are known."""
        text = "\n".join((self._figures(), self._needed()))
        if text != str(self.content):
            self.update(Content(text), layout=False)

    @property
    def _room(self) -> int:
        return max(0, self.screen.size.width - 2)

    def _figures(self) -> str:
        tally, t = self._tally, self.session.t
        if tally is None or not tally.total:
            return ""
        parts = [t("tui.standing.items", n=f"{tally.total:,}", count=tally.total)]
        for group, (fancy, plain, _) in GROUP_SIGNS.items():
            n = tally.groups[group]
            if n or group not in (Group.UNCLEAR, Group.MERGED):
                sign = plain if self.session.ascii else fancy
                parts.append(f"{sign} {t(f'status.group.{group}')} {n:,}")
        return shorten("  ".join(parts), self._room, t("tui.sign.cut"))

    # What is needed

    def _needed(self) -> str:
        """What is needed, beginning with what comes next, as far as there is room."""
        needs, t = self._needs, self.session.t
        if needs is None:
            return ""
        if not needs and self._empty:
            return t("tui.needs.begin", key=self.session.first_key("app.palette"))
        if not needs:
            return t("tui.needs.nothing")
        key = t("tui.needs.key", key=self.session.first_key("overview.next"))
        told = [t(f"tui.needs.{need.kind}", n=f"{need.n:,}") for need in needs]
        told = [*told[self._next :], *told[: self._next]]
        text = t("tui.needs.title") + "  " + told[0]
        for at, part in enumerate(told[1:], 1):
            longer = f"{text}{t('tui.sign.dot')}{part}"
            if width(longer) + width(key) + 6 > self._room:
                return f"{text} +{len(told) - at}  {key}"
            text = longer
        return f"{text}  {key}"

    def go_next(self) -> None:
        """Go to where the next need is seen to."""
        if not self._needs:
            self.session.tell(self.session.t("tui.needs.nothing"), error=False)
            return
        need = self._needs[self._next]
        self._next = (self._next + 1) % len(self._needs)
        self.session.open_list(SCREENS.get(need.kind, "queue"), need.filter)
