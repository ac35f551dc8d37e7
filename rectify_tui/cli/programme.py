"""`rectify programme`: look at programmes and add them."""

from __future__ import annotations

from typing import Any

import click

from rectify_tui.cli import base
from rectify_tui.cli.changing import How, change_options, changing
from rectify_tui.cli.fields import field_options
from rectify_tui.cli.stores import one_moment, open_store, read_date
from rectify_tui.domain.fields import PROGRAMME as PROGRAMME_FIELDS
from rectify_tui.errors import Problem
from rectify_tui.reports.programmes import programme_table
from rectify_tui.store.commands.places import NewProgramme, add_programme
from rectify_tui.store.commands.renaming import archive_programme, set_programme
from rectify_tui.store.commands.typed import read_typed
from rectify_tui.store.programmes import programmes
from rectify_tui.store.records import PROGRAMME
from rectify_tui.store.references import programme_id
from rectify_tui.store.rollup_read import RollupQuery, read_rollup

programme = base.Group("programme", help="command.programme.help")


@programme.command(
    "list",
    help="command.programme.list",
    example="rectify programme list\nrectify programme list --as-of 2019-12-31 --format json",
)
@base.option("--archived", is_flag=True, help="command.programme.archived")
@base.option("--as-of", metavar="DATE", help="command.option.as_of")
@base.format_option
@click.pass_context
def list_programmes(
    ctx: click.Context, archived: bool, as_of: str | None, output_format: base.Format
) -> None:
    """Print programmes."""
    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        day = read_date(as_of, ledger) or ledger.today()
        rollup = read_rollup(connection, RollupQuery(day))
        tallies = {row.id: row.tally for row in rollup.rows}
        found = programmes(connection, archived=archived)
        table = programme_table(found, tallies, base.language_of(ctx), as_of=day)
        base.emit(ctx, table, output_format)


@programme.command(
    "add",
    help="command.programme.add",
    example="rectify programme add DQ-2020 --name 大庆市水源地专项 --region 大庆市 --year 2020",
)
@base.argument("code", help="command.programme.code")
@field_options(
    PROGRAMME_FIELDS.settable, needed=("name", "region", "year"), defaults={"kind": "campaign"}
)
@change_options
@click.pass_context
def add(ctx: click.Context, code: str, fields: dict[str, str], how: How) -> None:
    """Add a programme."""
    with changing(ctx, "add", PROGRAMME, how) as change:
        values: dict[str, Any] = {**read_typed(change.draft, PROGRAMME_FIELDS, fields)}
        new = NewProgramme(code, **values)
        change.about([add_programme(change.draft, new, on=change.on)])


@programme.command(
    "set",
    help="command.programme.set",
    example="rectify programme set DQ-2020 --name 大庆市水源地整治专项 --reason 名称更正",
)
@base.argument("code", help="command.programme.code")
@field_options(PROGRAMME_FIELDS.settable)
@change_options
@click.pass_context
def set_(ctx: click.Context, code: str, fields: dict[str, str], how: How) -> None:
    """Correct a programme."""
    if not fields:
        raise Problem("programme.nothing_to_set")
    with changing(ctx, "set", PROGRAMME, how) as change:
        (id,) = change.about([programme_id(change.connection, code)])
        set_programme(change.draft, id, fields)


@programme.command(
    "archive",
    help="command.programme.archive",
    example="rectify programme archive HLJ-2016 --reason 已全部并入\n"
    "rectify programme archive HLJ-2016 --restore",
)
@base.argument("codes", metavar="CODE...", nargs=-1, required=True, help="command.programme.code")
@base.option("--restore", is_flag=True, help="command.programme.restore")
@change_options
@click.pass_context
def archive(ctx: click.Context, codes: tuple[str, ...], restore: bool, how: How) -> None:
    """Leave programmes out of lists, or have them back."""
    with changing(ctx, "archive", PROGRAMME, how) as change:
        for id in change.about([programme_id(change.connection, code) for code in codes]):
            archive_programme(change.draft, id, on=change.on, restore=restore)
