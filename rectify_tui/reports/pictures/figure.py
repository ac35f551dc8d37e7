"""The figures that a picture can show of a place, and how good or bad each is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from enum import IntEnum, StrEnum
from typing import NamedTuple

from rectify_tui.domain.figures import Tally
from rectify_tui.domain.status import CaseStatus, Group
from rectify_tui.i18n import Language
from rectify_tui.reports.table import Kind
from rectify_tui.store.rollup_read import RollupRow


class Figure(StrEnum):
    """What a picture tells of each place."""

    COMPLETION = "completion"
    BEHIND = "behind"
    CLOSURE = "closure"
    WEEK = "week"
    DISAGREEMENT = "disagreement"


class Level(IntEnum):
    """How a place stands, from worst to best; `EVEN` is the middle."""

    WORST = 0
    BAD = 1
    EVEN = 2
    GOOD = 3
    BEST = 4


KINDS: Mapping[Figure, Kind] = {
    Figure.COMPLETION: "percent", Figure.BEHIND: "count", Figure.CLOSURE: "percent",
    Figure.WEEK: "points", Figure.DISAGREEMENT: "count",
}  # fmt: skip
"""How each figure is written."""

BOUNDS: Mapping[Figure, tuple[float, float, float, float]] = {
    Figure.COMPLETION: (-0.10, -0.03, 0.03, 0.10), Figure.CLOSURE: (-0.05, -0.01, 0.01, 0.05),
    Figure.WEEK: (-0.02, -0.0005, 0.0005, 0.02), Figure.BEHIND: (0.00001, 0.05, 0.10, 0.20),
    Figure.DISAGREEMENT: (0.00001, 0.05, 0.10, 0.20),
}  # fmt: skip
"""Where one level ends and the next begins: of a rate by how far it is from the average, of a
change by how large it is, of a count by its share of all items, where little is good."""

AGAINST_AVERAGE = frozenset({Figure.COMPLETION, Figure.CLOSURE})
LITTLE_IS_GOOD = frozenset({Figure.BEHIND, Figure.DISAGREEMENT})


class Value(NamedTuple):
    """A figure of a place; None for both where it has no such figure."""

    number: float | None
    level: Level | None


class Lines(NamedTuple):
    """The lines of a rollup with all that their figures are made of, by the id of each line."""

    now: Sequence[RollupRow]
    before: Mapping[int, Tally]
    disagreeing: Mapping[int, int]

    def average(self, figure: Figure) -> float | None:
        """The rate of all places together that are ones of their own, as reports rank them."""
        tallies = [row.tally for row in self.now if not row.own]
        parts, whole = (
            (sum(_closed(each) for each in tallies), sum(each.cases_total for each in tallies))
            if figure is Figure.CLOSURE
            else (sum(_done(each) for each in tallies), sum(each.total for each in tallies))
        )
        return parts / whole if whole else None

    def values(self, figure: Figure) -> dict[int, Value]:
        """The figure of each line."""
        average = self.average(figure) if figure in AGAINST_AVERAGE else None
        return {row.id: self._value(figure, row, average) for row in self.now}

    def number(self, figure: Figure, row: RollupRow) -> float | None:
        """The figure of one line."""
        tally, before = row.tally, self.before.get(row.id)
        if figure is Figure.CLOSURE:
            return tally.case_closure_rate
        if figure is Figure.WEEK:
            return _moved(tally.completion_rate, before.completion_rate if before else None)
        if not tally.total:
            return None
        if figure is Figure.COMPLETION:
            return tally.completion_rate
        if figure is Figure.BEHIND:
            return tally.groups[Group.BEHIND]
        return self.disagreeing.get(row.id, 0)

    def _value(self, figure: Figure, row: RollupRow, average: float | None) -> Value:
        number = self.number(figure, row)
        if number is None:
            return Value(None, None)
        measured = number
        if figure in LITTLE_IS_GOOD:
            measured = number / row.tally.total
        elif average is not None:
            measured = number - average
        level = bisect_right(BOUNDS[figure], round(measured, 9))
        return Value(number, Level(4 - level if figure in LITTLE_IS_GOOD else level))


def level_words(figure: Figure, level: Level, t: Language) -> str:
    """From where to where a level reaches: `-10 ~ -3`, `+10 and up`."""
    at = 4 - level if figure in LITTLE_IS_GOOD else int(level)
    edges = [_edge(figure, bound) for bound in BOUNDS[figure]]
    if at == 0:
        return "0%" if figure in LITTLE_IS_GOOD else t("pictures.below", edge=edges[0])
    if at == len(edges):
        return t("pictures.above", edge=edges[-1])
    low, high = edges[at - 1], edges[at]
    return low if low == high else t("pictures.between", low=low, high=high)


def _edge(figure: Figure, bound: float) -> str:
    if figure in LITTLE_IS_GOOD:
        return f"{bound:.0%}"
    whole = round(bound * 100)
    return f"{whole:+}" if whole else "0"


def _done(tally: Tally) -> int:
    return tally.groups[Group.COMPLETED]


def _closed(tally: Tally) -> int:
    return tally.cases[CaseStatus.CLOSED]


def _moved(now: float | None, before: float | None) -> float | None:
    return None if now is None or before is None else now - before
