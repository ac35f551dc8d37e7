"""`rectify return check` and `apply`: look at returns that came back, and take them in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rectify_tui.cli import base
from rectify_tui.cli.errors import REFUSED
from rectify_tui.cli.import_request import DEADLINES, other_deadlines
from rectify_tui.cli.misuse import file_problem
from rectify_tui.cli.stores import one_moment, open_store

if TYPE_CHECKING:
    from rectify_tui.intake.importing.request import OtherDeadlines
    from rectify_tui.intake.model import Proposal, ProposedLine
    from rectify_tui.intake.workspace.applying import IntakeResult
    from rectify_tui.intake.workspace.workspace import IntakeWorkspace
    from rectify_tui.store.ledger import Ledger

_NAMED = 8
"""How many files that are no spreadsheets are named."""

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

    with open_store(ctx) as ledger:
        workspace = _read(ctx, ledger, files)
    proposals = [file.checked.proposal for file in workspace.chosen() if file.checked]
    _show(ctx, [(proposal, _telling(proposal)) for proposal in proposals], output_format)
    fine = {Verdict.UNCHANGED, Verdict.CLEAN}
    doubtful = any(line.verdict not in fine for proposal in proposals for line in proposal.lines)
    if doubtful or any(file.problem for file in workspace.chosen()):
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
@base.option("--by", "--who", "on_behalf", metavar="NAME", help="command.option.by")
@base.option("--reason", metavar="TEXT", help="command.option.reason")
@base.option(
    "--refused", metavar="FOLDER", type=click.Path(path_type=Path),
    help="return_check.option.refused",
)  # fmt: skip
@base.option("--deadlines", type=click.Choice(DEADLINES), help="importing.help.deadlines")
@base.option("--asked-by", default="", metavar="NAME", help="command.extend.asked_by")
@base.option("--allowed-by", default="", metavar="NAME", help="command.extend.allowed_by")
@base.option("--document", default="", metavar="TEXT", help="command.extend.document")
@base.option("--dry-run", is_flag=True, help="return_check.option.dry_run")
@base.format_option
@click.pass_context
def apply(
    ctx: click.Context, files: tuple[Path, ...], accept: tuple[str, ...], on_behalf: str | None,
    reason: str | None, refused: Path | None, deadlines: str | None, asked_by: str,
    allowed_by: str, document: str, dry_run: bool, output_format: base.Format,
) -> None:  # fmt: skip
    """Take returns in; leave with 1 where lines are refused."""
    from rectify_tui.intake.workspace.accepting import accept_words
    from rectify_tui.intake.workspace.applying import IntakeOrder, apply_order, plan_order

    words = accept_words(accept)
    others = other_deadlines(deadlines, asked_by, allowed_by, reason or "", document)
    with open_store(ctx) as ledger:
        workspace = _read(ctx, ledger, files, others)
        files_read = tuple(file for file in workspace.chosen() if file.checked)
        order = IntakeOrder(files_read, words, on_behalf, reason)
        plan = plan_order(order)
        words.require(result.proposal for result in plan.files)
        result = plan if dry_run else apply_order(ledger, order)
    _tell(ctx, result, output_format, dry_run=dry_run)
    if not dry_run:
        _send_back(ctx, result, refused)
    if result.n_refused or any(file.problem for file in workspace.chosen()):
        ctx.exit(REFUSED)


def _read(
    ctx: click.Context, ledger: Ledger, paths: Sequence[Path],
    deadlines: OtherDeadlines | None = None,
) -> IntakeWorkspace:  # fmt: skip
    """Open returns and check them; those that are none are named, and have a `problem`.

    Raises the `Problem` of the last of them where all are none.
    """
    from rectify_tui.cli.errors import tell
    from rectify_tui.intake.importing.request import ImportRequest
    from rectify_tui.intake.reading.other_files import about_others
    from rectify_tui.intake.workspace.folder_files import find_files
    from rectify_tui.intake.workspace.recognising import Welcome
    from rectify_tui.intake.workspace.steps import run_steps
    from rectify_tui.intake.workspace.workspace import IntakeWorkspace
    from rectify_tui.paths import config_folder

    for problem in about_others(paths):
        tell(base.language_of(ctx).problem(problem))
    files, left_out = find_files(paths)
    for path in left_out:
        base.note(ctx, "return_check.left_out", path=path)
    workspace = IntakeWorkspace(
        ImportRequest(config_folder(), deadlines=deadlines), Welcome.RETURNS
    )
    for path in files:
        workspace.add(path)
    run_steps(workspace, ledger, check=False)
    with one_moment(ledger):
        run_steps(workspace, ledger)
    for file in workspace.chosen():
        if file.problem:
            tell(base.language_of(ctx).problem(file.problem))
    return workspace


def _telling(proposal: Proposal) -> list[ProposedLine]:
    """The lines that say something."""
    from rectify_tui.intake.model import Verdict

    return [
        line for line in proposal.lines if line.verdict is not Verdict.UNCHANGED or line.findings
    ]


def _show(
    ctx: click.Context, files: Sequence[tuple[Proposal, Sequence[ProposedLine]]],
    output_format: base.Format,
) -> None:  # fmt: skip
    """Print lines of files with all that was found about them."""
    from rectify_tui.cli.errors import tell
    from rectify_tui.intake.returns.lines import returns_table, told

    t = base.language_of(ctx)
    if output_format != "table":
        base.emit(ctx, returns_table(files, t), output_format)
        return
    for proposal, lines in files:
        for text in told(proposal, lines, t):
            tell(text, err=False)


def _tell(
    ctx: click.Context, result: IntakeResult, output_format: base.Format, *, dry_run: bool
) -> None:
    """Say what was taken, what was not and why, and how to undo it."""
    from rectify_tui.intake.returns.lines import receipt_table

    batch = result.receipt.batch
    counts = {"taken": result.n_written, "unchanged": result.n_unchanged}
    if output_format != "table":
        receipt = receipt_table(
            base.language_of(ctx), batch=batch, **counts, refused=result.n_refused
        )
        base.emit(ctx, receipt, output_format)
        return
    _show(ctx, [(file.proposal, file.refused) for file in result.files if file.refused], "table")
    if dry_run:
        base.say(ctx, "return_check.applied.would", refused=result.n_refused, **counts)
    elif batch is None:
        base.say(ctx, "return_check.applied.nothing", **counts)
    else:
        kind = "taken" if result.n_written else "received"
        base.say(ctx, f"return_check.applied.{kind}", batch=batch, **counts)


def _send_back(ctx: click.Context, result: IntakeResult, folder: Path | None) -> None:
    """Write a workbook for each file that has lines which were not taken."""
    from rectify_tui.intake.workspace.send_back import send_back

    for workbook in send_back(result, base.language_of(ctx), folder=folder):
        if workbook.error is None:
            base.note(ctx, "return_check.applied.refused", n=workbook.n, path=workbook.path)
        else:
            reason = file_problem(workbook.error)
            base.note(ctx, "return_check.applied.not_written", n=workbook.n, path=workbook.path,
                      reason=reason)  # fmt: skip
    if result.n_refused:
        base.note(ctx, "return_check.applied.accept_hint")
