"""Rows of a list, read a window at a time."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import TypeAlias, TypeVar

from rectify_tui.store.connection import Connection
from rectify_tui.store.listing import Listing

_Row = TypeVar("_Row")
Ids: TypeAlias = "array[int]"
Reader = Callable[..., list[_Row]]

WINDOW = 1_000
_IDS = 100_000


def row_ids(listing: Listing, limit: int | None = None) -> Ids:
    """The ids of a list, at most `limit` of them: eight bytes a row, however long the list is."""
    ids: Ids = array("q")
    last = listing.count() if limit is None else min(limit, listing.count())
    while len(ids) < last:
        more = listing.ids(len(ids), min(len(ids) + _IDS, last))
        if not more:
            break
        ids.extend(more)
    return ids


def read_rows(
    connection: Connection, read: Reader[_Row], ids: Ids, as_of: date | None
) -> Iterator[_Row]:
    """The rows of these ids in that order, of which only a window is in memory."""
    return read_windows(connection, partial(read, as_of=as_of), ids)


def read_windows(connection: Connection, read: Reader[_Row], ids: Ids) -> Iterator[_Row]:
    """What is read of these ids, a window at a time."""
    for start in range(0, len(ids), WINDOW):
        yield from read(connection, ids[start : start + WINDOW].tolist())
