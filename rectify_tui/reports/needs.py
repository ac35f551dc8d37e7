"""What the week still needs of an office: what is easily counted and somebody has to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from rectify_tui.domain.dates import week_of
from rectify_tui.domain.filter_fields import ITEM_FIELDS
from rectify_tui.domain.filter_text import parse_filter
from rectify_tui.domain.period import last_ended
from rectify_tui.reports.weekly.settings import Settings
from rectify_tui.store.connection import Connection
from rectify_tui.store.entered import has_any
from rectify_tui.store.frozen import has_report
from rectify_tui.store.items import ITEMS
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.listing import ListQuery, count_rows
from rectify_tui.store.rounds import cutoffs


class NeedKind(StrEnum):
    """What is lacking, in the order in which a week is worked through."""

    REASON = "reason"  # items are behind and nobody has said why
    PROMISE = "promise"  # what was promised for this week or before, and is not completed
    DUE = "due"  # deadlines from today to the end of the week
    RETURN = "return"  # returns of this week's round that have not come back
    REPORT = "report"  # the report of the period that ended last is not frozen


class Need(NamedTuple):
    """Something that is lacking, `n` times; of items, `filter` lists them."""

    kind: NeedKind
    n: int
    filter: str = ""


def read_needs(ledger: Ledger, settings: Settings) -> tuple[Need, ...]:
    """What the week of today lacks; what it does not lack is left out. Called in a thread."""
    connection, today = ledger.reader(), ledger.today()
    first, last = week_of(today, settings.week_ends_on)
    with connection.snapshot():
        counted = [
            *(Need(kind, _count(ledger, text), text) for kind, text in _filters(today, last)),
            Need(NeedKind.RETURN, _returns_missing(connection, first, today)),
            Need(NeedKind.REPORT, _reports_missing(connection, settings, today)),
        ]
    return tuple(need for need in counted if need.n)


def _filters(today: date, last: date) -> Iterator[tuple[NeedKind, str]]:
    unfinished = "-group:completed -group:merged"
    yield NeedKind.REASON, "group:behind reason:none"
    yield NeedKind.PROMISE, f"promised<={last.isoformat()} {unfinished}"
    yield NeedKind.DUE, f"due:{today.isoformat()}..{last.isoformat()} {unfinished}"


def _count(ledger: Ledger, text: str) -> int:
    wanted = parse_filter(text, ITEM_FIELDS, today=ledger.today())
    return count_rows(ledger, ITEMS, ListQuery(wanted))


def _returns_missing(connection: Connection, first: date, today: date) -> int:
    """How many returns of the newest round are awaited, where that is a round of this week."""
    cutoff = next(iter(cutoffs(connection)), None)
    if cutoff is None or cutoff < first:
        return 0
    from rectify_tui.store.return_states import return_states

    states = return_states(connection, cutoff, today)
    return sum(each.state != "received" for each in states)


def _reports_missing(connection: Connection, settings: Settings, today: date) -> int:
    """1 where the newest period that has ended has figures and no report in force."""
    period = last_ended(today, settings.period, settings.week_ends_on)
    return int(not has_report(connection, period) and has_any(connection, period.cutoff))
