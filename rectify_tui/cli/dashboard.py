"""`rectify` alone: the dashboard on the user's store."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

import click

from rectify_tui.cli import base
from rectify_tui.cli.daily import start_daily_backup
from rectify_tui.cli.filling import make_store, tidy_end
from rectify_tui.cli.opening import opening
from rectify_tui.cli.stores import open_store, store_path
from rectify_tui.domain.text import clean

if TYPE_CHECKING:
    from rectify_tui.store.ledger import Ledger


@click.command("dashboard", cls=base.Command, help="command.dashboard.help", example="rectify")
@click.pass_context
def dashboard(ctx: click.Context) -> None:
    """Open the dashboard; where there is no store, ask whether to make one."""
    from rectify_tui.store.ledger import Ledger

    if on_terminal() and not Ledger.exists(store_path(ctx)) and not _offer_store(ctx):
        return
    with open_store(ctx) as ledger:
        if on_terminal():
            _settle_clock(ledger)
        code = show_dashboard(ctx, ledger)
    ctx.exit(code)


def _settle_clock(ledger: Ledger) -> None:
    """Ask about a clock far off while there is a terminal to ask on.

    After a no the dashboard still shows everything, and refuses to write.
    """
    doubt = ledger.clock_doubt(ledger.reader())
    if doubt is not None and ledger.ask(doubt):
        ledger.believe_clock()
    ledger.ask = lambda _: False


def show_dashboard(ctx: click.Context, ledger: Ledger, *, demo: bool = False) -> int:
    """Open the dashboard and return its exit code; without a terminal, print the overview."""
    if not on_terminal():
        from rectify_tui.cli.rollup import print_overview

        print_overview(ctx, ledger)
        return 0
    from rectify_tui.paths import config_folder, shown_path

    options = base.options_of(ctx)
    t = options.language
    text = t("command.dashboard.opening", title=t("tui.title"), path=shown_path(ledger.address))
    start_daily_backup(ledger)
    with tidy_end(), opening(text) as shown:
        from rectify_tui.tui.app import run_dashboard

        return run_dashboard(
            ledger,
            language=options.language,
            ascii=options.ascii,
            demo=demo,
            keymap=config_folder() / "keys.toml",
            home=bool(ctx.find_root().params.get("home")),
            new_day=partial(start_daily_backup, ledger),
            narrow=shown.narrow(),
        )


def on_terminal() -> bool:
    """Whether somebody sits before a screen and a keyboard."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _offer_store(ctx: click.Context) -> bool:
    """Make the store that is missing, if the user wants one; whether there is one now."""
    path, t = store_path(ctx), base.language_of(ctx)
    question = clean(t("command.dashboard.offer", path=path))
    answer = ""
    while answer not in ("e", "s", "q"):
        answer = click.prompt(question, prompt_suffix=" ").strip().lower()[:1]
    if answer == "q":
        return False
    with tidy_end():
        ledger = make_store(ctx, path, seed=answer == "s", national=False, items=None)
    ledger.close()
    return True
