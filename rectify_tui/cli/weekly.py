"""`rectify weekly`: make the report of a period, freeze it, and look at frozen ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from rectify_tui.cli import base
from rectify_tui.cli.delivering import chosen_format, deliver
from rectify_tui.cli.errors import REFUSED
from rectify_tui.cli.output_file import OutputFile, output_option
from rectify_tui.cli.stores import one_moment, open_store, read_date
from rectify_tui.domain.dates import read_day
from rectify_tui.domain.period import PeriodKind
from rectify_tui.errors import Problem
from rectify_tui.reports.formats import REPORT_FORMATS

if TYPE_CHECKING:
    from rectify_tui.reports.weekly.freeze import Which
    from rectify_tui.reports.weekly.settings import Settings
    from rectify_tui.store.ledger import Ledger

_F = TypeVar("_F", bound=Callable[..., Any])

LINES = ("province", "city", "county", "unit")
PERIODS = tuple(kind.value for kind in PeriodKind)


class _Weekly(base.Group):
    """A group that makes a report where no command is named."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was named, or the group's own function."""
        return click.Group.invoke(self, ctx)


def report_options(function: _F) -> Callable[..., Any]:
    """Give a command `--format` and `--output`."""
    command: Callable[..., Any] = function
    for decorate in (
        output_option("weekly.help.output"),
        base.option(
            "--format", "output_format", type=click.Choice(REPORT_FORMATS),
            help="weekly.help.format",
        ),
    ):  # fmt: skip
        command = decorate(command)
    return command


def which_options(function: _F) -> Callable[..., Any]:
    """Give a command the options that tell frozen reports of one period apart."""
    command: Callable[..., Any] = function
    for decorate in (
        base.option("--period", type=base.WordChoice(PERIODS, "weekly.kind"),
                    help="weekly.help.which_period"),
        base.option("--by", type=base.WordChoice(LINES, "weekly.by"), help="weekly.help.which_by"),
        base.option("--programme", metavar="CODE", help="weekly.help.which_programme"),
    ):  # fmt: skip
        command = decorate(command)
    return command


@click.group(
    "weekly",
    cls=_Weekly,
    default="rectify_tui.cli.weekly:weekly",
    help="weekly.help.weekly",
    example="rectify weekly\n"
    "rectify weekly --programme HLJ-2018 -o weekly.docx\n"
    "rectify weekly --week 2020-03-06 --freeze\n"
    "rectify weekly diff 2020-03-06",
)
@base.option("--week", metavar="DATE", help="weekly.help.week")
@base.option("--programme", metavar="CODE", help="weekly.help.programme")
@base.option("--by", type=base.WordChoice(LINES, "weekly.by"), help="weekly.help.by")
@base.option("--period", type=base.WordChoice(PERIODS, "weekly.kind"), help="weekly.help.period")
@base.option("--layout", metavar="NAME", help="weekly.help.layout")
@report_options
@base.option("--freeze", is_flag=True, help="weekly.help.freeze")
@base.option("--who", "on_behalf", metavar="NAME", help="weekly.help.who")
@base.option("--reason", metavar="TEXT", help="command.option.reason")
@click.pass_context
def weekly(
    ctx: click.Context, week: str | None, programme: str | None, by: str | None,
    period: str | None, layout: str | None, output_format: str | None, output: OutputFile | None,
    freeze: bool, on_behalf: str | None, reason: str | None,
) -> None:  # fmt: skip
    """Make the report of a period."""
    if ctx.invoked_subcommand is not None:
        _require_bare(ctx)
        return
    from rectify_tui.reports.weekly.build import Request, building
    from rectify_tui.store.rollup_read import By

    format = chosen_format(output_format, output)
    settings = _settings(layout, period)
    t = base.language_of(ctx)
    if freeze and output is not None:
        output.require_free()
    with open_store(ctx) as ledger:
        request = Request(read_date(week, ledger), programme, By(by) if by else None)
        if not freeze:
            with building(ledger, settings, t, request) as built:
                deliver(ctx, built.report, format, output)
            _mention_office(ctx, settings)
            return
        from rectify_tui.reports.weekly.freeze import freeze as freeze_report

        frozen = freeze_report(ledger, settings, t, request, on_behalf=on_behalf, reason=reason)
    deliver(ctx, frozen.report, format, output)
    _mention_office(ctx, settings)
    base.note(ctx, "weekly.frozen", batch=frozen.receipt.batch, digest=frozen.report.digest)
    base.note(ctx, frozen.checked.key, **frozen.checked.params)


def _require_bare(ctx: click.Context) -> None:
    """Raise `Misuse` where an option of the report stands before the name of a command."""
    given = [
        param.opts[-1]
        for param in ctx.command.params
        if param.expose_value
        and ctx.get_parameter_source(param.name or "") is ParameterSource.COMMANDLINE
    ]
    if given:
        command = f"{ctx.command_path} {ctx.invoked_subcommand}"
        raise base.Misuse(Problem("weekly.misplaced", names=", ".join(given), command=command), ctx)


