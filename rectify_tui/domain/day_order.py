"""Days with the year last: 31/12/2021 and 12/31/2021, told apart by the column they stand in.

Such a day is read where only one order makes a day of it. 03/04/2021 is read in the order in which
alone all days of its column make sense, and is otherwise left to people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from rectify_tui.domain.text import clean, narrow

_DAY = re.compile(
    r"(?P<a>[0-9]{1,2})(?P<sep>[-/.])(?P<b>[0-9]{1,2})(?P=sep)(?P<c>(?:19|20|21)?[0-9]{2})"
    r"(?:[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[AaPp][Mm])?)?"
)


class Order(StrEnum):
    """In which order year, month and day stand."""

    YEAR_FIRST = "year_first"
    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


def possible_days(text: str) -> Mapping[Order, date]:
    """What a text means in each order in which it is a day; empty for all other texts.

    A year of two digits is one of this century; only such a one may stand first.
    """
    match = _DAY.fullmatch(narrow(clean(text)))
    if not match:
        return {}
    a, b, c = int(match["a"]), int(match["b"]), int(match["c"])
    year = c if len(match["c"]) == 4 else 2000 + c
    orders = {Order.DAY_FIRST: (year, b, a), Order.MONTH_FIRST: (year, a, b)}
    if len(match["c"]) == 2 and len(match["a"]) == 2:
        orders[Order.YEAR_FIRST] = (2000 + a, b, c)
    return {order: day for order, parts in orders.items() if (day := _day(*parts))}


def order_of(texts: Iterable[str]) -> Order | None:
    """The order in which alone all such days of a column make sense; None where there is none."""
    orders = set(Order)
    for text in texts:
        if days := possible_days(text):
            orders &= days.keys()
    return orders.pop() if len(orders) == 1 else None


def day_in(text: str, order: Order | None) -> date | None:
    """The day that a text means by itself or, if it may mean two, in the order of its column."""
    days = possible_days(text)
    if len(set(days.values())) == 1:
        return next(iter(days.values()))
    return days.get(order) if order else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
