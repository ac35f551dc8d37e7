"""Tables with a place or a unit to a row and a figure to a column: 市州, 总数, 已完成, ….

Each cell becomes a published figure of its own. What a heading counts is told by its words; any
other heading of a column of numbers is the name of its figure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from rectify_tui.domain.status import read_status
from rectify_tui.domain.text import clean, narrow
from rectify_tui.errors import Problem
from rectify_tui.intake.importing.cells import blank, last_day
from rectify_tui.intake.mapping import model
from rectify_tui.intake.mapping.synonyms import Synonyms
from rectify_tui.intake.model import Finding, IntakeKind, Verdict
from rectify_tui.intake.reading.book import Grid
from rectify_tui.intake.table import Heading, Table, TableRow, find_table
from rectify_tui.intake.table.headings import bare

ITEMS, CASES = "整改任务", "转办件"
"""What figures are of: the subjects that a heading of a count means."""

_COUNTS = {
    "cases_total": r"(?:转办|交办|受理|承办|信访|举报|案)+件?(?:总数|件数|数)",
    "cases_closed": r"已?办结(?:件数|数)?", "cases_interim": r"阶段性?办结(?:件数|数)?",
    "cases_open": r"(?:在办|未办结)(?:件数|数)?", "cases_rate": r"办结率",
    "total": r"(?:整改|反馈|督察|任务|问题|事项|点位)*(?:总数|总量|合计|个数|任务数|问题数)"
             r"|[^0-9未不没应已完办结其重新增本率]{0,14}(?:问题|任务|事项|点位|排污口)(?:总|个)?数量?",
    "due": r"(?:到期)?应(?:该)?(?:完成|整改)(?:整改)?(?:任务|问题)?(?:数量?|项数|个数)?",
    "completed": r"[^0-9未不没应率]{0,14}已(?:经)?(?:完成)?(?:清理)?(?:整改|整治|治理)"
                 r"[^0-9率]{0,10}?(?:问题|任务)(?:数量?|个数)",
    "rate": r"(?:问题|任务)?(?:整改|整治)?(?:任务)?完成率|(?:问题)?(?:整改|整治)率",
}  # fmt: skip
_WHAT = {what: re.compile(pattern) for what, pattern in _COUNTS.items()}
_UNIT_COLUMN = re.compile(r"(?:承办|责任|牵头|主办|办理)?(?:单位|部门)(?:名称)?")
_COUNTED = re.compile(r"(?:任务|问题)?(?:项数|件数|个数|数量|任务数|问题数|数)$")
_NUMBER = re.compile(r"(-?[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)(%?)[项件个家起处]?")
_SERIAL = ("序号", "编号", "No.")
_RANK = re.compile("(?:排名|排位|名次|位次)$")
_DAY = re.compile(
    r"(?:19|20)[0-9]{2}(?:年[0-9]{1,2}月(?:[0-9]{1,2}日|底)?|[-./][0-9]{1,2}[-./][0-9]{1,2})"
)
_LEAST = 2
_HEADINGS = ("统计对象", "指标", "数值", "截至")
_FIELDS = ("subject", "what", "value", "as_of")


def count_named(heading: str) -> str | None:
    """What a heading counts, in the words that figures have for it; None for any other heading."""
    text = "".join(bare(narrow(heading)).split())
    for what, pattern in _WHAT.items():
        if pattern.fullmatch(text):
            return what
    try:
        return read_status(_COUNTED.sub("", text)).value if text else None
    except Problem:
        return None


class _Layout(NamedTuple):
    """The column of places or of units, and those of figures with what they count."""

    place: int
    by_unit: bool
    figures: dict[int, str]


class CityTable(Table):
    """A wide table with a row for each figure in it."""

    def __init__(self, wide: Table, layout: _Layout, as_of: date | None) -> None:
        place = replace(wide.headings[layout.place], index=0)
        headings = (place, *map(_heading, range(1, 5), _HEADINGS))
        n = wide.row_count * len(layout.figures)
        super().__init__(wide.grid, wide.place, headings, wide.title, n, wide.remarks)
        self.skipped = wide.skipped
        self._wide = wide
        self._layout = layout
        self._as_of = "" if as_of is None else as_of.isoformat()

    @property
    def mapping(self) -> model.Mapping:
        """Which of the columns is which field; units stand among the subjects."""
        fields = dict(enumerate(_FIELDS, 1)) | ({} if self._layout.by_unit else {0: "region"})
        ignored = (0,) if self._layout.by_unit else ()
        return model.Mapping(IntakeKind.FIGURES, fields, (), ignored)

    def rows(self) -> Iterator[TableRow]:
        """A row for each filled cell under a heading of a figure."""
        for row in self._wide.rows():
            name = row.cells[self._layout.place]
            for index, what in self._layout.figures.items():
                if not blank(row.cells[index]):
                    subject = self._subject(name, what)
                    cells = (name, subject, what, _value(row.cells[index]), self._as_of)
                    yield TableRow(row.number, cells, cells)

    def _subject(self, name: str, what: str) -> str:
        if self._layout.by_unit:
            return name
        return CASES if what.startswith("cases") else ITEMS

    def findings(self) -> Iterator[Finding]:
        """What is to be said of the table: how it is read, and whether its total row is right."""
        rows = list(self._wide.rows())
        titles = (self._wide.headings[index].text for index in self._layout.figures)
        columns = "、".join(titles)
        yield _about(Problem("importing.wide", n=len(self._layout.figures), columns=columns))
        read = {self._layout.place, *self._layout.figures}
        left = [each for each in self._wide.headings if each.index not in read and each.text]
        if names := "、".join(each.text for each in left if each.text not in _SERIAL):
            yield _about(Problem("importing.wide_left", columns=names))
        for number, cells in self._wide.totals.items():
            wrong = list(self._wrong(cells, rows))
            told = Problem("importing.total_agrees", row=number)
            if not wrong:
                yield _about(told)
            for problem in wrong:
                yield _about(problem, Verdict.SUSPICIOUS)

    def _wrong(self, total: Sequence[str], rows: Sequence[TableRow]) -> Iterator[Problem]:
        for index, what in self._layout.figures.items():
            stated = _count(total[index])
            if stated is None or what.endswith("rate"):
                continue
            parts = sum(_count(row.cells[index]) or 0 for row in rows)
            if parts != stated:
                heading = self._wide.headings[index].text
                yield Problem("importing.total_differs", heading=heading, total=stated, sum=parts)


def city_table(
    grid: Grid, synonyms: Synonyms, knows: Callable[[str], bool], on: date | None
) -> CityTable | None:
    """The wide table of a sheet, None where there is none; `on` is its day where somebody said."""

    def may_head(heading: str) -> bool:
        return knows(heading) or count_named(heading) is not None

    try:
        wide = find_table(grid, may_head)
    except Problem:
        return None
    layout = _layout(wide, synonyms)
    return None if layout is None else CityTable(wide, layout, on or _day_of(wide.title))


def _layout(wide: Table, synonyms: Synonyms) -> _Layout | None:
    by_unit, place = _place(wide.headings, synonyms)
    known = {h.index: what for h in wide.headings if (what := count_named(h.last))}
    record = any(
        synonyms.names(h.text, name, kind) for h in wide.headings for kind, name in _OF_RECORDS
    )
    if place is None or record or len(known) < _LEAST:
        return None
    rows = list(wide.rows())
    figures = {
        heading.index: known.get(heading.index) or heading.text
        for heading in wide.headings
        if heading.index != place and heading.text and _numbers(heading, rows)
    }
    return (
        _Layout(place, by_unit, figures) if known.keys() & figures.keys() == known.keys() else None
    )


_OF_RECORDS = (
    (IntakeKind.ITEMS, "problem"), (IntakeKind.CASES, "complaint"), (IntakeKind.ITEMS, "ref"),
    (IntakeKind.FIGURES, "what"), (IntakeKind.FIGURES, "value"),
)  # fmt: skip
"""Headings that a table of single records has, or one with a figure to a row."""


def _place(headings: Sequence[Heading], synonyms: Synonyms) -> tuple[bool, int | None]:
    for heading in headings:
        if synonyms.names(heading.last, "region", IntakeKind.FIGURES):
            return False, heading.index
    units = (each.index for each in headings if _UNIT_COLUMN.fullmatch(bare(each.last)))
    return True, next(units, None)


def _numbers(heading: Heading, rows: Sequence[TableRow]) -> bool:
    """Whether a column has nothing but numbers, and is none that counts the rows."""
    cells = [row.cells[heading.index] for row in rows if not blank(row.cells[heading.index])]
    serial = heading.text in _SERIAL or _RANK.search(heading.last)
    return bool(cells) and not serial and all(map(_NUMBER.fullmatch, map(_plain, cells)))


def _plain(cell: str) -> str:
    return narrow(clean(cell)).replace(" ", "")


def _count(cell: str) -> float | None:
    number = _NUMBER.fullmatch(_plain(cell))
    return float(number[1].replace(",", "")) if number and not number[2] else None


def _value(cell: str) -> str:
    number = _NUMBER.fullmatch(_plain(cell))
    return f"{number[1].replace(',', '')}{number[2]}" if number else cell


def _day_of(title: str) -> date | None:
    found = _DAY.search(title)
    try:
        return last_day(found[0]) if found else None
    except Problem:
        return None


def _heading(index: int, text: str) -> Heading:
    return Heading(index, index, "", text)


def _about(problem: Problem, verdict: Verdict = Verdict.CLEAN) -> Finding:
    return Finding("file", verdict, expected=problem)
