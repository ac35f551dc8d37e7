"""`rectify case stats` and `rectify case sheet`: figures of cases, and the sheet for the public."""

from __future__ import annotations

import click

from rectify_tui.cli import base
from rectify_tui.cli.output_file import OutputFile, output_option
from rectify_tui.cli.stores import one_moment, open_store, read_date
from rectify_tui.domain.filter_fields import CASE_FIELDS
from rectify_tui.domain.filter_text import parse_filter
from rectify_tui.errors import Problem
from rectify_tui.reports.case_stats import RATES, StatsBy, StatsColumns
from rectify_tui.store.references import programme_id
from rectify_tui.store.regions import one_region

_COUNT = ("received", "once")


@click.command(
    "stats",
    cls=base.Command,
    help="command.case.stats",
    example="rectify case stats\n"
    "rectify case stats --by type --rate interim --programme HLJ-2018\n"
    "rectify case stats --by city --columns types --duplicates once --format csv\n"
    "rectify case stats --by batch --as-of 2019-12-31",
)
@base.option(
    "--by", type=base.WordChoice(StatsBy, "case_stats.by"), default=StatsBy.REGION.value,
    show_default=True, help="command.case.stats_by",
)  # fmt: skip
@base.option(
    "--rate", type=base.WordChoice(tuple(RATES), "case_stats.rate"), help="command.case.rate"
)
@base.option(
    "--columns", type=base.WordChoice(StatsColumns, "case_stats.columns"),
    default=StatsColumns.HANDLING.value, show_default=True, help="command.case.columns",
)  # fmt: skip
@base.option(
    "--duplicates", type=base.WordChoice(_COUNT, "case_stats.count"), default="received",
    show_default=True, help="command.case.duplicates",
)  # fmt: skip
@base.option("--programme", metavar="CODE", help="command.rollup.programme")
@base.option("--under", metavar="REGION", help="command.rollup.under")
@base.option("--as-of", metavar="DATE", help="command.option.as_of")
@base.format_option
@click.pass_context
def stats(
    ctx: click.Context, by: str, rate: str | None, columns: str, duplicates: str,
    programme: str | None, under: str | None, as_of: str | None, output_format: base.Format,
) -> None:  # fmt: skip
    """Print the statistics of cases."""
    from rectify_tui.paths import config_folder
    from rectify_tui.reports.case_stats import case_stats_table, read_case_stats
    from rectify_tui.reports.weekly.settings import FILE, read_settings
    from rectify_tui.store.case_facts import CaseScope

    t = base.language_of(ctx)
    closure = RATES[rate] if rate else read_settings(config_folder() / FILE).closure
    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        scope = CaseScope(
            read_date(as_of, ledger) or ledger.today(),
            programme_id(connection, programme) if programme else None,
            one_region(connection, under).id if under else None,
            duplicates == "received",
        )
        found = read_case_stats(connection, StatsBy(by), scope, t)
        named = [each for each in (programme, under) if each]
        table = case_stats_table(found, t, closure, StatsColumns(columns), named)
        base.emit(ctx, table, output_format)
    if not found.lines:
        base.note(ctx, "case_stats.none")


@click.command(
    "sheet",
    cls=base.Command,
    help="command.case.sheet",
    example="rectify case sheet 批次:第三批 -o 公开表.xlsx\n"
    "rectify case sheet status:closed region:大庆 -o public.html\n"
    "rectify case sheet 批次:第三批 --unmasked -o 内部.docx",
)
@base.argument("filter", metavar="FILTER...", nargs=-1, help="command.list.filter")
@base.option("--as-of", metavar="DATE", help="command.option.as_of")
@base.option("--unmasked", is_flag=True, help="command.case.unmasked")
@output_option("command.case.sheet_output", metavar="FILE.xlsx|docx|html", required=True)
@click.pass_context
def sheet(
    ctx: click.Context, filter: tuple[str, ...], as_of: str | None, unmasked: bool,
    output: OutputFile,
) -> None:  # fmt: skip
    """Write the public sheet of cases."""
    from rectify_tui.reports.case_sheet import FORMATS
    from rectify_tui.reports.public_sheet import write_sheet

    known = " ".join(f".{each}" for each in FORMATS)
    if output.path.suffix.lower().lstrip(".") not in FORMATS:
        raise Problem("case_sheet.bad_ending", name=output.path.name, known=known)
    output.require_free()
    t = base.language_of(ctx)
    with open_store(ctx) as ledger, one_moment(ledger):
        wanted = parse_filter(" ".join(filter), CASE_FIELDS, today=ledger.today())
        made = write_sheet(
            ledger, wanted, output.path.suffix, t, as_of=read_date(as_of, ledger),
            unmasked=unmasked,
        )  # fmt: skip
    if made.n == 0:
        base.note(ctx, "case_sheet.none")
        ctx.exit(1)
    output.write(made.content)
    base.say(ctx, "case_sheet.written", n=made.n, path=output.path)
    base.note(ctx, "case_sheet.unmasked" if unmasked else "case_sheet.look")
