"""All that is used of Textual beyond what it promises to keep, in this one file.

The dependency is bounded to one minor release (`pyproject.toml`); whoever raises the bound reads
this file, and `tests/tui/desk.py`, against the new one. A test finds private names anywhere else.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import pairwise
from queue import SimpleQueue
from threading import Thread
from typing import Any, TextIO, TypeVar

from textual._compositor import ChopsUpdate, Compositor
from textual.app import App
from textual.driver import Driver
from textual.drivers.web_driver import WebDriver
from textual.geometry import Region
from textual.keys import KEY_DISPLAY_ALIASES, _character_to_key, format_key
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from rectify_tui.tui.repaint import Repaint

ScreenOfMode = TypeVar("ScreenOfMode", bound=Screen[None])


def key_name(key: str) -> str:
    """The one name of a key, which may also be written as the character that it types.

    Bindings and key maps go through this function in Textual, so that `[` and
    `left_square_bracket` are one key; two actions on one key cannot be found without it.
    """
    return _character_to_key(key) if len(key) == 1 else key


def key_sign(key: str) -> str:
    """A key as people read it. Textual's footer shows keys so, and has no documented way to ask."""
    named = "+" in key or key in KEY_DISPLAY_ALIASES
    return key.replace("ctrl+", "^") if named else format_key(key)


def has_messages(node: MessagePump) -> bool:
    """Whether messages wait for a node. One may have been taken out of its queue already."""
    return node.message_queue_size > 0 or node._pending_message is not None


def styled_by_app(screen: ScreenOfMode, app: App[None]) -> ScreenOfMode:
    """A new screen that has no style sheet of its own, marked as styled by the app's.

    Textual cannot know that and reads every style sheet anew, twice, when the screen is first
    shown: a tenth of a second for each of the six.
    """
    screen._css_update_count = app._css_update_count
    return screen


Chops = list[dict[int, Strip | None]]
"""The lines of a screen in pieces, by the column where each begins."""


class _Frugal(Compositor):
    """Asks widgets only for lines that are seen and have changed.

    Textual has every widget draw all its lines in the rectangle around all that has changed, though
    it may lie beside that or under others: the whole screen, where the cursor is moved at the top
    and the line at the foot follows.
    """

    def render_partial_update(self) -> ChopsUpdate | None:
        """What has to be painted because something changed."""
        changed = self._dirty_regions.copy()
        self._dirty_regions.clear()
        if not changed:
            return None
        spans = list(self._regions_to_spans(changed))
        return ChopsUpdate(self._pieces(spans), spans, [cuts[1:] for cuts in self.cuts])

    def _render_chops(self, crop: Region, is_rendered_line: Callable[[int], bool]) -> Any:
        columns = crop.column_span
        return self._pieces([(y, *columns) for y in crop.line_range if is_rendered_line(y)])

    def _pieces(self, spans: Iterable[tuple[int, int, int]]) -> Chops:
        """The pieces of lines that lie in spans, each given as its line and two columns."""
        chops: Chops = [dict.fromkeys(cuts[:-1]) for cuts in self.cuts]
        lacking: defaultdict[int, set[int]] = defaultdict(set)
        for y, x1, x2 in spans:
            pieces = pairwise(self.cuts[y])
            lacking[y].update(start for start, end in pieces if start < x2 and end > x1)
        for widget, (region, clip) in self.visible_widgets.items():
            self._fill(chops, lacking, widget, region, region.intersection(clip))
        return chops

    def _fill(
        self, chops: Chops, lacking: Mapping[int, set[int]], widget: Widget, region: Region,
        seen: Region,
    ) -> None:  # fmt: skip
        """Put in what is lacking where a widget is seen; it lies before all that follow."""
        x1, x2 = seen.column_span
        lines = [
            y for y in seen.line_range if y in lacking and any(x1 <= x < x2 for x in lacking[y])
        ]
        if not lines:
            return
        top, height = lines[0], lines[-1] + 1 - lines[0]
        inside = Region(seen.x - region.x, top - region.y, seen.width, height)
        strips = widget.render_lines(inside)
        for y in lines:
            cuts = [cut for cut in self.cuts[y] if x1 <= cut <= x2]
            pieces = strips[y - top].divide([cut - x1 for cut in cuts[1:]])
            for x, piece in zip(cuts, pieces, strict=False):
                if x in lacking[y]:
                    chops[y][x] = piece
                    lacking[y].remove(x)


def paint_frugally(screen: Screen[Any]) -> None:
    """Have a new screen painted with as little as is needed."""
    screen._compositor = _Frugal()


LAST_WORDS = 2.0
"""Seconds for which the end waits until what was written is taken."""


