"""`rectify map`: one figure of every province, city or county, as a map of tiles."""

from __future__ import annotations

from itertools import chain

import click

from rectify_tui.cli import base
from rectify_tui.cli.drawing import Picture, require_drawable, show
from rectify_tui.cli.output_file import OutputFile, output_option
from rectify_tui.cli.stores import one_moment, open_store, read_date
from rectify_tui.reports.pictures.figure import Figure
from rectify_tui.reports.pictures.map_lines import drawn_map, legend, map_lines
from rectify_tui.reports.pictures.map_svg import map_svg
from rectify_tui.reports.pictures.places import parts_of
from rectify_tui.reports.pictures.tables import map_table
from rectify_tui.reports.pictures.tile_map import read_map
from rectify_tui.store.programmes import programmes
from rectify_tui.store.references import programme_id
from rectify_tui.store.regions import one_region
from rectify_tui.store.rollup_read import RollupQuery


@click.command(
    "map",
    cls=base.Command,
    help="pictures.help.map",
    example="rectify map\n"
    "rectify map --under 黑龙江省 --figure behind\n"
    "rectify map --programme CN-2018-WATER --as-of 2019-12-31 -o map.html",
)
@base.option(
    "--figure", type=base.WordChoice(Figure, "pictures.word"), default=Figure.COMPLETION.value,
    show_default=True, help="pictures.help.figure",
)  # fmt: skip
@base.option("--programme", metavar="CODE", help="command.rollup.programme")
@base.option("--under", metavar="REGION", help="pictures.help.under")
@base.option("--as-of", metavar="DATE", help="command.option.as_of")
@base.format_option
@output_option("pictures.help.output", metavar="FILE.html|svg")
@click.pass_context
def map_command(
    ctx: click.Context, figure: str, programme: str | None, under: str | None, as_of: str | None,
    output_format: base.Format, output: OutputFile | None,
) -> None:  # fmt: skip
    """Draw a map."""
    require_drawable(ctx, output)
    t = base.language_of(ctx)
    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        under_id = one_region(connection, under).id if under else None
        chosen = programme_id(connection, programme) if programme else None
        of = [each for each in programmes(connection) if chosen in (None, each.id)]
        day = read_date(as_of, ledger) or ledger.today()
        query = RollupQuery(day, parts_of(connection, under_id), chosen, under_id)
        found = read_map(
            connection, query, Figure(figure), t, programme=of[0].code if chosen else "",
            simulated=any(each.simulated for each in of),
        )  # fmt: skip
    picture = Picture(
        map_table(found, t),
        lambda style: chain(map_lines(found, style), legend(found, t, style)),
        lambda: map_svg(drawn_map(found, t)),
    )
    show(ctx, picture, output_format, output)