def _settings(layout: str | None, period: str | None) -> Settings:
    from rectify_tui.paths import config_folder
    from rectify_tui.reports.weekly.settings import FILE, read_settings

    settings = read_settings(config_folder() / FILE, layout)
    return settings._replace(period=PeriodKind(period)) if period else settings


def _mention_office(ctx: click.Context, settings: Settings) -> None:
    """Say so where no office signs the report."""
    from rectify_tui.paths import config_folder
    from rectify_tui.reports.weekly.settings import FILE

    if not settings.office:
        base.note(ctx, "weekly.no_office", path=config_folder() / FILE)


@weekly.command(
    "list",
    help="weekly.help.list",
    example="rectify weekly list\nrectify weekly list --format json",
)
@base.format_option
@click.pass_context
def list_frozen(ctx: click.Context, output_format: base.Format) -> None:
    """Print the frozen reports."""
    from rectify_tui.reports.weekly.frozen_list import frozen_table

    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        base.emit(ctx, frozen_table(connection, base.language_of(ctx)), output_format)


@weekly.command(
    "show",
    help="weekly.help.show",
    example="rectify weekly show 2020-03-06\nrectify weekly show 2020-03-06 -o weekly.xlsx",
)
@base.argument("week", metavar="WEEK", help="weekly.help.a_week")
@which_options
@base.option("--batch", type=int, metavar="N", help="weekly.help.batch")
@report_options
@click.pass_context
def show(
    ctx: click.Context, week: str, programme: str | None, by: str | None, period: str | None,
    batch: int | None, output_format: str | None, output: OutputFile | None,
) -> None:  # fmt: skip
    """Print a frozen report."""
    from rectify_tui.reports.weekly.freeze import find_frozen, published

    format = chosen_format(output_format, output)
    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        which = _which(ledger, week, programme, by, period, batch)
        frozen = find_frozen(connection, which, base.language_of(ctx), withdrawn=True)
    deliver(ctx, published(frozen), format, output)


@weekly.command(
    "withdraw",
    help="weekly.help.withdraw",
    example="rectify weekly withdraw 2020-03-06 --reason 太原市漏报3项",
)
@base.argument("week", metavar="WEEK", help="weekly.help.a_week")
@which_options
@base.option("--reason", metavar="TEXT", required=True, help="weekly.help.withdraw_reason")
@base.option("--who", "on_behalf", metavar="NAME", help="weekly.help.withdraw_who")
@click.pass_context
def withdraw(
    ctx: click.Context, week: str, programme: str | None, by: str | None, period: str | None,
    reason: str, on_behalf: str | None,
) -> None:  # fmt: skip
    """Withdraw a frozen report."""
    from rectify_tui.reports.weekly.freeze import find_frozen
    from rectify_tui.reports.weekly.freeze import withdraw as withdraw_report

    with open_store(ctx) as ledger:
        which = _which(ledger, week, programme, by, period)
        frozen = find_frozen(ledger.reader(), which, base.language_of(ctx))
        withdraw_report(ledger, frozen, reason, on_behalf=on_behalf)
    base.say(ctx, "weekly.withdrawn_now", cutoff=frozen.cutoff, batch=frozen.batch)


@weekly.command(
    "diff",
    help="weekly.help.diff",
    example="rectify weekly diff\nrectify weekly diff 2020-03-06\n"
    "rectify weekly diff 2020-02-28 2020-03-06",
)
@base.argument("week", metavar="WEEK", required=False, help="weekly.help.diff_week")
@base.argument("other", metavar="WEEK", required=False, help="weekly.help.other_week")
@which_options
@report_options
@click.pass_context
def diff(
    ctx: click.Context, week: str | None, other: str | None, programme: str | None,
    by: str | None, period: str | None, output_format: str | None, output: OutputFile | None,
) -> None:  # fmt: skip
    """Print what differs; leave with 1 where anything does."""
    from rectify_tui.reports.weekly.build import Request, build
    from rectify_tui.reports.weekly.diff import difference_report, draft_difference
    from rectify_tui.reports.weekly.freeze import find_alike, find_frozen
    from rectify_tui.store.rollup_read import By

    format = chosen_format(output_format, output)
    t = base.language_of(ctx)
    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        if week is None:
            settings = _settings(None, period)
            request = Request(None, programme, By(by) if by else None)
            built = build(ledger, settings, t, request)
            report, same = draft_difference(connection, built, settings, t)
        else:
            frozen = find_frozen(connection, _which(ledger, week, programme, by, period), t)
            second = None
            if other is not None:
                day = read_day(other, today=ledger.today())
                second = find_alike(connection, frozen, day, t)
            report, same = difference_report(connection, frozen, second, t)
    deliver(ctx, report, format, output)
    if not same:
        ctx.exit(REFUSED)


def _which(
    ledger: Ledger, week: str, programme: str | None, by: str | None, period: str | None,
    batch: int | None = None,
) -> Which:  # fmt: skip
    from rectify_tui.reports.weekly.freeze import Which
    from rectify_tui.store.rollup_read import By

    return Which(
        read_day(week, today=ledger.today()), programme, By(by) if by else None,
        PeriodKind(period) if period else None, batch,
    )  # fmt: skip
