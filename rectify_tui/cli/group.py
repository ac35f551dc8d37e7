"""`rectify group`: who is in the working group, and who has left it."""

from __future__ import annotations

import click

from rectify_tui.cli import base
from rectify_tui.cli.stores import one_moment, open_store, read_date
from rectify_tui.store.references import programme_id
from rectify_tui.store.regions import one_region
from rectify_tui.store.rollup_read import By, RollupQuery

_BY = (By.PROVINCE, By.CITY, By.COUNTY, By.UNIT)


@click.command(
    "group",
    cls=base.Command,
    help="workgroup.help.group",
    example="rectify group --programme HLJ-2018\n"
    "rectify group --by province --programme YZ-2016-WATER --as-of 2017-06-30\n"
    "rectify group --by unit --weeks",
)
@base.option("--programme", metavar="CODE", help="command.rollup.programme")
@base.option(
    "--by", type=base.WordChoice(_BY, "report.by"), default=By.CITY.value,
    show_default=True, help="workgroup.help.by",
)  # fmt: skip
@base.option("--under", metavar="REGION", help="command.rollup.under")
@base.option("--as-of", metavar="DATE", help="command.option.as_of")
@base.option("--weeks", is_flag=True, help="workgroup.help.weeks")
@base.format_option
@click.pass_context
def group(
    ctx: click.Context, programme: str | None, by: str, under: str | None, as_of: str | None,
    weeks: bool, output_format: base.Format,
) -> None:  # fmt: skip
    """Print the members; with `--weeks` also their number over time, for programs that alone."""
    from rectify_tui.paths import config_folder
    from rectify_tui.reports.weekly.settings import FILE, read_settings
    from rectify_tui.reports.workgroup import group_table, progress_table
    from rectify_tui.store.workgroup import members

    t = base.language_of(ctx)
    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        query = RollupQuery(
            read_date(as_of, ledger) or ledger.today(),
            By(by),
            programme_id(connection, programme) if programme else None,
            one_region(connection, under).id if under else None,
        )
        found = members(connection, query)
        scope = [each for each in (programme, under) if each]
        if not weeks or output_format in ("table", "md"):
            base.emit(ctx, group_table(found, query, t, scope), output_format)
        if weeks:
            ends_on = read_settings(config_folder() / FILE).week_ends_on
            ascii = base.options_of(ctx).ascii
            if output_format in ("table", "md"):
                click.echo()
            base.emit(ctx, progress_table(found, query, t, ends_on, ascii=ascii), output_format)
    if not found:
        base.note(ctx, "workgroup.none")
