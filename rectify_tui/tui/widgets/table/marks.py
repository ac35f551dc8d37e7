"""Marked rows: a set of keys, or everything but a set of keys; and a range in the making."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Marks:
    """The rows with these keys or, where `inverted`, all rows of the source but these."""

    keys: frozenset[int] = frozenset()
    inverted: bool = False

    def __contains__(self, key: int) -> bool:
        return (key in self.keys) != self.inverted

    def __bool__(self) -> bool:
        """Whether anything can be marked; all but some counts as something."""
        return self.inverted or bool(self.keys)

    def count(self, total: int) -> int:
        """How many rows are marked out of `total`."""
        return max(0, total - len(self.keys)) if self.inverted else len(self.keys)

    def add(self, keys: Iterable[int]) -> Marks:
        """These marks and the given keys."""
        return self._without(keys) if self.inverted else self._with(keys)

    def remove(self, keys: Iterable[int]) -> Marks:
        """These marks without the given keys."""
        return self._with(keys) if self.inverted else self._without(keys)

    def toggle(self, key: int) -> Marks:
        """These marks with one key turned over."""
        return replace(self, keys=self.keys ^ {key})

    def invert(self) -> Marks:
        """What is marked unmarked, and the other way round."""
        return replace(self, inverted=not self.inverted)

    def _with(self, keys: Iterable[int]) -> Marks:
        return replace(self, keys=self.keys.union(keys))

    def _without(self, keys: Iterable[int]) -> Marks:
        return replace(self, keys=self.keys.difference(keys))


NO_MARKS = Marks()
ALL_MARKED = Marks(inverted=True)


@dataclass(slots=True)
class Span:
    """The rows from an anchor to an end, both included, whose keys become known bit by bit.

    A `sticky` span follows every move of the cursor; a `closed` one follows none and only waits
    for its keys. A row that turned out not to be there counts as known and has no key.
    """

    anchor: int
    end: int
    sticky: bool = False
    closed: bool = False
    _keys: dict[int, int | None] = field(default_factory=dict)

    @property
    def start(self) -> int:
        """The first index that it covers."""
        return min(self.anchor, self.end)

    @property
    def stop(self) -> int:
        """One more than the last index."""
        return max(self.anchor, self.end) + 1

    @property
    def anchor_key(self) -> int | None:
        """The key of the row at the anchor, when known."""
        return self._keys.get(self.anchor)

    @property
    def end_key(self) -> int | None:
        """The key of the row at the end, when known."""
        return self._keys.get(self.end)

    @property
    def complete(self) -> bool:
        """Whether every key is known."""
        return len(self._keys) == self.stop - self.start

    def __contains__(self, index: int) -> bool:
        return self.start <= index < self.stop

    def keys(self) -> list[int]:
        """The keys known so far."""
        return [key for key in self._keys.values() if key is not None]

    def extend(self, end: int) -> None:
        """Move the end; what is no longer covered is forgotten."""
        start, stop = self.start, self.stop
        self.end = end
        if self.start > start or self.stop < stop:
            self._keys = {index: key for index, key in self._keys.items() if index in self}

    def place(self, anchor: int, end: int) -> None:
        """Put both ends where their rows are now; every key is to be read anew."""
        self.anchor, self.end = anchor, end
        self._keys = {}

    def learn(self, index: int, key: int | None) -> None:
        """Take the key of a row; indexes outside are ignored."""
        if index in self:
            self._keys[index] = key

    def gaps(self, size: int) -> list[tuple[int, int]]:
        """Pieces of at most `size` rows, as start and stop, that hold all unknown keys."""
        pieces: list[tuple[int, int]] = []
        for index in range(self.start, self.stop):
            if index in self._keys:
                continue
            if pieces and pieces[-1][1] == index and index - pieces[-1][0] < size:
                pieces[-1] = (pieces[-1][0], index + 1)
            else:
                pieces.append((index, index + 1))
        return pieces
