"""`rectify return`: send returns out, see who has sent theirs, check them and take them in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rectify_tui.cli import base
from rectify_tui.cli.stores import one_moment, open_store, read_date
from rectify_tui.errors import Refusal

if TYPE_CHECKING:
    from datetime import date

    from rectify_tui.intake.returns.make import Made
    from rectify_tui.reports.weekly.settings import Settings
    from rectify_tui.store.connection import Connection
    from rectify_tui.store.ledger import Ledger

_NAMED = 12

return_group = base.Group(
    "return",
    lazy={
        "make": "rectify_tui.cli.return_:make",
        "status": "rectify_tui.cli.return_:status",
        "remind": "rectify_tui.cli.return_chase:remind",
        "received": "rectify_tui.cli.return_chase:received",
        "check": "rectify_tui.cli.return_in:check",
        "apply": "rectify_tui.cli.return_in:apply",
    },
    summary_keys="returns.summary",
    help="returns.summary.return",
    example="rectify return make --programme HLJ-2018\nrectify return status",
)


@click.command(
    "make",
    cls=base.Command,
    help="returns.summary.make",
    example="rectify return make\n"
    "rectify return make --programme HLJ-2018 --under 大庆市 -o 回报表\n"
    "rectify return make --by unit --week 2020-03-06 --due 2020-03-05",
)
@base.option(
    "--by", type=base.WordChoice(("city", "unit"), "report.by"), default="city", show_default=True,
    help="returns.option.by",
)  # fmt: skip
@base.option("--programme", metavar="CODE", help="returns.option.programme")
@base.option("--under", metavar="REGION", help="returns.option.under")
@base.option("--week", metavar="DATE", help="returns.option.week")
@base.option("--due", metavar="DATE", help="returns.option.due")
@base.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FOLDER",
    help="returns.option.output",
)  # fmt: skip
@base.option("--who", "on_behalf", metavar="NAME", help="returns.option.who")
@base.format_option
@click.pass_context
def make(
    ctx: click.Context, by: str, programme: str | None, under: str | None, week: str | None,
    due: str | None, output: Path | None, on_behalf: str | None, output_format: base.Format,
) -> None:  # fmt: skip
    """Write a return for each city or unit."""
    from rectify_tui.intake.returns.make import MakeRequest, make_returns, week_asked
    from rectify_tui.reports.returns import made_table

    t = base.language_of(ctx)
    settings = office_settings()
    with open_store(ctx) as ledger:
        days = read_date(week, ledger), read_date(due, ledger)
        cutoff, due_on = week_asked(*days, ledger.today(), settings.week_ends_on)
        request = MakeRequest(
            "unit" if by == "unit" else "city", programme, under, cutoff, due_on, settings.office
        )
        folder = output or Path(t("returns.folder", cutoff=cutoff))
        made = make_returns(ledger, request, folder, t, on_behalf)
    base.emit(ctx, made_table(made.files, t), output_format)
    _tell(ctx, made, folder)


def _tell(ctx: click.Context, made: Made, folder: Path) -> None:
    """Say beside the table what was made, where, and for whom not."""
    t = base.language_of(ctx)
    base.note(
        ctx, "returns.made.done", n=len(made.files), folder=folder, batch=made.receipt.batch,
        items=sum(each.n_items for each in made.files),
    )  # fmt: skip
    if made.numbered:
        base.note(ctx, "returns.made.numbered", n=made.numbered)
    if made.idle:
        names = t("report.comma").join(made.idle[:_NAMED])
        more = "…" if len(made.idle) > _NAMED else ""
        base.note(ctx, "returns.made.idle", n=len(made.idle), names=names + more)
    if made.without_unit:
        base.note(ctx, "returns.made.without_unit", n=made.without_unit)


@click.command(
    "status",
    cls=base.Command,
    help="returns.summary.status",
    example="rectify return status\nrectify return status --week 2020-03-06 --format json",
)
@base.option("--week", metavar="DATE", help="returns.option.status_week")
@base.format_option
@click.pass_context
def status(ctx: click.Context, week: str | None, output_format: base.Format) -> None:
    """Print who has sent their return."""
    from rectify_tui.intake.returns.status import missed_before, return_status
    from rectify_tui.reports.returns import status_table

    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        cutoff = asked_round(connection, ledger, week)
        states = return_status(connection, ledger.today(), cutoff)
        missed = missed_before(connection, states, ledger.today())
    base.emit(ctx, status_table(states, base.language_of(ctx), missed), output_format)


def asked_round(connection: Connection, ledger: Ledger, week: str | None) -> date | None:
    """The cut-off of the round that a user named, or the newest; None where there never was one.

    Raises `Refusal` where nothing was sent in the week that was named.
    """
    from rectify_tui.domain.period import PeriodKind, period_of
    from rectify_tui.intake.returns.status import round_of
    from rectify_tui.store.rounds import cutoffs

    day = read_date(week, ledger)
    if day is None:
        return round_of(connection)
    period = period_of(day, PeriodKind.WEEK, office_settings().week_ends_on)
    cutoff = round_of(connection, period.first, period.cutoff)
    if cutoff is None:
        known = ", ".join(map(str, cutoffs(connection)[:_NAMED]))
        raise Refusal("returns.no_round" if known else "returns.status.none", day=day, known=known)
    return cutoff


def office_settings() -> Settings:
    """How the office wants its reports."""
    from rectify_tui.paths import config_folder
    from rectify_tui.reports.weekly.settings import FILE, read_settings

    return read_settings(config_folder() / FILE)
