"""`rectify item set`, `merge`, `add` and `withdraw`."""

from __future__ import annotations

import click

from rectify_tui.cli import base
from rectify_tui.cli.changing import How, change_options, changing, later_options, seen_revision
from rectify_tui.cli.fields import field_options
from rectify_tui.domain.fields import ITEM as FIELDS
from rectify_tui.domain.reference import read_number, read_programme_code
from rectify_tui.errors import Problem
from rectify_tui.store.commands.items import add_item, correct_items, merge_items, set_items
from rectify_tui.store.records import ITEM
from rectify_tui.store.references import item_ids, programme_id, target


@click.command(
    "set",
    cls=base.Command,
    help="command.item.set",
    example="rectify item set HLJ-2018/12 --status completed --on 2020-02-28\n"
    "rectify item set HLJ-2018/3-9,14 --status 未达序时进度 --reason 管网未开工 --by 王工\n"
    "rectify item set HLJ-2018/12 --deadline 2020年底前 --correct --reason 录入时写错年份",
)
@base.argument("refs", metavar="REF...", nargs=-1, required=True, help="command.item.ref")
@field_options(FIELDS.settable)
@base.option("--correct", is_flag=True, help="command.item.correct")
@base.option("--rev", type=int, metavar="N", help="command.option.rev")
@later_options
@change_options
@click.pass_context
def set_(
    ctx: click.Context, refs: tuple[str, ...], correct: bool, rev: int | None,
    fields: dict[str, str], how: How,
) -> None:  # fmt: skip
    """Set fields of items, or correct them from the beginning."""
    if not fields:
        raise Problem("item.nothing_to_set")
    if correct and (how.on or not how.reason):
        raise Problem("item.correct_on" if how.on else "item.correct_why")
    with changing(ctx, "correct" if correct else "set", ITEM, how) as change:
        ids = change.about(item_ids(change.connection, refs))
        seen = seen_revision(ids, rev)
        if correct:
            correct_items(change.draft, ids, fields, seen=seen, later=how.later)
        else:
            set_items(change.draft, ids, fields, on=change.on, seen=seen, later=how.later)


@click.command(
    "merge",
    cls=base.Command,
    help="command.item.merge",
    example="rectify item merge HLJ-2016/33-56 --into HLJ-2018\n"
    "rectify item merge HLJ-2016/12 --into HLJ-2018/7 --on 2019-12-31",
)
@base.argument("refs", metavar="REF...", nargs=-1, required=True, help="command.item.ref")
@base.option("--into", required=True, metavar="REF", help="command.item.into")
@base.option("--rev", type=int, metavar="N", help="command.option.rev")
@later_options
@change_options
@click.pass_context
def merge(ctx: click.Context, refs: tuple[str, ...], into: str, rev: int | None, how: How) -> None:
    """Merge items into what carries them on."""
    with changing(ctx, "merge", ITEM, how) as change:
        ids = change.about(item_ids(change.connection, refs))
        seen = seen_revision(ids, rev)
        goal = target(change.connection, into)
        merge_items(change.draft, ids, goal, on=change.on, seen=seen, later=how.later)


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
