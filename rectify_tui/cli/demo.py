"""`rectify demo`: a store to play with, thrown away afterwards."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import click

from rectify_tui.cli import base
from rectify_tui.cli.dashboard import on_terminal, show_dashboard
from rectify_tui.cli.filling import make_demo, make_store, national_options, tidy_end


@click.command(
    "demo",
    cls=base.Command,
    help="command.demo.help",
    example="rectify demo\nrectify demo --national --items 20000",
)
@national_options
@click.pass_context
def demo(ctx: click.Context, national: bool, items: int | None) -> None:
    """Show the seed, or more, in the dashboard."""
    if on_terminal():
        base.note(ctx, "command.demo.greeting")
    with tidy_end(), TemporaryDirectory(prefix="rectify-demo-") as folder:
        path = Path(folder) / "demo.db"
        if national or items is not None:
            ledger = make_store(ctx, path, seed=True, national=national, items=items)
        else:
            ledger = make_demo(ctx, path)
        try:
            code = show_dashboard(ctx, ledger, demo=True)
        finally:
            ledger.close()
    ctx.exit(code)