class _Sparing(Driver):
    """Writes only what is not on the screen already."""

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self._repaint = Repaint()

    def write(self, data: str) -> None:
        """Write as much of it as is needed."""
        if thinned := self._repaint.thin(data):
            super().write(thinned)  # type: ignore[safe-super]

    def forget_screen(self) -> None:
        """Whatever is shown at present, write all that is painted next."""
        self._repaint.forget()


def forget_screen(app: App[None]) -> None:
    """What the terminal shows is not known: a part of it may have been written by others."""
    if isinstance(app._driver, _Sparing):
        app._driver.forget_screen()


class ServedDriver(_Sparing, WebDriver):
    """How the dashboard meets a browser, through pipes of the server; ends the app when they end.

    Of itself Textual's driver would read on for ever when nobody writes to it any more, and stand
    still, deaf to everything, when nobody takes what it writes.
    """

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self._pipe: Callable[[bytes], object] = self._write
        self._written: SimpleQueue[bytes | None] = SimpleQueue()
        self._write: Any = self._written.put
        self._writer = Thread(target=self._write_on, name="rectify-writer", daemon=True)

    def start_application_mode(self) -> None:
        """Begin to write, and to hear who ends this."""
        if hasattr(signal, "SIGHUP"):
            self._loop.add_signal_handler(signal.SIGHUP, self._app.exit)
        self._writer.start()
        super().start_application_mode()

    def stop_application_mode(self) -> None:
        """Write the rest. Whoever does not take it is not waited for."""
        super().stop_application_mode()
        self._written.put(None)
        self._writer.join(LAST_WORDS)

    def run_input_thread(self) -> None:
        """Take in what comes until nothing can come any more."""
        super().run_input_thread()
        self._leave()

    def _write_on(self) -> None:
        while (data := self._written.get()) is not None:
            try:
                self._pipe(data)
            except OSError:
                self._leave()
                return

    def _leave(self) -> None:
        """From any thread: have the app end."""
        if not self.exit_event.is_set():
            with contextlib.suppress(RuntimeError):  # the loop has ended by itself
                self._loop.call_soon_threadsafe(self._app.exit)


TERMINAL_DRIVER: type[Driver] | None = None
"""How the dashboard meets its terminal; None for Textual's own way."""

if os.name != "nt":
    from textual.drivers.linux_driver import LinuxDriver

    class _LastingFile:
        """What a terminal is written to, which goes on taking text when the terminal has gone.

        Textual's thread that writes ends with the first error, and whoever writes then waits for
        it for ever, the dashboard that wants to end before all others.
        """

        def __init__(self, file: TextIO, gone: Callable[[], None]) -> None:
            self._to = file
            self._gone = gone
            self.fileno = file.fileno

        def write(self, text: str) -> None:
            self._try(partial(self._to.write, text))

        def flush(self) -> None:
            self._try(self._to.flush)

        def _try(self, write: Callable[[], object]) -> None:
            try:
                write()
            except (OSError, ValueError):
                # What is left in the file's buffer has to go somewhere when the program ends.
                with contextlib.suppress(OSError):
                    os.dup2(os.open(os.devnull, os.O_WRONLY), self.fileno())
                self._gone()

    class TerminalDriver(_Sparing, LinuxDriver):
        """Textual's driver, which notices that the terminal has gone, and then ends the app.

        Of itself it would read nothing from it again and again, or end with the error of reading;
        and being told to continue, as everybody is whose terminal goes, it would begin anew.
        """

        def __init__(self, app: App[Any], **options: Any) -> None:
            super().__init__(app, **options)
            self._file: Any = _LastingFile(self._file, self._leave)
            self._left = False

        def start_application_mode(self) -> None:
            """Take the terminal, and begin to watch whether it is there."""
            super().start_application_mode()  # type: ignore[no-untyped-call]
            Thread(target=self._watch, name="rectify-terminal", daemon=True).start()

        def disable_input(self) -> None:
            """Stop reading. Whoever reads a terminal that has gone is not waited for."""
            if not self._left:
                super().disable_input()

        def _sigcont_application(self, *_: object) -> None:
            if self._must_signal_resume:  # it was this driver that stopped the program
                super()._sigcont_application()

        def _watch(self) -> None:
            poll = select.poll()
            poll.register(self.fileno, 0)  # of nothing but that the other end has gone
            while not self._left and not self.exit_event.is_set():
                for _, event in poll.poll(500):
                    if event & select.POLLNVAL:
                        return  # a system that cannot tell
                    self._leave()

        def _leave(self) -> None:
            """From any thread: stop reading, and have the app end."""
            if not self._left:
                self._left = True
                self.exit_event.set()
                self._loop.call_soon_threadsafe(self._app.exit)

    TERMINAL_DRIVER = TerminalDriver
