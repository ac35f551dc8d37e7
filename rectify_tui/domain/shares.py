"""A whole number shared out in proportion."""

from __future__ import annotations

from collections.abc import Sequence


def shares(weights: Sequence[float], whole: int, *, least: int = 0) -> list[int]:
    """Whole numbers that add up to `whole`, each at least `least`, in proportion to the weights."""
    rest = whole - least * len(weights)
    exact = [rest * weight / sum(weights) for weight in weights]
    found = [int(part) for part in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: (found[i] - exact[i], i))
    for index in by_remainder[: rest - sum(found)]:
        found[index] += 1
    return [least + part for part in found]
