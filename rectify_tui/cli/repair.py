"""`rectify repair`: make anew what follows from history."""

from __future__ import annotations

import click

from rectify_tui.cli import base
from rectify_tui.cli.stores import open_store
from rectify_tui.reports.check import repair_table
from rectify_tui.store.repair import repair as rebuild


@click.command(
    "repair",
    cls=base.Command,
    help="command.repair.help",
    example="rectify check\nrectify repair",
)
@base.format_option
@click.pass_context
def repair(ctx: click.Context, output_format: base.Format) -> None:
    """Rebuild what differs, and say what that was."""
    with open_store(ctx) as ledger:
        repaired = rebuild(ledger)
    if repaired.copy is None and output_format == "table":
        base.say(ctx, "repair.nothing")
        return
    base.emit(ctx, repair_table(repaired, base.language_of(ctx)), output_format)
