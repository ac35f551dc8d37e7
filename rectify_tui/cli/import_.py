"""`rectify import`: take a ledger or a list from a spreadsheet."""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rectify_tui.cli import base
from rectify_tui.cli.errors import REFUSED
from rectify_tui.cli.stores import open_store, read_date
from rectify_tui.errors import Problem
from rectify_tui.reports.table import Table

if TYPE_CHECKING:
    from rectify_tui.intake.importing.request import ImportRequest, PreparedImport
    from rectify_tui.intake.model import ProposedLine
    from rectify_tui.intake.reading import Book
    from rectify_tui.store.ledger import Ledger

KINDS = ("items", "cases", "regions", "figures")
_TOLD = 5
"""How many rejected rows are told of; all of them are in the workbook."""


@click.command(
    "import",
    cls=base.Command,
    help="importing.help.import",
    example="rectify import 整改台账.xlsx --programme HLJ-2018\n"
    "rectify import 转办件.csv --kind cases --programme HLJ-2018 --on 2019-12-31 --dry-run\n"
    "rectify import old.xls --sheet 台账 --map columns.toml --yes",
)
@base.argument("file", metavar="FILE", type=click.Path(path_type=Path), help="importing.help.file")
@base.option("--kind", type=click.Choice(KINDS), help="importing.help.kind")
@base.option("--sheet", metavar="NAME", help="importing.help.sheet")
@base.option(
    "--map", "map_", metavar="FILE", type=click.Path(path_type=Path), help="importing.help.map"
)
@base.option("--programme", metavar="CODE", help="importing.help.programme")
@base.option("--under", metavar="REGION", help="importing.help.under")
@base.option("--on", metavar="DATE", help="importing.help.on")
@base.option("--dry-run", is_flag=True, help="importing.help.dry_run")
@base.option("--yes", is_flag=True, help="importing.help.yes")
@base.option(
    "--rejects", metavar="FILE", type=click.Path(path_type=Path), help="importing.help.rejects"
)
@base.option("--who", metavar="NAME", help="command.option.by")
@base.option("--reason", metavar="TEXT", help="command.option.reason")
@base.format_option
@click.pass_context
def import_command(
    ctx: click.Context, file: Path, kind: str | None, sheet: str | None, map_: Path | None,
    programme: str | None, under: str | None, on: str | None, dry_run: bool, yes: bool,
    rejects: Path | None, who: str | None, reason: str | None, output_format: base.Format,
) -> None:  # fmt: skip
    """Show how a file will be read, and take it in."""
    from rectify_tui.intake.importing.prepare import prepare
    from rectify_tui.intake.importing.request import ImportRequest
    from rectify_tui.intake.model import FileKind
    from rectify_tui.intake.reading import open_book
    from rectify_tui.paths import config_folder

    place = _Rejects(ctx, file, rejects, asked=rejects is not None or not dry_run)
    with open_store(ctx) as ledger:
        request = ImportRequest(
            config_folder(), FileKind(kind) if kind else None, sheet, programme, under,
            read_date(on, ledger), map_,
        )  # fmt: skip
        book = open_book(file)
        prepared = prepare(ledger.reader(), book, request, ledger.today())
        _show(ctx, prepared)
        if dry_run:
            found = _try(ctx, ledger, prepared)
        else:
            if not yes:
                _ask(ctx)
            found = _take(ctx, ledger, book, request, prepared, who, reason)
        _tell(ctx, found, output_format)
        place.write(found)
        if found.rejected:
            ctx.exit(REFUSED)


@dataclass
class _Found:
    """What an import came to, or would come to; `batch` is None where nothing was written."""

    prepared: PreparedImport
    dry_run: bool
    batch: int | None = None
    counts: Counter[str] = field(default_factory=Counter)
    rejected: list[ProposedLine] = field(default_factory=list)
    skipped: Mapping[int, str] = field(default_factory=dict)
    remembered: bool = True

    @property
    def taken(self) -> int:
        return self.counts["added"] + self.counts["changed"] + self.counts["unchanged"]

    @property
    def read(self) -> int:
        return self.taken + len(self.rejected)


def _try(ctx: click.Context, ledger: Ledger, prepared: PreparedImport) -> _Found:
    from rectify_tui.cli.progress import Bar
    from rectify_tui.intake.importing.propose import lines_of
    from rectify_tui.intake.lines import outcome

    t = base.language_of(ctx)
    found = _Found(prepared, dry_run=True)
    bar = Bar(t, ascii=base.options_of(ctx).ascii)
    for line in lines_of(ledger.reader(), prepared, ledger.today(), bar):
        word = str(outcome(line, prepared.kind, t).value)
        if word == "rejected":
            found.rejected.append(line)
        else:
            found.counts[word] += 1
    found.skipped = dict(prepared.table.skipped)
    return found


