"""What lists share: a filter spelled on the command line, an order, a limit, a day."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from rectify_tui.cli import base
from rectify_tui.cli.stores import one_moment, read_date
from rectify_tui.domain.fields import Fields
from rectify_tui.domain.filter import Filter

if TYPE_CHECKING:
    from rectify_tui.domain.filter_fields import FieldSpec
    from rectify_tui.i18n import Language
    from rectify_tui.reports.windows import Ids
    from rectify_tui.store.ledger import Ledger
    from rectify_tui.store.listing import Listing, ListQuery

_F = TypeVar("_F", bound=Callable[..., Any])

SCREENFUL = 200
"""Rows that a table on a terminal stops at unless told otherwise."""

_NEGATED = re.compile(r"-(?=[^\W\d_]\w*(?:[:：<>=＜＞＝≤≥])|[^\x00-\x7f\s])")


class ListCommand(base.Command):
    """A command that takes a filter, in which `-unit:水务局` is a negated term and no option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command line."""
        return super().parse_args(ctx, [_NEGATED.sub("!", arg, count=1) for arg in args])


class Asked(NamedTuple):
    """What the user asked of a list, as typed."""

    filter: tuple[str, ...]
    sort: str
    desc: bool
    limit: int | None
    as_of: str | None
    output_format: base.Format

    @property
    def full(self) -> bool:
        """Whether every field is wanted: in what other programs read."""
        return self.output_format in ("json", "csv")

    @property
    def most(self) -> int | None:
        """How many rows at most; None for all."""
        if self.limit is None and self.output_format == "table" and sys.stdout.isatty():
            return SCREENFUL
        return self.limit


def list_options(fields: Fields) -> Callable[[_F], Callable[..., Any]]:
    """Give a command a filter, an order, a limit, a day and a format, together as `asked`."""
    orders = fields.orders
    words = {name: f"{field.title_key}.title" for name, field in orders.items()}

    def give(function: _F) -> Callable[..., Any]:
        @wraps(function)
        def bundled(
            *, filter: tuple[str, ...], sort: str, desc: bool, limit: int | None,
            as_of: str | None, output_format: base.Format, **rest: Any,
        ) -> Any:  # fmt: skip
            return function(asked=Asked(filter, sort, desc, limit, as_of, output_format), **rest)

        command: Callable[..., Any] = bundled
        for decorate in (
            base.format_option,
            base.option("--as-of", metavar="DATE", help="command.option.as_of"),
            base.option("--limit", type=click.IntRange(1), metavar="N", help="command.list.limit"),
            base.option("--desc", is_flag=True, help="command.list.desc"),
            base.option(
                "--sort", type=base.WordChoice(orders, words), default="number", show_default=True,
                help="command.list.sort",
            ),
            base.argument("filter", nargs=-1, help="command.list.filter"),
        ):  # fmt: skip
            command = decorate(command)
        return command

    return give


class Found(NamedTuple):
    """Which rows a list has, in order, and what is said below them."""

    ids: Ids
    as_of: date | None
    today: date
    notes: tuple[str, ...]


def query_of(asked: Asked, fields: Mapping[str, FieldSpec], ledger: Ledger) -> ListQuery:
    """The query for a list. Raises `Problem` for a filter or a day that cannot be read."""
    from rectify_tui.store.listing import ListQuery

    as_of = read_date(asked.as_of, ledger)
    wanted = _wanted(asked, fields, as_of or ledger.today())
    return ListQuery(wanted, asked.sort, asked.desc, as_of)


def _wanted(asked: Asked, fields: Mapping[str, FieldSpec], today: date) -> Filter:
    """What the words of the filter say; most lists have none."""
    if not asked.filter:
        return Filter()
    from rectify_tui.domain.filter_text import parse_filter

    return parse_filter(" ".join(asked.filter), fields, today=today)


def find(listing: Listing, asked: Asked, t: Language, what: str) -> Found:
    """The rows of a list of `items` or `cases` (`what`). Raises `Problem` for unknown names."""
    from rectify_tui.reports.windows import row_ids

    with one_moment(listing.ledger):
        ids = row_ids(listing, asked.most)
        count = listing.count()
    cut = "" if len(ids) == count else "_cut"
    told = t(f"report.count.{what}{cut}", n=count, shown=len(ids))
    more = () if asked.limit or not cut else (t("command.list.more"),)
    as_of = listing.query.as_of
    return Found(ids, as_of, listing.ledger.today(), (told, *more))
