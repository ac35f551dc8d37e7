"""`rectify item list`."""

from __future__ import annotations

import click

from rectify_tui.cli import base
from rectify_tui.cli.listing import Asked, ListCommand, find, list_options, query_of
from rectify_tui.cli.stores import open_store
from rectify_tui.domain.fields import ITEM as FIELDS
from rectify_tui.domain.filter_fields import ITEM_FIELDS
from rectify_tui.reports.items import item_objects, item_table
from rectify_tui.reports.windows import read_rows
from rectify_tui.store.items import ItemList, item_rows
from rectify_tui.store.records import ITEM


@click.command(
    "list",
    cls=ListCommand,
    help="command.item.list",
    example="rectify item list\n"
    "rectify item list 'status:behind region:大庆 due<2020-07 -unit:水务局'\n"
    "rectify item list 状态:滞后 地区:黑龙江 --sort due --format csv",
)
@base.option("--withdrawn", is_flag=True, help="command.list.withdrawn")
@list_options(FIELDS)
@click.pass_context
def list_items(ctx: click.Context, asked: Asked, withdrawn: bool) -> None:
    """Print the items that a filter leaves."""
    if withdrawn:
        from rectify_tui.cli.withdraw import print_withdrawn

        print_withdrawn(ctx, ITEM, asked.output_format)
        return
    t = base.language_of(ctx)
    with open_store(ctx) as ledger:
        found = find(ItemList(ledger, query_of(asked, ITEM_FIELDS, ledger)), asked, t, "items")
        if asked.output_format == "json" and found.as_of is None:
            base.emit_objects(item_objects(ledger.reader(), found.ids))
            return
        rows = read_rows(ledger.reader(), item_rows, found.ids, found.as_of)
        table = item_table(
            rows, t, as_of=found.as_of or found.today, full=asked.full, notes=found.notes
        )
        base.emit(ctx, table, asked.output_format)
