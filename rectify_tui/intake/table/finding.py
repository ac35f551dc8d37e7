"""The table of a sheet: the largest that is found in it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rectify_tui.domain.text import shorten
from rectify_tui.errors import Problem
from rectify_tui.intake.reading.cells import cell_text, column_letter
from rectify_tui.intake.table.header import Knows, filled, labels
from rectify_tui.intake.table.headings import one_line
from rectify_tui.intake.table.rows import Table
from rectify_tui.intake.table.search import Found, Search

if TYPE_CHECKING:
    from rectify_tui.intake.reading.book import Grid
    from rectify_tui.intake.reading.cells import Merged, Row

_SHOWN = 60
_LOOKED_AT = 50
_MOST_ANSWERS = 1_000
"""Of so many the outcome of a search is not kept."""


def find_table(grid: Grid, knows: Knows) -> Table:
    """The largest table of a sheet, by cells; of equal ones the first.

    A table begins with a row of headings of which `knows` understands two or more, together with
    the rows of headings next to it: those joined to it by merged cells or, where nothing is merged,
    those that group it or divide it, judged by the blanks that follow from the left. Whatever
    stands above is its title. It ends where the next table begins. The whole sheet is walked once,
    and once more by `Table.rows`; but not again for somebody who understands the same of it.

    Raises `Problem` where there is no such row, saying what comes nearest to one.
    """
    found = _tables(grid, knows)
    if not found:
        raise _nothing_found(grid, knows)
    best = max(found, key=lambda table: table.size)
    others = [_remark(other) for other in found if other is not best and other.count]
    title = "\n".join(filter(None, map(_line, best.titles)))
    return Table(grid, best.place, best.headings(), title, best.count, others)


def _tables(grid: Grid, knows: Knows) -> list[Found]:
    for search in grid.searches:
        if search.fits(knows):
            return list(search.found)
    merges: dict[int, list[Merged]] = defaultdict(list)
    for merge in grid.merged:
        merges[merge.top].append(merge)
    answers = _Answers(knows)
    answers.found = Search(answers, merges).tables(grid.rows())
    if len(answers.given) < _MOST_ANSWERS:
        grid.searches.append(answers)
    return list(answers.found)


class _Answers:
    """What was asked of headings in a search, whose outcome follows from the answers."""

    def __init__(self, knows: Knows) -> None:
        self._knows = knows
        self.given: dict[str, bool] = {}
        self.found: list[Found] = []

    def __call__(self, heading: str) -> bool:
        answer = self.given.get(heading)
        if answer is None:
            answer = self._knows(heading)
            if len(self.given) < _MOST_ANSWERS:
                self.given[heading] = answer
        return answer

    def fits(self, knows: Knows) -> bool:
        """Whether somebody else would have given the same answers."""
        return all(knows(heading) == answer for heading, answer in self.given.items())


def _remark(table: Found) -> Problem:
    texts = [heading.text for heading in table.headings() if heading.text]
    return Problem(
        "table_finding.other_table", row=table.place.header.top, n=table.count,
        column=column_letter(min(table.columns)), headings=shorten("、".join(texts), _SHOWN),
    )  # fmt: skip


def _line(row: Row) -> str:
    return " ".join(one_line(cell_text(cell)) for cell in row.cells if filled(cell))


def _nothing_found(grid: Grid, knows: Knows) -> Problem:
    """What to say of a sheet without headings that mean anything."""
    rows = [row for row in grid.head(_LOOKED_AT) if any(map(filled, row.cells))]
    if not rows:
        return Problem("table_finding.empty", sheet=grid.sheet)
    best = max(rows, key=lambda row: len(labels(row)))
    texts = [one_line(text) for text in labels(best)]
    if len(texts) < 2:
        return Problem("table_finding.no_headings", sheet=grid.sheet)
    return Problem(
        "table_finding.unknown_headings", sheet=grid.sheet, row=best.number,
        headings=shorten("、".join(texts), _SHOWN),
        known=shorten("、".join(text for text in texts if knows(text)) or "—", _SHOWN),
    )  # fmt: skip
