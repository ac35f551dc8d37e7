"""`rectify forecast`: when everything will be done, and how likely by the deadline."""

from __future__ import annotations

import sys

import click

from rectify_tui.cli import base
from rectify_tui.cli.errors import tell
from rectify_tui.cli.output_file import OutputFile, output_option
from rectify_tui.cli.stores import one_moment, open_store, read_date
from rectify_tui.domain.forecast import LEAST_WEEKS, WEEKS
from rectify_tui.errors import Problem, Refusal
from rectify_tui.reports.forecast.build import Asked, Backtest, Forecast, check_back
from rectify_tui.reports.forecast.build import forecast as make_forecast
from rectify_tui.reports.forecast.sentence import sentence
from rectify_tui.reports.forecast.tables import backtest_table, forecast_table
from rectify_tui.reports.writing.markdown import markdown_text
from rectify_tui.store.references import programme_id
from rectify_tui.store.regions import one_region
from rectify_tui.store.scope import Scope

_WIDEST, _USUAL = 110, 80
"""Cells of a chart at most, and where no terminal tells how wide it is."""
_MOST_WEEKS = 520


@click.command(
    "forecast",
    cls=base.Command,
    help="forecast.help.help",
    example="rectify forecast --programme HLJ-2018 --by 2020-12-31\n"
    "rectify forecast --under 黑龙江省 --weeks 13 -o forecast.svg\n"
    "rectify forecast --programme HLJ-2018 --backtest",
)
@base.option("--programme", metavar="CODE", help="forecast.help.programme")
@base.option("--under", metavar="REGION", help="forecast.help.under")
@base.option("--by", metavar="DATE", help="forecast.help.by")
@base.option("--as-of", metavar="DATE", help="forecast.help.as_of")
@base.option(
    "--weeks", type=click.IntRange(LEAST_WEEKS, _MOST_WEEKS), default=WEEKS, show_default=True,
    metavar="N", help="forecast.help.weeks",
)  # fmt: skip
@base.option("--backtest", is_flag=True, help="forecast.help.backtest")
@base.format_option
@output_option("forecast.help.output", metavar="FILE.svg")
@click.pass_context
def forecast(
    ctx: click.Context, programme: str | None, under: str | None, by: str | None,
    as_of: str | None, weeks: int, backtest: bool, output_format: base.Format,
    output: OutputFile | None,
) -> None:  # fmt: skip
    """Print a forecast, or its back-test."""
    _require_chart(ctx, backtest, output)
    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        scope = Scope(
            programme_id(connection, programme) if programme else None,
            one_region(connection, under).id if under else None,
        )
        asked = Asked(ledger.today(), scope, read_date(as_of, ledger), read_date(by, ledger), weeks)
        if backtest:
            _print_backtest(ctx, check_back(connection, asked), output_format)
        else:
            _print(ctx, make_forecast(connection, asked), output_format, output)


def _require_chart(ctx: click.Context, backtest: bool, output: OutputFile | None) -> None:
    """Raise `Misuse` where no chart can be written."""
    if output is None:
        return
    if backtest:
        raise base.Misuse(Problem("forecast.backtest_has_none"), ctx)
    if output.path.suffix.lower() != ".svg":
        raise base.Misuse(Problem("forecast.only_svg", name=output.path.name), ctx)


def _print(
    ctx: click.Context, found: Forecast, output_format: base.Format, output: OutputFile | None
) -> None:
    """Print a forecast: people get it in words too, and as a chart; write the chart to a file."""
    t = base.language_of(ctx)
    table = forecast_table(found, t, output_format)
    if output is not None:
        _write(ctx, found, table.title, output)
    for_people = output_format in ("table", "md")
    if for_people:
        text = sentence(found, t)
        tell(markdown_text(text) if output_format == "md" else text, err=False)
        click.echo()
    base.emit(ctx, table, output_format)
    if for_people and found.basis.left:
        from rectify_tui.reports.forecast.chart import text_chart

        chart = text_chart(found, t, cells=_cells(), ascii=base.options_of(ctx).ascii)
        fence = "```\n" if output_format == "md" else ""
        click.echo(f"\n{fence}{chart}\n{fence}", nl=False)


def _print_backtest(ctx: click.Context, found: Backtest, output_format: base.Format) -> None:
    table = backtest_table(found, base.language_of(ctx), output_format)
    base.emit(ctx, table, output_format)


def _write(ctx: click.Context, found: Forecast, title: str, output: OutputFile) -> None:
    """Write the chart to a file. Raises `Refusal` where there is nothing left to forecast."""
    from rectify_tui.reports.forecast.svg import svg_chart

    if not found.basis.left:
        raise Refusal("forecast.no_chart", total=found.basis.total)
    drawing = svg_chart(found, base.language_of(ctx), title)
    output.write(drawing.encode())
    base.note(ctx, "forecast.written", path=output.path)


def _cells() -> int:
    return min(base.terminal_width(sys.stdout) or _USUAL, _WIDEST)
