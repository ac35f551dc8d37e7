"""`rectify log`: what was changed, when, by whom and why."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import click

from rectify_tui.cli import base
from rectify_tui.cli.stores import one_moment, open_store
from rectify_tui.errors import Problem
from rectify_tui.reports.history import batch_table, entry_table
from rectify_tui.reports.words import Words
from rectify_tui.store.log import LogEntry, batch_log, batches, item_log, record_log
from rectify_tui.store.records import CASE, ITEM
from rectify_tui.store.references import case_ids, item_ids
from rectify_tui.store.withdrawals import Withdrawn, withdrawn_called

if TYPE_CHECKING:
    from rectify_tui.store.connection import Connection

_SCREENFUL = 50


@click.command(
    "log",
    cls=base.Command,
    help="command.log.help",
    example="rectify log\nrectify log HLJ-2018/12\nrectify log --batch 12 --format json",
)
@base.argument("ref", required=False, help="command.log.ref")
@base.option("--batch", type=int, metavar="N", help="command.log.batch")
@base.option("--case", "is_case", is_flag=True, help="command.log.case")
@base.option("--limit", type=click.IntRange(1), metavar="N", help="command.log.limit")
@base.format_option
@click.pass_context
def log(
    ctx: click.Context, ref: str | None, batch: int | None, is_case: bool, limit: int | None,
    output_format: base.Format,
) -> None:  # fmt: skip
    """Print history: batches, or the rows of a record or a batch."""
    if ref is not None and batch is not None:
        raise Problem("command.ref_or_batch")
    t = base.language_of(ctx)
    most = limit or (_SCREENFUL if output_format == "table" and sys.stdout.isatty() else None)
    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        words = Words(connection, t)
        if ref is not None:
            entity, ids, gone = _records(connection, ref, is_case)
            entries = _entries(connection, entity, ids, most)
            title = t("report.history", ref=ref)
            several = len({(entry.entity, entry.entity_id) for entry in entries}) > 1
            table = entry_table(entries, words, title, with_record=several)
            if gone is not None:
                said = t("withdrawal.was", **_told(gone))
                table = replace(table, notes=(said, *table.notes))
        elif batch is not None:
            entries = batch_log(connection, batch, limit=most)
            if not entries:
                raise Problem("undo.no_batch", batch=batch)
            table = entry_table(entries, words, t("history.batch", batch=batch))
        else:
            table = batch_table(batches(connection, limit=most), t)
        if limit is None and len(list(table.rows)) == most:
            table = replace(table, notes=(*table.notes, t("command.log.more", n=most)))
        base.emit(ctx, table, output_format)


def _records(
    connection: Connection, ref: str, is_case: bool
) -> tuple[str, list[int], Withdrawn | None]:
    """The items that a reference names, else the case of that number; and how one was withdrawn.

    What was withdrawn comes before a record of the other kind that has the same reference.
    """
    try:
        entity, find = (CASE, case_ids) if is_case else (ITEM, item_ids)
        return entity, find(connection, [ref]), None
    except Problem as missing:
        if (gone := withdrawn_called(connection, entity, ref)) is not None:
            return entity, [gone.subject_id], gone
        if is_case:
            raise
        return CASE, *_case(connection, ref, missing)


def _case(connection: Connection, ref: str, no_item: Problem) -> tuple[list[int], Withdrawn | None]:
    """The case of a number that is no item's."""
    try:
        return case_ids(connection, [ref]), None
    except Problem as no_case:
        if no_case.key != "case.not_found":
            raise
    if (gone := withdrawn_called(connection, CASE, ref)) is not None:
        return [gone.subject_id], gone
    if no_item.key in ("item.not_found", "programme.not_found"):
        raise Problem("command.log.no_record", ref=ref) from None
    raise no_item


def _told(gone: Withdrawn) -> dict[str, object]:
    return {"ref": gone.ref, "on": gone.on, "reason": gone.reason, "batch": gone.batch}


def _entries(
    connection: Connection, entity: str, ids: list[int], limit: int | None
) -> list[LogEntry]:
    """What happened to records and to what belongs to them, newest first."""
    read = item_log if entity == ITEM else partial(record_log, entity=entity)
    found = [entry for id in ids for entry in read(connection, id=id, limit=limit)]
    found.sort(key=lambda entry: -entry.seq)
    return found[:limit]
