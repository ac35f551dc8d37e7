"""`rectify return remind` and `received`: those who have not sent theirs, or not as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rectify_tui.cli import base
from rectify_tui.cli.changing import emit_receipt
from rectify_tui.cli.output_file import OutputFile
from rectify_tui.cli.return_ import asked_round, office_settings
from rectify_tui.cli.stores import one_moment, open_store, read_date
from rectify_tui.errors import Refusal

if TYPE_CHECKING:
    from rectify_tui.store.connection import Connection
    from rectify_tui.store.ledger import Ledger
    from rectify_tui.store.return_states import ReturnState


@click.command(
    "remind",
    cls=base.Command,
    help="returns.summary.remind",
    example="rectify return remind\n"
    "rectify return remind 大庆市 鹤岗市 --letters 催报\n"
    "rectify return remind --ics returns.ics",
)
@base.argument("names", metavar="[WHO]...", nargs=-1, help="returns.option.recipient")
@base.option("--week", metavar="DATE", help="returns.option.status_week")
@base.option(
    "--letters", type=click.Path(path_type=Path), metavar="FOLDER", help="returns.option.letters"
)
@base.option("--ics", type=click.Path(path_type=Path), metavar="FILE", help="returns.option.ics")
@base.option("--force", is_flag=True, help="new_file.force")
@click.pass_context
def remind(
    ctx: click.Context, names: tuple[str, ...], week: str | None, letters: Path | None,
    ics: Path | None, force: bool,
) -> None:  # fmt: skip
    """Print a reminder, or write it; leave with 1 where all have come."""
    from rectify_tui.part_file import make_folder
    from rectify_tui.reports.reminders import (
        Reminder,
        awaited,
        letter_name,
        reminder_calendar,
        reminder_letter,
        reminder_text,
    )

    t = base.language_of(ctx)
    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        states = awaited(_named(connection, ledger, week, names))
        reminder = Reminder(states, office_settings().office, ledger.today())
        files = {}
        if letters is not None:
            files = {
                OutputFile(letters / letter_name(each, t), force):
                    reminder_letter(connection, each, reminder, t)
                for each in states
            }  # fmt: skip
        if ics is not None:
            content = reminder_calendar(connection, reminder, t, ledger.clock())
            files[OutputFile(ics, force)] = content
    if not files:
        click.echo(reminder_text(reminder, t))
        return
    if letters is not None:
        make_folder(letters)
    for file in files:
        file.require_free()
    for file, content in files.items():
        file.write(content)
        base.note(ctx, "returns.reminder.written", path=file.path)


@click.command(
    "received",
    cls=base.Command,
    help="returns.summary.received",
    example="rectify return received 大庆市 --how 纸质\n"
    "rectify return received 鹤岗市 黑河市 --on 2020-03-05 --how 电话",
)
@base.argument("names", metavar="WHO...", nargs=-1, required=True, help="returns.option.recipients")
@base.option("--how", default="", metavar="TEXT", help="returns.option.how")
@base.option("--on", metavar="DATE", help="returns.option.received_on")
@base.option("--week", metavar="DATE", help="returns.option.status_week")
@base.option("--reason", metavar="TEXT", help="command.option.reason")
@base.option("--by", "--who", "on_behalf", metavar="NAME", help="command.option.by")
@base.format_option
@click.pass_context
def received(
    ctx: click.Context, names: tuple[str, ...], how: str, on: str | None, week: str | None,
    reason: str | None, on_behalf: str | None, output_format: base.Format,
) -> None:  # fmt: skip
    """Note returns as received."""
    from rectify_tui.intake.returns.status import not_yet_received
    from rectify_tui.reports.returns import state_name
    from rectify_tui.store.commands.returns import RECEIVED, mark_received

    t = base.language_of(ctx)
    with open_store(ctx) as ledger:
        with one_moment(ledger) as connection:
            states = not_yet_received(_named(connection, ledger, week, names))
        with ledger.batch(RECEIVED, reason=reason, on_behalf=on_behalf) as writing:
            ids = [each.id for each in states]
            mark_received(writing.draft, ids, how=how, on=read_date(on, ledger))
    batch = writing.receipt.batch
    if output_format != "table":
        emit_receipt(ctx, output_format, batch=batch, changed=len(states))
        return
    called = t("report.comma").join(state_name(each, t) for each in states)
    base.say(ctx, "returns.received_now", n=len(states), names=called, batch=batch)


def _named(
    connection: Connection, ledger: Ledger, week: str | None, names: tuple[str, ...]
) -> tuple[ReturnState, ...]:
    """The returns of a round by name. Raises `Refusal` where nothing was sent."""
    from rectify_tui.intake.returns.status import named_states
    from rectify_tui.store.return_states import return_states

    cutoff = asked_round(connection, ledger, week)
    if cutoff is None:
        raise Refusal("returns.nothing_out")
    return named_states(return_states(connection, cutoff, ledger.today()), names)
