"""What the figures alone do not say: what changed, what to look at, what was not there yet."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from rectify_tui.domain.mark import Mark
from rectify_tui.domain.status import Status
from rectify_tui.domain.text import shorten
from rectify_tui.i18n import Language
from rectify_tui.reports import labels
from rectify_tui.reports.entered import later_text
from rectify_tui.reports.table import shown
from rectify_tui.reports.weekly.changes import Change, ChangeKind
from rectify_tui.reports.weekly.item_columns import day_of, status_label
from rectify_tui.reports.weekly.model import Point
from rectify_tui.reports.weekly.parts import Body
from rectify_tui.reports.weekly.progress import rate_of
from rectify_tui.reports.weekly.rows import WINDOW
from rectify_tui.store.items import ItemRow
from rectify_tui.store.status_changes import StatusChange

_NEWLY_BEHIND = (ChangeKind.BEHIND, ChangeKind.SLIPPED_BACK)
_TOLD = (
    ChangeKind.COMPLETED, ChangeKind.BEHIND, ChangeKind.SLIPPED_BACK, ChangeKind.CAUGHT_UP,
    ChangeKind.MERGED, ChangeKind.REOPENED, ChangeKind.NEW, ChangeKind.REMOVED,
)  # fmt: skip
_MARKS = (Mark.REFUTED, Mark.PROMISE_BROKEN, Mark.ESCALATED)
_Detail = Callable[[ItemRow, Body, Language], str]
_LINES = 3
_PROBLEM_CELLS = 40


def remarks(body: Body, t: Language) -> str:
    """The sentences that follow the figures in the paragraph."""
    sentences = (_past_due(body, t), _marks(body, t), _moved(body, t), _not_yet(body, t))
    return t("weekly.prose.between").join(filter(None, sentences))


def _past_due(body: Body, t: Language) -> str:
    n = _marked(body, Mark.PAST_DUE)
    return t("weekly.prose.past_due", n=n) if n else ""


def _marks(body: Body, t: Language) -> str:
    parts = [t(f"weekly.prose.mark.{mark}", n=n) for mark in _MARKS if (n := _marked(body, mark))]
    return t("weekly.prose.marks", parts=t("weekly.prose.comma").join(parts)) if parts else ""


def _marked(body: Body, mark: Mark) -> int:
    return (body.figures.whole.marks or {}).get(mark, 0)


def _moved(body: Body, t: Language) -> str:
    """What changed since the report before; nothing where there was none."""
    if body.previous is None:
        return ""
    counts = _counts(body.changes)
    parts = [t(f"weekly.prose.moved.{kind}", n=counts[kind]) for kind in _TOLD if counts[kind]]
    if rate := _rate_moved(body, t):
        parts.append(rate)
    if not parts:
        return t("weekly.prose.not_moved")
    return t("weekly.prose.since", parts=t("weekly.prose.comma").join(parts))


def _counts(changes: Iterable[Change]) -> Mapping[ChangeKind, int]:
    counts: Counter[ChangeKind] = Counter()
    for change in changes:
        counts[change.kind] += change.n
    return counts


def _rate_moved(body: Body, t: Language) -> str:
    """By how many points the rate rose or fell; of a ledger that was half empty it is not told."""
    was = body.previous.whole if body.previous else None
    now = body.figures.whole
    if was is None or not was.tally.total or not now.tally.total:
        return ""
    if 2 * was.tally.total <= now.tally.total:
        return t("weekly.prose.grown", n=was.tally.total)
    points = float(rate_of(now) - rate_of(was))
    moved_by = shown(abs(points), "points").lstrip("+")
    if moved_by == "0.0":
        return ""
    return t(f"weekly.prose.rate_{'up' if points > 0 else 'down'}", points=moved_by)


def _not_yet(body: Body, t: Language) -> str:
    """What the ledger did not have yet, where that is more than what it had."""
    n = sum(each.n for each in body.entered_later)
    return t("weekly.prose.not_yet", n=n) if n >= body.figures.whole.tally.total and n else ""


def not_yet_note(body: Body, t: Language) -> Iterator[str]:
    """Of which programmes items were entered from after the cut-off on."""
    if text := later_text(body.entered_later, t):
        yield text


def points(body: Body, t: Language) -> tuple[Point, ...]:
    """The three things to look at first: newly behind, refuted on site, promises broken."""
    newly = [change for change in body.changes if change.kind in _NEWLY_BEHIND]
    lines = [
        _told(row, status_label(t, move.after).label, t) for move, row in _still_there(newly, body)
    ]
    return (
        _point("newly_behind", len(newly), lines, t),
        _marked_point(Mark.REFUTED, body, _refuted, t),
        _marked_point(Mark.PROMISE_BROKEN, body, _broken, t),
    )


def _still_there(changes: Sequence[Change], body: Body) -> Iterator[tuple[StatusChange, ItemRow]]:
    """The first changes of items that are there, with those as they are known now."""
    moves = [change.move for change in changes if change.move]
    found = _read(body.items.rows_now, [move.id for move in moves])
    by_id = {move.id: move for move in moves}
    return islice(((by_id[row.id], row) for row in found), _LINES)


def _marked_point(mark: Mark, body: Body, detail: _Detail, t: Language) -> Point:
    ids = [id for id, each in body.marked.items() if mark in each.marks]
    rows = heapq.nsmallest(_LINES, _read(body.items.rows, ids), key=_GRAVEST[mark])
    lines = [_told(row, detail(row, body, t), t) for row in rows]
    return _point(mark.value, len(ids), lines, t)


def _read(
    rows: Callable[[Sequence[int]], dict[int, ItemRow]], ids: Sequence[int]
) -> Iterator[ItemRow]:
    """Items one after another, read some at a time."""
    for start in range(0, len(ids), WINDOW):
        yield from rows(ids[start : start + WINDOW]).values()


def _point(key: str, n: int, lines: list[str], t: Language) -> Point:
    return Point(key, t(f"weekly.point.{key}", n=n), n, tuple(lines))


def _refuted(row: ItemRow, _: Body, t: Language) -> str:
    return t("weekly.point.reported", status=labels.status(t, _reported(row)).label)


def _reported(row: ItemRow) -> str:
    """What a visit refuted; where none is on record, what is reported now."""
    return row.visit_reported or row.status


def _broken(row: ItemRow, body: Body, t: Language) -> str:
    promised_on = day_of(row.next_on)
    assert promised_on is not None
    days = (body.cutoff - promised_on).days
    return t(f"weekly.promise.{Mark.PROMISE_BROKEN}", day=promised_on, n=days)


_GRAVEST: Mapping[Mark, Callable[[ItemRow], str]] = {
    Mark.REFUTED: lambda row: str(
        _reported(row) not in (Status.COMPLETED, Status.BASICALLY_COMPLETED)
    ),
    Mark.PROMISE_BROKEN: lambda row: row.next_on or "",
}
"""What comes first: completions that were refuted, promises broken the longest."""


def _told(row: ItemRow, detail: str, t: Language) -> str:
    problem = labels.marked(
        t, row.problem, reconstructed=row.reconstructed, simulated=row.simulated
    )
    return t(
        "weekly.point.line", ref=row.ref, region=t.name(row.region, row.region_en),
        problem=shorten(problem.label, _PROBLEM_CELLS), detail=detail,
    )  # fmt: skip
