"""The columns of the lists of items: what is declared of items, and what a list says beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from rectify_tui.domain.fields import Shown
from rectify_tui.domain.mark import PROMISES, Mark
from rectify_tui.domain.remark import read_remark
from rectify_tui.domain.status import Status
from rectify_tui.domain.timeline import NOT_STARTED_DUE
from rectify_tui.reports import labels
from rectify_tui.reports.history import author_text
from rectify_tui.reports.item_cells import item_cells
from rectify_tui.reports.queue import escalation_label
from rectify_tui.reports.schedule import schedule_label
from rectify_tui.reports.table import Column, Kind, Labelled

if TYPE_CHECKING:
    from rectify_tui.i18n import Language
    from rectify_tui.reports.weekly.changes import Change
    from rectify_tui.store.behind import Behind, BehindItem
    from rectify_tui.store.items import ItemRow
    from rectify_tui.store.marked import MarkedItem


class ListedItem(NamedTuple):
    """A line of a list, with all that its columns may speak of.

    `row` is None for what is no item, or no longer there; `marked` how it stood at the cut-off.
    """

    cutoff: date
    row: ItemRow | None
    marked: MarkedItem | None
    behind: Behind | BehindItem | None = None
    change: Change | None = None


class ListColumn(NamedTuple):
    """A column of a list: its kind, the key of its title, and how it is filled.

    Whether one that is `beside` the fields has anything is told without the item's row, by its mark
    or its change; whether one with a `part` has, by these columns of the item alone.
    """

    kind: Kind
    title: str
    cell: Callable[[ListedItem, Language], object]
    beside: bool = False
    part: tuple[str, ...] = ()


Columns = Mapping[str, ListColumn]


def _field_columns() -> dict[str, ListColumn]:
    columns = {}
    for name, field in item_cells(Shown.REPORT).items():

        def cell(item: ListedItem, t: Language, field=field) -> object:  # type: ignore[no-untyped-def]  # bound anew for each field
            return field.cell(item.row, t) if item.row else None

        columns[name] = ListColumn(field.kind, field.title, cell)
    return columns


def _own(
    kind: Kind, name: str, cell: Callable[[ListedItem, Language], object], *, beside: bool = False
) -> ListColumn:
    return ListColumn(kind, f"weekly.column.{name}", cell, beside)


# --- what is said beside the fields ---


def _days_overdue(item: ListedItem, _: Language) -> object:
    due = day_of(item.row.due_on) if item.row else None
    return (item.cutoff - due).days if due and due < item.cutoff else None


def _schedule(item: ListedItem, t: Language) -> object:
    if item.marked is None:
        return None
    derived = item.marked.derived
    return Labelled(derived.state.value, schedule_label(derived, t))


def _escalation(item: ListedItem, t: Language) -> object:
    step = item.marked.step if item.marked else None
    return Labelled(step.step, escalation_label(step, item.cutoff, t).label) if step else None


def _promise(item: ListedItem, t: Language) -> object:
    """Whether the promised day was kept, and how many days are left or gone."""
    marks = item.marked.marks & PROMISES if item.marked else frozenset()
    mark = next(iter(marks), None)
    if mark is None or item.marked is None or item.marked.candidate.promised_on is None:
        return None
    promised_on = item.marked.candidate.promised_on
    days = abs((promised_on - item.cutoff).days)
    key = f"weekly.promise.{mark}" if days or mark is not Mark.PROMISED else "weekly.promise.today"
    return Labelled(mark.value, t(key, day=promised_on, n=days))


def _reason(item: ListedItem, _: Language) -> object:
    """What the unit gave: in the field, or in a note that names it. Nothing else is a reason."""
    return (item.row.reason or read_remark(item.row.note)[0]) if item.row else None


def _next_step(item: ListedItem, _: Language) -> object:
    return (item.row.next_step or read_remark(item.row.note)[1]) if item.row else None


# --- behind ---


def status_label(t: Language, status: str | None) -> Labelled:
    """A status as figures count it."""
    if status == NOT_STARTED_DUE:
        return Labelled(status, t("weekly.not_started_due"))
    return Labelled(status, "") if status is None else labels.status(t, status)


def _counted_status(item: ListedItem, t: Language) -> object:
    return status_label(t, item.behind.status) if item.behind else None


def _behind_since(item: ListedItem, _: Language) -> object:
    return day_of(item.behind.since) if item.behind else None


def _days_behind(item: ListedItem, _: Language) -> object:
    since = day_of(item.behind.since) if item.behind else None
    return (item.cutoff - since).days if since else None


# --- changes ---


def _before(item: ListedItem, t: Language) -> object:
    move = item.change.move if item.change else None
    return status_label(t, move.before) if move else None


def _after(item: ListedItem, t: Language) -> object:
    move = item.change.move if item.change else None
    if move is None:
        return None
    after = status_label(t, move.after)
    if move.after == Status.MERGED and item.row and item.row.merged_into:
        into = t("weekly.merged_into", name=after.label, ref=item.row.merged_into)
        return Labelled(after.value, into)
    return after


def _effective_on(item: ListedItem, _: Language) -> object:
    change = item.change
    if change and change.move and change.move.after == NOT_STARTED_DUE and item.row:
        return day_of(item.row.start_on)
    return day_of(change.said.on) if change and change.said else None


def _recorded_on(item: ListedItem, _: Language) -> object:
    remark = item.change.said if item.change else None
    return day_of(remark.recorded_on) if remark else None


def _who(item: ListedItem, t: Language) -> object:
    remark = item.change.said if item.change else None
    return author_text(t, remark.who, remark.on_behalf) if remark else None


def _change_note(item: ListedItem, _: Language) -> object:
    """Why the change was recorded, which is no reason for being behind."""
    return item.change.said.reason if item.change and item.change.said else None


def _change(item: ListedItem, t: Language) -> object:
    kind = item.change.kind if item.change else None
    return Labelled(kind.value, t(f"weekly.change.{kind}")) if kind else None


def _change_ref(item: ListedItem, _: Language) -> object:
    return item.change.ref if item.change else None


def _change_problem(item: ListedItem, t: Language) -> object:
    change = item.change
    if change is not None and change.move is None:
        return Labelled(change.n, t("weekly.whole_programme", n=change.n))
    return FIELDS["problem"].cell(item, t)


def day_of(text: str | None) -> date | None:
    """A day from ISO text."""
    return date.fromisoformat(text) if text else None


FIELDS: Columns = _field_columns()

_COMMON: Columns = {
    **FIELDS,
    "reason": ListColumn("text", FIELDS["reason"].title, _reason, part=("reason", "note")),
    "next_step": ListColumn(
        "text", FIELDS["next_step"].title, _next_step, part=("next_step", "note")
    ),
    "schedule": _own("text", "schedule", _schedule),
    "days_overdue": _own("count", "days_overdue", _days_overdue),
    "promise": _own("text", "promise", _promise),
    "escalation": _own("text", "escalation", _escalation),
}

_OF_OPEN: Columns = {
    **_COMMON,
    "promise": _own("text", "promise", _promise, beside=True),
    "escalation": _own("text", "escalation", _escalation, beside=True),
}
"""Of an open item marks tell both; of a completed one a step that was taken leaves no mark."""

BEHIND: Columns = {
    **_OF_OPEN,
    "status": ListColumn("text", FIELDS["status"].title, _counted_status),
    "since": _own("date", "since", _behind_since, beside=True),
    "days_behind": _own("count", "days_behind", _days_behind, beside=True),
}
PAST_DUE: Columns = _OF_OPEN
CHANGES: Columns = {
    "change": _own("text", "change", _change, beside=True),
    **_COMMON,
    "ref": ListColumn("text", FIELDS["ref"].title, _change_ref),
    "problem": ListColumn("text", FIELDS["problem"].title, _change_problem),
    "before": _own("text", "before", _before, beside=True),
    "after": _own("text", "after", _after, beside=True),
    "effective_on": _own("date", "effective_on", _effective_on),
    "recorded_on": _own("date", "recorded_on", _recorded_on, beside=True),
    "who": _own("text", "who", _who, beside=True),
    "change_note": _own("text", "change_note", _change_note, beside=True),
}


def row_of(item: ListedItem, columns: Columns, t: Language) -> dict[str, object]:
    """A line with every column there is; what a table has no column for is for programs."""
    return {name: column.cell(item, t) for name, column in columns.items()}


def titled(names: tuple[str, ...], columns: Columns, t: Language) -> list[Column]:
    """Some of the columns, with their titles."""
    return [Column(name, t(columns[name].title), columns[name].kind) for name in names]
