"""An office's dashboard for tests: opened on a real store, watched until it comes to rest.

This is the one file of the tests that uses private names of Textual, each where there is no other
way to press a key, to see what is drawn, or to know that nothing is under way.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from textual import events
from textual._compositor import Compositor
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.worker import WorkerCancelled

from rectify_tui.i18n import Language
from rectify_tui.store.commands.items import set_items
from rectify_tui.store.ledger import Ledger
from rectify_tui.tui.app import RectifyApp
from rectify_tui.tui.textual_private import key_name
from rectify_tui.tui.widgets.table.table import WindowTable

SMALL = (80, 24)
LARGE = (120, 40)
PATIENCE = 30
ROUNDS = 4
"""Times in a row that all queues are emptied with nothing under way before all is at rest."""

HOSTILE = (
    "[/附件]见附件",
    "[@click=app.quit()]x",
    "[bold red]红[/]",
    "$(reboot) `id` {0} {name} %s",
    "=1+1 | <b> & '引号' \"双\"",
)
"""Texts that a terminal, a markup language or a template could take for orders."""


def _put_off_painting(screen: Screen[Any]) -> None:
    """In place of painting what changed: nobody sees a test's terminal between two looks at it.

    Everything is painted when a test looks (`Desk.strips`), and once more at its end.
    """
    screen._dirty_widgets.clear()
    screen._compositor._dirty_regions.clear()
    screen.app._update_mouse_over(screen)


class Said(str):
    """A sentence on the screen, wherever its lines may be broken."""

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        return "".join(str(part).split()) in "".join(self.split())

    def startswith(self, part: str, *_: Any) -> bool:
        return "".join(self.split()).startswith("".join(part.split()))


class Desk:
    """A dashboard under a pilot."""

    def __init__(self, app: RectifyApp, pilot: Pilot[Any]) -> None:
        self.app = app
        self.pilot = pilot

    # doing

    async def press(self, *keys: str) -> None:
        """Press keys, coming to rest after each."""
        for key in keys:
            self._send(key)
            await self.settle()

    async def press_at_once(self, *keys: str) -> None:
        """Press keys without waiting for what comes of any of them."""
        for key in keys:
            self._send(key)
        await self.settle()

    async def type(self, text: str) -> None:
        """Type a text one character at a time."""
        for character in text:
            self._send("space" if character == " " else character)
            await self.pilot.pause(0)
        await self.settle()

    def _send(self, key: str) -> None:
        character = " " if key == "space" else key if len(key) == 1 else None
        event = events.Key(key_name(key), character)
        event.set_sender(self.app)
        self.app._driver.send_message(event)

    async def filter(self, text: str) -> None:
        """Type a filter and go to the list."""
        await self.press("slash")
        await self.type(text)
        await self.press("enter")

    async def settle(self) -> None:
        """Wait until nothing is being read or written any more, and all is drawn."""
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(PATIENCE):
            while True:
                await asyncio.sleep(0)
                if loop._ready:  # type: ignore[attr-defined]
                    continue
                if self._to_draw() and not self.app._batch_count:
                    self.app.screen._on_timer_update()
                elif await self._work_ended() or self._under_way():
                    await asyncio.sleep(0.001)
                else:
                    return

    async def _work_ended(self) -> bool:
        """Let the workers end; says whether there were any."""
        busy = [worker for worker in self.app.workers if not worker.is_finished]
        for worker in busy:
            with contextlib.suppress(WorkerCancelled):
                await worker.wait()
        return bool(busy)

    def _to_draw(self) -> bool:
        screen = self.app.screen
        return bool(
            screen._callbacks
            or screen._layout_required
            or screen._scroll_required
            or screen._repaint_required
            or screen._dirty_widgets
        )

    def _under_way(self) -> bool:
        """Whether something is still being read, or waits to be handled."""
        nodes = [self.app, *self.app.screen.walk_children(with_self=True)]
        tables = (table for screen in self.app.screen_stack for table in screen.query(WindowTable))
        return (
            self.app.typed_ahead.waiting
            or any(table.busy or table.marking for table in tables)
            or any(node._next_callbacks or node.message_queue_size for node in nodes)
            or self._to_draw()
        )

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until a condition holds."""
        async with asyncio.timeout(PATIENCE):
            while not condition():
                await self.pilot.pause(0.01)
        await self.settle()

    # seeing

    @property
    def view(self) -> Any:
        """The screen on the ledger."""
        return self.app.view()

    @property
    def table(self) -> WindowTable:
        """Its main table."""
        return self.view.main_table()

    @property
    def notice(self) -> Said:
        """The line above the footer."""
        return Said(self.view.query_one("#notice").content)

    @property
    def dialog(self) -> str | None:
        """The name of the dialog on top, if there is one."""
        return type(self.app.screen).__name__ if self.app.screen is not self.view else None

    @property
    def complaint(self) -> Said:
        """What the dialog on top finds wrong."""
        return Said(self.app.screen.query_one(".error").content)

    def strips(self) -> list[Strip]:
        """The screen as it is drawn, line by line."""
        return self.app.screen._compositor.render_strips()

    def strips_as_textual_has_them(self) -> list[Strip]:
        """The same, put together by Textual out of whole widgets."""
        mine = self.app.screen._compositor
        chops = Compositor._render_chops(mine, mine.size.region, lambda _: True)
        return [Strip.join(chop.values()) for chop in chops]

    def lines(self) -> list[str]:
        """The screen as text, line by line."""
        return [strip.text.rstrip() for strip in self.strips()]

    def text(self) -> str:
        """The screen as text."""
        return "\n".join(self.lines())

    def row(self) -> str:
        """The line under the cursor of the main table."""
        table = self.table
        seen = table.cursor_index - int(table.scroll_offset.y)
        return self.lines()[table.region.y + table.head + seen]


