"""Five steps through the screens, for who comes for the first time; each can be the last."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from rectify_tui.tui.dialogs.tour import TourDialog
from rectify_tui.tui.session import Session

STEPS = ("overview", "items", "intake", "queue", "weekly")
"""The screens that are shown, by their modes."""

_KEYS = {
    "overview": ("overview.in", "overview.out", "overview.next", "overview.behind", "app.map"),
    "items": ("ledger.filter", "ledger.status", "ledger.edit", "ledger.mark", "app.undo"),
    "intake": ("intake.add", "intake.take", "intake.apply"),
    "queue": ("queue.reason", "queue.next", "queue.escalate", "queue.keep"),
    "weekly": ("weekly.before", "weekly.export", "weekly.freeze", "app.palette", "app.help"),
}
"""The keys that a step names."""

GoTo = Callable[[str, Callable[[], None]], None]
"""Goes to a screen, and calls something when that is there."""


class Tour:
    """Shows each screen with what it is for and its first keys."""

    def __init__(self, session: Session, go_to: GoTo) -> None:
        self._session = session
        self._go_to = go_to

    def start(self) -> None:
        """Begin at the first step."""
        self._show(0)

    def _show(self, step: int) -> None:
        self._go_to(STEPS[step], partial(self._tell, step))

    def _tell(self, step: int) -> None:
        session, mode = self._session, STEPS[step]
        t = session.t
        keys = {id.rpartition(".")[2]: session.first_key(id) for id in _KEYS[mode]}
        title = t("tui.tour.step", n=step + 1, of=len(STEPS), screen=t(f"keys.app.{mode}"))
        text = t(f"tui.tour.{mode}", key=session.first_key(f"app.{mode}"), **keys)
        last = step + 1 == len(STEPS)
        hint = t("tui.tour.last_hint" if last else "tui.tour.hint")
        session.ask(TourDialog(session, title, text, hint), partial(self._answered, step))

    def _answered(self, step: int, by: int | None) -> None:
        """Go on or back; where it was left, or is over, say how to have it again."""
        if by is None or step + by == len(STEPS):
            key = self._session.first_key("app.palette")
            self._session.tell(self._session.t("tui.tour.again", key=key), error=False)
        else:
            self._show(max(0, step + by))
