"""`rectify verify sheet` and `take`: what a team takes along, and what comes back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rectify_tui.cli import base
from rectify_tui.cli.errors import REFUSED, tell
from rectify_tui.cli.output_file import OutputFile, output_option
from rectify_tui.cli.stores import one_moment, open_store
from rectify_tui.paths import config_folder

if TYPE_CHECKING:
    from rectify_tui.domain.visits import Need
    from rectify_tui.intake.model import ProposedLine
    from rectify_tui.intake.visits.check import CheckedVisits
    from rectify_tui.store.ledger import Ledger


@click.command(
    "sheet",
    cls=base.Command,
    help="visit.command.sheet",
    example="rectify verify sheet -o 核实表.xlsx\n"
    "rectify verify sheet -o 核实表.docx --draw V20200306-001 --team 一组 --team 二组\n"
    "rectify verify sheet HLJ-2018/3-9 -o 核实表.xlsx",
)
@base.argument("refs", metavar="REF", nargs=-1, help="visit.option.ref")
@output_option("visit.option.output", required=True)
@base.option("--draw", "code", metavar="CODE", help="visit.option.draw_code")
@base.option("--team", "teams", metavar="NAME", multiple=True, help="visit.option.teams")
@click.pass_context
def sheet(
    ctx: click.Context, refs: tuple[str, ...], output: OutputFile, code: str | None,
    teams: tuple[str, ...],
) -> None:  # fmt: skip
    """Write a sheet for visits to what was drawn, or to some items."""
    from rectify_tui.cli.verify_draw import find
    from rectify_tui.intake.visits.sheet import sheet_for, visit_sheet
    from rectify_tui.store.references import item_ids

    output.require_free()
    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        drawn = None if refs else find(ledger, code)
        if drawn is None:
            ids = item_ids(connection, refs)
        else:
            ids = [drawn.ids[ref] for ref in (drawn.sample.refs if drawn.sample else ())]
        made = sheet_for(connection, ids, ledger.today(), teams, drawn)
        output.write(visit_sheet(output.path, made, base.language_of(ctx)))
    base.note(ctx, "visit.sheet.written", path=output.path, n=len(made.rows))


@click.command(
    "take",
    cls=base.Command,
    help="visit.command.take",
    example="rectify verify take 核实表-一组.xlsx --dry-run\n"
    "rectify verify take 核实表-一组.xlsx\n"
    "rectify verify take 核实表 --accept clean --accept HLJ-2018/12 --by 王工",
)
@base.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path),
    help="visit.option.files",
)  # fmt: skip
@base.option(
    "--accept", metavar="all|clean|REF", multiple=True, default=("clean",),
    help="return_check.option.accept",
)  # fmt: skip
@base.option("--by", "on_behalf", metavar="NAME", help="command.option.by")
@base.option("--reason", metavar="TEXT", help="command.option.reason")
@base.option("--dry-run", is_flag=True, help="visit.option.dry_run")
@base.format_option
@click.pass_context
def take(
    ctx: click.Context, files: tuple[Path, ...], accept: tuple[str, ...], on_behalf: str | None,
    reason: str | None, dry_run: bool, output_format: base.Format,
) -> None:  # fmt: skip
    """Take filled sheets in; leave with 1 where lines are refused."""
    from rectify_tui.intake.visits.take import take_visits
    from rectify_tui.intake.workspace.accepting import accept_words, can_accept
    from rectify_tui.reports.visits import FILE, read_needs

    words, needs = accept_words(accept), read_needs(config_folder() / FILE)
    with open_store(ctx) as ledger:
        sheets = [_checked(ledger, path, needs) for path in _spreadsheets(ctx, files)]
        words.require(each.proposal for each in sheets)
        taken = [
            [line for line in each.proposal.lines
             if can_accept(line) and words(each.proposal.origin, line)]
            for each in sheets
        ]  # fmt: skip
        ids: list[int] = []
        batch = None
        if not dry_run and any(taken):
            with ledger.batch("visit", on_behalf=on_behalf, reason=reason) as writing:
                for each, lines in zip(sheets, taken, strict=True):
                    ids += take_visits(writing.draft, each, lines, needs)
            batch = writing.receipt.batch
    _tell(ctx, sheets, taken, batch, output_format, dry_run=dry_run)
    if ids and output_format == "table":
        from rectify_tui.cli.verify import tell_visits

        tell_visits(ctx, ids)
    if any(_refused(each, lines) for each, lines in zip(sheets, taken, strict=True)):
        ctx.exit(REFUSED)


def _spreadsheets(ctx: click.Context, paths: Sequence[Path]) -> list[Path]:
    """The files that were named, and the spreadsheets of folders."""
    from rectify_tui.intake.workspace.folder_files import find_files

    files, left_out = find_files(paths)
    for path in left_out:
        base.note(ctx, "return_check.left_out", path=path)
    return files


def _checked(ledger: Ledger, path: Path, needs: Sequence[Need]) -> CheckedVisits:
    from rectify_tui.intake.reading.book import open_book
    from rectify_tui.intake.visits.check import check_visits
    from rectify_tui.intake.visits.received import read_visits

    received = read_visits(open_book(path))
    with one_moment(ledger) as connection:
        return check_visits(connection, received, ledger.today(), needs)


def _refused(each: CheckedVisits, taken: Sequence[ProposedLine]) -> list[ProposedLine]:
    """The lines that say something and were not taken."""
    from rectify_tui.intake.model import Verdict

    rows = {line.row for line in taken}
    return [
        line
        for line in each.proposal.lines
        if line.verdict is not Verdict.UNCHANGED and line.row not in rows
    ]


def _tell(
    ctx: click.Context, sheets: Sequence[CheckedVisits], taken: Sequence[Sequence[ProposedLine]],
    batch: int | None, output_format: base.Format, *, dry_run: bool,
) -> None:  # fmt: skip
    """Say what was taken, what was not and why, and how to undo it."""
    from rectify_tui.intake.model import Verdict
    from rectify_tui.intake.returns.lines import receipt_table, told

    t = base.language_of(ctx)
    pairs = list(zip(sheets, taken, strict=True))
    counts = {
        "taken": sum(map(len, taken)),
        "unchanged": sum(each.proposal.counts()[Verdict.UNCHANGED] for each in sheets),
        "refused": sum(len(_refused(each, lines)) for each, lines in pairs),
    }
    if output_format != "table":
        base.emit(ctx, receipt_table(t, batch=batch, **counts), output_format)
        return
    for each, lines in pairs:
        shown = each.proposal.lines if dry_run else _refused(each, lines)
        for text in told(each.proposal, shown, t) if shown else ():
            tell(text, err=False)
    if dry_run:
        base.say(ctx, "return_check.applied.would", **counts)
    elif batch is None:
        base.say(ctx, "visit.taken.nothing", **counts)
    else:
        base.say(ctx, "return_check.applied.taken", batch=batch, **counts)