def _take(
    ctx: click.Context, ledger: Ledger, book: Book, request: ImportRequest,
    prepared: PreparedImport, who: str | None, reason: str | None,
) -> _Found:  # fmt: skip
    from rectify_tui.cli.progress import Bar
    from rectify_tui.intake.importing.take import take

    newest = ledger.newest_batch()
    bar = Bar(base.language_of(ctx), ascii=base.options_of(ctx).ascii)
    try:
        taken = take(ledger, book, request, who, reason, bar, prepared=prepared)
    except KeyboardInterrupt:
        _tell_interrupted(ctx, ledger, newest)
        raise
    counts = Counter(added=taken.added, changed=taken.changed, unchanged=taken.unchanged)
    return _Found(
        prepared, False, taken.receipt.batch, counts, list(taken.rejected), taken.skipped,
        taken.remembered is not None or not taken.taken,
    )  # fmt: skip


def _tell_interrupted(ctx: click.Context, ledger: Ledger, newest: int) -> None:
    """Say whether anything was written: being stopped may come too late."""
    from rectify_tui.store.log import first_batch_after

    batch = first_batch_after(ledger.reader(), newest, "import")
    click.echo(err=True)
    if batch is None:
        base.note(ctx, "importing.interrupted")
    else:
        base.note(ctx, "importing.interrupted_late", batch=batch)


def _ask(ctx: click.Context) -> None:
    """Ask on a terminal whether to go on. Raises `click.Abort` for a no."""
    if sys.stdin.isatty() and sys.stderr.isatty():
        click.confirm(base.language_of(ctx)("importing.ask"), err=True, abort=True)


# --- showing ---


def _show(ctx: click.Context, prepared: PreparedImport) -> None:
    """Show on stderr which column is which field, and the first rows as they will be read."""
    from rectify_tui.intake.importing.preview import preview_table
    from rectify_tui.reports.output import write

    width = shutil.get_terminal_size().columns if sys.stderr.isatty() else None
    table = preview_table(prepared, base.language_of(ctx))
    write(table, "table", sys.stderr, width=width, ascii=base.options_of(ctx).ascii)
    click.echo(err=True)


def _tell(ctx: click.Context, found: _Found, output_format: base.Format) -> None:
    """Tell what it came to: in sentences, or as one row for programs."""
    if output_format != "table":
        _emit(ctx, found, output_format)
        return
    t = base.language_of(ctx)
    rejected = len(found.rejected)
    base.say(ctx, "importing.sum", n=found.read, taken=found.taken, rejected=rejected)
    base.say(ctx, "importing.detail", **{k: found.counts[k] for k in _COUNTS})
    if found.skipped:
        why = t("report.comma").join(t(key) for key in dict.fromkeys(found.skipped.values()))
        base.say(ctx, "importing.skipped", n=len(found.skipped), why=why)
    if found.dry_run:
        base.say(ctx, "importing.dry_run")
    elif found.batch is None:
        base.say(ctx, "importing.nothing_written")
    else:
        base.say(ctx, "importing.batch", batch=found.batch)
    if not found.remembered:
        base.note(ctx, "importing.not_remembered", path=found.prepared.request.config)


_COUNTS = ("added", "changed", "unchanged")


def _emit(ctx: click.Context, found: _Found, output_format: base.Format) -> None:
    from rectify_tui.intake.lines import columns
    from rectify_tui.intake.rejects import reason

    t = base.language_of(ctx)
    names = ("read", "taken", *_COUNTS, "rejected", "skipped")
    row: dict[str, object] = {
        "batch": found.batch, "read": found.read, "taken": found.taken,
        **{name: found.counts[name] for name in _COUNTS},
        "rejected": len(found.rejected), "skipped": len(found.skipped),
        "rejects": [{"row": line.row, "reason": reason(line, t)} for line in found.rejected],
    }  # fmt: skip
    wanted = columns(t, ("batch", "count"), *((name, "count") for name in names))
    title = t("importing.title", name=found.prepared.origin.name)
    base.emit(ctx, Table(title, wanted, [row]), output_format)


# --- rejects ---


@dataclass
class _Rejects:
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

    def write(self, found: _Found) -> None:
        """Write what was rejected, and say of the first rows why."""
        from rectify_tui.intake.importing.propose import headings_of
        from rectify_tui.intake.model import Proposal
        from rectify_tui.intake.rejects import fresh_path, write_refused

        if not found.rejected:
            return
        t = base.language_of(self.ctx)
        self._tell_first(found.rejected)
        if not self.asked:
            return
        path = self.path or fresh_path(self.file, t)
        prepared = found.prepared
        proposal = Proposal(
            prepared.origin, prepared.kind, headings_of(prepared), tuple(found.rejected)
        )
        write_refused(path, [(proposal, found.rejected)], t)
        base.note(self.ctx, "importing.written", path=path)

    def _tell_first(self, rejected: Sequence[ProposedLine]) -> None:
        from rectify_tui.cli.errors import tell
        from rectify_tui.intake.rejects import reason

        t = base.language_of(self.ctx)
        for line in rejected[:_TOLD]:
            tell(reason(line, t))
        if len(rejected) > _TOLD:
            base.note(self.ctx, "importing.more", n=len(rejected) - _TOLD)
