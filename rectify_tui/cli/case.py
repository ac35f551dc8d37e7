"""`rectify case`: look at complaint cases and change them."""

from __future__ import annotations

import click

from rectify_tui.cli import base
from rectify_tui.cli.case_acts import close, duplicate, interim, reopen, share, split
from rectify_tui.cli.case_stats import sheet, stats
from rectify_tui.cli.changing import How, change_options, changing, later_options, seen_revision
from rectify_tui.cli.fields import field_options
from rectify_tui.cli.listing import Asked, ListCommand, find, list_options, query_of
from rectify_tui.cli.showing import Sheet, show_sheets
from rectify_tui.cli.stores import one_moment, open_store, read_date
from rectify_tui.cli.withdraw import print_withdrawn, withdraw_records
from rectify_tui.domain.fields import CASE as FIELDS
from rectify_tui.domain.filter_fields import CASE_FIELDS
from rectify_tui.domain.reference import read_programme_code
from rectify_tui.errors import Problem
from rectify_tui.i18n import Language
from rectify_tui.reports.cases import case_record, case_sheet, case_table
from rectify_tui.reports.windows import read_rows
from rectify_tui.reports.words import Words
from rectify_tui.store.cases import CaseList, CaseRow, case_rows
from rectify_tui.store.commands.cases import add_case, set_cases
from rectify_tui.store.connection import Connection
from rectify_tui.store.log import record_log
from rectify_tui.store.records import CASE
from rectify_tui.store.references import case_ids, programme_id

case = base.Group("case", help="command.case.help")
for each in (close, interim, reopen, split, share, duplicate, stats, sheet):
    case.add_command(each)


@case.command(
    "list",
    cls=ListCommand,
    help="command.case.list",
    example="rectify case list status:open\n"
    "rectify case list '类型:水 地区:大庆 passed>=2020-01' --sort fined --desc",
)
@base.option("--withdrawn", is_flag=True, help="command.list.withdrawn")
@list_options(FIELDS)
@click.pass_context
def list_cases(ctx: click.Context, asked: Asked, withdrawn: bool) -> None:
    """Print the cases that a filter leaves."""
    if withdrawn:
        print_withdrawn(ctx, CASE, asked.output_format)
        return
    t = base.language_of(ctx)
    with open_store(ctx) as ledger:
        found = find(CaseList(ledger, query_of(asked, CASE_FIELDS, ledger)), asked, t, "cases")
        rows = read_rows(ledger.reader(), case_rows, found.ids, found.as_of)
        table = case_table(
            rows, t, as_of=found.as_of or found.today, full=asked.full, notes=found.notes
        )
        base.emit(ctx, table, asked.output_format)


@case.command(
    "show",
    help="command.case.show",
    example="rectify case show D230000201812010001\nrectify case show HLJ-2018/12 --format json",
)
@base.argument("numbers", metavar="NO...", nargs=-1, required=True, help="command.case.number")
@base.option("--as-of", metavar="DATE", help="command.option.as_of")
@base.format_option
@click.pass_context
def show(
    ctx: click.Context, numbers: tuple[str, ...], as_of: str | None, output_format: base.Format
) -> None:
    """Print everything about cases."""
    t = base.language_of(ctx)
    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        day = read_date(as_of, ledger)
        rows = case_rows(connection, case_ids(connection, numbers), as_of=day)
        if output_format == "csv":
            base.emit(ctx, case_table(rows, t, as_of=day or ledger.today(), full=True), "csv")
            return
        sheets = [_sheet(connection, row, t) for row in rows]
        show_sheets(ctx, sheets, Words(connection, t), output_format)


def _sheet(connection: Connection, row: CaseRow, t: Language) -> Sheet:
    return Sheet(
        row.ref,
        t("report.case", ref=row.ref),
        case_sheet(row, t),
        (),
        record_log(connection, CASE, row.id, limit=None),
        case_record(row, t),
    )


@case.command(
    "set",
    help="command.case.set",
    example="rectify case set D230000201812010001 --status 已办结 --on 2020-02-28 --fined 12.5\n"
    "rectify case set HLJ-2018/4348 --key yes --reason 群众反复投诉",
)
@base.argument("numbers", metavar="NO...", nargs=-1, required=True, help="command.case.number")
@field_options(FIELDS.settable)
@base.option("--rev", type=int, metavar="N", help="command.option.rev")
@later_options
@change_options
@click.pass_context
def set_(
    ctx: click.Context, numbers: tuple[str, ...], rev: int | None, fields: dict[str, str], how: How
) -> None:
    """Set fields of cases."""
    if not fields:
        raise Problem("case.nothing_to_set")
    with changing(ctx, "set", CASE, how) as change:
        ids = change.about(case_ids(change.connection, numbers))
        seen = seen_revision(ids, rev)
        set_cases(change.draft, ids, fields, on=change.on, seen=seen, later=how.later)


@case.command(
    "add",
    help="command.case.add",
    example="rectify case add HLJ-2018/D230000201812010001 --complaint 夜间施工噪声扰民"
    " --region 大庆市 --types 噪声、扬尘 --passed 2018-12-01",
)
@base.argument("ref", metavar="PROGRAMME/NO", help="command.case.new_ref")
@field_options(FIELDS.settable)
@base.option("--source", metavar="TEXT", help="field.source.help")
@change_options
@click.pass_context
def add(ctx: click.Context, ref: str, source: str | None, fields: dict[str, str], how: How) -> None:
    """Add a case to a programme."""
    code, _, number = ref.partition("/")
    with changing(ctx, "add", CASE, how) as change:
        programme = programme_id(change.connection, read_programme_code(code))
        id = add_case(change.draft, programme, number, fields, on=change.on, source=source)
        change.about([id])


@case.command(
    "withdraw",
    help="command.case.withdraw",
    example="rectify case withdraw D230000201812010001 --reason 重复录入",
)
@base.argument("numbers", metavar="NO...", nargs=-1, required=True, help="command.case.number")
@base.option("--reason", required=True, metavar="TEXT", help="command.option.reason")
@base.option("--by", "on_behalf", metavar="NAME", help="command.option.by")
@base.format_option
@click.pass_context
def withdraw(
    ctx: click.Context, numbers: tuple[str, ...], reason: str, on_behalf: str | None,
    output_format: base.Format,
) -> None:  # fmt: skip
    """Withdraw what was entered by mistake."""
    withdraw_records(ctx, CASE, numbers, reason, on_behalf, output_format)
