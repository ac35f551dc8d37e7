"""`rectify figure`: published figures, and how they stand beside the ledger."""

from __future__ import annotations

import click

from rectify_tui.cli import base
from rectify_tui.cli.stores import one_moment, open_store
from rectify_tui.domain.text import clean
from rectify_tui.errors import Refusal
from rectify_tui.store.figures import published_figures
from rectify_tui.store.references import programme_id

figure = base.Group("figure", help="published.help.group")


@figure.command(
    "list", help="published.help.list", example="rectify figure list\nrectify figure list 转办"
)
@base.argument("text", required=False, default="", help="published.help.text")
@base.option("--programme", metavar="CODE", help="published.help.programme")
@base.format_option
@click.pass_context
def list_figures(
    ctx: click.Context, text: str, programme: str | None, output_format: base.Format
) -> None:
    """Print published figures with their source and date."""
    from rectify_tui.reports.published import figure_table

    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        only = programme_id(connection, programme) if programme else None
        figures = published_figures(connection, clean(text), programme_id=only)
        base.emit(ctx, figure_table(figures, base.language_of(ctx)), output_format)


@figure.command("show", help="published.help.show", example="rectify figure show 3")
@base.argument("id", type=int, help="published.help.id")
@base.format_option
@click.pass_context
def show(ctx: click.Context, id: int, output_format: base.Format) -> None:
    """Print one published figure."""
    from rectify_tui.reports.published import figure_details

    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        figures = published_figures(connection, id=id)
        if not figures:
            raise Refusal("published.not_found", id=id)
        base.emit(ctx, figure_details(figures[0], base.language_of(ctx)), output_format)


@figure.command(
    "compare", help="published.help.compare",
    example="rectify figure compare --programme HLJ-2018\nrectify figure compare 转办 --format csv",
)  # fmt: skip
@base.argument("text", required=False, default="", help="published.help.text")
@base.option("--programme", metavar="CODE", help="published.help.programme")
@base.format_option
@click.pass_context
def compare(
    ctx: click.Context, text: str, programme: str | None, output_format: base.Format
) -> None:
    """Print published figures beside the ledger's; exit 1 where one differs."""
    from rectify_tui.reports.published import comparison
    from rectify_tui.reports.reconcile.books import Books

    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        only = programme_id(connection, programme) if programme else None
        figures = published_figures(connection, clean(text), programme_id=only)
        table, differs = comparison(figures, Books(connection), base.language_of(ctx))
        base.emit(ctx, table, output_format)
    ctx.exit(1 if differs else 0)
