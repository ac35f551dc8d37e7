"""`rectify region`: find regions, add and abolish them, bring them up to date."""

from __future__ import annotations

from typing import Any

import click

from rectify_tui.cli import base
from rectify_tui.cli.changing import How, change_options, changing
from rectify_tui.cli.fields import field_options
from rectify_tui.cli.stores import open_store, read_date
from rectify_tui.domain.fields import REGION as REGION_FIELDS
from rectify_tui.errors import Problem, Refusal
from rectify_tui.reports.regions import region_table
from rectify_tui.seeding.regions import update_regions
from rectify_tui.store.commands.places import add_region
from rectify_tui.store.commands.regions import (
    ABOLISH,
    CodedRegion,
    abolish_region,
    add_coded_region,
)
from rectify_tui.store.commands.renaming import rename_region
from rectify_tui.store.commands.typed import read_typed
from rectify_tui.store.records import REGION
from rectify_tui.store.regions import find_regions, one_region, open_items, regions_by_id

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
    example="rectify region add 大庆高新技术产业开发区 --under 大庆市 --kind zone\n"
    "rectify region add 临平区 --code 330113 --under 杭州市 --from 2021-04-09",
)
@base.argument("name", help="command.region.name")
@base.option("--code", metavar="CODE", help="command.region.code")
@base.option("--from", "since", metavar="DATE", help="command.region.since")
@field_options(REGION_FIELDS.settable, needed=("under",))
@change_options
@click.pass_context
def add(
    ctx: click.Context, name: str, code: str | None, since: str | None, fields: dict[str, str],
    how: How,
) -> None:  # fmt: skip
    """Add a region below another: one with a national code, or one without."""
    with changing(ctx, "add", REGION, how) as change:
        values: dict[str, Any] = {**read_typed(change.draft, REGION_FIELDS, fields)}
        under, kind = values.pop("parent_id"), values.pop("kind", None)
        if code is None:
            if since is not None:
                raise Problem("region.since_without_code")
            if kind is None:
                raise Problem("region.code_or_kind")
            change.about([add_region(change.draft, name, under, kind, **values)])
            return
        day = read_date(since, change.ledger)
        new = CodedRegion(code, name, under, values.get("name_en"), kind, day)
        change.about([add_coded_region(change.draft, new)])


@region.command(
    "abolish",
    help="command.region.abolish",
    example="rectify region abolish 330103 --on 2021-04-09 --into 拱墅区",
)
@base.argument("text", metavar="REGION", help="command.region.which")
@base.option("--into", metavar="REGION", help="command.region.into")
@change_options
@click.pass_context
def abolish(ctx: click.Context, text: str, into: str | None, how: How) -> None:
    """End a region on a day; its open items move on that day where a successor is named."""
    with changing(ctx, ABOLISH, REGION, how) as change:
        (id,) = change.about([one_region(change.connection, text).id])
        successor = one_region(change.connection, into).id if into else None
        moved = abolish_region(change.draft, id, on=change.on, into=successor)
    if how.output_format == "table":
        base.say(ctx, "command.region.moved" if into else "command.region.stay", n=len(moved))


@region.command(
    "update",
    help="command.region.update",
    example="rectify region update\nrectify region find 杭州",
)
@base.option("--reason", metavar="TEXT", help="command.option.reason")
@base.option("--by", "on_behalf", metavar="NAME", help="command.option.by")
@base.format_option
@click.pass_context
def update(
    ctx: click.Context, reason: str | None, on_behalf: str | None, output_format: base.Format
) -> None:
    """Bring the regions of a ledger up to date."""
    with open_store(ctx) as ledger:
        batch, added, ended = update_regions(ledger, reason=reason, on_behalf=on_behalf)
        connection, t = ledger.reader(), base.language_of(ctx)
        known = regions_by_id(connection, [*added, *ended])
        if output_format != "table" or batch is not None:
            base.emit(ctx, region_table(connection, known.values(), t), output_format)
        if output_format != "table":
            return
        if batch is None:
            base.say(ctx, "command.region.up_to_date")
            return
        base.say(ctx, "command.region.updated", new=len(added), gone=len(ended), batch=batch)
        for region, items in open_items(connection, ended):
            base.say(ctx, "command.region.lie_there", name=region.name, code=region.key, n=items)


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
