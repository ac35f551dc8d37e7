"""Pages of rows that were read, the least recently used given up first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence

from rectify_tui.tui.widgets.table.source import Row

PAGE_SIZE = 100
CAPACITY = 40


def pages_of(start: int, stop: int, size: int = PAGE_SIZE) -> range:
    """The numbers of the pages that hold the rows from `start` up to but not including `stop`."""
    return range(start // size, -(-stop // size)) if stop > start else range(0)


class PageCache:
    """Rows by index, kept in pages of `size` rows; at most `capacity` pages stay."""

    def __init__(self, size: int = PAGE_SIZE, capacity: int = CAPACITY) -> None:
        self.size = size
        self.capacity = capacity
        self._pages: OrderedDict[int, Sequence[Row]] = OrderedDict()

    def __len__(self) -> int:
        """How many pages are kept."""
        return len(self._pages)

    def __contains__(self, page: int) -> bool:
        return page in self._pages

    def put(self, page: int, rows: Sequence[Row]) -> None:
        """Keep a page; the least recently used one goes where there are too many."""
        self._pages[page] = rows
        self._pages.move_to_end(page)
        while len(self._pages) > self.capacity:
            self._pages.popitem(last=False)

    def get(self, index: int) -> Row | None:
        """The row at an index, or None where its page is not kept or ends before it."""
        page, offset = divmod(index, self.size)
        rows = self._pages.get(page)
        if rows is None:
            return None
        self._pages.move_to_end(page)
        return rows[offset] if offset < len(rows) else None

    def missing(self, start: int, stop: int) -> list[int]:
        """The pages needed for the rows from `start` to `stop` that are not kept."""
        return [page for page in pages_of(start, stop, self.size) if page not in self._pages]

    def kept(self, start: int, stop: int) -> Iterator[tuple[int, Row]]:
        """Index and row of everything kept between `start` and `stop`, page by page."""
        for page, rows in self._pages.items():
            first = page * self.size
            for index in range(max(start, first), min(stop, first + len(rows))):
                yield index, rows[index - first]

    def index_of(self, key: int) -> int | None:
        """The index of the row with this key, where its page is kept."""
        for page, rows in self._pages.items():
            for offset, row in enumerate(rows):
                if row.key == key:
                    return page * self.size + offset
        return None

    def clear(self) -> None:
        """Give up every page."""
        self._pages.clear()
