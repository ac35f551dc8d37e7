"""`rectify item add` and `withdraw`."""

from __future__ import annotations

import click

from rectify_tui.cli import base
from rectify_tui.cli.changing import How, change_options, changing
from rectify_tui.cli.fields import field_options
from rectify_tui.domain.fields import ITEM as FIELDS
from rectify_tui.domain.reference import read_number, read_programme_code
from rectify_tui.errors import Problem
from rectify_tui.store.commands.items import add_item
from rectify_tui.store.records import ITEM
from rectify_tui.store.references import programme_id


@click.command(
    "add",
    cls=base.Command,
    help="command.item.add",
    example="rectify item add HLJ-2018/61 --problem 污水直排 --region 大庆市 --deadline 2020年底前",
)
@base.argument("ref", metavar="REF", help="command.item.new_ref")
@field_options(FIELDS.settable)
@base.option("--source", metavar="TEXT", help="field.source.help")
@change_options
@click.pass_context
def add(ctx: click.Context, ref: str, source: str | None, fields: dict[str, str], how: How) -> None:
    """Add an item to a programme."""
    code, _, number = ref.partition("/")
    if not number:
        raise Problem("item.programme_only", code=read_programme_code(code))
    with changing(ctx, "add", ITEM, how) as change:
        programme = programme_id(change.connection, read_programme_code(code))
        id = add_item(
            change.draft, programme, read_number(number), fields, on=change.on, source=source
        )
        change.about([id])


@click.command(
    "withdraw",
    cls=base.Command,
    help="command.item.withdraw",
    example="rectify item withdraw HLJ-2018/61 --reason 与第12项重复登记",
)
@base.argument("refs", metavar="REF...", nargs=-1, required=True, help="command.item.ref")
@base.option("--reason", required=True, metavar="TEXT", help="command.option.reason")
@base.option("--by", "on_behalf", metavar="NAME", help="command.option.by")
@base.format_option
@click.pass_context
def withdraw(
    ctx: click.Context, refs: tuple[str, ...], reason: str, on_behalf: str | None,
    output_format: base.Format,
) -> None:  # fmt: skip
    """Withdraw what was entered by mistake."""
    from rectify_tui.cli.withdraw import withdraw_records

    withdraw_records(ctx, ITEM, refs, reason, on_behalf, output_format)
