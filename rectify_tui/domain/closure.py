"""Closure rate of cases: offices use three definitions, and a rate is only worth its definition."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple


class ClosureRate(StrEnum):
    """What is divided by what. Source: the definitions in use (domain.md, Cases)."""

    CLOSED = "closed"
    """Closed ÷ all."""
    CLOSED_AND_INTERIM = "closed_and_interim"
    """(Closed + interim) ÷ all."""
    COMPLETED_OF_SUBSTANTIATED = "completed_of_substantiated"
    """Completed ÷ substantiated."""


class CaseCounts(NamedTuple):
    """Counts that a closure rate is made of; `None` is a count that nobody stated."""

    total: int | None = None
    closed: int | None = None
    interim: int | None = None
    completed: int | None = None
    substantiated: int | None = None


def rate(counts: CaseCounts, definition: ClosureRate) -> float | None:
    """The rate as a fraction of one, or `None` where a count is missing or the divisor is zero."""
    exact = _exact(counts, definition)
    return None if exact is None else float(exact)


def matching(counts: CaseCounts, stated_percent: Decimal, places: int) -> tuple[ClosureRate, ...]:
    """The definitions that give the stated percentage when printed with `places` decimals.

    Half a unit of the last place counts on both sides, since offices round halves either way.
    """
    stated = Fraction(stated_percent)
    margin = Fraction(1, 2 * 10**places)
    definitions = []
    for definition in ClosureRate:
        exact = _exact(counts, definition)
        if exact is not None and abs(exact * 100 - stated) <= margin:
            definitions.append(definition)
    return tuple(definitions)


def _exact(counts: CaseCounts, definition: ClosureRate) -> Fraction | None:
    whole = counts.total
    match definition:
        case ClosureRate.CLOSED:
            part = counts.closed
        case ClosureRate.CLOSED_AND_INTERIM:
            closed, interim = counts.closed, counts.interim
            part = None if closed is None or interim is None else closed + interim
        case ClosureRate.COMPLETED_OF_SUBSTANTIATED:
            part, whole = counts.completed, counts.substantiated
    return Fraction(part, whole) if part is not None and whole else None
