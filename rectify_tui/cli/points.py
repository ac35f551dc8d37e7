"""`rectify points`: what responsible units have left, and what took the rest."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from rectify_tui.cli import base
from rectify_tui.cli.drawing import Picture, require_drawable, show
from rectify_tui.cli.output_file import OutputFile, output_option
from rectify_tui.cli.stores import one_moment, open_store, read_date
from rectify_tui.errors import Problem

if TYPE_CHECKING:
    from rectify_tui.domain.points import PointTable
    from rectify_tui.store.points import UnitPoints

_MOST_MONTHS = 240


@click.command(
    "points",
    cls=base.Command,
    help="points.help.points",
    example="rectify points\n"
    "rectify points 大庆市水务局 --as-of 2020-03-31\n"
    "rectify points --exempt\n"
    "rectify points --months 24 -o exempt.html",
)
@base.argument("unit", required=False, help="points.help.unit")
@base.option("--exempt", is_flag=True, help="points.help.exempt")
@base.option(
    "--months", type=click.IntRange(2, _MOST_MONTHS), metavar="N", help="points.help.months"
)
@base.option("--as-of", metavar="DATE", help="command.option.as_of")
@base.format_option
@output_option("points.help.output", metavar="FILE.html|svg")
@click.pass_context
def points_command(
    ctx: click.Context, unit: str | None, exempt: bool, months: int | None, as_of: str | None,
    output_format: base.Format, output: OutputFile | None,
) -> None:  # fmt: skip
    """Print the points of all units, or what happened with one."""
    from rectify_tui.paths import config_folder
    from rectify_tui.reports.points.settings import FILE, read_point_settings
    from rectify_tui.reports.points.tables import events_table, points_table
    from rectify_tui.store.commands.cards import card_unit
    from rectify_tui.store.points import unit_points

    require_drawable(ctx, output)
    if unit is not None and (exempt or months):
        raise base.Misuse(Problem("points.one_or_exempt"), ctx)
    if output is not None and not months:
        raise base.Misuse(Problem("points.months_alone"), ctx)
    t, table = base.language_of(ctx), read_point_settings(config_folder() / FILE).table

    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        day = read_date(as_of, ledger) or ledger.today()
        unit_id = card_unit(connection, unit).unit_id if unit else None
        units = unit_points(connection, day, unit_id)
    if unit is not None:
        if not units:
            raise Problem("points.no_unit", text=unit)
        base.emit(ctx, events_table(units[0], table, t, day), output_format)
    elif months:
        show(ctx, _line(ctx, units, table, day, months), output_format, output)
    else:
        base.emit(ctx, points_table(units, table, t, day, only_exempt=exempt), output_format)


def _line(
    ctx: click.Context, units: list[UnitPoints], table: PointTable, day: date, months: int
) -> Picture:
    from rectify_tui.domain.points import exempt_over_time
    from rectify_tui.reports.points.exempt import exempt_lines, exempt_svg, exempt_table

    t = base.language_of(ctx)
    sizes = exempt_over_time((each.record for each in units), table, day, months)
    return Picture(
        exempt_table(sizes, t),
        lambda style: exempt_lines(sizes, ascii=style.ascii),
        lambda: exempt_svg(sizes, t),
    )
