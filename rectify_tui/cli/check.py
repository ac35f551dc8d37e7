"""`rectify check`: does the store still agree with itself, and with the heads that were kept?"""

from __future__ import annotations

import click

from rectify_tui.cli import base
from rectify_tui.cli.errors import REFUSED
from rectify_tui.cli.stores import open_store
from rectify_tui.reports.check import check_table
from rectify_tui.store import anchors
from rectify_tui.store.checking import check as check_store
from rectify_tui.store.connection import DatabaseError
from rectify_tui.store.evidence import check_evidence, folder_of
from rectify_tui.store.ledger import Ledger


@click.command(
    "check",
    cls=base.Command,
    help="command.check.help",
    example="rectify check\nrectify check --all\nrectify check --anchor 128:3f5a09c2\n"
    "rectify check --format json",
)
@base.option("--all", "everything", is_flag=True, help="command.check.all")
@base.option("--anchor", metavar="NUMBER:HEAD", multiple=True, help="command.check.anchor")
@base.format_option
@click.pass_context
def check(
    ctx: click.Context, everything: bool, anchor: tuple[str, ...], output_format: base.Format
) -> None:
    """Run every check; leave with 1 where anything is off."""
    paper = tuple(map(anchors.read_paper, anchor))
    with open_store(ctx) as ledger:
        folder, where = folder_of(ledger.address), ledger.anchor_file
        checked = check_store(
            ledger, everything=everything, paper=paper,
            also=lambda connection: [check_evidence(connection, folder)],
        )  # fmt: skip
        _tell_of_log(ctx, ledger)
    table = check_table(
        checked.findings, base.language_of(ctx), whole=checked.whole,
        spell_out=output_format == "csv",
    )  # fmt: skip
    base.emit(ctx, table, output_format)
    if not checked.kept:
        base.note(ctx, "command.check.not_kept", path=where)
    if not checked.sound:
        ctx.exit(REFUSED)


def _tell_of_log(ctx: click.Context, ledger: Ledger) -> None:
    """Say what whoever copies the file alone would miss."""
    log = ledger.address.with_name(f"{ledger.address.name}-wal")
    try:
        missed = ledger.missed_by_copy()
    except DatabaseError:
        base.note(ctx, "backup.log_needed", log=log)
    else:
        if missed:
            base.note(ctx, "backup.log_beside", log=log, n=missed)
