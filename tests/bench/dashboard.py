"""The dashboard under a pilot: `python -m tests.bench.dashboard FILE start|all|label`.

Prints what each thing took as JSON: seconds of processor time and of waiting. A start is told as
the processor time since Python was started; who waits for it does not wait for the end.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets import Label

LOOK = 0.002
"""Seconds between looks at whether what is waited for has come."""

Taken = tuple[float, float]
SIZE = (120, 40)
KEYS = ("j",) * 20 + ("k",) * 10
SCREENS = {"overview": "1", "items": "2", "cases": "3", "queue": "6", "map": "7"}


class OneLabel(App[None]):
    """The least that Textual shows."""

    def compose(self) -> ComposeResult:
        """One label."""
        yield Label("one")


async def label() -> dict[str, Taken]:
    """The floor of a start."""
    app = OneLabel()
    async with app.run_test(size=SIZE):
        drawn = asyncio.Event()
        app.screen.call_after_refresh(drawn.set)
        await drawn.wait()
        return {"start": (time.process_time(), 0.0)}


class Visit:
    """One visit to a dashboard."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.taken: dict[str, Taken] = {}

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait until something is so, and drawn."""
        while not true():
            await asyncio.sleep(LOOK)
        drawn = asyncio.Event()
        self.app.screen.call_after_refresh(drawn.set)
        with contextlib.suppress(TimeoutError):  # another screen came up meanwhile
            await asyncio.wait_for(drawn.wait(), 1)
        if not true():
            await self.until(true)

    def settled(self) -> bool:
        """Whether all is read and nothing waits."""
        app, typed = self.app, self.app.typed_ahead
        if typed.waiting or any(not worker.is_finished for worker in app.workers):
            return False
        view = app.view()
        return view is not None and view.ready and not typed.under_way

    async def press(self, *keys: str) -> Taken:
        """Press keys one after another; what that took until all is settled."""
        cpu, wall = time.process_time(), time.perf_counter()
        for key in keys:
            self._send(key)
            await self.until(self.settled)
        return time.process_time() - cpu, time.perf_counter() - wall

    def _send(self, key: str) -> None:
        """Send a key as a driver does; a pilot's waits take longer than what is measured."""
        self.app.post_message(Key(key, key if len(key) == 1 else None))

    async def all(self) -> None:
        """Every screen, twice, the keys of a list, and a change."""
        for key in SCREENS.values():
            await self.press(key)
        for name, key in SCREENS.items():
            self.taken[f"switch_{name}"] = await self.press(key)
        await self.press("2")
        presses = [await self.press(key) for key in KEYS]
        self.taken["key"] = median(cpu for cpu, _ in presses), median(wall for _, wall in presses)
        self.taken["status"] = await self._status()
        self.taken["weekly"] = await self.press("4")
        self.taken["switch_weekly"] = max(await self.press("1"), await self.press("4"))

    async def _status(self) -> Taken:
        """Set a status that the item does not have; what it took from Enter to the sentence."""
        newest = self.app.session.ledger.newest_batch
        before = newest()
        for digit in "14":
            await self.press("s", digit)
            cpu, wall = time.process_time(), time.perf_counter()
            self._send("enter")
            await self.until(self._told)
            taken = time.process_time() - cpu, time.perf_counter() - wall
            if newest() > before:
                return taken
            self.app.view().hush()
        raise RuntimeError("no status could be set")

    def _told(self) -> bool:
        notice = self.app.view().query_one("#notice")
        return bool(notice.has_class("good") or notice.has_class("bad"))


async def visit(path: Path, what: str) -> dict[str, Taken]:
    """A start, and with `all` everything that is measured after it."""
    from rectify_tui.cycles import search_seldom

    search_seldom()  # as the program does before it loads anything
    from rectify_tui.i18n import Language
    from rectify_tui.store.ledger import Ledger
    from rectify_tui.tui.app import RectifyApp

    app = RectifyApp(Ledger(path), language=Language("en"))
    async with app.run_test(size=SIZE):
        visit = Visit(app)
        await visit.until(visit.settled)
        visit.taken["start"] = time.process_time(), 0.0
        if what == "all":
            await visit.all()
    return visit.taken


if __name__ == "__main__":
    what = sys.argv[2]
    work = label() if what == "label" else visit(Path(sys.argv[1]), what)
    print(json.dumps(asyncio.run(work)))
