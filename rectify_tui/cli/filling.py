"""Making a store from the command line: how far it has come, and no traces when it is stopped."""

from __future__ import annotations

import contextlib
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from rectify_tui.cli import base
from rectify_tui.errors import Problem

if TYPE_CHECKING:
    from rectify_tui.i18n import Language
    from rectify_tui.store.ledger import Ledger

_EVERY = 0.5
_STOPPING = ("SIGTERM", "SIGHUP")

_F = TypeVar("_F", bound=Callable[..., Any])


def national_options(function: _F) -> _F:
    """Give a command `--national` and `--items`."""
    for decorate in (
        base.option("--items", type=click.IntRange(1), metavar="N", help="command.init.items"),
        base.option("--national", is_flag=True, help="command.init.national"),
    ):
        function = decorate(function)
    return function


def make_store(
    ctx: click.Context, path: Path, *, seed: bool, national: bool, items: int | None
) -> Ledger:
    """A new store, its progress told on a terminal. Raises `Problem` where the file exists."""
    if items is not None and not national:
        raise Problem("command.items_without_national")
    with _metered(ctx) as meter:
        from rectify_tui.seeding.fill import fill

        return fill(path, seed=seed, national=national, items=items, progress=meter)


def make_demo(ctx: click.Context, path: Path) -> Ledger:
    """A new store with the published figures, from the user's cache where that has one."""
    with _metered(ctx) as meter:
        from rectify_tui.paths import cache_folder
        from rectify_tui.seeding.demo import demo_ledger

        return demo_ledger(path, cache_folder(), progress=meter)


@contextlib.contextmanager
def _metered(ctx: click.Context) -> Iterator[Meter | None]:
    """Progress on a terminal, told from the first moment: loading takes a while, too."""
    meter = Meter(base.language_of(ctx)) if sys.stderr.isatty() else None
    if meter is not None:
        meter.begin()
    try:
        yield meter
    finally:
        if meter is not None:
            meter.close()


class Meter:
    """A line on stderr: how many weeks of history are done, how fast, how long the rest takes."""

    def __init__(self, t: Language, clock: Callable[[], float] = time.monotonic) -> None:
        self._t = t
        self._clock = clock
        self._started = self._told = clock()
        self._shown = False

    def begin(self) -> None:
        """Say at once that something is being done."""
        self._show(self._t("command.filling"))

    def __call__(self, done: int, total: int) -> None:
        """Write how many are done, how fast and how long it takes yet, but not too often."""
        now = self._clock()
        if now - self._told < _EVERY:
            return
        self._told = now
        rate = done / (now - self._started)
        left = round((total - done) / rate) if rate else 0
        line = self._t(
            "command.meter",
            done=done,
            total=total,
            rate=f"{rate:.1f}",
            left=f"{left // 60}:{left % 60:02}",
        )
        self._show(line)

    def _show(self, line: str) -> None:
        click.echo(f"\r\x1b[K{line}", nl=False, err=True)
        self._shown = True

    def close(self) -> None:
        """Wipe the line."""
        if self._shown:
            click.echo("\r\x1b[K", nl=False, err=True)


@contextlib.contextmanager
def tidy_end() -> Iterator[None]:
    """Being told to stop ends this like Ctrl-C, so that what is cleaned up at the end is."""

    def stop(*_: object) -> None:
        signal.raise_signal(signal.SIGINT)  # which the dashboard's event loop takes its own way

    signals = [getattr(signal, name) for name in _STOPPING if hasattr(signal, name)]
    before = {each: signal.signal(each, stop) for each in signals}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
