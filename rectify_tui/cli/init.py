"""`rectify init`: make a store."""

from __future__ import annotations

import click

from rectify_tui.cli import base
from rectify_tui.cli.filling import make_store, national_options, tidy_end
from rectify_tui.cli.stores import store_path


@click.command(
    "init",
    cls=base.Command,
    help="command.init.help",
    example="rectify init\nrectify init --seed\nrectify --db try.db init --national --items 20000",
)
@base.option("--seed", is_flag=True, help="command.init.seed")
@national_options
@click.pass_context
def init(ctx: click.Context, seed: bool, national: bool, items: int | None) -> None:
    """Make a store with all regions."""
    path = store_path(ctx)
    with tidy_end():
        make_store(ctx, path, seed=seed, national=national, items=items).close()
    base.say(ctx, "command.init.made", path=path)
