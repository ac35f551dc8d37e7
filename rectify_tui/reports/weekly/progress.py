"""The tables of progress: by programme, and by the lines that were asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from rectify_tui.domain.figures import ranks
from rectify_tui.domain.mark import Mark
from rectify_tui.domain.status import Group, Status
from rectify_tui.i18n import Language
from rectify_tui.reports.table import Labelled
from rectify_tui.reports.weekly.columns import (
    FRONT,
    GROUPS,
    NEED_PREVIOUS,
    NEED_SEVERAL,
    STATUSES,
    require_filled,
)
from rectify_tui.reports.weekly.figures import Figures, Line
from rectify_tui.reports.weekly.model import Section
from rectify_tui.reports.weekly.parts import Body, columns, name_of, section, sum_name, wanted
from rectify_tui.reports.weekly.rows import Row
from rectify_tui.reports.weekly.settings import Settings
from rectify_tui.store.rollup_read import By


def progress(body: Body, settings: Settings, t: Language) -> Section | None:
    """How each place or unit stands, in short: the table of the first page; None without items."""
    return _by_line(FRONT, t(f"report.rollup.{body.figures.by}"), body, settings, t)


def statuses(body: Body, settings: Settings, t: Language) -> Section | None:
    """How each place or unit stands, status by status; None without items."""
    return _by_line("statuses", t(f"weekly.section.statuses.{body.figures.by}"), body, settings, t)


def programmes(body: Body, settings: Settings, t: Language) -> Section | None:
    """Progress of each programme in one line; None where there is only one."""
    lines = body.figures.programmes
    if len(lines) < 2:
        return None
    before = body.previous.programmes if body.previous else ()
    compared = _Compared(body, By.PROGRAMME, lines, before)
    carried = body.figures.whole.tally.carried
    note = t("report.note.carried_in_sum", n=carried) if carried else ""
    heading = t(f"report.rollup.{By.PROGRAMME}")
    return _section("programmes", heading, compared, note, settings, t)


def _by_line(key: str, heading: str, body: Body, settings: Settings, t: Language) -> Section | None:
    lines = [line for line in body.figures.lines if line.tally.total]
    if not lines:
        return None
    compared = _Compared(body, body.figures.by, lines, body.previous.lines if body.previous else ())
    carried = body.figures.whole.tally.carried
    note = t("report.note.carried_in_lines", n=carried) if carried else ""
    return _section(key, heading, compared, note, settings, t)


class _Compared:
    """The lines of a table beside those of the report before, ranked.

    Ranked is what has items and is a place or unit of its own; the average is that of what is
    ranked, so that the nation's own programme does not stand in the average of its provinces.
    """

    def __init__(self, body: Body, by: By, lines: Sequence[Line], before: Sequence[Line]) -> None:
        self.by = by
        self.lines = lines
        self.whole = body.figures.whole
        self.previous: Figures | None = body.previous
        self.earlier = {line.id: line for line in before}
        self.ranked = [line for line in lines if line.tally.total and not line.own and line.id]
        self.by_rate = ranks({line.id: rate_of(line) for line in self.ranked})
        self.by_count = ranks({line.id: Fraction(line.completed) for line in self.ranked})

    @property
    def average(self) -> Fraction:
        """The rate of all that is ranked together."""
        total = sum(line.tally.total for line in self.ranked)
        return Fraction(sum(line.completed for line in self.ranked), total)

    def line(self, line: Line) -> _ComparedLine:
        """A line beside itself in the report before."""
        return _ComparedLine(self, line, self.earlier.get(line.id))

    def sum(self) -> _ComparedLine:
        """The sum of all lines, where merged items count once."""
        was = self.previous.whole if self.previous else None
        return _ComparedLine(self, self.whole, was, is_sum=True)


class _ComparedLine(NamedTuple):
    table: _Compared
    line: Line
    was: Line | None
    is_sum: bool = False


def _section(
    key: str, heading: str, table: _Compared, note: str, settings: Settings, t: Language
) -> Section:
    without = set[str]() if len(table.ranked) > 1 else set(NEED_SEVERAL)
    if table.previous is None:
        without |= NEED_PREVIOUS
    without |= {mark.value for mark in Mark if not (table.whole.marks or {}).get(mark)}
    names = wanted(key, settings, frozenset(without))
    rows = [_row(table.line(line), t) for line in table.lines]
    if len(table.lines) > 1:
        rows.append(_row(table.sum(), t) | {"name": sum_name(t), "sum": True})
    titles = {
        "name": t(f"report.by.{table.by}"),
        **{status.value: t(f"status.item.{status}") for status in Status},
        **{f"group_{group}": t(f"status.group.{group}") for group in Group},
    }
    several = {
        STATUSES: [s.value for s in Status if any(n.tally.statuses[s] for n in table.lines)],
        GROUPS: [f"group_{g}" for g in Group if any(n.tally.groups[g] for n in table.lines)],
    }
    notes = filter(None, (t("report.note.completion_rate"), note, _ranks_note(names, t)))
    return section(key, heading, columns(key, names, t, titles, several), rows, list(notes))


def _ranks_note(names: Sequence[str], t: Language) -> str:
    """How ranks and averages come about, as far as the table has them."""
    if "against_average" in names:
        return t("weekly.note.ranks_and_average")
    return "" if NEED_SEVERAL.isdisjoint(names) else t("weekly.note.ranks")


def _row(line: _ComparedLine, t: Language) -> Row:
    return {name: cell(line, t) for name, cell in _CELLS.items()}


_Cell = Callable[[_ComparedLine, Language], object]


def _status(status: Status) -> _Cell:
    return lambda one, _: one.line.tally.statuses[status]


def _group(group: Group) -> _Cell:
    return lambda one, _: one.line.tally.groups[group]


def _mark(mark: Mark) -> _Cell:
    return lambda one, _: (one.line.marks or {}).get(mark)


def _completed_change(one: _ComparedLine, _: Language) -> object:
    if one.table.previous is None:
        return None
    return one.line.completed - (one.was.completed if one.was else 0)


def _rate_change(one: _ComparedLine, _: Language) -> object:
    comparable = one.was is not None and one.was.tally.total and one.line.tally.total
    return float(rate_of(one.line) - rate_of(one.was)) if one.was and comparable else None


def _against_average(one: _ComparedLine, t: Language) -> object:
    if one.is_sum or one.line.id not in one.table.by_rate:
        return None
    rate, average = rate_of(one.line), one.table.average
    word = "above" if rate > average else "below" if rate < average else "equal"
    return Labelled(word, t(f"weekly.average.{word}"))


_CELLS: Mapping[str, _Cell] = {
    "key": lambda one, _: one.line.key,
    "name": lambda one, t: name_of(one.line, one.table.by, t),
    "total": lambda one, _: one.line.tally.total,
    **{status.value: _status(status) for status in Status},
    **{f"group_{group}": _group(group) for group in Group},
    "completion_rate": lambda one, _: one.line.tally.completion_rate,
    "completed_change": _completed_change,
    "rate_change": _rate_change,
    "rank_by_rate": lambda one, _: None if one.is_sum else one.table.by_rate.get(one.line.id),
    "rank_by_count": lambda one, _: None if one.is_sum else one.table.by_count.get(one.line.id),
    "against_average": _against_average,
    **{mark.value: _mark(mark) for mark in Mark},
    "carried": lambda one, _: one.line.tally.carried,
    "struck_off": lambda one, _: one.line.tally.struck_off,
    "awaiting": lambda one, _: one.line.tally.awaiting,
    "not_applied": lambda one, _: one.line.tally.not_applied,
}
for _key in (FRONT, "programmes", "statuses"):
    require_filled(_key, _CELLS)


def rate_of(line: Line) -> Fraction:
    """The completion rate of a line that has items, exactly."""
    return Fraction(line.completed, line.tally.total)
