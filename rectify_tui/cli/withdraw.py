"""`rectify item withdraw` and `rectify case withdraw`: what was entered by mistake."""

from __future__ import annotations

import click

from rectify_tui.cli import base
from rectify_tui.cli.changing import emit_receipt, named
from rectify_tui.cli.stores import one_moment, open_store
from rectify_tui.reports.withdrawals import withdrawn_table
from rectify_tui.store.commands.withdrawals import KIND, withdraw
from rectify_tui.store.records import ITEM, WITHDRAWAL
from rectify_tui.store.references import case_ids, item_ids
from rectify_tui.store.withdrawals import withdrawn


def withdraw_records(
    ctx: click.Context, entity: str, refs: tuple[str, ...], reason: str | None,
    on_behalf: str | None, output_format: base.Format,
) -> None:  # fmt: skip
    """Withdraw items or cases, and say how to have them back."""
    find = item_ids if entity == ITEM else case_ids
    with open_store(ctx) as ledger:
        with ledger.batch(KIND, on_behalf=on_behalf, reason=reason) as writing:
            ids = find(writing.draft.connection, refs)
            kept = withdraw(writing.draft, entity, ids, reason or "")
        batch = writing.receipt.batch
        if output_format != "table":
            emit_receipt(ctx, output_format, batch=batch, changed=len(kept))
        else:
            records = named(ctx, ledger.reader(), WITHDRAWAL, kept)
            base.say(ctx, "withdrawal.done", records=records, batch=batch)


def print_withdrawn(ctx: click.Context, subject: str, output_format: base.Format) -> None:
    """Print the items or cases that are withdrawn."""
    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        table = withdrawn_table(withdrawn(connection, subject), subject, base.language_of(ctx))
        base.emit(ctx, table, output_format)
