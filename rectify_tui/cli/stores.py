"""Opening the store for a command, and reading it at one moment."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rectify_tui.cli import base
from rectify_tui.cli.daily import start_daily_backup
from rectify_tui.domain.text import clean
from rectify_tui.errors import Problem

if TYPE_CHECKING:
    from rectify_tui.store.connection import Connection
    from rectify_tui.store.ledger import Ledger


def store_path(ctx: click.Context) -> Path:
    """The store that was named, or the user's own."""
    named = base.options_of(ctx).db
    if named is not None:
        return named
    from rectify_tui.paths import default_store

    return default_store()


@contextlib.contextmanager
def open_store(ctx: click.Context) -> Iterator[Ledger]:
    """The store, closed again afterwards, and backed up each day that something was written.

    Says before and after where an older one has to be brought up to date.

    Raises `Problem` where there is none or it cannot be used.
    """
    from rectify_tui.store.ledger import Ledger

    path = store_path(ctx)
    ledger = Ledger(path, announce=partial(base.note, ctx, "command.migrating", path=path))
    try:
        if ledger.backup is not None:
            base.note(ctx, "command.migrated", path=ledger.address, backup=ledger.backup)
        ledger.ask = partial(_ask_about_clock, ctx)
        yield ledger
    finally:
        ledger.close()
        if ledger.wrote:
            start_daily_backup(ledger)


def _ask_about_clock(ctx: click.Context, doubt: Problem) -> bool:
    """Whether the user says that the clock is right: by the option, or asked on a terminal."""
    if base.options_of(ctx).clock_is_right:
        return True
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    t = base.language_of(ctx)
    what = doubt.params["doubt"]
    assert isinstance(what, Problem)
    return click.confirm(clean(t("clock.ask", doubt=what)), err=True)


@contextlib.contextmanager
def one_moment(ledger: Ledger) -> Iterator[Connection]:
    """The reader, for which nothing changes inside, whatever others write meanwhile."""
    connection = ledger.reader()
    with connection.snapshot():
        yield connection


def read_date(text: str | None, ledger: Ledger) -> date | None:
    """The day a user named, None where none was. Raises `Problem` for what is no day."""
    if text is None:
        return None
    from rectify_tui.domain.dates import read_day

    return read_day(text, today=ledger.today())
