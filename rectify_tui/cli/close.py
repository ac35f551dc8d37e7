"""`rectify close`: steps of close-out, the board of what waits, and the public notice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rectify_tui.cli import base
from rectify_tui.cli.changing import How, change_options, changing, later_options
from rectify_tui.cli.evidence import point_out, read_given, stated_options
from rectify_tui.cli.output_file import OutputFile, output_option
from rectify_tui.cli.stores import one_moment, open_store
from rectify_tui.domain.closeout import Level, Stage, Step
from rectify_tui.domain.filter_fields import ITEM_FIELDS
from rectify_tui.domain.filter_text import parse_filter
from rectify_tui.errors import Problem
from rectify_tui.reports.notice import FORMATS, notice_of, write_notice
from rectify_tui.store.commands.closeout import Taken, close_items
from rectify_tui.store.evidence import folder_of
from rectify_tui.store.records import ITEM
from rectify_tui.store.references import item_ids

if TYPE_CHECKING:
    from rectify_tui.store.connection import Connection
    from rectify_tui.store.ledger import Ledger


@click.command(
    "close",
    cls=base.Command,
    help="closeout.help.close",
    example="rectify close\n"
    "rectify close HLJ-2018/12 --step apply --by 大庆市整改办\n"
    "rectify close HLJ-2018/12 --step accept --level city --by 王局长 --evidence 验收意见.pdf\n"
    "rectify close --where closure:accepted --step publish -o 公示.docx\n"
    "rectify close --where closure:published -o 公示.html\n"
    "rectify close --where closure:published --step strike\n"
    "rectify close HLJ-2018/12 --step reopen --reason 黑臭反弹",
)
@base.argument("refs", metavar="REF...", nargs=-1, help="command.item.ref")
@base.option("--where", metavar="FILTER", help="closeout.help.where")
@base.option("--step", type=base.WordChoice(Step, "closeout.step"), help="closeout.help.step")
@base.option("--level", type=base.WordChoice(Level, "closeout.level"), help="closeout.help.level")
@base.option(
    "--evidence", "paths", metavar="FILE", multiple=True, type=click.Path(path_type=Path),
    help="closeout.help.evidence",
)  # fmt: skip
@stated_options
@base.option("--contact", default="", metavar="TEXT", help="closeout.help.contact")
@output_option("closeout.help.output")
@later_options
@change_options
@click.pass_context
def close(
    ctx: click.Context, refs: tuple[str, ...], where: str | None, step: str | None,
    level: str | None, paths: tuple[Path, ...], stated: tuple[str | None, str | None, str],
    contact: str, output: OutputFile | None, how: How,
) -> None:  # fmt: skip
    """Take a step for items, or print what stands where."""
    if step is None and output is None:
        _print_board(ctx, refs, where, how)
        return
    if not refs and not where:
        raise base.Misuse(Problem("closeout.needs_items"), ctx)
    if step is None:
        assert output is not None
        _write_notice_again(ctx, refs, where, contact, output)
        return
    format = _notice_format(step, output)
    with changing(ctx, "close_out", ITEM, how) as change:
        ids = change.about(_chosen(change.ledger, refs, where))
        given = read_given(paths, stated, change.ledger)
        taken = Taken(
            Step(step), how.reason or "", Level(level) if level else None, given,
            folder_of(change.ledger.address),
        )  # fmt: skip
        _, evidence = close_items(change.draft, ids, taken, on=change.on, later=how.later)
        change.draft.flush()
        point_out(ctx, change.connection, evidence)
        content = _notice(ctx, change.connection, ids, contact, format) if format else b""
    if output is not None and content:
        output.write(content)
        base.note(ctx, "closeout.notice.written", path=output.path)


def _chosen(ledger: Ledger, refs: tuple[str, ...], where: str | None) -> list[int]:
    """The items by reference and those that a filter leaves. Raises `Problem` for none."""
    from rectify_tui.reports.windows import row_ids
    from rectify_tui.store.items import ItemList
    from rectify_tui.store.listing import ListQuery

    ids = item_ids(ledger.reader(), refs) if refs else []
    if where:
        wanted = parse_filter(where, ITEM_FIELDS, today=ledger.today())
        ids += row_ids(ItemList(ledger, ListQuery(wanted))).tolist()
    if not ids:
        raise Problem("closeout.none_chosen")
    return list(dict.fromkeys(ids))


def _notice_format(step: str, output: OutputFile | None) -> str | None:
    """How the notice is to be written. Raises `Problem` where there is none, or not so."""
    if output is None:
        return None
    if Step(step) is not Step.PUBLISH:
        raise Problem("closeout.notice.only_publish")
    format = output.path.suffix.lower().lstrip(".")
    if format not in FORMATS:
        raise Problem("closeout.notice.bad_format", format=format, known=", ".join(FORMATS))
    output.require_free()
    return format


def _notice(
    ctx: click.Context, connection: Connection, ids: list[int], contact: str, format: str
) -> bytes:
    """The notice of items that are made public; says where holidays are not known yet."""
    t = base.language_of(ctx)
    notice = notice_of(connection, ids, contact=contact)
    if years := notice.term.end(notice.day).assumed_years:
        base.note(ctx, "schedule.working.assumed", years=t("report.comma").join(map(str, years)))
    return write_notice(notice, format, t)


def _write_notice_again(
    ctx: click.Context, refs: tuple[str, ...], where: str | None, contact: str, output: OutputFile
) -> None:
    """Write the notice of items that were made public before."""
    format = _notice_format(Step.PUBLISH, output)
    assert format is not None
    with open_store(ctx) as ledger:
        ids = _chosen(ledger, refs, where)
        content = _notice(ctx, ledger.reader(), ids, contact, format)
    output.write(content)
    base.note(ctx, "closeout.notice.written", path=output.path)


def _print_board(ctx: click.Context, refs: tuple[str, ...], where: str | None, how: How) -> None:
    from rectify_tui.cli.stores import read_date
    from rectify_tui.domain.closeout import AWAITING
    from rectify_tui.reports.closeout import board_table
    from rectify_tui.store.closings import in_closeout
    from rectify_tui.store.items import item_rows
    from rectify_tui.store.programmes import procedures, programme_codes

    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        day = read_date(how.on, ledger) or ledger.today()
        among = _chosen(ledger, refs, where) if refs or where else None
        stages = (*AWAITING, Stage.STRUCK) if among else AWAITING
        ids = in_closeout(connection, day, stages, among)
        rows = item_rows(connection, ids, as_of=day if how.on else None)
        by_code = {code: id for id, code in programme_codes(connection).items()}
        table = board_table(rows, procedures(connection), by_code, day, base.language_of(ctx))
        if how.output_format == "table":
            table = replace(table, columns=table.columns[:-2])
        base.emit(ctx, table, how.output_format)
