"""The lists of items: those behind, those past their deadline all the same, those that changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rectify_tui.domain.mark import Mark
from rectify_tui.i18n import Language
from rectify_tui.reports.table import Column, Labelled, shown
from rectify_tui.reports.weekly import item_columns
from rectify_tui.reports.weekly.changes import Change, ChangeKind
from rectify_tui.reports.weekly.item_columns import Columns, ListedItem, Row, row_of
from rectify_tui.reports.weekly.model import Section
from rectify_tui.reports.weekly.parts import Body, section, sum_name, wanted
from rectify_tui.reports.weekly.settings import Settings

_ALWAYS = frozenset({"change", "ref", "problem"})
"""Columns that stand even where no line of the list has anything in them."""


def behind(body: Body, settings: Settings, t: Language) -> Section:
    """What is reported behind, since when and why; the longest past its deadline first."""
    lines = [
        ListedItem(body.cutoff, each.row, body.standings.get(each.row.id), behind=each)
        for each in body.behind
    ]
    rows = _worst_first([row_of(line, item_columns.BEHIND, t) for line in lines])
    notes = [t("weekly.note.behind")] if rows else [t("weekly.note.none_behind")]
    heading = t("weekly.section.behind", n=len(rows))
    return _list("behind", heading, item_columns.BEHIND, rows, notes, settings, t)


def past_due(body: Body, settings: Settings, t: Language) -> Section | None:
    """What is past its deadline and reported otherwise than behind; None where nothing is."""
    lines = [
        ListedItem(body.cutoff, row, body.standings[row.id])
        for row in body.rows.values()
        if Mark.PAST_DUE in body.standings[row.id].marks
    ]
    if not lines:
        return None
    rows = _worst_first([row_of(line, item_columns.PAST_DUE, t) for line in lines])
    heading = t("weekly.section.past_due", n=len(rows))
    notes = [t("weekly.note.past_due")]
    return _list("past_due", heading, item_columns.PAST_DUE, rows, notes, settings, t)


def _worst_first(rows: list[Row]) -> list[Row]:
    """The longest past its deadline first, then the longest behind; else in the order given."""

    def days(row: Row, name: str) -> int:
        value = row.get(name)
        return value if isinstance(value, int) else -1

    return sorted(rows, key=lambda row: (-days(row, "days_overdue"), -days(row, "days_behind")))


def _list(
    key: str, heading: str, columns: Columns, rows: list[Row], notes: Sequence[str],
    settings: Settings, t: Language,
) -> Section:  # fmt: skip
    spread = item_columns.titled(tuple(wanted(key, settings)), columns, t)
    if key not in settings.columns:
        spread = [each for each in spread if each.key in _ALWAYS or _says_something(each, rows)]
    return section(key, heading, spread, rows, notes)


def _says_something(column: Column, rows: Sequence[Row]) -> bool:
    """Whether any line has it; of a list without lines every column stands."""
    return not rows or any(shown(row.get(column.key), column.kind) for row in rows)


def changes(body: Body, settings: Settings, t: Language) -> Section:
    """What changed since the report before, with a last line that counts it."""
    rows = [change_row(change, body, t) for change in body.changes]
    counts: Counter[ChangeKind] = Counter()
    for change in body.changes:
        counts[change.kind] += change.n
    total = sum(counts.values())
    notes = [t("weekly.note.no_changes")]
    if total:
        parts = [t("weekly.count", name=t(f"weekly.change.{kind}"), n=counts[kind])
                for kind in ChangeKind if counts[kind]]  # fmt: skip
        notes = [t("weekly.note.changes", n=total, parts=t("report.comma").join(parts))]
        rows.append({"change": sum_name(t), "sum": True,
                     "ref": Labelled(total, t("weekly.items", n=total))}
                    | {f"n_{kind}": counts[kind] for kind in ChangeKind})  # fmt: skip
    late = sum(_is_late(change, body) for change in body.changes)
    if late:
        notes.append(t("weekly.note.late", n=late))
    heading = t("weekly.section.changes", n=total)
    return _list("changes", heading, item_columns.CHANGES, rows, notes, settings, t)


def _is_late(change: Change, body: Body) -> bool:
    """Whether an item's status holds from before the period, so that it was learned afterwards."""
    return change.said is not None and change.said.on < body.first.isoformat()


def change_row(change: Change, body: Body, t: Language) -> Row:
    """A change with everything a list of them may show."""
    marked = body.standings.get(change.row.id) if change.row else None
    line = ListedItem(body.cutoff, change.row, marked, change=change)
    return row_of(line, item_columns.CHANGES, t) | {"n": change.n}
