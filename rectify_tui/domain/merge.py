"""Merging: an item points to the one that carries it on, and chains of that end at a live item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def carrier(id: int, pointers: Mapping[int, int | None]) -> int:
    """The item at the end of the chain that starts at `id`.

    `pointers` has the next item of every merged item on the way. Raises `ValueError` on a cycle.
    """
    seen = {id}
    while (following := pointers.get(id)) is not None:
        if following in seen:
            raise ValueError(id)
        seen.add(following)
        id = following
    return id


def first_in_cycle(starts: Iterable[int], pointers: Mapping[int, int | None]) -> int | None:
    """An item from which the chain never ends, or None."""
    for id in starts:
        try:
            carrier(id, pointers)
        except ValueError:
            return id
    return None
