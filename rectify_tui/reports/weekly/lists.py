"""The lists of items: those behind, those past their deadline all the same, those that changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from rectify_tui.domain.mark import Mark
from rectify_tui.i18n import Language
from rectify_tui.reports.table import Column, Labelled, shown
from rectify_tui.reports.weekly import item_columns
from rectify_tui.reports.weekly.changes import Change, ChangeKind
from rectify_tui.reports.weekly.item_columns import Columns, ListedItem, row_of
from rectify_tui.reports.weekly.model import Section
from rectify_tui.reports.weekly.parts import Body, section, sum_name, wanted
from rectify_tui.reports.weekly.rows import WINDOW, Row, Rows
from rectify_tui.reports.weekly.settings import Settings

if TYPE_CHECKING:
    from rectify_tui.store.behind import Behind
    from rectify_tui.store.items import ItemRow
    from rectify_tui.store.marked import MarkedItem

_ALWAYS = frozenset({"change", "ref", "problem"})
"""Columns that stand even where no line of the list has anything in them."""


def behind(body: Body, settings: Settings, t: Language) -> Section:
    """What is reported behind, since when and why; the longest past its deadline first."""
    cutoff, n = body.cutoff, len(body.behind)

    def worst(each: Behind) -> tuple[int, int]:
        due_on = item_columns.day_of(each.due_on)
        return -_overdue(due_on, cutoff), -(cutoff - date.fromisoformat(each.since)).days

    lines = [_Line(each.id, behind=each) for each in sorted(body.behind, key=worst)]
    notes = [t("weekly.note.behind" if n else "weekly.note.none_behind")]
    heading = t("weekly.section.behind", n=n)
    return _list("behind", heading, _Listed(body, item_columns.BEHIND, lines), notes, settings, t)


def past_due(body: Body, settings: Settings, t: Language) -> Section | None:
    """What is past its deadline and reported otherwise than behind; None where nothing is."""
    ids = [id for id, each in body.marked.items() if Mark.PAST_DUE in each.marks]
    if not ids:
        return None
    ids.sort(key=lambda id: -_overdue(body.marked[id].due_on, body.cutoff))
    listed = _Listed(body, item_columns.PAST_DUE, [_Line(id) for id in ids])
    heading = t("weekly.section.past_due", n=len(ids))
    return _list("past_due", heading, listed, [t("weekly.note.past_due")], settings, t)


def _overdue(due_on: date | None, cutoff: date) -> int:
    """Days past a deadline, -1 where it has not passed."""
    return (cutoff - due_on).days if due_on and due_on < cutoff else -1


def changes(body: Body, settings: Settings, t: Language) -> Section:
    """What changed since the report before, with a last line that counts it."""
    listed = _Listed(
        body, item_columns.CHANGES, [_Line(each.id, change=each) for each in body.changes]
    )
    counts: Counter[ChangeKind] = Counter()
    for change in body.changes:
        counts[change.kind] += change.n
    total = sum(counts.values())
    notes, sums = [t("weekly.note.no_changes")], list[Row]()
    if total:
        parts = [t("weekly.count", name=t(f"weekly.change.{kind}"), n=counts[kind])
                for kind in ChangeKind if counts[kind]]  # fmt: skip
        notes = [t("weekly.note.changes", n=total, parts=t("report.comma").join(parts))]
        sums = [{"change": sum_name(t), "sum": True,
                 "ref": Labelled(total, t("weekly.items", n=total))}
                | {f"n_{kind}": counts[kind] for kind in ChangeKind}]  # fmt: skip
    late = sum(_is_late(change, body) for change in body.changes)
    if late:
        notes.append(t("weekly.note.late", n=late))
    heading = t("weekly.section.changes", n=total)
    return _list("changes", heading, listed, notes, settings, t, sums)


def _is_late(change: Change, body: Body) -> bool:
    """Whether an item's status holds from before the period, so that it was learned afterwards."""
    return change.said is not None and change.said.on < body.first.isoformat()


