"""`rectify item extend` and `rectify extensions`: deadlines that somebody allowed to move."""

from __future__ import annotations

import click

from rectify_tui.cli import base
from rectify_tui.cli.changing import How, change_options, changing, later_options
from rectify_tui.cli.listing import ListCommand
from rectify_tui.cli.stores import one_moment, open_store, read_date
from rectify_tui.domain.filter_fields import ITEM_FIELDS
from rectify_tui.domain.filter_text import parse_filter
from rectify_tui.errors import Problem
from rectify_tui.paths import config_folder
from rectify_tui.reports.extensions import FILE, ExtensionsBy, extension_table, read_may_allow
from rectify_tui.store.commands.extensions import Request, extend_items
from rectify_tui.store.records import EXTENSION
from rectify_tui.store.references import item_ids


@click.command(
    "extend",
    cls=base.Command,
    help="command.extend.help",
    example="rectify item extend HLJ-2018/12 --to 2020-12-31 --asked-by 李工 --allowed-by 王局长"
    " --reason 汛期停工 --document 黑环整改〔2020〕8号\n"
    "rectify item extend HLJ-2018/14 --to 2021年6月底前 --asked-by 李工 --allowed-by 王局长"
    " --refuse --reason 理由不足",
)
@base.argument("refs", metavar="REF...", nargs=-1, required=True, help="command.item.ref")
@base.option("--to", required=True, metavar="DEADLINE", help="command.extend.to")
@base.option("--asked-by", required=True, metavar="NAME", help="command.extend.asked_by")
@base.option("--allowed-by", required=True, metavar="NAME", help="command.extend.allowed_by")
@base.option("--document", default="", metavar="TEXT", help="command.extend.document")
@base.option("--refuse", is_flag=True, help="command.extend.refuse")
@later_options
@change_options
@click.pass_context
def extend(
    ctx: click.Context, refs: tuple[str, ...], to: str, asked_by: str, allowed_by: str,
    document: str, refuse: bool, how: How,
) -> None:  # fmt: skip
    """Move deadlines, or record that this was refused."""
    if not how.reason:
        raise Problem("extension.no_reason")
    request = Request(to, asked_by, allowed_by, how.reason, document, refuse)
    may_allow = read_may_allow(config_folder() / FILE)
    with changing(ctx, "extend", EXTENSION, how) as change:
        ids = item_ids(change.connection, refs)
        change.about(
            extend_items(
                change.draft, ids, request, may_allow=may_allow, on=change.on, later=how.later
            )
        )
    if how.output_format == "table":
        key = "refused" if refuse else "allowed"
        base.say(ctx, f"command.extend.{key}", by=allowed_by, asked=asked_by)


@click.command(
    "extensions",
    cls=ListCommand,
    help="command.extensions.help",
    example="rectify extensions\nrectify extensions region:大庆 --by unit\n"
    "rectify extensions --by city --format csv",
)
@base.argument("filter", nargs=-1, help="command.list.filter")
@base.option(
    "--by", type=base.WordChoice(ExtensionsBy, "extension.by"), default=ExtensionsBy.ITEM.value,
    show_default=True, help="command.rollup.by_any",
)  # fmt: skip
@base.option("--as-of", metavar="DATE", help="command.option.as_of")
@base.format_option
@click.pass_context
def extensions_command(
    ctx: click.Context, filter: tuple[str, ...], by: str, as_of: str | None,
    output_format: base.Format,
) -> None:  # fmt: skip
    """Print what was decided, or the days granted by city or unit."""
    from rectify_tui.reports.windows import row_ids
    from rectify_tui.store.extensions import extensions
    from rectify_tui.store.items import ItemList
    from rectify_tui.store.listing import ListQuery

    t = base.language_of(ctx)
    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        day = read_date(as_of, ledger)
        wanted = parse_filter(" ".join(filter), ITEM_FIELDS, today=ledger.today())
        query = ListQuery(wanted, as_of=day)
        ids = row_ids(ItemList(ledger, query)).tolist()
        found = extensions(connection, ids, day or ledger.today())
        table = extension_table(found, ExtensionsBy(by), t, day or ledger.today())
        base.emit(ctx, table, output_format)
