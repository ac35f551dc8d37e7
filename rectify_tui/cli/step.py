"""`rectify item step`: the dated steps of items."""

from __future__ import annotations

import click

from rectify_tui.cli import base
from rectify_tui.cli.changing import Change, How, change_options, changing
from rectify_tui.cli.fields import field_options
from rectify_tui.cli.stores import one_moment, open_store, read_date
from rectify_tui.domain.fields import STEP
from rectify_tui.errors import Problem
from rectify_tui.reports.steps import step_table
from rectify_tui.store.commands.steps import (
    StepKey,
    add_step,
    done_step,
    drop_step,
    find_step,
    move_step,
    set_step,
)
from rectify_tui.store.item_detail import item_detail
from rectify_tui.store.records import MILESTONE
from rectify_tui.store.references import item_ids

step = base.Group("step", help="command.step.help")

_refs = base.argument("ref", metavar="REF", help="command.step.ref")
_rev = base.option("--rev", type=int, metavar="N", help="command.step.rev")
_called = base.argument("called", metavar="STEP", help="command.step.called")


def _item(change: Change, ref: str) -> int:
    """The one item that a step belongs to."""
    ids = item_ids(change.connection, [ref])
    if len(ids) != 1:
        raise Problem("step.one_item", n=len(ids), ref=ref)
    return ids[0]


def _found(change: Change, ref: str, called: str) -> tuple[int, StepKey]:
    item_id = _item(change, ref)
    return item_id, find_step(change.draft, item_id, called)


@step.command("list", help="command.step.list", example="rectify item step list HLJ-2018/12")
@base.argument("refs", metavar="REF...", nargs=-1, required=True, help="command.item.ref")
@base.option("--as-of", metavar="DATE", help="command.option.as_of")
@base.format_option
@click.pass_context
def list_(
    ctx: click.Context, refs: tuple[str, ...], as_of: str | None, output_format: base.Format
) -> None:
    """Print the steps of items with their numbers."""
    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        day = read_date(as_of, ledger)
        read = (item_detail(connection, id, as_of=day) for id in item_ids(connection, refs))
        details = [detail for detail in read if detail is not None]
        t = base.language_of(ctx)
        base.emit(ctx, step_table(details, t, day or ledger.today()), output_format)


@step.command(
    "add",
    help="command.step.add",
    example="rectify item step add HLJ-2018/12 --text 管网验收 --due 10月底前 --unit 市水务局\n"
    "rectify item step add HLJ-2018/12 --measure 1 --text 完成招标 --due 6月底",
)
@_refs
@field_options(STEP.settable, needed=("text",))
@base.option("--measure", metavar="TEXT", default="", help="command.step.measure")
@change_options
@click.pass_context
def add(ctx: click.Context, ref: str, measure: str, fields: dict[str, str], how: How) -> None:
    """Add a step to an item."""
    with changing(ctx, "step", MILESTONE, how) as change:
        item_id = _item(change, ref)
        change.about([add_step(change.draft, item_id, fields, measure=measure, on=change.on)])


@step.command(
    "set",
    help="command.step.set",
    example="rectify item step set HLJ-2018/12 2 --unit 市水务局 --evidence 验收单",
)
@_refs
@_called
@field_options(STEP.settable)
@_rev
@change_options
@click.pass_context
def set_(
    ctx: click.Context, ref: str, called: str, fields: dict[str, str], rev: int | None, how: How
) -> None:
    """Correct a step."""
    if not fields:
        raise Problem("step.nothing_to_set")
    with changing(ctx, "step", MILESTONE, how) as change:
        item_id, key = _found(change, ref, called)
        change.about([set_step(change.draft, item_id, key, fields, on=change.on, seen=rev)])


@step.command(
    "done",
    help="command.step.done",
    example="rectify item step done HLJ-2018/12 2 --on 2020-06-28 --evidence 验收单\n"
    "rectify item step done HLJ-2018/12 招标",
)
@_refs
@_called
@base.option("--evidence", metavar="TEXT", default="", help="field.step_evidence.help")
@_rev
@change_options
@click.pass_context
def done(
    ctx: click.Context, ref: str, called: str, evidence: str, rev: int | None, how: How
) -> None:
    """Say that a step is done."""
    with changing(ctx, "step", MILESTONE, how) as change:
        item_id, key = _found(change, ref, called)
        change.about(
            [done_step(change.draft, item_id, key, evidence=evidence, on=change.on, seen=rev)]
        )


@step.command(
    "move",
    help="command.step.move",
    example="rectify item step move HLJ-2018/12 2 --to 2020-08-31 --reason 汛期停工",
)
@_refs
@_called
@base.option("--to", required=True, metavar="DATE", help="field.step_due.help")
@_rev
@change_options
@click.pass_context
def move(ctx: click.Context, ref: str, called: str, to: str, rev: int | None, how: How) -> None:
    """Plan a step for another day."""
    with changing(ctx, "step", MILESTONE, how) as change:
        item_id, key = _found(change, ref, called)
        change.about([move_step(change.draft, item_id, key, to, on=change.on, seen=rev)])


@step.command(
    "drop",
    help="command.step.drop",
    example="rectify item step drop HLJ-2018/12 2 --reason 方案调整",
)
@_refs
@_called
@_rev
@change_options
@click.pass_context
def drop(ctx: click.Context, ref: str, called: str, rev: int | None, how: How) -> None:
    """Plan a step no more."""
    with changing(ctx, "step", MILESTONE, how) as change:
        _, key = _found(change, ref, called)
        change.about([drop_step(change.draft, key, on=change.on, seen=rev)])