async def turn_wheel(pilot: Pilot[Any], widget: Widget, offset: tuple[int, int]) -> None:
    """Turn the wheel of the mouse down over a widget, which a pilot cannot do."""
    await pilot._post_mouse_events([events.MouseScrollDown], widget, offset=offset)


@contextlib.asynccontextmanager
async def desk(
    ledger: Ledger, size: tuple[int, int] = SMALL, language: str = "zh", **more: Any
) -> AsyncIterator[Desk]:
    """The dashboard on a store, at rest on its overview."""
    app = RectifyApp(ledger, language=Language(language), **more)
    app.animation_level = "none"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Screen, "_compositor_refresh", _put_off_painting)
        async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
            found = Desk(app, pilot)
            await found.until(lambda: app.view() is not None)
            yield found
            await found.settle()
            found.strips()


def put(ledger: Ledger, *refs: str, **fields: str) -> int | None:
    """Set fields of items, as somebody else at another desk; returns the batch."""
    from rectify_tui.store.references import item_ids

    other = Ledger(ledger.address, clock=ledger.clock)
    try:
        with other.batch("set", who="somebody else") as writing:
            ids = item_ids(writing.draft.connection, refs)
            set_items(writing.draft, ids, fields, correction=True)
        return writing.receipt.batch
    finally:
        other.close()


def status(ledger: Ledger, ref: str) -> str:
    """The status of an item, as kept."""
    code, _, number = ref.partition("/")
    row = ledger.reader().execute(
        "SELECT status FROM item JOIN programme p ON p.id = programme_id"
        " WHERE p.code = ? AND number = ?",
        [code, number],
    )
    found: str = row.fetchone()[0]
    return found


def batches(ledger: Ledger) -> list[tuple[int, str, int]]:
    """Number, kind and number of records of the batches since the store was made, oldest first."""
    rows = ledger.reader().execute(
        "SELECT b.id, b.kind, COUNT(DISTINCT h.entity_id) FROM batch b JOIN history h"
        " ON h.batch_id = b.id AND h.entity IN ('item', 'case') WHERE b.who <> 'rectify'"
        " GROUP BY b.id ORDER BY b.id"
    )
    return rows.fetchall()


WALK = (
    ("overview", "1"), ("drilled", "G up enter"), ("programmes", "b"), ("date", "D"),
    ("bad date", "D x enter"), ("ctrl+c", "ctrl+c"), ("past", "left_curly_bracket"),
    ("palette", "ctrl+p"), ("items", "T 2"), ("details", "j d"), ("marks", "space v j space"),
    ("status", "s"), ("no status", "s enter"), ("form", "e"), ("bad form", "e enter"),
    ("new item", "a"),
    ("merge", "m"), ("bad merge", "m enter"), ("unmarked", "escape"), ("bad filter", "slash x : y"),
    ("nothing", "escape escape slash z z z enter"), ("no choice", "s"), ("sorted", "escape o O"),
    ("changed", "s 3 enter"), ("undone", "u"), ("redone", "U"), ("nothing to redo", "u U"),
    ("cases", "3"), ("case details", "d"), ("case status", "s"), ("case form", "e"),
    ("weekly", "4"), ("frozen", "Q"), ("compared", "escape equals_sign"),
    ("not compared", "equals_sign"), ("month", "B"),
    ("export", "x"), ("bad export", "x z enter"), ("freeze", "f"), ("intake", "5"),
    ("returns", "plus"), ("nobody to remind", "E"), ("nothing taken", "w"),
    ("open", "a"), ("no path", "a enter"), ("watch", "F"),
    ("no rule", "asterisk"),
    ("behind", "6"), ("behind past", "left_square_bracket r"), ("reason", "T r"),
    ("no reason", "r ctrl+u enter"), ("next", "R"), ("bad day", "R x enter x enter"),
    ("put off", "z"), ("behind status", "s"), ("escalation", "E"), ("no addressee",
    "E tab ctrl+u enter"), ("letter", "E enter"), ("answer", "k a"),
    ("no answer", "a enter"), ("queue export", "x"), ("kept", "full_stop"), ("opened", "d"),
    ("closed", "escape t"), ("order", "t o"), ("patterns", "P"), ("pattern", "enter"),
    ("group", "escape escape M"), ("by province", "B"), ("done", "escape Z Z"),
    ("batches", "H"), ("undoing", "home enter"), ("batches left", "escape"),
    ("tables", "9"), ("draft", "enter"), ("no draft", "e"), ("deadlines", "escape j j j enter"),
    ("deadline", "d"), ("known on", "escape escape G enter e"), ("tables left", "escape"),
    ("help", "question_mark"),
)  # fmt: skip
"""Places in the dashboard, each with the keys that lead there from the one before."""


async def walk(at: Desk) -> AsyncIterator[tuple[str, str]]:
    """Go through all places; hands out their names with the text on the screen."""
    for place, keys in WALK:
        while at.dialog:
            await at.press("escape")
        await at.press(*keys.split())
        yield place, at.text()
    for _ in range(4):
        await at.press("pagedown")
        yield "help", at.text()
