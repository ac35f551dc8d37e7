"""Drawing a sample that nobody can have chosen, and what its visits allow to say.

The population is a list of lines, fixed before anybody can know what will be drawn. Afterwards a
nonce is announced; SHA-256 of the head of the ledger's history and the nonce is the seed, and
everything else follows from seed and list, with nothing but SHA-256 and division:

1. Lines of a class that is visited whole are taken.
2. Every other county that is watched is drawn by itself, the rest together (`sample_size`).
3. Counties are put in the order of SHA-256 of `seed/county`. Along that order shares are added up,
   and a county gets as many lines as there are whole numbers between its ends, shifted by a start
   that is SHA-256 of `seed/start` as a fraction: so many as its share, rounded up or down by
   chance, and each line has the same chance.
4. Within a county lines are taken in the order of SHA-256 of `seed/reference`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from hashlib import sha256

from rectify_tui.domain.text import clean, narrow
from rectify_tui.errors import Problem

TOLERABLE = Fraction(5, 100)
CONFIDENCE = Fraction(95, 100)
"""What is asked for where nobody says otherwise."""


class Whole(StrEnum):
    """Why a line is visited whatever is drawn, the first that applies."""

    MAJOR = "major"
    REFUTED = "refuted"  # earlier, by a visit
    REPEATED = "repeated"  # people complain again and again
    ALL = "all"  # everything was asked for


@dataclass(frozen=True, slots=True)
class Line:
    """An item of the population: its reference, its county, and how it is drawn.

    `whole` is empty for a line that is drawn. A county that is `watched` is drawn by itself.
    """

    ref: str
    county: str
    whole: Whole | None = None
    watched: bool = False


@dataclass(frozen=True)
class Part:
    """A part of the population that is drawn by itself, and the references that were taken.

    `county` is that of a watched county, and empty; `whole` says that nothing was left to chance.
    """

    county: str
    size: int
    taken: tuple[str, ...]
    whole: bool = False


@dataclass(frozen=True)
class Sample:
    """What was drawn."""

    seed: str
    parts: tuple[Part, ...]

    @property
    def refs(self) -> tuple[str, ...]:
        """All references that were taken, part by part."""
        return tuple(ref for part in self.parts for ref in part.taken)


_SHARE = re.compile(r"(\d{1,3}(?:\.\d{1,12})?)(%?)")


def read_share(text: str) -> Fraction:
    """`5%` or `0.05`. Raises `Problem` for what is no share between 0 and 1, both left out."""
    found = _SHARE.fullmatch(narrow(clean(text)).strip())
    share = Fraction(found[1]) / (100 if found[2] else 1) if found else Fraction(0)
    if not 0 < share < 1:
        raise Problem("draw.bad_share", text=text)
    return share


# sizes


def false_limit(size: int, tolerable: Fraction) -> int:
    """The fewest false lines that are no longer tolerable among so many: at least that share."""
    return max(1, math.ceil(size * tolerable))


def misses(size: int, false: int, n: int) -> Fraction:
    """The chance that n of so many lines show none of the false ones: hypergeometric, exact."""
    if false > size - n:
        return Fraction(0)
    few, many = sorted((false, n))  # the two are exchangeable, and the smaller is less work
    return Fraction(math.perm(size - many, few), math.perm(size, few))


@lru_cache(maxsize=1024)
def sample_size(
    size: int, tolerable: Fraction = TOLERABLE, confidence: Fraction = CONFIDENCE
) -> int:
    """How many of so many lines have to be visited to reject an intolerable share of false ones.

    The fewest for which, if nothing is found, a false share of `tolerable` or more would have been
    missed with a chance of at most 1 - `confidence`.
    """
    if size == 0:
        return 0
    false, chance = false_limit(size, tolerable), 1 - confidence
    return _first(1, size, lambda n: misses(size, false, n) <= chance)


def _first(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """The first number for which something holds that goes on holding, `high` where none before."""
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


# drawing


def seed_of(head: str, nonce: str) -> str:
    """The seed: SHA-256 of the head of history and the nonce, with a line end between, as hex."""
    return _hash(f"{head}\n{nonce}")


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def population_digest(lines: Iterable[Line]) -> str:
    """SHA-256 over a population, a line for each item, whatever their order."""
    texts = sorted(
        f"{line.ref}\t{line.county}\t{line.whole or ''}\t{int(line.watched)}\n" for line in lines
    )
    return _hash("".join(texts))


def draw(
    lines: Sequence[Line], seed: str, *, tolerable: Fraction = TOLERABLE,
    confidence: Fraction = CONFIDENCE,
) -> Sample:  # fmt: skip
    """The sample that a seed draws from a population."""
    whole = sorted(line.ref for line in lines if line.whole)
    drawn = [line for line in lines if not line.whole]
    parts = [Part("", len(whole), tuple(whole), whole=True)] if whole else []
    for county in sorted({line.county for line in drawn if line.watched}):
        own = [line for line in drawn if line.watched and line.county == county]
        n = sample_size(len(own), tolerable, confidence)
        parts.append(Part(county, len(own), _take(own, n, seed)))
    rest = [line for line in drawn if not line.watched]
    if rest:
        n = sample_size(len(rest), tolerable, confidence)
        parts.append(Part("", len(rest), _take(rest, n, seed)))
    return Sample(seed, tuple(parts))


def _take(lines: Sequence[Line], n: int, seed: str) -> tuple[str, ...]:
    by_county: dict[str, list[str]] = {}
    for line in lines:
        by_county.setdefault(line.county, []).append(line.ref)
    shares = allocate({county: len(refs) for county, refs in by_county.items()}, n, seed)
    taken: list[str] = []
    for county in sorted(by_county):
        taken += sorted(by_county[county], key=lambda ref: (_hash(f"{seed}/{ref}"), ref))[
            : shares[county]
        ]
    return tuple(taken)


def allocate(sizes: Mapping[str, int], n: int, seed: str) -> dict[str, int]:
    """How many lines each county gives of n in all: its share, rounded by chance.

    No county gives more than one line more or less than its share, and every line of all counties
    has the same chance: what is left over is not always the same county's.
    """
    total = sum(sizes.values())
    start = Fraction(int(_hash(f"{seed}/start"), 16), 2**256)
    shares: dict[str, int] = {}
    before = 0
    for county in sorted(sizes, key=lambda name: (_hash(f"{seed}/{name}"), name)):
        after = before + sizes[county]
        ends = (math.ceil(Fraction(n * end, total) - start) for end in (before, after))
        low, high = ends
        shares[county] = high - low
        before = after
    return shares


# what a sample allows to say


def most_false(size: int, n: int, found: int, confidence: Fraction = CONFIDENCE) -> int:
    """How many of so many lines can be false at most, where n were visited and some found false.

    The most for which no more than that many would still be found with a chance of more than
    1 - `confidence`: the exact upper bound for a population that ends.
    """
    chance = 1 - confidence
    top = size - n + found
    return _first(found, top, lambda false: found_at_most(size, false + 1, n, found) <= chance)


def found_at_most(size: int, false: int, n: int, found: int) -> Fraction:
    """The chance that n of so many lines show at most some of the false ones: hypergeometric."""
    low = max(0, n - (size - false))
    ways = sum(
        math.comb(false, k) * math.comb(size - false, n - k)
        for k in range(low, min(found, n, false) + 1)
    )
    return Fraction(ways, math.comb(size, n))


def clopper_pearson(found: int, n: int, confidence: Fraction = CONFIDENCE) -> float:
    """The upper Clopper-Pearson bound of a share, of which n visits found some (one-sided).

    The share at which at most that many would be found with a chance of 1 - `confidence`, by
    bisection on the binomial tail (Clopper and Pearson, Biometrika 26, 1934).
    """
    if found >= n:
        return 1.0
    chance = float(1 - confidence)
    low, high = found / n, 1.0
    for _ in range(60):
        share = (low + high) / 2
        if _binomial_at_most(found, n, share) > chance:
            low = share
        else:
            high = share
    return high


def _binomial_at_most(found: int, n: int, share: float) -> float:
    if share <= 0:
        return 1.0
    if share >= 1:
        return 0.0
    logs = (
        math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
        + k * math.log(share) + (n - k) * math.log1p(-share)
        for k in range(found + 1)
    )  # fmt: skip
    return math.fsum(math.exp(each) for each in logs)
