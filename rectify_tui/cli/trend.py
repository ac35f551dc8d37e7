"""`rectify trend`: progress over the weeks, of all items, of places, or of one item."""

from __future__ import annotations

from dataclasses import dataclass

import click

from rectify_tui.cli import base
from rectify_tui.cli.drawing import Picture, require_drawable, show
from rectify_tui.cli.output_file import OutputFile, output_option
from rectify_tui.cli.stores import one_moment, open_store, read_date
from rectify_tui.errors import Problem
from rectify_tui.reports.pictures.figure import Figure
from rectify_tui.reports.pictures.steps import read_item_line
from rectify_tui.reports.pictures.steps_lines import item_lines
from rectify_tui.reports.pictures.steps_svg import item_svg
from rectify_tui.reports.pictures.tables import burn_up_table, heat_table, item_table
from rectify_tui.reports.pictures.weeks import read_burn_up, read_heat
from rectify_tui.reports.pictures.weeks_lines import burn_up_lines, heat_lines
from rectify_tui.reports.pictures.weeks_svg import burn_up_svg, heat_svg
from rectify_tui.store.references import item_ids, programme_id
from rectify_tui.store.regions import get_region, one_region
from rectify_tui.store.rollup_read import By, RollupQuery

PLACES = (By.PROVINCE, By.CITY, By.COUNTY)
_WEEKS, _MOST = 52, 260


@click.command(
    "trend",
    cls=base.Command,
    help="pictures.help.trend",
    example="rectify trend --programme HLJ-2018\n"
    "rectify trend --by city --under 黑龙江省 --figure behind -o heat.html\n"
    "rectify trend HLJ-2018/12",
)
@base.argument("ref", required=False, help="pictures.help.ref")
@base.option("--by", type=base.WordChoice(PLACES, "report.by"), help="pictures.help.by")
@base.option("--figure", type=base.WordChoice(Figure, "pictures.word"), help="pictures.help.figure")
@base.option("--programme", metavar="CODE", help="command.rollup.programme")
@base.option("--under", metavar="REGION", help="pictures.help.trend_under")
@base.option(
    "--weeks", type=click.IntRange(2, _MOST), default=_WEEKS, show_default=True, metavar="N",
    help="pictures.help.weeks",
)  # fmt: skip
@base.option("--as-of", metavar="DATE", help="command.option.as_of")
@base.format_option
@output_option("pictures.help.output", metavar="FILE.html|svg")
@click.pass_context
def trend(
    ctx: click.Context, ref: str | None, by: str | None, figure: str | None, programme: str | None,
    under: str | None, weeks: int, as_of: str | None, output_format: base.Format,
    output: OutputFile | None,
) -> None:  # fmt: skip
    """Draw weeks."""
    require_drawable(ctx, output)
    if ref and any((by, figure, programme, under)):
        raise base.Misuse(Problem("pictures.steps_only"), ctx)
    if figure and not by:
        raise base.Misuse(Problem("pictures.figure_needs_by"), ctx)
    wanted = _Wanted(
        By(by) if by else None, Figure(figure or Figure.COMPLETION), programme, under, weeks
    )
    picture = _of_item(ctx, ref, as_of) if ref else _of_weeks(ctx, wanted, as_of)
    show(ctx, picture, output_format, output)


@dataclass(frozen=True)
class _Wanted:
    by: By | None
    figure: Figure
    programme: str | None
    under: str | None
    weeks: int


def _of_item(ctx: click.Context, ref: str, as_of: str | None) -> Picture:
    t = base.language_of(ctx)
    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        ids = item_ids(connection, [ref])
        if len(ids) != 1:
            raise Problem("pictures.one_item")
        day = read_date(as_of, ledger) or ledger.today()
        found = read_item_line(connection, ids[0], day, t)
    return Picture(
        item_table(found, t), lambda style: item_lines(found, t, style), lambda: item_svg(found, t)
    )


def _of_weeks(ctx: click.Context, wanted: _Wanted, as_of: str | None) -> Picture:
    t = base.language_of(ctx)
    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        chosen = programme_id(connection, wanted.programme) if wanted.programme else None
        under = one_region(connection, wanted.under).id if wanted.under else None
        region = get_region(connection, under) if under is not None else None
        named = [t.name(region.name, region.name_en)] if region else []
        scope = t("report.comma").join([*named, *filter(None, [wanted.programme])])
        day = read_date(as_of, ledger) or ledger.today()
        query = RollupQuery(day, wanted.by or By.PROGRAMME, chosen, under)
        if wanted.by is not None:
            heat = read_heat(connection, query, wanted.figure, wanted.weeks, t, scope)
            return Picture(
                heat_table(heat), lambda style: heat_lines(heat, style), lambda: heat_svg(heat)
            )
        burn_up = read_burn_up(connection, query, wanted.weeks, ledger.today(), t, scope)
    return Picture(
        burn_up_table(burn_up, t),
        lambda style: burn_up_lines(burn_up, style),
        lambda: burn_up_svg(burn_up),
    )
