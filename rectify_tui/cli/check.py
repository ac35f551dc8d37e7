"""`rectify check`: does the store still agree with itself?"""

from __future__ import annotations

import click

from rectify_tui.cli import base
from rectify_tui.cli.errors import REFUSED
from rectify_tui.cli.stores import open_store
from rectify_tui.reports.check import check_table
from rectify_tui.store.check import run_checks


@click.command(
    "check",
    cls=base.Command,
    help="command.check.help",
    example="rectify check\nrectify check --format json",
)
@base.format_option
@click.pass_context
def check(ctx: click.Context, output_format: base.Format) -> None:
    """Run every check; leave with 1 where anything is off."""
    with open_store(ctx) as ledger:
        findings = list(run_checks(ledger.reader()))
    table = check_table(findings, base.language_of(ctx), spell_out=output_format == "csv")
    base.emit(ctx, table, output_format)
    if not all(finding.ok for finding in findings):
        ctx.exit(REFUSED)
