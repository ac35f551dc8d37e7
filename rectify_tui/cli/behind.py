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
    from rectify_tui.store.queue import QueueEntry, QueueQuery, WorkQueue

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
    from rectify_tui.store.queue import QueueQuery, read_queue

    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        day = read_date(as_of, ledger) or ledger.today()
        wanted = parse_filter(" ".join(filter), ITEM_FIELDS, today=day)
        query = QueueQuery(day, _week_from(day), wanted, put_off, office_waits())
        queue = read_queue(connection, query)
        table = _table(connection, queue, base.language_of(ctx), limit, output_format)
        base.emit(ctx, table, output_format)


def _week_from(day: date) -> date:
    """The first day of the office's week."""
    from rectify_tui.domain.period import PeriodKind, period_of
    from rectify_tui.paths import config_folder
    from rectify_tui.reports.weekly.settings import FILE, read_settings

    week_ends_on = read_settings(config_folder() / FILE).week_ends_on
    return period_of(day, PeriodKind.WEEK, week_ends_on).first


def _table(
    connection: Connection, queue: WorkQueue, t: Language, limit: int | None,
    output_format: base.Format,
) -> Table:  # fmt: skip
    from rectify_tui.reports.queue import queue_notes, queue_table, short_queue_table

    to_terminal = output_format == "table" and sys.stdout.isatty()
    ids = queue.ids[: limit or (SCREENFUL if to_terminal else len(queue.ids))]
    entries = _entries(connection, queue.query, ids)
    if output_format in ("json", "csv"):
        return queue_table(entries, queue, t)
    shown = list(entries)
    simulated = any(each.row.simulated for each in shown)
    notes = queue_notes(queue, t, listed=len(ids), simulated=simulated)
    if len(ids) < len(queue.ids) and limit is None:
        notes = (*notes, t("command.list.more"))
    cells = base.terminal_width(sys.stdout) if to_terminal else None
    return short_queue_table(shown, queue, t, cells=cells, notes=notes)


def _entries(connection: Connection, query: QueueQuery, ids: Sequence[int]) -> Iterator[QueueEntry]:
    """The lines, of which only a window is in memory."""
    from rectify_tui.store.queue import read_entries

    for start in range(0, len(ids), _WINDOW):
        yield from read_entries(connection, query, ids[start : start + _WINDOW])
