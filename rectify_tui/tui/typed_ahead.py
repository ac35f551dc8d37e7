"""Keys in the order in which they are typed, each handed on when the one before has been done.

Textual hands a key at once to what has the focus, which may be before the dialog is open that the
key before asked for: a digit that was to answer it then goes to another screen.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from time import monotonic

from textual import events
from textual.app import App
from textual.widget import Widget

from rectify_tui.errors import Problem
from rectify_tui.tui.dialogs.dialog import Dialog
from rectify_tui.tui.keys import ALL_KEYS
from rectify_tui.tui.session import Session
from rectify_tui.tui.textual_private import has_messages
from rectify_tui.tui.view import LedgerView

Typed = events.Key | events.Paste

LOOK = 0.01
"""Seconds between looks at whether what is waited for has come."""

PATIENCE = 3.0
"""Seconds after which a key is handed on, whatever is still being read."""

NEVER_WAITS = "ctrl+q"


class TypedAhead:
    """Takes what is typed, and calls `hand_on` with each, one after another.

    `arriving` says whether a screen is being gone to on which something is still to be done.

    What is typed while a change is being written waits for what comes of it. It belongs to what
    comes after that change, so it is let go where the change is refused, and that is said.
    """

    def __init__(
        self, app: App[None], session: Session, hand_on: Callable[[Typed], Awaitable[None]],
        arriving: Callable[[], bool],
    ) -> None:  # fmt: skip
        self._app = app
        self._session = session
        self._hand_on = hand_on
        self._arriving = arriving
        self._waiting: deque[Typed] = deque()
        self._since = 0.0
        self._tried: Dialog[object] | None = None

    @property
    def waiting(self) -> bool:
        """Whether anything that was typed has not been handed on yet."""
        return bool(self._waiting)

    async def take(self, typed: Typed) -> None:
        """Hand it on now, or when its turn has come."""
        if self._leads_out(typed):
            await self._hand_on(typed)
            return
        self._waiting.append(typed)
        if len(self._waiting) == 1:
            self._since = monotonic()
            await self._go_on()

    def _leads_out(self, typed: Typed) -> bool:
        """Whether it is to be heard also where something takes long."""
        if not isinstance(typed, events.Key):
            return False
        screen = self._app.screen
        leaves = typed.key == "escape" and isinstance(screen, Dialog) and screen.deaf
        return typed.key == NEVER_WAITS or (leaves and not self._waiting)

    async def _go_on(self) -> None:
        while self._waiting and not self._must_wait(self._waiting[0]):
            if self._was_refused():
                self._waiting.clear()
                self._session.tell(Problem("tui.typed_in_vain"))
            else:
                self._since = monotonic()
                await self._hand_on(self._waiting.popleft())
        if not self._waiting:
            return
        if self.under_way:  # after whoever is at it has had a turn
            asyncio.get_running_loop().call_soon(self._app.call_later, self._go_on)
        else:
            self._app.set_timer(LOOK, self._go_on)

    def _must_wait(self, typed: Typed) -> bool:
        screen = self._app.screen
        if isinstance(screen, Dialog) and screen.trying:
            self._tried = screen
            return True
        if monotonic() - self._since > PATIENCE:
            return False
        return self.under_way or self._being_read(typed)

    def _was_refused(self) -> bool:
        """Whether the dialog is still there whose change was waited for."""
        tried, self._tried = self._tried, None
        return tried is not None and tried in self._app.screen_stack

    @property
    def under_way(self) -> bool:
        """Whether anything that came of what was typed before is still on its way."""
        nodes = (
            node
            for screen in self._app.screen_stack
            for node in (screen, *screen.walk_children(Widget))
        )
        return has_messages(self._app) or any(
            has_messages(node) or not node.is_mounted for node in nodes
        )

    def _being_read(self, typed: Typed) -> bool:
        """Whether something is being read that it is for: a dialog, a screen, the rows chosen."""
        screen = self._app.screen
        if isinstance(screen, Dialog):
            return screen.deaf
        if self._session.asking or self._arriving():
            return True
        reading = isinstance(screen, LedgerView) and screen.row_is_being_read
        return reading and isinstance(typed, events.Key) and self._needs_row(typed.key)

    def _needs_row(self, key: str) -> bool:
        active = self._app.screen.active_bindings.get(key)
        known = ALL_KEYS.get(active.binding.id or "") if active else None
        return known is not None and known.acts_on_row