class _Line(NamedTuple):
    """An item of a list by its id, None for what is no item, with why it stands there."""

    id: int | None
    behind: Behind | None = None
    change: Change | None = None


class _Listed:
    """The lines of a list, of which the items are read when somebody reads their rows.

    Changes have items as they are known now, the other lists as they stood.
    """

    def __init__(self, body: Body, columns: Columns, lines: Sequence[_Line]) -> None:
        self.body = body
        self.columns = columns
        self.lines = lines
        self.of_changes = any(line.change for line in lines)

    def rows(self, t: Language, sums: Sequence[Row]) -> Rows:
        """A row for each line, and those that sum them up."""
        return Rows(len(self.lines), partial(self._window, t), sums)

    def _window(self, t: Language, start: int, stop: int) -> list[Row]:
        lines = self.lines[start:stop]
        ids = [line.id for line in lines if line.id is not None]
        items = self.body.items
        read = items.rows_now if self.of_changes else items.rows
        rows, standings = read(ids), items.standings(ids)
        return [
            row_of(self._item(line, rows, standings), self.columns, t)
            | ({"n": line.change.n} if line.change else {})
            for line in lines
        ]

    def _item(
        self, line: _Line, rows: Mapping[int, ItemRow], standings: Mapping[int, MarkedItem]
    ) -> ListedItem:
        id = line.id or 0
        row, marked = rows.get(id), standings.get(id)
        return ListedItem(self.body.cutoff, row, marked, line.behind, line.change)

    def empty(self, columns: Iterable[Column], rows: Rows, t: Language) -> set[str]:
        """Those of some columns that no line has anything in; none where there are no lines.

        What stands beside the fields is told by marks and changes, without reading an item.
        """
        beside = [column for column in columns if self.columns[column.key].beside]
        others = [column for column in columns if not self.columns[column.key].beside]
        unread = (self._item(line, {}, self.body.marked) for line in self.lines)
        cells = (
            {column.key: self.columns[column.key].cell(item, t) for column in beside}
            for item in unread
        )
        in_front = _unsaid(others, rows.lines(WINDOW))
        rest = [column for column in others if column.key in in_front]
        unsaid = {column.key for column in rest if not self._says(column, rows, t)}
        return _unsaid(beside, cells) | unsaid if self.lines else set()

    def _says(self, column: Column, rows: Rows, t: Language) -> bool:
        """Whether any line has something in a column, of which as little is read as it takes."""
        made = self.columns[column.key]
        if not made.part:
            return any(shown(row.get(column.key), column.kind) for row in rows.lines())
        ids = [line.id for line in self.lines if line.id is not None]
        read = self.body.items.in_part(ids, made.part, now=self.of_changes)
        items = (ListedItem(self.body.cutoff, row, None) for row in read)
        return any(shown(made.cell(item, t), column.kind) for item in items)


def _unsaid(columns: Iterable[Column], rows: Iterable[Row]) -> set[str]:
    """Those of some columns that no row has anything in. No more rows are read than it takes."""
    unsaid = {column.key: column.kind for column in columns}
    for row in rows if unsaid else ():
        said = [key for key, kind in unsaid.items() if shown(row.get(key), kind)]
        for key in said:
            del unsaid[key]
        if not unsaid:
            break
    return set(unsaid)


def _list(
    key: str, heading: str, listed: _Listed, notes: Sequence[str], settings: Settings, t: Language,
    sums: Sequence[Row] = (),
) -> Section:  # fmt: skip
    rows = listed.rows(t, sums)
    spread = item_columns.titled(tuple(wanted(key, settings)), listed.columns, t)
    if key not in settings.columns:
        empty = listed.empty([each for each in spread if each.key not in _ALWAYS], rows, t)
        spread = [each for each in spread if each.key not in empty]
    return section(key, heading, spread, rows, notes)
