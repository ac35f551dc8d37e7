"""`rectify return check` and `apply`: look at returns that came back, and take them in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rectify_tui.cli import base
from rectify_tui.cli.errors import REFUSED
from rectify_tui.cli.misuse import file_problem
from rectify_tui.cli.stores import one_moment, open_store
from rectify_tui.errors import Problem

if TYPE_CHECKING:
    from rectify_tui.intake.model import Proposal, ProposedLine
    from rectify_tui.intake.reading import Book
    from rectify_tui.intake.returns.apply import Applied, Refused

_FILES = base.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path),
    help="return_check.option.files",
)  # fmt: skip


@click.command(
    "check",
    cls=base.Command,
    help="returns.summary.check",
    example="rectify return check 大庆市.xlsx\nrectify return check 回报 --format csv",
)
@_FILES
@base.format_option
@click.pass_context
def check(ctx: click.Context, files: tuple[Path, ...], output_format: base.Format) -> None:
    """Print what returns would change; leave with 1 where something is to be decided."""
    from rectify_tui.intake.model import Verdict
    from rectify_tui.intake.returns.together import check_returns

    books = _open(ctx, files)
    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        proposals = check_returns(connection, books, ledger.today())
    _show(ctx, [(each, _worth_telling(each)) for each in proposals], output_format)
    fine = {Verdict.UNCHANGED, Verdict.CLEAN}
    if any(line.verdict not in fine for each in proposals for line in each.lines):
        ctx.exit(REFUSED)


@click.command(
    "apply",
    cls=base.Command,
    help="returns.summary.apply",
    example="rectify return apply 大庆市.xlsx\n"
    "rectify return apply 回报 --accept clean --accept HLJ-2018/3-5 --by 王工\n"
    "rectify return apply 回报 --accept all --dry-run",
)
@_FILES
@base.option(
    "--accept", metavar="all|clean|REF", multiple=True, default=("clean",),
    help="return_check.option.accept",
)  # fmt: skip
@base.option("--by", "--who", "who", metavar="NAME", help="command.option.by")
@base.option("--reason", metavar="TEXT", help="command.option.reason")
@base.option(
    "--refused", metavar="FOLDER", type=click.Path(path_type=Path),
    help="return_check.option.refused",
)  # fmt: skip
@base.option("--dry-run", is_flag=True, help="return_check.option.dry_run")
@base.format_option
@click.pass_context
def apply(
    ctx: click.Context, files: tuple[Path, ...], accept: tuple[str, ...], who: str | None,
    reason: str | None, refused: Path | None, dry_run: bool, output_format: base.Format,
) -> None:  # fmt: skip
    """Take returns in; leave with 1 where lines are refused."""
    from rectify_tui.intake.returns.accept import accept_words
    from rectify_tui.intake.returns.apply import apply_returns, plan_returns

    words = accept_words(accept)
    books = _open(ctx, files)
    with open_store(ctx) as ledger:
        with one_moment(ledger) as connection:
            planned = plan_returns(connection, books, words, ledger.today())
        words.require(proposal for proposal, _ in planned.refused)
        applied = planned if dry_run else apply_returns(ledger, books, words, who, reason)
    _tell(ctx, applied, output_format, dry_run=dry_run)
    if not dry_run:
        _send_back(ctx, applied.refused, refused)
    if _n_refused(applied.refused):
        ctx.exit(REFUSED)


def _open(ctx: click.Context, paths: Sequence[Path]) -> list[Book]:
    """The files, read whole. Raises `Problem` for the first that cannot be read."""
    from rectify_tui.intake.reading import open_book
    from rectify_tui.intake.returns.files import find_files

    files, left_out = find_files(paths)
    for path in left_out:
        base.note(ctx, "return_check.left_out", path=path)
    books = [open_book(path) for path in files]
    for book in books:
        for remark in book.remarks:
            base.note(ctx, remark.key, **remark.params)
    return books


def _worth_telling(proposal: Proposal) -> list[ProposedLine]:
    """The lines that say something."""
    from rectify_tui.intake.model import Verdict

    return [
        line for line in proposal.lines if line.verdict is not Verdict.UNCHANGED or line.findings
    ]


def _show(
    ctx: click.Context, chosen: Sequence[tuple[Proposal, Sequence[ProposedLine]]],
    output_format: base.Format,
) -> None:  # fmt: skip
    """Print lines of files with all that was found about them."""
    from rectify_tui.cli.errors import tell
    from rectify_tui.intake.returns.lines import returns_table, told

    t = base.language_of(ctx)
    if output_format != "table":
        base.emit(ctx, returns_table(chosen, t), output_format)
        return
    for proposal, lines in chosen:
        for text in told(proposal, lines, t):
            tell(text, err=False)


def _tell(
    ctx: click.Context, applied: Applied, output_format: base.Format, *, dry_run: bool
) -> None:
    """Say what was taken, what was not and why, and how to undo it."""
    from rectify_tui.intake.returns.lines import receipt_table

    batch, n = applied.receipt.batch, _n_refused(applied.refused)
    if output_format != "table":
        receipt = receipt_table(
            base.language_of(ctx), batch=batch, taken=applied.taken, unchanged=applied.unchanged,
            refused=n,
        )  # fmt: skip
        base.emit(ctx, receipt, output_format)
        return
    _show(ctx, [(proposal, lines) for proposal, lines in applied.refused if lines], "table")
    counts = {"taken": applied.taken, "unchanged": applied.unchanged}
    if dry_run:
        base.say(ctx, "return_check.applied.would", refused=n, **counts)
    elif batch is None:
        base.say(ctx, "return_check.applied.nothing", **counts)
    else:
        kind = "taken" if applied.taken else "received"
        base.say(ctx, f"return_check.applied.{kind}", batch=batch, **counts)


def _n_refused(refused: Refused) -> int:
    return sum(len(lines) for _, lines in refused)


def _send_back(ctx: click.Context, refused: Refused, folder: Path | None) -> None:
    """Write a workbook for each file that has lines which were not taken.

    What was taken is in the ledger by now, so a workbook that cannot be written is only told of.
    """
    from rectify_tui.intake.rejects import write_refused
    from rectify_tui.intake.returns.files import refused_path

    t = base.language_of(ctx)
    for proposal, lines in refused:
        if not lines:
            continue
        path = refused_path(proposal.origin.path, folder, t)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_refused(path, [(proposal, lines)], t)
        except (OSError, Problem) as error:
            reason = file_problem(error) if isinstance(error, OSError) else error
            base.note(ctx, "return_check.applied.not_written", n=len(lines), path=path,
                      reason=reason)  # fmt: skip
            continue
        base.note(ctx, "return_check.applied.refused", n=len(lines), path=path)
    if _n_refused(refused):
        base.note(ctx, "return_check.applied.accept_hint")
