"""`rectify case close|interim|reopen|split|share|duplicate`: what is done with cases."""

from __future__ import annotations

import click

from rectify_tui.cli import base
from rectify_tui.cli.changing import How, change_options, changing, later_options, seen_revision
from rectify_tui.cli.fields import field_options
from rectify_tui.errors import Problem
from rectify_tui.store.commands.case_acts import (
    FOUND,
    close_cases,
    mark_duplicates,
    read_parts,
    reopen_cases,
    share_cases,
    split_case,
)
from rectify_tui.store.records import CASE
from rectify_tui.store.references import case_ids

_NUMBERS = base.argument(
    "numbers", metavar="NO...", nargs=-1, required=True, help="command.case.number"
)
_REV = base.option("--rev", type=int, metavar="N", help="command.option.rev")


@click.command(
    "close",
    cls=base.Command,
    help="command.case.close",
    example="rectify case close D230000201812010001 --on 2020-02-28 --substantiated 部分属实"
    " --findings 夜间施工属实 --measures 已停工 --ordered 1 --fined 35000.50元\n"
    "rectify case close HLJ-2018/4348 HLJ-2018/4349",
)
@_NUMBERS
@field_options(FOUND)
@_REV
@later_options
@change_options
@click.pass_context
def close(
    ctx: click.Context, numbers: tuple[str, ...], rev: int | None, fields: dict[str, str], how: How
) -> None:
    """Close cases."""
    _close(ctx, numbers, rev, fields, how, interim=False)


@click.command(
    "interim",
    cls=base.Command,
    help="command.case.interim",
    example="rectify case interim HLJ-2018/4348 --measures 2020年底前完成管网改造",
)
@_NUMBERS
@field_options(FOUND)
@_REV
@later_options
@change_options
@click.pass_context
def interim(
    ctx: click.Context, numbers: tuple[str, ...], rev: int | None, fields: dict[str, str], how: How
) -> None:
    """Close cases for the time being."""
    _close(ctx, numbers, rev, fields, how, interim=True)


def _close(
    ctx: click.Context, numbers: tuple[str, ...], rev: int | None, fields: dict[str, str],
    how: How, *, interim: bool,
) -> None:  # fmt: skip
    with changing(ctx, "interim" if interim else "close", CASE, how) as change:
        ids = change.about(case_ids(change.connection, numbers))
        close_cases(
            change.draft, ids, fields, interim=interim, on=change.on,
            seen=seen_revision(ids, rev), later=how.later,
        )  # fmt: skip


@click.command(
    "reopen",
    cls=base.Command,
    help="command.case.reopen",
    example="rectify case reopen HLJ-2018/4348 --reason 群众反映夜间又开工",
)
@_NUMBERS
@_REV
@later_options
@change_options
@click.pass_context
def reopen(ctx: click.Context, numbers: tuple[str, ...], rev: int | None, how: How) -> None:
    """Open cases again."""
    with changing(ctx, "reopen", CASE, how) as change:
        ids = change.about(case_ids(change.connection, numbers))
        seen = seen_revision(ids, rev)
        reopen_cases(change.draft, ids, how.reason or "", on=change.on, seen=seen, later=how.later)


@click.command(
    "split",
    cls=base.Command,
    help="command.case.split",
    example="rectify case split HLJ-2018/4348 --into 大庆市=企业夜间排污 --into 绥化市=秸秆焚烧",
)
@base.argument("number", metavar="NO", help="command.case.number")
@base.option(
    "--into", "parts", multiple=True, required=True, metavar="REGION[=TEXT]",
    help="command.case.into",
)  # fmt: skip
@_REV
@change_options
@click.pass_context
def split(
    ctx: click.Context, number: str, parts: tuple[str, ...], rev: int | None, how: How
) -> None:
    """Make several cases of one."""
    with changing(ctx, "split", CASE, how) as change:
        (id,) = case_ids(change.connection, [number])
        seen = seen_revision([id], rev)
        change.about(split_case(change.draft, id, read_parts(parts), on=change.on, seen=seen))


@click.command(
    "share",
    cls=base.Command,
    help="command.case.share",
    example="rectify case share HLJ-2018/4348 --with 绥化市 --with 鹤岗市",
)
@_NUMBERS
@base.option(
    "--with", "regions", multiple=True, required=True, metavar="REGION", help="command.case.with"
)
@_REV
@change_options
@click.pass_context
def share(
    ctx: click.Context, numbers: tuple[str, ...], regions: tuple[str, ...], rev: int | None,
    how: How,
) -> None:  # fmt: skip
    """Let cases belong to further regions."""
    with changing(ctx, "share", CASE, how) as change:
        ids = change.about(case_ids(change.connection, numbers))
        share_cases(change.draft, ids, regions, on=change.on, seen=seen_revision(ids, rev))


@click.command(
    "duplicate",
    cls=base.Command,
    help="command.case.duplicate",
    example="rectify case duplicate HLJ-2018/4350 HLJ-2018/4351 --of HLJ-2018/4348\n"
    "rectify case duplicate HLJ-2018/4350 --none",
)
@_NUMBERS
@base.option("--of", "original", metavar="NO", help="command.case.of")
@base.option("--none", is_flag=True, help="command.case.no_duplicate")
@_REV
@change_options
@click.pass_context
def duplicate(
    ctx: click.Context, numbers: tuple[str, ...], original: str | None, none: bool,
    rev: int | None, how: How,
) -> None:  # fmt: skip
    """Say of which case others are duplicates."""
    if (original is None) is not none:
        raise base.Misuse(Problem("case.of_or_none"), ctx)
    with changing(ctx, "duplicate", CASE, how) as change:
        ids = change.about(case_ids(change.connection, numbers))
        of = case_ids(change.connection, [original])[0] if original else None
        mark_duplicates(change.draft, ids, of, on=change.on, seen=seen_revision(ids, rev))
