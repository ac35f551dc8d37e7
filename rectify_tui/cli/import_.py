"""`rectify import`: take a ledger or a list from a spreadsheet."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rectify_tui.cli import base
from rectify_tui.cli.changing import later_options, read_later
from rectify_tui.cli.errors import REFUSED
from rectify_tui.cli.import_request import DEADLINES, import_request, other_deadlines
from rectify_tui.cli.stores import open_store, read_date
from rectify_tui.errors import Problem
from rectify_tui.reports.table import Table

if TYPE_CHECKING:
    from rectify_tui.cli.progress import Bar
    from rectify_tui.intake.importing.request import PreparedImport
    from rectify_tui.intake.model import ProposedLine
    from rectify_tui.intake.workspace.accepting import Accept
    from rectify_tui.intake.workspace.applying import FileResult, IntakeResult
    from rectify_tui.intake.workspace.opened_file import OpenedFile
    from rectify_tui.store.ledger import Ledger

KINDS = ("items", "cases", "regions", "figures", "coverage")
EXPECTED = ("deadline", "region", "status")
_EXPECTED_WORDS = {name: f"field.{name}.title" for name in EXPECTED}
DAYS = ("day-first", "month-first")
_TOLD = 5
"""How many rejected rows are told of; all of them are in the workbook."""


@click.command(
    "import",
    cls=base.Command,
    help="importing.help.import",
    example="rectify import 整改台账.xlsx --programme HLJ-2018\n"
    "rectify import 转办件.csv --kind cases --programme HLJ-2018 --on 2019-12-31 --dry-run\n"
    "rectify import old.xls --sheet 台账 --map columns.toml --yes\n"
    "rectify import 整改清单.xlsx --map-column I=deadline --map-column 备注= --dry-run",
)
@base.argument("file", metavar="FILE", type=click.Path(path_type=Path), help="importing.help.file")
@base.option("--kind", type=base.WordChoice(KINDS, "intake.kind"), help="importing.help.kind")
@base.option("--sheet", metavar="NAME", help="importing.help.sheet")
@base.option(
    "--map", "map_", metavar="FILE", type=click.Path(path_type=Path), help="importing.help.map"
)
@base.option(
    "--map-column", "columns", metavar="COLUMN=FIELD", multiple=True,
    help="importing.help.map_column",
)  # fmt: skip
@base.option(
    "--map-value", "values", metavar="COLUMN:WORD=MEANING", multiple=True,
    help="importing.help.map_value",
)  # fmt: skip
@base.option(
    "--without",
    type=base.WordChoice(EXPECTED, _EXPECTED_WORDS),
    multiple=True,
    help="importing.help.without",
)
@base.option("--programme", metavar="CODE", help="importing.help.programme")
@base.option("--under", metavar="REGION", help="importing.help.under")
@base.option("--on", metavar="DATE", help="importing.help.on")
@base.option("--days", type=click.Choice(DAYS), help="importing.help.days")
@later_options
@base.option("--deadlines", type=click.Choice(DEADLINES), help="importing.help.deadlines")
@base.option("--asked-by", default="", metavar="NAME", help="command.extend.asked_by")
@base.option("--allowed-by", default="", metavar="NAME", help="command.extend.allowed_by")
@base.option("--document", default="", metavar="TEXT", help="command.extend.document")
@base.option(
    "--accept", metavar="all|clean|REF", multiple=True, default=("clean",),
    help="return_check.option.accept",
)  # fmt: skip
@base.option("--dry-run", is_flag=True, help="importing.help.dry_run")
@base.option("--yes", is_flag=True, help="importing.help.yes")
@base.option(
    "--rejects", metavar="FILE", type=click.Path(path_type=Path), help="importing.help.rejects"
)
@base.option("--who", "on_behalf", metavar="NAME", help="command.option.by")
@base.option("--reason", metavar="TEXT", help="command.option.reason")
@base.format_option
@click.pass_context
def import_command(
    ctx: click.Context, file: Path, kind: str | None, sheet: str | None, map_: Path | None,
    columns: tuple[str, ...], values: tuple[str, ...], without: tuple[str, ...],
    programme: str | None, under: str | None,
    on: str | None, days: str | None, later: str | None, deadlines: str | None, asked_by: str,
    allowed_by: str, document: str, accept: tuple[str, ...], dry_run: bool, yes: bool,
    rejects: Path | None, on_behalf: str | None, reason: str | None, output_format: base.Format,
) -> None:  # fmt: skip
    """Show how a file will be read, and take it in."""
    from rectify_tui.intake.workspace.accepting import accept_words
    from rectify_tui.intake.workspace.recognising import Welcome
    from rectify_tui.intake.workspace.steps import run_steps
    from rectify_tui.intake.workspace.workspace import IntakeWorkspace

    workbook = _RejectsWorkbook(ctx, file, rejects, asked=rejects is not None or not dry_run)
    with open_store(ctx) as ledger:
        request = import_request(
            kind, sheet, programme, under, read_date(on, ledger), map_, columns, values, without,
            days, read_later(later),
            other_deadlines(deadlines, asked_by, allowed_by, reason or "", document),
        )  # fmt: skip
        words = accept_words(accept)
        workspace = IntakeWorkspace(request, Welcome.IMPORTS)
        opened = workspace.add(file)
        run_steps(workspace, ledger, check=False)
        assert opened.prepared is not None
        _show(ctx, opened.prepared)
        if dry_run:
            run_steps(workspace, ledger, _bar(ctx))
        else:
            _ask(ctx, opened, yes=yes)
        result = _result(ctx, ledger, opened, words, on_behalf, reason, dry_run=dry_run)
        _tell(ctx, result, output_format, dry_run=dry_run)
        workbook.write(result)
        if result.n_refused or result.n_lost_cells:
            ctx.exit(REFUSED)


def _bar(ctx: click.Context) -> Bar:
    from rectify_tui.cli.progress import Bar

    return Bar(base.language_of(ctx), ascii=base.options_of(ctx).ascii)


def _result(
    ctx: click.Context, ledger: Ledger, opened: OpenedFile, accept: Accept,
    on_behalf: str | None, reason: str | None, *, dry_run: bool,
) -> IntakeResult:  # fmt: skip
    """Write what is accepted, or find out what that would come to."""
    from rectify_tui.intake.workspace.applying import IntakeOrder, apply_order, plan_order

    order = IntakeOrder((opened,), accept, on_behalf, reason)
    if dry_run:
        return plan_order(order)
    newest = ledger.newest_batch()
    try:
        return apply_order(ledger, order, _bar(ctx))
    except KeyboardInterrupt:
        _tell_interrupted(ctx, ledger, newest)
        raise


def _tell_interrupted(ctx: click.Context, ledger: Ledger, newest: int) -> None:
    """Say whether anything was written: being stopped may come too late."""
    from rectify_tui.store.log import first_batch_after

    batch = first_batch_after(ledger.reader(), newest, "import")
    click.echo(err=True)
    if batch is None:
        base.note(ctx, "importing.interrupted")
    else:
        base.note(ctx, "importing.interrupted_late", batch=batch)


def _ask(ctx: click.Context, opened: OpenedFile, *, yes: bool) -> None:
    """Ask on a terminal whether to go on, in so many words where columns are missing.

    Raises `click.Abort` for a no, and `Problem` for missing columns where nobody can be asked.
    """
    from rectify_tui.intake.workspace.applying import require_confirmed

    if yes or not (sys.stdin.isatty() and sys.stderr.isatty()):
        require_confirmed(opened)
        return
    question = "importing.ask_missing" if opened.unconfirmed else "importing.ask"
    click.confirm(base.language_of(ctx)(question), err=True, abort=True)
    opened.confirm_missing()


# --- showing ---


def _show(ctx: click.Context, prepared: PreparedImport) -> None:
    """Show on stderr which column is which field, and the first rows as they will be read."""
    from rectify_tui.intake.importing.preview import preview_table
    from rectify_tui.reports.output import write

    width = base.terminal_width(sys.stderr)
    table = preview_table(prepared, base.language_of(ctx))
    write(table, "table", sys.stderr, width=width, ascii=base.options_of(ctx).ascii)
    click.echo(err=True)


def _tell(
    ctx: click.Context, result: IntakeResult, output_format: base.Format, *, dry_run: bool
) -> None:
    """Tell what it came to: in sentences, or as one row for programs."""
    if output_format != "table":
        _emit(ctx, result, output_format)
        return
    t, (file,) = base.language_of(ctx), result.files
    counts = _counts(file)
    base.say(ctx, "importing.sum", n=counts["read"], taken=counts["taken"],
             rejected=counts["rejected"])  # fmt: skip
    base.say(ctx, "importing.detail", **{name: counts[name] for name in _AGREEING})
    if file.skipped:
        why = t("report.comma").join(t(key) for key in dict.fromkeys(file.skipped.values()))
        base.say(ctx, "importing.skipped", n=len(file.skipped), why=why)
    if result.n_lost_cells:
        base.note(ctx, "importing.lost_cells", n=result.n_lost_cells)
    if result.n_out_of_time:
        base.note(ctx, "importing.out_of_time", n=result.n_out_of_time)
    if dry_run:
        base.say(ctx, "importing.dry_run")
    elif result.receipt.batch is None:
        base.say(ctx, "importing.nothing_written")
    else:
        base.say(ctx, "importing.batch", batch=result.receipt.batch)
    if not file.mapping_kept:
        base.note(ctx, "importing.not_remembered", path=file.file.request.config)


_AGREEING = ("added", "changed", "unchanged")


def _counts(file: FileResult) -> dict[str, int]:
    agreeing = {name: int(getattr(file, name)) for name in _AGREEING}
    taken = sum(agreeing.values())
    return {
        "read": taken + len(file.refused), "taken": taken, **agreeing,
        "rejected": len(file.refused), "skipped": len(file.skipped),
    }  # fmt: skip


def _emit(ctx: click.Context, result: IntakeResult, output_format: base.Format) -> None:
    from rectify_tui.intake.lines import columns
    from rectify_tui.intake.rejects import reason

    t, (file,) = base.language_of(ctx), result.files
    counts = _counts(file)
    row: dict[str, object] = {
        "batch": result.receipt.batch, **counts,
        "rejects": [{"row": line.row, "reason": reason(line, t)} for line in file.refused],
    }  # fmt: skip
    shown = columns(t, ("batch", "count"), *((name, "count") for name in counts))
    title = t("importing.title", name=file.proposal.origin.name)
    base.emit(ctx, Table(title, shown, [row]), output_format)


# --- rejects ---


@dataclass
class _RejectsWorkbook:
    """The workbook for what is rejected. Raises `Problem` at once where it could not be written."""

    ctx: click.Context
    file: Path
    path: Path | None
    asked: bool

    def __post_init__(self) -> None:
        if self.path is not None and self.path.suffix.lower() != ".xlsx":
            raise Problem("importing.rejects_suffix", path=self.path)
        if self.path is not None and self.path.exists():
            raise Problem("importing.rejects_exist", path=self.path)
        folder = (self.path or self.file).absolute().parent
        if self.asked and folder.is_dir() and not os.access(folder, os.W_OK):
            raise Problem("importing.rejects_folder", path=folder)

    def write(self, result: IntakeResult) -> None:
        """Write what was rejected, and say of the first rows why."""
        from rectify_tui.intake.workspace.send_back import send_back

        for file in result.files:
            self._tell_first(file.refused)
        if not self.asked:
            return
        for workbook in send_back(result, base.language_of(self.ctx), path=self.path):
            if workbook.error is not None:
                raise workbook.error
            base.note(self.ctx, "importing.written", path=workbook.path)

    def _tell_first(self, rejected: Sequence[ProposedLine]) -> None:
        from rectify_tui.cli.errors import tell
        from rectify_tui.intake.rejects import reason

        t = base.language_of(self.ctx)
        for line in rejected[:_TOLD]:
            tell(reason(line, t))
        if len(rejected) > _TOLD:
            base.note(self.ctx, "importing.more", n=len(rejected) - _TOLD)
