"""Sums of parts, and the definition behind a stated closure rate."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from rectify_tui.domain.closure import CaseCounts, ClosureRate, matching, rate
from rectify_tui.domain.paragraph.model import (
    CASE_STATES,
    FINDINGS,
    PROGRESS,
    TOTALS,
    Axis,
    Figure,
    RateDefinition,
    Sum,
    What,
)

_AXES = {
    **dict.fromkeys(PROGRESS, Axis.PROGRESS),
    **dict.fromkeys(CASE_STATES, Axis.CASES),
    **dict.fromkeys(FINDINGS, Axis.FINDING),
    **dict.fromkeys(set(What) - PROGRESS - CASE_STATES - FINDINGS - {What.REMAINING}, None),
}


def sums(figures: tuple[Figure, ...]) -> tuple[Sum, ...]:
    """One sum for each total and axis that has parts.

    What is due is no status; it counts as a part only where the other parts are exactly the rest.
    """
    complete = []
    divided = _divided(figures)
    for place, figure in enumerate(figures):
        if figure.what not in TOTALS and figure.what is not What.DUE:
            continue
        parts = _parts(figures, divided.get(place, []))
        rest_axis = _axis_of_rest(figures, parts)
        for axis in Axis:
            along = tuple(p for p in parts if _AXES.get(figures[p].what, rest_axis) is axis)
            if along:
                rest = figure.value - sum(figures[part].value for part in along)
                due = [p for p in parts if figures[p].what is What.DUE and figures[p].value == rest]
                if due and axis is Axis.PROGRESS:
                    along, rest = tuple(sorted([*along, due[0]])), 0
                complete.append(Sum(axis, place, along, int(rest)))
    return tuple(complete)


def rate_definitions(figures: tuple[Figure, ...]) -> tuple[RateDefinition, ...]:
    """For each stated closure rate of cases the definitions that reproduce it."""
    definitions = []
    divided = _divided(figures)
    known: dict[int, CaseCounts] = {}
    for place, figure in enumerate(figures):
        if figure.what is not What.RATE or figure.rate_of not in (
            What.CASES_CLOSED,
            What.COMPLETED,
        ):
            continue
        top = _cases_around(figures, figure)
        if top is None or figures[top].place != figure.place:
            continue
        if top not in known:
            known[top] = _counts(figures, divided, top)
        counts = known[top]
        if any(rate(counts, way) is not None for way in ClosureRate):
            percent = Decimal(str(figure.value))
            places = -(figure.margin * 2).adjusted()
            definitions.append(RateDefinition(place, matching(counts, percent, places)))
    return tuple(definitions)


def _divided(figures: tuple[Figure, ...]) -> dict[int, list[int]]:
    """The positions of the figures inside each figure."""
    divided: dict[int, list[int]] = defaultdict(list)
    for place, figure in enumerate(figures):
        whole = None if figure.within is None else figures[figure.within]
        if whole is None or figure.what is What.RATE or figure.place != whole.place:
            continue  # a rate, or the share of a place
        if figure.within is not None:
            divided[figure.within].append(place)
    return divided


def _parts(figures: tuple[Figure, ...], inside: list[int]) -> list[int]:
    """Parts of a total; a figure said twice counts once."""
    seen: set[tuple[What, int | float]] = set()
    parts = []
    for place in inside:
        figure = (figures[place].what, figures[place].value)
        if figure not in seen:
            seen.add(figure)
            parts.append(place)
    return parts


def _axis_of_rest(figures: tuple[Figure, ...], parts: list[int]) -> Axis:
    """The axis that what remains stands on, by the parts beside it."""
    cases = any(figures[part].what in CASE_STATES for part in parts)
    return Axis.CASES if cases else Axis.PROGRESS


def _cases_around(figures: tuple[Figure, ...], rate: Figure) -> int | None:
    """The total of the cases that a rate speaks of; `None` when it does not speak of cases."""
    top = rate.within
    while top is not None and figures[top].what not in TOTALS:
        top = figures[top].within
    return top if top is not None and figures[top].what is What.CASES_TOTAL else None


def _counts(figures: tuple[Figure, ...], divided: dict[int, list[int]], top: int) -> CaseCounts:
    """What is stated about the cases of a total."""
    values: dict[What, int] = {}
    for part in divided.get(top, []):
        checked = figures[part].what is What.SUBSTANTIATED
        for place in [part, *(divided.get(part, []) if checked else [])]:
            values.setdefault(figures[place].what, int(figures[place].value))
    completed = values.get(What.COMPLETED)
    return CaseCounts(
        total=int(figures[top].value),
        closed=values.get(What.CASES_CLOSED, completed),
        interim=values.get(What.CASES_INTERIM),
        completed=completed,
        substantiated=values.get(What.SUBSTANTIATED),
    )
