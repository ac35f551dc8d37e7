"""Python's search for cycles among objects, which takes its time where there are many."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator

_NEW_OBJECTS = 50_000
"""After how many new objects cycles are looked for among them: loading alone makes so many."""


def search_seldom() -> None:
    """Search seldom from now on; for programs, which decide for all that they load."""
    gc.set_threshold(_NEW_OBJECTS)


@contextlib.contextmanager
def no_search() -> Iterator[None]:
    """Spares the search while many objects come that hold no cycles: it takes up to an eighth."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
