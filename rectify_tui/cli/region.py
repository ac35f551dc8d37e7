"""`rectify region`: find regions and add those that have no code."""

from __future__ import annotations

from typing import Any

import click

from rectify_tui.cli import base
from rectify_tui.cli.changing import How, change_options, changing
from rectify_tui.cli.fields import field_options
from rectify_tui.cli.stores import open_store
from rectify_tui.domain.fields import REGION as REGION_FIELDS
from rectify_tui.errors import Refusal
from rectify_tui.reports.regions import region_table
from rectify_tui.store.commands.places import add_region
from rectify_tui.store.commands.renaming import rename_region
from rectify_tui.store.commands.typed import read_typed
from rectify_tui.store.records import REGION
from rectify_tui.store.regions import find_regions, one_region

region = base.Group("region", help="command.region.help")


@region.command(
    "find",
    help="command.region.find",
    example="rectify region find 大庆\nrectify region find 2306 --format json",
)
@base.argument("text", help="command.region.text")
@base.format_option
@click.pass_context
def find(ctx: click.Context, text: str, output_format: base.Format) -> None:
    """Print the regions that a text fits."""
    with open_store(ctx) as ledger:
        connection = ledger.reader()
        found = find_regions(connection, text, limit=None)
        if found or output_format != "table":
            table = region_table(connection, found, base.language_of(ctx))
            base.emit(ctx, table, output_format)
    if not found:
        raise Refusal("region.not_found", text=text)


@region.command(
    "add",
    help="command.region.add",
    example="rectify region add 大庆高新技术产业开发区 --under 大庆市 --kind zone",
)
@base.argument("name", help="command.region.name")
@field_options(REGION_FIELDS.settable, needed=("under", "kind"))
@change_options
@click.pass_context
def add(ctx: click.Context, name: str, fields: dict[str, str], how: How) -> None:
    """Add a region below another."""
    with changing(ctx, "add", REGION, how) as change:
        values: dict[str, Any] = {**read_typed(change.draft, REGION_FIELDS, fields)}
        under, kind = values.pop("parent_id"), values.pop("kind")
        change.about([add_region(change.draft, name, under, kind, **values)])


@region.command(
    "rename",
    help="command.region.rename",
    example="rectify region rename 大庆高新区 大庆高新技术产业开发区",
)
@base.argument("text", metavar="REGION", help="command.region.which")
@base.argument("name", metavar="NAME", help="command.rename_to")
@base.option("--name-en", metavar="TEXT", help="field.name_en.help")
@change_options
@click.pass_context
def rename(ctx: click.Context, text: str, name: str, name_en: str | None, how: How) -> None:
    """Call a region otherwise."""
    with changing(ctx, "set", REGION, how) as change:
        (id,) = change.about([one_region(change.connection, text).id])
        rename_region(change.draft, id, name, name_en)
