"""Compares a frozen report with the ledger as known now, or two frozen ones, figure by figure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rectify_tui.domain.closure import ClosureRate
from rectify_tui.domain.mark import Mark
from rectify_tui.reports.weekly.build import Built
from rectify_tui.reports.weekly.changes import Change, list_changes
from rectify_tui.reports.weekly.figures import (
    Figures,
    Line,
    counts_of,
    from_data,
    read_figures,
    with_marks,
)
from rectify_tui.reports.weekly.settings import Settings
from rectify_tui.store.connection import Connection
from rectify_tui.store.marked import marked_items
from rectify_tui.store.reports import FrozenReport
from rectify_tui.store.rollup_read import By
from rectify_tui.store.status_changes import Moment, status_changes


@dataclass(frozen=True)
class Difference:
    """A figure that differs. Values are counts, or rates from 0 to 1 where the name says so."""

    by: By | None
    line: Line
    figure: str
    before: float | None
    after: float | None


@dataclass(frozen=True)
class Compared:
    """All that differs: figures, and items by their status, as of a day."""

    day: date
    figures: tuple[Difference, ...]
    items: tuple[Change, ...]

    @property
    def same(self) -> bool:
        """Whether neither figures nor items differ."""
        return not self.figures and not self.items


def compare_with_now(connection: Connection, frozen: FrozenReport) -> Compared:
    """A frozen report against what is known today about the same cut-off."""
    with connection.snapshot():
        day = date.fromisoformat(frozen.cutoff)
        kept = figures_of(frozen)
        programme = frozen.programme_id
        (now,) = read_figures(connection, [day], kept.by, kept.places_by, programme)
        now = with_marks(connection, now, marked_items(connection, day, programme))
        before = Moment(day, frozen.head_seq)
        return _compare(connection, frozen, kept, before, now, Moment(day))


def compare_two(connection: Connection, one: FrozenReport, other: FrozenReport) -> Compared:
    """Two frozen reports, the second against the first."""
    with connection.snapshot():
        moments = [Moment(date.fromisoformat(each.cutoff), each.head_seq) for each in (one, other)]
        before, after = figures_of(one), figures_of(other)
        return _compare(connection, one, before, moments[0], after, moments[1])


def compare_draft(connection: Connection, built: Built, settings: Settings) -> Compared:
    """A report that is not frozen against the one before, or against the ledger as of then."""
    with connection.snapshot():
        before, day = built.before, built.report.period.cutoff
        return _compare_figures(
            connection, settings.closure, built.programme_id, _marked_before(connection, built),
            before.moment, built.figures, Moment(day),
        )  # fmt: skip


def _marked_before(connection: Connection, built: Built) -> Figures:
    """The figures before with their marks, which a report itself does not compare."""
    before = built.before
    if before.frozen is not None:
        return before.figures
    marked = marked_items(connection, before.moment.day, built.programme_id)
    return with_marks(connection, before.figures, marked)


def figures_of(frozen: FrozenReport) -> Figures:
    """The figures of a frozen report."""
    return from_data(json.loads(frozen.figures))


def _compare(
    connection: Connection, frozen: FrozenReport, before: Figures, then: Moment, after: Figures,
    now: Moment,
) -> Compared:  # fmt: skip
    closure = ClosureRate(json.loads(frozen.settings)["closure_rate"])
    return _compare_figures(connection, closure, frozen.programme_id, before, then, after, now)


def _compare_figures(
    connection: Connection, closure: ClosureRate, programme_id: int | None, before: Figures,
    then: Moment, after: Figures, now: Moment,
) -> Compared:  # fmt: skip
    moved = status_changes(connection, then, now, programme_id)
    had = [line.id for line in before.programmes]
    return Compared(
        now.day,
        tuple(_figures(before, after, closure)),
        tuple(list_changes(connection, moved, now.day, had)),
    )


def _figures(before: Figures, after: Figures, closure: ClosureRate) -> Iterator[Difference]:
    yield from _lines(None, [before.whole], [after.whole], closure)
    yield from _lines(By.PROGRAMME, before.programmes, after.programmes, closure)
    yield from _lines(after.by, before.lines, after.lines, closure)
    if By.UNIT in (before.by, after.by):
        yield from _lines(after.places_by, before.places, after.places, closure)


def _lines(
    by: By | None, before: Sequence[Line], after: Sequence[Line], closure: ClosureRate
) -> Iterator[Difference]:
    was, now = ({line.id: line for line in lines} for lines in (before, after))
    for id in {**was, **now}:
        one, other = was.get(id), now.get(id)
        line = other or one
        assert line is not None
        values = [dict(_values(each, closure)) if each else {} for each in (one, other)]
        unknown = _not_counted(one, other)
        for figure in {**values[0], **values[1]}:
            if figure in unknown:
                continue
            pair = [each.get(figure, 0 if figure not in RATES else None) for each in values]
            if pair[0] != pair[1]:
                yield Difference(by, line, figure, *pair)


def _not_counted(*lines: Line | None) -> frozenset[str]:
    """What a report from before it was counted cannot be compared by."""
    unknown = any(line is not None and line.marks is None for line in lines)
    return frozenset(mark.value for mark in Mark) if unknown else frozenset()


RATES = frozenset({"completion_rate", "closure_rate"})
"""Figures that are rates from 0 to 1."""


def _values(line: Line, closure: ClosureRate) -> Iterator[tuple[str, float | None]]:
    yield from counts_of(line)
    yield "completion_rate", line.tally.completion_rate
    yield "closure_rate", line.closure_rate(closure)
