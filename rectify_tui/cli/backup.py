"""`rectify backup` and `rectify restore`: a ledger's copies, and going back to one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rectify_tui.cli import base
from rectify_tui.cli.output_file import OutputFile
from rectify_tui.cli.stores import open_store, store_path
from rectify_tui.errors import Problem
from rectify_tui.reports.backups import backup_table, head_words
from rectify_tui.reports.new_file import FileExists
from rectify_tui.store import backups
from rectify_tui.store.anchors import anchor_file
from rectify_tui.store.clock import system_clock
from rectify_tui.store.restoring import restore as put_back

if TYPE_CHECKING:
    from rectify_tui.store.ledger import Ledger


@click.command(
    "backup",
    cls=base.Command,
    help="backup.help",
    example="rectify backup\nrectify backup /mnt/usb/台账.bak --force\nrectify backup --daily",
)
@base.argument("file", type=click.Path(path_type=Path), required=False, help="backup.file")
@base.option("--force", is_flag=True, help="backup.force")
@base.option("--daily", is_flag=True, help="backup.daily")
@click.pass_context
def backup(ctx: click.Context, file: Path | None, force: bool, daily: bool) -> None:
    """Copy the ledger, prove the copy, and say how far it goes."""
    if daily and file is not None:
        raise base.Misuse(Problem("backup.daily_alone"), ctx)
    with open_store(ctx) as ledger:
        if daily:
            path = backups.daily_path(ledger.address, ledger.today())
            head = backups.keep_daily(ledger.address, ledger.today())
            if head is None:
                base.say(ctx, "backup.had", path=path)
                return
        else:
            path = file or backups.backup_path(ledger.address, ledger.clock())
            _require_free(ledger, OutputFile(path, force))
            head = backups.back_up(ledger.address, path.resolve(), replace=force)
        kept = ledger.keep_head("backup")
    base.say(ctx, "backup.made", path=path, **head_words(head))
    if not kept:
        base.note(ctx, "command.check.not_kept", path=ledger.anchor_file)


def _require_free(ledger: Ledger, output: OutputFile) -> None:
    """As for any file, but that an earlier copy of this ledger may go where that is said."""
    if output.path.exists() and output.path.samefile(ledger.address):
        output.require_free()  # which refuses
    if not backups.is_earlier_copy(ledger.reader(), output.path):
        output.require_free()
    elif not output.force:
        raise FileExists(output.path)


@click.command(
    "restore",
    cls=base.Command,
    help="backup.restore.help",
    example="rectify restore\nrectify restore ledger.db.2020-03-06.bak",
)
@base.argument("file", type=click.Path(path_type=Path), required=False, help="backup.restore.file")
@base.format_option
@click.pass_context
def restore(ctx: click.Context, file: Path | None, output_format: base.Format) -> None:
    """Put a backup in the place of the ledger, or list what there is."""
    address = store_path(ctx)
    if file is None:
        table = backup_table(address, backups.backups_of(address), base.language_of(ctx))
        base.emit(ctx, table, output_format)
        return
    restored = put_back(address, backups.found_backup(address, file), system_clock())
    base.say(ctx, "backup.restored", path=address, **head_words(restored.head))
    if restored.kept is not None:
        key = "backup.replaced" if restored.stood_at else "backup.replaced_unreadable"
        base.say(ctx, key, path=restored.kept, **head_words(restored.stood_at))
    if restored.other:
        base.note(ctx, "backup.other_ledger")
    if not restored.head_kept:
        base.note(ctx, "command.check.not_kept", path=anchor_file(address))
