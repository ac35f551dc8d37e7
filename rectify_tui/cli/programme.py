"""`rectify programme`: look at programmes and add them."""

from __future__ import annotations

import click

from rectify_tui.cli import base
from rectify_tui.cli.changing import How, change_options, changing
from rectify_tui.cli.stores import one_moment, open_store, read_date
from rectify_tui.reports.programmes import programme_table
from rectify_tui.store.commands.places import PROGRAMME_KINDS, NewProgramme, add_programme
from rectify_tui.store.programmes import programmes
from rectify_tui.store.records import PROGRAMME
from rectify_tui.store.regions import one_region
from rectify_tui.store.rollup_read import RollupQuery, read_rollup

programme = base.Group("programme", help="command.programme.help")


@programme.command(
    "list",
    help="command.programme.list",
    example="rectify programme list\nrectify programme list --as-of 2019-12-31 --format json",
)
@base.option("--as-of", metavar="DATE", help="command.option.as_of")
@base.format_option
@click.pass_context
def list_programmes(ctx: click.Context, as_of: str | None, output_format: base.Format) -> None:
    """Print all programmes."""
    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        day = read_date(as_of, ledger) or ledger.today()
        rollup = read_rollup(connection, RollupQuery(day))
        tallies = {row.id: row.tally for row in rollup.rows}
        table = programme_table(programmes(connection), tallies, base.language_of(ctx), as_of=day)
        base.emit(ctx, table, output_format)


@programme.command(
    "add",
    help="command.programme.add",
    example="rectify programme add DQ-2020 --name 大庆市水源地专项 --region 大庆市 --year 2020",
)
@base.argument("code", help="command.programme.code")
@base.option("--name", required=True, metavar="TEXT", help="command.programme.name")
@base.option("--region", required=True, metavar="REGION", help="command.programme.region")
@base.option("--year", required=True, type=int, metavar="YEAR", help="command.programme.year")
@base.option(
    "--kind", type=click.Choice(PROGRAMME_KINDS), default="campaign", show_default=True,
    help="command.programme.kind",
)  # fmt: skip
@base.option("--name-en", metavar="TEXT", help="command.programme.name_en")
@base.option("--cutoff", metavar="DATE", help="command.programme.cutoff")
@base.option("--source", metavar="TEXT", help="command.option.source")
@change_options
@click.pass_context
def add(
    ctx: click.Context, code: str, name: str, region: str, year: int, kind: str,
    name_en: str | None, cutoff: str | None, source: str | None, how: How,
) -> None:  # fmt: skip
    """Add a programme."""
    with changing(ctx, "add", PROGRAMME, how) as change:
        place = one_region(change.connection, region)
        last = read_date(cutoff, change.ledger)
        new = NewProgramme(
            code, name, place.id, year, kind, name_en, last.isoformat() if last else None,
            source=source,
        )  # fmt: skip
        change.about([add_programme(change.draft, new, on=change.on)])
