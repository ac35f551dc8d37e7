"""`rectify item set` and `merge`."""

from __future__ import annotations

import click

from rectify_tui.cli import base
from rectify_tui.cli.changing import How, change_options, changing, later_options, seen_revision
from rectify_tui.cli.fields import field_options
from rectify_tui.domain.fields import ITEM as FIELDS
from rectify_tui.errors import Problem
from rectify_tui.store.commands.items import correct_items, merge_items, set_items
from rectify_tui.store.records import ITEM
from rectify_tui.store.references import item_ids, target


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
