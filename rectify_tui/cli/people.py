"""`rectify people`: whom to ask, and what they are in charge of."""

from __future__ import annotations

import click

from rectify_tui.cli import base
from rectify_tui.cli.listing import ListCommand
from rectify_tui.cli.stores import one_moment, open_store, read_date
from rectify_tui.domain.filter_fields import ITEM_FIELDS
from rectify_tui.domain.filter_text import parse_filter
from rectify_tui.store.people import PeopleBy, people
from rectify_tui.store.queue import QueueQuery


@click.command(
    "people",
    cls=ListCommand,
    help="people.help",
    example="rectify people\nrectify people --by person region:大庆\n"
    "rectify people --by unit --as-of 2019-12-31 --format csv",
)
@base.argument("filter", nargs=-1, help="command.list.filter")
@base.option(
    "--by", type=base.WordChoice(PeopleBy, "people.by"), default=PeopleBy.UNIT.value,
    show_default=True, help="command.rollup.by_any",
)  # fmt: skip
@base.option("--as-of", metavar="DATE", help="command.option.as_of")
@base.format_option
@click.pass_context
def people_command(
    ctx: click.Context, filter: tuple[str, ...], by: str, as_of: str | None,
    output_format: base.Format,
) -> None:  # fmt: skip
    """Print the people with their open lines and their promises."""
    from rectify_tui.reports.closeout import office_waits
    from rectify_tui.reports.people import people_table

    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        day = read_date(as_of, ledger) or ledger.today()
        wanted = parse_filter(" ".join(filter), ITEM_FIELDS, today=day)
        found = people(connection, QueueQuery(day, day, wanted, waits=office_waits()), PeopleBy(by))
        table = people_table(found, PeopleBy(by), base.language_of(ctx), day)
        base.emit(ctx, table, output_format)
