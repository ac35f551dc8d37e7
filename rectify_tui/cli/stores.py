"""Opening the store for a command, and reading it at one moment."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rectify_tui.cli import base
from rectify_tui.cli.daily import start_daily_backup
from rectify_tui.domain.dates import read_day

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

    Says so where an older one had to be brought up to date.

    Raises `Problem` where there is none or it cannot be used.
    """
    from rectify_tui.store.ledger import Ledger

    ledger = Ledger(store_path(ctx))
    try:
        if ledger.backup is not None:
            base.note(ctx, "command.migrated", path=ledger.address, backup=ledger.backup)
        yield ledger
    finally:
        ledger.close()
        if ledger.wrote:
            start_daily_backup(ledger)


@contextlib.contextmanager
def one_moment(ledger: Ledger) -> Iterator[Connection]:
    """The reader, for which nothing changes inside, whatever others write meanwhile."""
    connection = ledger.reader()
    with connection.snapshot():
        yield connection


def read_date(text: str | None, ledger: Ledger) -> date | None:
    """The day a user named, None where none was. Raises `Problem` for what is no day."""
    return None if text is None else read_day(text, today=ledger.today())
