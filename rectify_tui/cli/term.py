"""`rectify term`: the last day of a term that is counted in working days."""

from __future__ import annotations

import click

from rectify_tui.cli import base
from rectify_tui.domain.dates import read_day
from rectify_tui.domain.workdays import read_term
from rectify_tui.errors import Problem


@click.command(
    "term",
    cls=base.Command,
    help="term.help",
    example="rectify term 10个工作日\nrectify term '5 working days' --from 2020-09-28",
)
@base.argument("text", metavar="TERM", help="term.text")
@base.option("--from", "begun", metavar="DATE", help="term.begun")
@click.pass_context
def term(ctx: click.Context, text: str, begun: str | None) -> None:
    """Print the last day of a term."""
    from rectify_tui.store.clock import system_clock

    today = system_clock().date()
    first = read_day(begun, today=today) if begun else today
    found = read_term(text, first)
    if found is None:
        raise Problem("term.unreadable", text=text)
    base.say(ctx, "term.last", day=found.day, first=first)
    if found.assumed_years:
        years = base.language_of(ctx)("report.comma").join(map(str, found.assumed_years))
        base.note(ctx, "schedule.working.assumed", years=years)
