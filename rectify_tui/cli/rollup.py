"""`rectify rollup`: the figures by programme, place or unit."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import click

from rectify_tui.cli import base
from rectify_tui.cli.stores import one_moment, open_store, read_date
from rectify_tui.errors import Problem
from rectify_tui.reports.entered import later_text
from rectify_tui.reports.rollup import (
    Disagreeing,
    Layout,
    closure_table,
    rollup_table,
    widest_layout,
)
from rectify_tui.store.disagreements import disagreements
from rectify_tui.store.entered import entered_later
from rectify_tui.store.programmes import programmes
from rectify_tui.store.references import programme_id
from rectify_tui.store.regions import get_region, one_region
from rectify_tui.store.rollup_read import By, Rollup, RollupQuery, read_rollup

if TYPE_CHECKING:
    from rectify_tui.i18n import Language
    from rectify_tui.reports.table import Table
    from rectify_tui.store.connection import Connection
    from rectify_tui.store.ledger import Ledger


_CAMPAIGN = "campaign"
"""What lines may be besides what the rollup keeps."""


@click.command(
    "rollup",
    cls=base.Command,
    help="command.rollup.help",
    example="rectify rollup\n"
    "rectify rollup --by city --under 黑龙江省 --as-of 2019-12-31\n"
    "rectify rollup --by campaign --programme HLJ-2018\n"
    "rectify rollup --by province --programme CN-2018-WATER --format json",
)
@base.option(
    "--by", type=base.WordChoice([*By, _CAMPAIGN], "report.by"), default=By.PROGRAMME.value,
    show_default=True, help="command.rollup.by",
)  # fmt: skip
@base.option("--programme", metavar="CODE", help="command.rollup.programme")
@base.option("--under", metavar="REGION", help="command.rollup.under")
@base.option("--as-of", metavar="DATE", help="command.option.as_of")
@base.option("--known-on", metavar="DATE", help="command.rollup.known_on")
@base.option("--first-deadline", is_flag=True, help="command.rollup.first_deadline")
@base.option("--closure", is_flag=True, help="closeout.help.rollup")
@base.format_option
@click.pass_context
def rollup(
    ctx: click.Context, by: str, programme: str | None, under: str | None, as_of: str | None,
    known_on: str | None, first_deadline: bool, closure: bool, output_format: base.Format,
) -> None:  # fmt: skip
    """Print figures."""
    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        query = RollupQuery(
            read_date(as_of, ledger) or ledger.today(),
            By.PROGRAMME if by == _CAMPAIGN else By(by),
            programme_id(connection, programme) if programme else None,
            one_region(connection, under).id if under else None,
            read_date(known_on, ledger),
        )
        if by == _CAMPAIGN:
            if first_deadline or known_on:
                raise Problem("rollup.by_campaign")
            base.emit(ctx, _campaigns(ctx, connection, query, output_format), output_format)
            return
        if first_deadline:
            base.emit(ctx, _deadlines(ctx, connection, query), output_format)
            return
        if closure:
            scope = _scope_names(connection, query, base.language_of(ctx))
            figures = read_rollup(connection, query)
            base.emit(
                ctx, closure_table(figures, base.language_of(ctx), scope=scope), output_format
            )
            return
        print_rollup(ctx, connection, query, output_format)


def _campaigns(
    ctx: click.Context, connection: Connection, query: RollupQuery, output_format: base.Format
) -> Table:
    """Lines by campaign."""
    from rectify_tui.reports.campaigns import campaign_table
    from rectify_tui.store.campaigns import campaign_lines

    t = base.language_of(ctx)
    lines, whole = campaign_lines(connection, query)
    scope = _scope_names(connection, query, t)
    return campaign_table(
        lines, whole, t, query.as_of, with_sum=output_format != "json", scope=scope
    )


def _scope_names(connection: Connection, query: RollupQuery, t: Language) -> list[str]:
    """What the figures are restricted to."""
    known = programmes(connection) if query.programme_id is not None else []
    scope = [each.code for each in known if each.id == query.programme_id]
    if query.under_id is not None:
        under = get_region(connection, query.under_id)
        scope.append(t.name(under.name, under.name_en))
    return scope


def _deadlines(ctx: click.Context, connection: Connection, query: RollupQuery) -> Table:
    """Lines past the first deadline beside those past the present one."""
    from rectify_tui.reports.overdue import overdue_table
    from rectify_tui.store.overdue import overdue

    if query.known_on is not None:
        raise Problem("rollup.first_deadline_known")
    figures = read_rollup(connection, query)
    return overdue_table(figures, overdue(connection, query), base.language_of(ctx))


def print_overview(ctx: click.Context, ledger: Ledger, as_of: date | None = None) -> None:
    """Print the figures of every programme, where no dashboard can be shown."""
    with one_moment(ledger) as connection:
        print_rollup(ctx, connection, RollupQuery(as_of or ledger.today()), "table")


def print_rollup(
    ctx: click.Context, connection: Connection, query: RollupQuery, output_format: base.Format
) -> None:
    """Print the figures that were asked for. Raises `Refusal` where they do not add up."""
    base.emit(ctx, _table(ctx, connection, query, output_format), output_format)


def _table(
    ctx: click.Context, connection: Connection, query: RollupQuery, output_format: base.Format
) -> Table:
    t = base.language_of(ctx)
    figures = read_rollup(connection, query)
    known = programmes(connection)
    chosen = [each for each in known if query.programme_id in (None, each.id)]
    scope = _scope_names(connection, query, t)
    found = disagreements(connection, query)
    layout, differing = _laid_out(figures, t, output_format, found)
    table = rollup_table(
        figures, t, layout=layout, with_sum=output_format != "json", scope=scope,
        simulated=any(each.simulated for each in chosen), disagreeing=differing,
    )  # fmt: skip
    notes = list(table.notes)
    by_programme = query.by is By.PROGRAMME
    counted = {row.id for row in figures.rows} if by_programme else {each.id for each in chosen}
    if query.known_on is None and query.under_id is None:
        later = entered_later(connection, query.as_of, query.programme_id)
        notes += filter(None, [later_text(later, t)])
    away = [each.code for each in chosen if each.archived_on and each.id in counted]
    if away and figures.rows:
        notes.append(t("report.note.archived", codes=t("report.comma").join(away)))
    if layout == "groups" and figures.rows:
        notes.append(t("command.rollup.narrow"))
    return replace(table, notes=tuple(notes))


def _laid_out(
    figures: Rollup, t: Language, output_format: base.Format, differing: Disagreeing
) -> tuple[Layout, Disagreeing]:
    """The layout, and what disagrees where there is room for it beside the eight statuses."""
    if output_format != "table":
        return "full", differing
    room = base.terminal_width(sys.stdout)
    layout = widest_layout(figures, t, room, differing)
    if layout != "groups":
        return layout, differing
    return widest_layout(figures, t, room), None
