"""Tells where records, statuses over time and figures differ from what follows from history."""

from __future__ import annotations

from collections.abc import Iterator

from rectify_tui.errors import Problem
from rectify_tui.store.connection import Connection
from rectify_tui.store.derived import (
    AssignmentsDiffer,
    Comparison,
    Difference,
    DisagreementsDiffer,
    FigureDiffers,
    RecordDiffers,
    RegionsDiffer,
    SpansDiffer,
    Unreadable,
)
from rectify_tui.store.disagreement_sums import SumDiffers
from rectify_tui.store.findings import Faults, Finding
from rectify_tui.store.labels import called
from rectify_tui.store.records import CASE, ITEM


def compare_state(connection: Connection) -> Iterator[Finding]:
    """What is kept of each record, of its statuses over time, and of the figures."""
    comparison = Comparison(connection)
    state, spans, rollup = Faults(), Faults(), Faults()
    for difference in comparison.differences():
        match difference:
            case SpansDiffer():
                spans.add("check.span", ref=called(connection, difference.entity, difference.id))
            case AssignmentsDiffer():
                spans.add("check.assigned", ref=called(connection, ITEM, difference.id))
            case DisagreementsDiffer(id):
                spans.add("check.disagreement", ref=called(connection, ITEM, id))
            case FigureDiffers(key, _, kept, told):
                rollup.add("check.rollup", period=key[1], status=key[6], kept=kept, told=told)
            case SumDiffers(period, kept, told):
                what = Problem("schedule.queue.reason.disagreeing")
                rollup.add("check.rollup", period=period, status=what, kept=kept, told=told)
            case _:
                _add(state, connection, difference)
    yield state.finding("state", comparison.records)
    yield spans.finding("spans", comparison.records)
    yield rollup.finding("rollup", comparison.lines)


def _add(state: Faults, connection: Connection, difference: Difference) -> None:
    match difference:
        case Unreadable(entity, id, error):
            state.add("check.unreadable", error=f"{entity} {id}: {error!r}")
        case RegionsDiffer(id):
            state.add("check.differs", ref=called(connection, CASE, id), fields="case_region")
        case RecordDiffers(entity, id, _, wrong) if wrong:
            fields = ", ".join(wrong)
            state.add("check.differs", ref=called(connection, entity, id), fields=fields)
        case RecordDiffers(entity, id):
            state.add("check.unexplained", ref=called(connection, entity, id))
