"""`rectify unit`: the units that are responsible for items, lead or supervise."""

from __future__ import annotations

from typing import Any

import click

from rectify_tui.cli import base
from rectify_tui.cli.changing import How, change_options, changing
from rectify_tui.cli.fields import field_options
from rectify_tui.cli.stores import one_moment, open_store, read_date
from rectify_tui.domain.fields import UNIT as UNIT_FIELDS
from rectify_tui.domain.text import clean
from rectify_tui.errors import Problem
from rectify_tui.reports.regions import unit_table
from rectify_tui.store.commands.merging_units import KIND, merge_units
from rectify_tui.store.commands.places import add_unit
from rectify_tui.store.commands.renaming import rename_unit
from rectify_tui.store.commands.typed import read_typed
from rectify_tui.store.records import UNIT
from rectify_tui.store.rollup_read import By, RollupQuery, read_rollup
from rectify_tui.store.units import units

unit = base.Group("unit", help="command.unit.help")


@unit.command(
    "list", help="command.unit.list", example="rectify unit list\nrectify unit list 水务局"
)
@base.argument("text", required=False, default="", help="command.unit.text")
@base.option("--merged", is_flag=True, help="command.unit.with_merged")
@base.option("--as-of", metavar="DATE", help="command.option.as_of")
@base.format_option
@click.pass_context
def list_units(
    ctx: click.Context, text: str, merged: bool, as_of: str | None, output_format: base.Format
) -> None:
    """Print units and what they are responsible for."""
    wanted = clean(text).casefold()
    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        day = read_date(as_of, ledger) or ledger.today()
        rollup = read_rollup(connection, RollupQuery(day, By.UNIT))
        tallies = {row.id: row.tally for row in rollup.rows}
        found = [
            each
            for each in units(connection)
            if wanted in each.name.casefold()
            and (merged or not each.merged_into or each.id in tallies)
        ]
        base.emit(ctx, unit_table(found, tallies, base.language_of(ctx), as_of=day), output_format)


@unit.command(
    "add", help="command.unit.add", example="rectify unit add 大庆市水务局 --region 大庆市"
)
@base.argument("name", help="command.unit.name")
@field_options(UNIT_FIELDS.settable)
@change_options
@click.pass_context
def add(ctx: click.Context, name: str, fields: dict[str, str], how: How) -> None:
    """Add a unit."""
    name = clean(name, limit=200)
    if not name:
        raise Problem("command.unit_without_name")
    with changing(ctx, "add", UNIT, how) as change:
        if any(each.name == name for each in units(change.connection)):
            raise Problem("command.unit_exists", name=name)
        values: dict[str, Any] = {**read_typed(change.draft, UNIT_FIELDS, fields)}
        change.about([add_unit(change.draft, name, **values)])


@unit.command(
    "rename",
    help="command.unit.rename",
    example="rectify unit rename 大庆市水务局 大庆市水利局 --reason 机构改革",
)
@base.argument("old", metavar="UNIT", help="command.unit.name")
@base.argument("new", metavar="NAME", help="command.rename_to")
@change_options
@click.pass_context
def rename(ctx: click.Context, old: str, new: str, how: How) -> None:
    """Call a unit otherwise."""
    with changing(ctx, "set", UNIT, how) as change:
        change.about([rename_unit(change.draft, old, new)])


@unit.command(
    "merge",
    help="command.unit.merge",
    example="rectify unit merge 大庆水务局 --into 大庆市水务局 --correct --reason 同一单位\n"
    "rectify unit merge 大庆市农委 --into 大庆市农业农村局 --on 2019-03-01 --reason 机构改革",
)
@base.argument("old", metavar="UNIT", help="command.unit.name")
@base.option("--into", required=True, metavar="UNIT", help="command.unit.into")
@base.option("--correct", is_flag=True, help="command.unit.correct")
@change_options
@click.pass_context
def merge(ctx: click.Context, old: str, into: str, correct: bool, how: How) -> None:
    """Have one unit stand for another, from a day on or for ever."""
    if correct and (how.on or not how.reason):
        raise Problem("item.correct_on" if how.on else "item.correct_why")
    with changing(ctx, KIND, UNIT, how) as change:
        id, moved = merge_units(change.draft, old, into, on=change.on, correction=correct)
        change.about([id])
    if how.output_format == "table":
        base.say(ctx, "command.unit.moved", n=len(moved))
