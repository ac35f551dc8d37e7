"""What commands that change something share: from which day, why, for whom, what came of it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from rectify_tui.cli import base
from rectify_tui.cli.stores import open_store, read_date
from rectify_tui.domain.timeline import Later
from rectify_tui.errors import Problem, Refusal
from rectify_tui.reports.table import Table

if TYPE_CHECKING:
    from rectify_tui.store.connection import Connection
    from rectify_tui.store.draft import Draft
    from rectify_tui.store.ledger import Ledger

_F = TypeVar("_F", bound=Callable[..., Any])


class How(NamedTuple):
    """How a change is to be made: from which day, how long, why, on whose behalf; its receipt."""

    on: str | None
    reason: str | None
    on_behalf: str | None
    output_format: base.Format
    later: Later | None = None


@dataclass
class Change:
    """A change in the making. What is added to `ids` is what the user is told about."""

    ledger: Ledger
    draft: Draft
    on: date | None
    ids: dict[int, None] = field(default_factory=dict)

    @property
    def connection(self) -> Connection:
        """The connection that the change is written through."""
        return self.draft.connection

    def about(self, ids: Collection[int]) -> list[int]:
        """Remember which records the change is about."""
        self.ids.update(dict.fromkeys(ids))
        return list(ids)


def change_options(function: _F) -> Callable[..., Any]:
    """Give a command `--on`, `--reason`, `--by` and `--format`, which it gets together as `how`."""

    @wraps(function)
    def bundled(
        *, on: str | None, reason: str | None, on_behalf: str | None, output_format: base.Format,
        later: str | None = None, **rest: Any,
    ) -> Any:  # fmt: skip
        how = How(on, reason, on_behalf, output_format, read_later(later))
        return function(how=how, **rest)

    command: Callable[..., Any] = bundled
    for decorate in (
        base.format_option,
        base.option("--by", "on_behalf", metavar="NAME", help="command.option.by"),
        base.option("--reason", metavar="TEXT", help="command.option.reason"),
        base.option("--on", metavar="DATE", help="command.option.on"),
    ):
        command = decorate(command)
    return command


def later_options(function: _F) -> Callable[..., Any]:
    """Give a command that takes `how` also `--from-then-on` and `--until-next`."""
    command: Callable[..., Any] = function
    for each in (Later.UNTIL_NEXT, Later.FROM_THEN_ON):
        name = each.replace("_", "-")
        command = base.option(
            f"--{name}", "later", flag_value=each.value, help=f"command.option.{each.value}"
        )(command)
    return command


def read_later(option: str | None) -> Later | None:
    """What the options of `later_options` say."""
    return Later(option) if option else None


@contextlib.contextmanager
def changing(ctx: click.Context, kind: str, entity: str, how: How) -> Iterator[Change]:
    """One batch on the store; afterwards the user is told what it came to and how to undo it.

    Raises what the commands raise; a record that somebody else changed is told in words.
    """
    from rectify_tui.store.commands.holding import SaidLater
    from rectify_tui.store.commands.stale import Stale

    with open_store(ctx) as ledger:
        day = read_date(how.on, ledger)
        try:
            with ledger.batch(kind, on_behalf=how.on_behalf, reason=how.reason) as writing:
                change = Change(ledger, writing.draft, day)
                yield change
        except Stale as stale:
            raise _in_words(ctx, ledger, entity, stale) from stale
        except SaidLater as refusal:
            raise _both_ways(ctx, ledger, entity, refusal) from refusal
        _tell(ctx, change, entity, writing.receipt.batch, how.output_format)


def _in_words(ctx: click.Context, ledger: Ledger, entity: str, stale: Any) -> Refusal:
    from rectify_tui.reports.labels import moment
    from rectify_tui.reports.words import Words

    words = Words(ledger.reader(), base.language_of(ctx))
    return Refusal(
        "change.stale",
        ref=stale.ref,
        who=stale.params["who"],
        when=moment(str(stale.params["when"])).label,
        yours=words.values(entity, stale.yours),
        theirs=words.values(entity, stale.theirs),
    )


def _both_ways(ctx: click.Context, ledger: Ledger, entity: str, refusal: Any) -> Refusal:
    from rectify_tui.reports.holding import in_words
    from rectify_tui.reports.words import Words

    return in_words(refusal, Words(ledger.reader(), base.language_of(ctx)), entity)


def _tell(
    ctx: click.Context, change: Change, entity: str, batch: int | None, output_format: base.Format
) -> None:
    from rectify_tui.reports.history import told_changes
    from rectify_tui.reports.holding import otherwise_now
    from rectify_tui.reports.region_time import told_of_time
    from rectify_tui.reports.words import Words
    from rectify_tui.store.log import batch_log

    connection = change.ledger.reader()
    entries = [] if batch is None else batch_log(connection, batch, limit=None)
    entries = [
        entry
        for entry in entries
        if entry.entity == entity and (not change.ids or entry.entity_id in change.ids)
    ]
    changed = dict.fromkeys(entry.entity_id for entry in entries)
    if output_format != "table":
        emit_receipt(ctx, output_format, batch=batch, changed=len(changed))
    elif batch is None:
        base.say(ctx, "command.unchanged", records=named(ctx, connection, entity, change.ids))
    elif not changed and change.ids:
        records = named(ctx, connection, entity, change.ids)
        base.say(ctx, "command.others_changed", records=records, batch=batch)
    else:
        words = Words(connection, base.language_of(ctx))
        told = told_changes(entries, words, alone=len(changed) == 1)
        verb = "changed" if told else "added"
        records = named(ctx, connection, entity, changed)
        base.say(ctx, f"command.{verb}", records=records, told=told, batch=batch)
        if now := otherwise_now(entries, words, entity):
            base.say(ctx, "command.otherwise_now", now=now)
        if told_time := told_of_time(entries, words):
            base.say(ctx, "command.region.out_of_time", told=told_time)


def emit_receipt(ctx: click.Context, output_format: base.Format, **row: object) -> None:
    """Print what a change came to as one row."""
    from rectify_tui.reports.labels import columns

    t = base.language_of(ctx)
    wanted = columns(t, *((name, "count") for name in row))
    base.emit(ctx, Table(t("command.receipt"), wanted, [row]), output_format)


_NAMED = 100
_SHOWN_CELLS = 60


def named(ctx: click.Context, connection: Connection, entity: str, ids: Collection[int]) -> str:
    """What records are called, briefly: `HLJ-2018/3-9,14`, and how many where that is not plain."""
    from itertools import islice

    from rectify_tui.domain.reference import format_references
    from rectify_tui.domain.text import shorten
    from rectify_tui.store.labels import labels
    from rectify_tui.store.records import ITEM

    t = base.language_of(ctx)
    names = [*labels(connection, entity, islice(ids, _NAMED)).values()]
    if entity == ITEM:
        pairs = (name.partition("/") for name in names)
        text = format_references((code, number) for code, _, number in pairs)
    else:
        text = t("report.comma").join(names)
    if len(ids) == 1:
        return text
    if len(ids) > _NAMED:
        return t("command.records", n=len(ids))
    return t("command.named_records", n=len(ids), names=shorten(text, _SHOWN_CELLS))


def seen_revision(ids: list[int], rev: int | None) -> dict[int, int] | None:
    """The revision that the author saw. Raises `Problem` where it is given for several records."""
    if rev is None:
        return None
    if len(ids) != 1:
        raise Problem("command.one_for_rev", n=len(ids))
    return {ids[0]: rev}
