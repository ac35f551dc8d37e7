"""Writes what history tells where something else is kept: records, their past, and figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rectify_tui.errors import Problem, Refusal
from rectify_tui.store.assignments import COLUMNS
from rectify_tui.store.connection import Connection, marks
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
from rectify_tui.store.disagreement_spans import judge_all
from rectify_tui.store.disagreement_sums import SumDiffers
from rectify_tui.store.records import ENTITIES
from rectify_tui.store.regions import parents, write_ladders
from rectify_tui.store.rollup_write import put_figure


def rebuild_rows(connection: Connection) -> tuple[tuple[str, int], ...]:
    """Write what history tells where something else is kept; how many of what that was."""
    differences = list(Comparison(connection).differences())
    counts: Counter[str] = Counter()
    for difference in differences:
        if isinstance(difference, Unreadable):
            error = f"{difference.entity} {difference.id}: {difference.error!r}"
            raise Refusal("repair.not_whole", fault=Problem("check.unreadable", error=error))
        counts[_NAMES[type(difference)]] += 1
    _write_records(connection, differences)
    _write_rows(connection, differences)
    if ladders := _write_ladders(connection):
        counts["ladders"] = ladders
    if differences:  # what follows from records has to be worked out from what they are now
        judge_all(connection)
    return tuple(counts.items())


_NAMES: dict[type[Difference], str] = {
    RecordDiffers: "records", SpansDiffer: "spans", AssignmentsDiffer: "spans",
    DisagreementsDiffer: "spans", RegionsDiffer: "records", FigureDiffers: "figures",
    SumDiffers: "figures",
}  # fmt: skip


def _write_records(connection: Connection, differences: Sequence[Difference]) -> None:
    """All wrong rows go before any comes, since one may have what is another's alone."""
    records = [each for each in differences if isinstance(each, RecordDiffers)]
    for each in records:
        connection.execute(f"DELETE FROM {ENTITIES[each.entity].table} WHERE id = ?", [each.id])
    for each in records:
        if each.row is not None:
            spec = ENTITIES[each.entity]
            columns = ("id", "rev", *spec.columns)
            connection.execute(
                f"INSERT INTO {spec.table} ({', '.join(columns)}) VALUES ({marks(columns)})",
                [each.id, *each.row],
            )


def _write_rows(connection: Connection, differences: Sequence[Difference]) -> None:
    """Spans of status, regions of cases, and figures."""
    for difference in differences:
        match difference:
            case SpansDiffer(entity, id, spans):
                connection.execute(
                    "DELETE FROM status_span WHERE subject = ? AND subject_id = ?", [entity, id]
                )
                connection.executemany(
                    "INSERT INTO status_span (subject, subject_id, from_on, to_on, status)"
                    " VALUES (?, ?, ?, ?, ?)",
                    [(entity, id, *span) for span in spans],
                )
            case AssignmentsDiffer(id, rows):
                connection.execute("DELETE FROM past_assignment WHERE item_id = ?", [id])
                connection.executemany(
                    f"INSERT INTO past_assignment ({', '.join(COLUMNS)}) VALUES ({marks(COLUMNS)})",
                    [(id, *row) for row in rows],
                )
            case RegionsDiffer(id, regions):
                connection.execute("DELETE FROM case_region WHERE case_id = ?", [id])
                connection.executemany(
                    "INSERT INTO case_region (region_id, case_id) VALUES (?, ?)",
                    [(region, id) for region in regions],
                )
            case FigureDiffers(key, learned_on, _, told):
                put_figure(connection, (key, learned_on), told)


def _write_ladders(connection: Connection) -> int:
    """Make all ladders anew; how many rows that altered."""
    query = "SELECT region_id, depth, place_id, parent_id FROM region_ladder"
    before = set(connection.execute(query).fetchall())
    connection.execute("DELETE FROM region_ladder")
    above = parents(connection)
    write_ladders(connection, {id: {"parent_id": parent} for id, parent in above.items()})
    return len(before ^ set(connection.execute(query).fetchall()))
