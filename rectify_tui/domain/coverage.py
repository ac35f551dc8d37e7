"""Coverage: "n of N by place", against targets by day (`domain.md`, Coverage)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple


class Stated(NamedTuple):
    """What was stated of a place: `done` of `due`; None for what was not said."""

    done: int | None
    due: int | None

    @property
    def rate(self) -> Fraction | None:
        """Done ÷ due; None unless both are known and something is due."""
        if self.done is None or not self.due:
            return None
        return Fraction(self.done, self.due)


class Target(NamedTuple):
    """From which day which share is to be done, in percent."""

    due_on: date
    percent: int


NOTHING = Stated(None, None)
"""Of a place of which nothing was stated."""


class Covered(NamedTuple):
    """What a place comes to: what was stated of it (`own`), and what its `parts` come to."""

    own: Stated
    parts: Stated

    @property
    def total(self) -> Stated:
        """What was stated of the place itself; what was not said of it is that of its parts."""
        own, parts = self.own, self.parts
        return Stated(
            parts.done if own.done is None else own.done, parts.due if own.due is None else own.due
        )

    @property
    def differs(self) -> bool:
        """Whether the place itself was stated to have something else than its parts come to."""
        pairs = ((self.own.done, self.parts.done), (self.own.due, self.parts.due))
        return any(None not in pair and pair[0] != pair[1] for pair in pairs)


def covered(
    stated: Mapping[int, Stated], chains: Mapping[int, Iterable[int]]
) -> dict[int, Covered]:
    """What every place comes to of which, or below which, something was stated.

    `stated` is by place, `chains` has the places from the nation down to each of those. What was
    stated of a place itself holds for it; what was not said of it is summed from the nearest places
    below of which it was. So nothing is counted twice, and a place is never told to have what only
    some of its parts have said where it has spoken itself.
    """
    done = _summed({id: each.done for id, each in stated.items()}, chains)
    due = _summed({id: each.due for id, each in stated.items()}, chains)
    places = {place for chain in chains.values() for place in chain}
    return {
        place: Covered(stated.get(place, NOTHING), Stated(done.get(place), due.get(place)))
        for place in places
    }


def _summed(
    numbers: Mapping[int, int | None], chains: Mapping[int, Iterable[int]]
) -> dict[int, int]:
    """By place, the sum of the nearest places below it that have a number."""
    sums: dict[int, int] = {}
    for id, number in numbers.items():
        if number is None:
            continue
        for place in reversed(list(chains[id])[:-1]):
            sums[place] = sums.get(place, 0) + number
            if numbers.get(place) is not None:  # which speaks for itself further up
                break
    return sums


def target_on(targets: Iterable[Target], day: date) -> Target | None:
    """The target that holds on a day: the latest that has come due; of one day the highest."""
    come = [target for target in targets if target.due_on <= day]
    return max(come, key=lambda target: (target.due_on, target.percent), default=None)


def next_target(targets: Iterable[Target], day: date) -> Target | None:
    """The target that comes due next after a day."""
    ahead = [target for target in targets if target.due_on > day]
    return min(ahead, key=lambda target: (target.due_on, -target.percent), default=None)


def lags(total: Stated, target: Target | None) -> bool:
    """Whether a place has less than the target that has come due.

    Nobody lags before a target has come due, nor where nothing is known to compare.
    """
    if target is None or total.rate is None:
        return False
    return total.rate * 100 < target.percent


def missing(total: Stated, target: Target | None) -> int | None:
    """How many more have to be done to meet a target; None where that cannot be told."""
    if target is None or total.done is None or total.due is None:
        return None
    needed = -(-total.due * target.percent // 100)
    return max(needed - total.done, 0)
