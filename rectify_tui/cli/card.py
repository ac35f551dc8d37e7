"""`rectify card list|suggest|give`: blue, yellow and red cards."""

from __future__ import annotations

import click

from rectify_tui.cli import base
from rectify_tui.cli.output_file import OutputFile, output_option
from rectify_tui.cli.stores import one_moment, open_store, read_date
from rectify_tui.domain.points import Colour
from rectify_tui.store.references import item_ids

card = base.Group("card", help="card.help.help")


@card.command(
    "list",
    help="card.help.list",
    example="rectify card list\nrectify card list 大庆市水务局 --format csv",
)
@base.argument("unit", required=False, help="card.help.unit")
@base.option("--as-of", metavar="DATE", help="command.option.as_of")
@base.format_option
@click.pass_context
def list_cards(
    ctx: click.Context, unit: str | None, as_of: str | None, output_format: base.Format
) -> None:
    """Print the cards that were given."""
    from rectify_tui.reports.points.tables import card_table
    from rectify_tui.store.cards import cards
    from rectify_tui.store.commands.cards import card_unit

    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        day = read_date(as_of, ledger) or ledger.today()
        unit_id = card_unit(connection, unit).unit_id if unit else None
        table = card_table(cards(connection, day, unit_id), base.language_of(ctx), day)
        base.emit(ctx, table, output_format)


@card.command(
    "suggest",
    help="card.help.suggest",
    example="rectify card suggest\nrectify card suggest --as-of 2020-03-31 --format json",
)
@base.option("--as-of", metavar="DATE", help="command.option.as_of")
@base.format_option
@click.pass_context
def suggest(ctx: click.Context, as_of: str | None, output_format: base.Format) -> None:
    """Print the cards that are due by rule."""
    from rectify_tui.paths import config_folder
    from rectify_tui.reports.points.giving import due_cards
    from rectify_tui.reports.points.settings import FILE, read_point_settings
    from rectify_tui.reports.points.tables import suggested_table
    from rectify_tui.store.labels import labels
    from rectify_tui.store.records import ITEM

    rules = read_point_settings(config_folder() / FILE).cards
    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        day = read_date(as_of, ledger) or ledger.today()
        due = due_cards(connection, rules, day)
        refs = labels(connection, ITEM, {each.item_id for _, _, items in due for each in items})
        base.emit(ctx, suggested_table(due, refs, base.language_of(ctx), day), output_format)


@card.command(
    "give",
    help="card.help.give",
    example="rectify card give 大庆市水务局 --colour yellow\n"
    "rectify card give 大庆市水务局 --colour 红牌 --items HLJ-2018/58-60 --given-by 王局长"
    " --reason 长期滞后 -o 红牌.docx",
)
@base.argument("unit", help="card.help.unit")
@base.option(
    "--colour", type=base.WordChoice(Colour, "card.colour"), required=True, help="card.help.colour"
)
@base.option("--items", multiple=True, metavar="REF", help="card.help.items")
@base.option("--given-by", default="", metavar="NAME", help="card.help.given_by")
@base.option("--on", metavar="DATE", help="command.option.on")
@base.option("--reason", default="", metavar="TEXT", help="command.option.reason")
@base.option("--by", "on_behalf", metavar="NAME", help="command.option.by")
@output_option("card.help.output", metavar="FILE.docx")
@click.pass_context
def give_command(
    ctx: click.Context, unit: str, colour: str, items: tuple[str, ...], given_by: str,
    on: str | None, reason: str, on_behalf: str | None, output: OutputFile | None,
) -> None:  # fmt: skip
    """Give a card, and write its letter."""
    from rectify_tui.paths import config_folder
    from rectify_tui.reports.points.giving import Giving, card_letter, give
    from rectify_tui.reports.points.settings import FILE, read_point_settings
    from rectify_tui.store.commands.cards import card_unit
    from rectify_tui.store.points import unit_points

    settings, t = read_point_settings(config_folder() / FILE), base.language_of(ctx)
    with open_store(ctx) as ledger:
        day = read_date(on, ledger) or ledger.today()
        with ledger.batch("card", on_behalf=on_behalf, reason=reason or None) as writing:
            connection = writing.draft.connection
            giving = Giving(card_unit(connection, unit), Colour(colour), given_by, reason)
            named = item_ids(connection, items) if items else None
            id, ids = give(writing.draft, giving, named, settings, day)
            if output is not None:  # no card is given whose letter could not be written
                content = card_letter(connection, giving, ids, settings, day, t)
                output.require_free()
        base.say(
            ctx, "card.given", name=giving.unit.name, colour=t(f"card.colour.{colour}"),
            n=len(ids), id=id, batch=writing.receipt.batch,
        )  # fmt: skip
        (after,) = unit_points(ledger.reader(), ledger.today(), giving.unit.unit_id)
    left = after.record.points(settings.table, ledger.today())
    base.note(ctx, "card.points", name=giving.unit.name, points=left)
    if output is not None:
        output.write(content)
        base.note(ctx, "card.written", path=output.path)
