"""`rectify item show`."""

from __future__ import annotations

from datetime import date

import click

from rectify_tui.cli import base
from rectify_tui.cli.showing import Sheet, show_sheets
from rectify_tui.cli.stores import one_moment, open_store, read_date
from rectify_tui.i18n import Language
from rectify_tui.reports.closeout import closing_table
from rectify_tui.reports.evidence import evidence_rules, evidence_table
from rectify_tui.reports.extensions import ExtensionsBy, extension_table
from rectify_tui.reports.item_sheet import item_record, item_sheet, measure_table
from rectify_tui.reports.items import item_table
from rectify_tui.reports.visits import visit_table
from rectify_tui.reports.words import Words
from rectify_tui.store.connection import Connection
from rectify_tui.store.item_detail import ItemDetail, item_detail
from rectify_tui.store.items import item_rows
from rectify_tui.store.log import item_log
from rectify_tui.store.references import item_ids
from rectify_tui.store.schedule import judge


@click.command(
    "show",
    cls=base.Command,
    help="command.item.show",
    example="rectify item show HLJ-2018/12\nrectify item show HLJ-2018/3-5 --format json",
)
@base.argument("refs", metavar="REF...", nargs=-1, required=True, help="command.item.ref")
@base.option("--as-of", metavar="DATE", help="command.option.as_of")
@base.format_option
@click.pass_context
def show(
    ctx: click.Context, refs: tuple[str, ...], as_of: str | None, output_format: base.Format
) -> None:
    """Print everything about items."""
    t = base.language_of(ctx)
    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        day = read_date(as_of, ledger)
        ids = item_ids(connection, refs)
        if output_format == "csv":
            rows = item_rows(connection, ids, as_of=day)
            base.emit(ctx, item_table(rows, t, as_of=day or ledger.today(), full=True), "csv")
            return
        details = [(id, item_detail(connection, id, as_of=day)) for id in ids]
        on = day or ledger.today()
        sheets = [_sheet(connection, id, detail, on, t) for id, detail in details if detail]
        show_sheets(ctx, sheets, Words(connection, t), output_format)


def _sheet(connection: Connection, id: int, detail: ItemDetail, day: date, t: Language) -> Sheet:
    ref, judged = detail.row.ref, judge(detail, day)
    return Sheet(
        ref,
        t("report.item", ref=ref),
        item_sheet(detail, t, judged),
        (
            *((measure_table(detail, t, day),) if detail.measures else ()),
            *(
                (extension_table(detail.extensions, ExtensionsBy.ITEM, t, day),)
                if detail.extensions
                else ()
            ),
            *((closing_table(detail.closings, t),) if detail.closings else ()),
            *((evidence_table(detail.evidence, evidence_rules(), t),) if detail.evidence else ()),
            *((visit_table(detail.visits, t, day),) if detail.visits else ()),
        ),
        item_log(connection, id, limit=None),
        item_record(detail, t, judged),
    )
