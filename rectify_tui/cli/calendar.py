"""`rectify calendar`: deadlines and milestones for the calendar people already use."""

from __future__ import annotations

import sys

import click

from rectify_tui.cli import base
from rectify_tui.cli.listing import ListCommand
from rectify_tui.cli.output_file import OutputFile, output_option
from rectify_tui.cli.stores import one_moment, open_store
from rectify_tui.domain.filter_fields import ITEM_FIELDS
from rectify_tui.domain.filter_text import parse_filter


@click.command(
    "calendar",
    cls=ListCommand,
    help="calendar.help.calendar",
    example="rectify calendar region:大庆\n"
    "rectify calendar -o deadlines.ics\n"
    "rectify calendar region:大庆 'due<2021' -o 大庆.ics --remind 7",
)
@base.argument("filter", nargs=-1, help="calendar.help.filter")
@output_option("calendar.help.output", allow_dash=True)
@base.option(
    "--remind", type=click.IntRange(0, 365), default=0, metavar="DAYS", help="calendar.help.remind"
)
@base.format_option
@click.pass_context
def calendar_command(
    ctx: click.Context, filter: tuple[str, ...], output: OutputFile | None, remind: int,
    output_format: base.Format,
) -> None:  # fmt: skip
    """Print the days, or write a calendar file."""
    from rectify_tui.reports.calendar import OPEN, by_day, calendar, calendar_table, entries
    from rectify_tui.reports.windows import read_rows, row_ids
    from rectify_tui.store import chain
    from rectify_tui.store.items import ItemList, item_rows
    from rectify_tui.store.listing import ListQuery
    from rectify_tui.store.milestones import open_steps

    t = base.language_of(ctx)
    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        wanted = parse_filter(" ".join((*filter, OPEN)), ITEM_FIELDS, today=ledger.today())
        ids = row_ids(ItemList(ledger, ListQuery(wanted)))
        steps = open_steps(connection, ids.tolist())
        rows = list(read_rows(connection, item_rows, ids, None))
        found = list(entries(rows, steps))
        if output is None:
            table = calendar_table(by_day(found), t, ledger.today())
            base.emit(ctx, table, output_format)
            return
        content = calendar(
            found, t, ledger=chain.origin(connection), now=ledger.clock(), remind_days=remind
        )
    if output.is_standard_output:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    output.write(content)
    dues = sum(entry.step is None for entry in found)
    counts = {"dues": dues, "steps": len(found) - dues, "n": len(found)}
    base.note(ctx, "calendar.written", path=output.path, **counts)
    if undated := sum(row.due_on is None and row.id not in steps for row in rows):
        base.note(ctx, "calendar.undated", n=undated)
