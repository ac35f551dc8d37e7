"""`rectify reconcile`: a published paragraph beside the ledger."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from rectify_tui.cli import base
from rectify_tui.cli.errors import tell
from rectify_tui.cli.misuse import file_problem
from rectify_tui.cli.stores import one_moment, open_store, read_date
from rectify_tui.errors import Problem
from rectify_tui.reports.reconcile import (
    Reconciled,
    corrected,
    reconcile,
    reconcile_json,
    reconcile_tables,
)
from rectify_tui.reports.writing.markdown import markdown_text
from rectify_tui.store.references import programme_id

LIMIT = 100_000
"""Characters of a text that is read at once."""


@click.command(
    "reconcile",
    cls=base.Command,
    help="reconcile.help",
    example="rectify reconcile 通稿.txt --as-of 2019-12-31\n"
    "rectify reconcile - --programme HLJ-2018 --format json",
)
@base.argument("file", required=False, default="-", metavar="[FILE|-]", help="reconcile.file")
@base.option("--programme", metavar="CODE", help="reconcile.programme")
@base.option("--as-of", metavar="DATE", help="command.option.as_of")
@base.format_option
@click.pass_context
def reconcile_command(
    ctx: click.Context, file: str, programme: str | None, as_of: str | None,
    output_format: base.Format,
) -> None:  # fmt: skip
    """Print what agrees and what differs; exit 1 when something differs."""
    text = read_text(file)
    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        found = reconcile(
            connection, text, read_date(as_of, ledger) or ledger.today(),
            programme_id=programme_id(connection, programme) if programme else None,
        )  # fmt: skip
    _print(ctx, found, output_format)
    ctx.exit(1 if found.differs else 0)


def _print(ctx: click.Context, found: Reconciled, output_format: base.Format) -> None:
    if output_format == "json":
        click.echo(json.dumps(reconcile_json(found), ensure_ascii=False, indent=2))
        return
    for number, table in enumerate(reconcile_tables(found, base.language_of(ctx))):
        if number:
            click.echo()
        base.emit(ctx, table, output_format)
    if not found.reading.figures:
        base.note(ctx, "reconcile.no_figures")
    elif output_format in ("table", "md") and any(f.agrees is False for f in found.reading.figures):
        click.echo()
        base.say(ctx, "reconcile.corrected")
        text = "".join(each.text for each in corrected(found))
        tell(markdown_text(text) if output_format == "md" else text, err=False)


def read_text(file: str) -> str:
    """The text of a file, or of standard input for `-`, in UTF-8 or GB18030.

    Raises `Problem` for what cannot be read, is no text, or is too long.
    """
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise file_problem(error) from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise Problem("reconcile.not_text", path=file)
    if len(text) > LIMIT:
        raise Problem("reconcile.too_long", limit=LIMIT)
    return text
