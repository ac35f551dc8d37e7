"""`rectify review`: what came of going through lines of the queue."""

from __future__ import annotations

import click

from rectify_tui.cli import base
from rectify_tui.cli.changing import How, changing, later_options, read_later, seen_revision
from rectify_tui.cli.fields import field_options
from rectify_tui.domain.fields import REVIEWED
from rectify_tui.store.records import ITEM

_CALLED = {"reason": "--reason", "next_on": "--by"}
_HELPS = {
    name: f"queue.help.field.{name}" for name in ("reason", "next_step", "next_on", "put_off_until")
}
"""What a review calls and says of fields otherwise than other commands."""


@click.command(
    "review",
    cls=base.Command,
    help="queue.help.review",
    example="rectify review HLJ-2018/12 --reason 管网征地未完成 --next 完成征地 --by 2020-04-30\n"
    "rectify review HLJ-2018/3-9 --reason 资金未到位 --status 未达序时进度 --who 王工\n"
    "rectify review HLJ-2018/14 --next 待省级验收 --put-off 2020-06-01",
)
@base.argument("refs", metavar="REF...", nargs=-1, required=True, help="command.item.ref")
@field_options(REVIEWED, called=_CALLED, helps=_HELPS)
@base.option("--on", metavar="DATE", help="command.option.on")
@base.option("--who", "on_behalf", metavar="NAME", help="command.option.by")
@base.option("--rev", type=int, metavar="N", help="command.option.rev")
@later_options
@base.format_option
@click.pass_context
def review(
    ctx: click.Context, refs: tuple[str, ...], fields: dict[str, str], on: str | None,
    on_behalf: str | None, rev: int | None, later: str | None, output_format: base.Format,
) -> None:  # fmt: skip
    """Note what came of a review."""
    from rectify_tui.store.commands.review import review_items
    from rectify_tui.store.references import item_ids

    with changing(ctx, "review", ITEM, How(on, None, on_behalf, output_format)) as change:
        ids = change.about(item_ids(change.connection, refs))
        review_items(
            change.draft, ids, fields, on=change.on, seen=seen_revision(ids, rev),
            later=read_later(later),
        )  # fmt: skip
