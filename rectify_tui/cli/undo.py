"""`rectify undo`: take a batch back, or bring it again by undoing the undo."""

from __future__ import annotations

import click

from rectify_tui.cli import base
from rectify_tui.cli.changing import emit_receipt
from rectify_tui.cli.stores import open_store
from rectify_tui.reports.history import kind_of_batch
from rectify_tui.store.batches import undone_batches
from rectify_tui.store.undo import undo as take_back


@click.command(
    "undo",
    cls=base.Command,
    help="command.undo.help",
    example="rectify undo\nrectify undo 12 --reason 填错了编号",
)
@base.argument("batch", type=int, required=False, help="command.undo.batch")
@base.option("--reason", metavar="TEXT", help="command.option.reason")
@base.option("--by", "on_behalf", metavar="NAME", help="command.option.by")
@base.format_option
@click.pass_context
def undo(
    ctx: click.Context, batch: int | None, reason: str | None, on_behalf: str | None,
    output_format: base.Format,
) -> None:  # fmt: skip
    """Take a batch back."""
    with open_store(ctx) as ledger:
        undone = take_back(ledger, batch, on_behalf=on_behalf, reason=reason)
        connection = ledger.reader()
        by = undone_batches(connection)[undone.batch]
    changed = undone.receipt.changed
    if output_format != "table":
        emit_receipt(ctx, output_format, batch=by, changed=changed, undone=undone.batch)
        return
    kind = kind_of_batch(base.language_of(ctx), undone.kind, None).label
    key = "brought_back" if undone.kind == "undo" else "undone"
    told = {"who": undone.who, "kind": kind, "n": changed, "batch": by}
    base.say(ctx, f"command.undo.{key}", undone=undone.batch, **told)
