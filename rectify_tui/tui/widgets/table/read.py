"""Reading what a table shows first: how many rows, where the cursor's row is, what is around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rectify_tui.tui.widgets.table.cache import PAGE_SIZE, pages_of
from rectify_tui.tui.widgets.table.source import Row, Source

TRIES = 3


@dataclass(frozen=True, slots=True)
class Question:
    """What to read: the first of `keys` that the source holds, else the row at `index`.

    The row is to stand `above` lines under the first of `height` visible rows. The places of
    `others` are looked up too.
    """

    keys: tuple[int, ...]
    index: int
    above: int
    height: int
    others: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """What was read. `key` is the one that was found, `index` its place or the nearest one."""

    count: int
    key: int | None
    index: int
    pages: dict[int, Sequence[Row]]
    places: dict[int, int | None]


def read_view(source: Source, question: Question, size: int = PAGE_SIZE) -> View:
    """Read count, places and visible pages; to be called in a worker thread.

    Rows may be written between two of its queries. It then reads again, at most three times, so
    that the row at the index is the one that was asked for.
    """
    for _ in range(TRIES):
        view = _read_once(source, question, size)
        if view.key is None or _key_at(view, size) == view.key:
            break
    return view


def _read_once(source: Source, question: Question, size: int) -> View:
    count = source.count()
    key, index = _find(source, question)
    index = max(0, min(index, count - 1))
    top = max(0, min(index - question.above, count - question.height))
    pages = {
        *pages_of(top, min(count, top + question.height), size),
        *pages_of(index, index + 1, size),
    }
    return View(
        count=count,
        key=key,
        index=index,
        pages={
            page: source.rows(page * size, min(count, (page + 1) * size))
            for page in sorted(pages)
            if page * size < count
        },
        places={key: source.position(key) for key in question.others},
    )


def _find(source: Source, question: Question) -> tuple[int | None, int]:
    for key in question.keys:
        position = source.position(key)
        if position is not None:
            return key, position
    return None, question.index


def _key_at(view: View, size: int) -> int | None:
    page, offset = divmod(view.index, size)
    rows = view.pages.get(page, ())
    return rows[offset].key if offset < len(rows) else None
