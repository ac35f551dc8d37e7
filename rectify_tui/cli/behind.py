"""`rectify behind`: the coordinator's queue, most urgent first."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from rectify_tui.cli import base
from rectify_tui.cli.listing import SCREENFUL, ListCommand
from rectify_tui.cli.stores import one_moment, open_store, read_date

if TYPE_CHECKING:
    from datetime import date

    from rectify_tui.i18n import Language
    from rectify_tui.reports.table import Table
    from rectify_tui.store.connection import Connection
    from rectify_tui.store.queue import QueueEntry, QueueQuery

_WINDOW = 500


@click.command(
    "behind",
    cls=ListCommand,
    help="queue.help.behind",
    example="rectify behind\n"
    "rectify behind region:大庆 --limit 20\n"
    "rectify behind programme:HLJ-2018 --as-of 2019-12-31 --format csv",
)
@base.argument("filter", nargs=-1, help="command.list.filter")
@base.option("--as-of", metavar="DATE", help="command.option.as_of")
@base.option("--put-off", is_flag=True, help="queue.help.put_off")
@base.option("--limit", type=click.IntRange(1), metavar="N", help="command.list.limit")
@base.format_option
@click.pass_context
def behind(
    ctx: click.Context, filter: tuple[str, ...], as_of: str | None, put_off: bool,
    limit: int | None, output_format: base.Format,
) -> None:  # fmt: skip
    """Print the queue."""
    from rectify_tui.domain.filter_fields import ITEM_FIELDS
    from rectify_tui.domain.filter_text import parse_filter
    from rectify_tui.reports.closeout import office_waits
    from rectify_tui.store.queue import QueueQuery

    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        day = read_date(as_of, ledger) or ledger.today()
        wanted = parse_filter(" ".join(filter), ITEM_FIELDS, today=day)
        query = QueueQuery(day, _week_from(day), wanted, put_off, office_waits())
        t = base.language_of(ctx)
        if output_format in ("json", "csv"):
            table = _for_programs(connection, query, t, limit)
        else:
            to_terminal = output_format == "table" and sys.stdout.isatty()
            table = _for_people(connection, query, t, limit, to_terminal=to_terminal)
        base.emit(ctx, table, output_format)


def _week_from(day: date) -> date:
    """The first day of the office's week."""
    from rectify_tui.domain.period import PeriodKind, period_of
    from rectify_tui.paths import config_folder
    from rectify_tui.reports.weekly.settings import FILE, read_settings

    week_ends_on = read_settings(config_folder() / FILE).week_ends_on
    return period_of(day, PeriodKind.WEEK, week_ends_on).first


def _for_programs(
    connection: Connection, query: QueueQuery, t: Language, limit: int | None
) -> Table:
    """The lines with all that there is to each, and nothing beside them."""
    from rectify_tui.reports.queue import queue_table
    from rectify_tui.store.queue import most_urgent, read_queue

    ids = most_urgent(connection, query, limit) if limit else read_queue(connection, query).ids
    return queue_table(_entries(connection, query, ids), query, t)


def _for_people(
    connection: Connection, query: QueueQuery, t: Language, limit: int | None, *, to_terminal: bool
) -> Table:
    """The lines with what is most telling, and how many there are in all."""
    from rectify_tui.reports.queue import queue_notes, short_queue_table
    from rectify_tui.store.queue import read_queue

    queue = read_queue(connection, query)
    ids = queue.ids[: limit or (SCREENFUL if to_terminal else len(queue.ids))]
    shown = list(_entries(connection, query, ids))
    simulated = any(each.row.simulated for each in shown)
    notes = queue_notes(queue, t, listed=len(ids), simulated=simulated)
    if len(ids) < len(queue.ids) and limit is None:
        notes = (*notes, t("command.list.more"))
    cells = base.terminal_width(sys.stdout) if to_terminal else None
    return short_queue_table(shown, query, t, cells=cells, notes=notes)


def _entries(connection: Connection, query: QueueQuery, ids: Sequence[int]) -> Iterator[QueueEntry]:
    """The lines, of which only a window is in memory."""
    from rectify_tui.store.queue import read_entries

    for start in range(0, len(ids), _WINDOW):
        yield from read_entries(connection, query, ids[start : start + _WINDOW])
