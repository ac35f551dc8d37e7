"""`rectify patterns`: what somebody who reads many weeks of progress would notice."""

from __future__ import annotations

import click

from rectify_tui.cli import base
from rectify_tui.cli.stores import one_moment, open_store, read_date
from rectify_tui.domain.patterns import SILENT_WEEKS, Pattern
from rectify_tui.store.references import programme_id
from rectify_tui.store.regions import one_region


@click.command(
    "patterns",
    cls=base.Command,
    help="patterns.help.patterns",
    example="rectify patterns\n"
    "rectify patterns moved --programme HLJ-2018\n"
    "rectify patterns 改时限 --programme HLJ-2018\n"
    "rectify patterns silent --weeks 8 --under 大庆 --format csv",
)
@base.argument(
    "name", type=base.WordChoice(Pattern, "patterns.name"), required=False,
    help="patterns.help.name",
)  # fmt: skip
@base.option("--programme", metavar="CODE", help="command.rollup.programme")
@base.option("--under", metavar="REGION", help="command.rollup.under")
@base.option("--as-of", metavar="DATE", help="command.option.as_of")
@base.option(
    "--weeks", type=click.IntRange(1, 520), default=SILENT_WEEKS, show_default=True, metavar="N",
    help="patterns.help.weeks",
)  # fmt: skip
@base.format_option
@click.pass_context
def patterns(
    ctx: click.Context, name: str | None, programme: str | None, under: str | None,
    as_of: str | None, weeks: int, output_format: base.Format,
) -> None:  # fmt: skip
    """Print the counts of all patterns, or the items of one."""
    from rectify_tui.paths import config_folder
    from rectify_tui.reports.patterns import pattern_table, sighting_table
    from rectify_tui.reports.weekly.settings import FILE, read_settings
    from rectify_tui.store.patterns import PatternQuery, counts, sightings

    t = base.language_of(ctx)
    week_ends_on = read_settings(config_folder() / FILE).week_ends_on
    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        query = PatternQuery(
            read_date(as_of, ledger) or ledger.today(),
            programme_id(connection, programme) if programme else None,
            one_region(connection, under).id if under else None,
            weeks,
            week_ends_on,
        )
        if name is None:
            table = pattern_table(counts(connection, query), t, as_of=query.as_of, weeks=weeks)
        else:
            found = sightings(connection, Pattern(name), query)
            table = sighting_table(Pattern(name), found, t, as_of=query.as_of, weeks=weeks)
        base.emit(ctx, table, output_format)
