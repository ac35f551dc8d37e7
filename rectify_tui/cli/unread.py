"""`rectify unread`: cells that files brought and nobody could read."""

from __future__ import annotations

import click

from rectify_tui.cli import base
from rectify_tui.cli.stores import one_moment, open_store
from rectify_tui.reports.unread import unread_table
from rectify_tui.store.references import programme_id
from rectify_tui.store.unread import unread_cells


@click.command(
    "unread",
    cls=base.Command,
    help="unread.help",
    example="rectify unread\nrectify unread --programme HLJ-2018 --format csv",
)
@base.option("--programme", metavar="CODE", help="unread.programme")
@base.format_option
@click.pass_context
def unread(ctx: click.Context, programme: str | None, output_format: base.Format) -> None:
    """Print the cells; each leaves the list when its field is set or imported."""
    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        only = programme_id(connection, programme) if programme else None
        cells = unread_cells(connection, only)
        base.emit(ctx, unread_table(cells, base.language_of(ctx)), output_format)
