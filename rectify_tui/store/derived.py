"""What follows from history, held against what is kept: records, statuses over time, figures."""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from rectify_tui.domain.following import Following
from rectify_tui.domain.region import Step, ladder
from rectify_tui.domain.timeline import FOREVER, Replayed, Row, Value
from rectify_tui.errors import Problem
from rectify_tui.store.assignments import past_rows
from rectify_tui.store.connection import Connection, DatabaseError, fetch_chunks
from rectify_tui.store.consequences import ALWAYS
from rectify_tui.store.disagreement_spans import all_items, compare
from rectify_tui.store.disagreement_sums import SumDiffers, compare_sums
from rectify_tui.store.gathered import Gathered
from rectify_tui.store.kept import (
    Ids,
    Lockstep,
    RecordHistory,
    kept_assignments,
    kept_histories,
    kept_regions,
    kept_rows,
    kept_spans,
    touched,
)
from rectify_tui.store.records import (
    CASE,
    ENTITIES,
    ITEM,
    MEASURE,
    MILESTONE,
    REGION,
    Entity,
    region_ids,
    row_of,
)
from rectify_tui.store.regions import read_ladders
from rectify_tui.store.rollup_write import (
    Line,
    RollupKey,
    all_entries,
    count_lines,
    expand,
    is_day,
    is_year,
    kept_months,
    read_figures,
    read_years,
)
from rectify_tui.store.sums import add_up, add_up_since

DAMAGE = (ValueError, TypeError, LookupError, AttributeError, Problem)
"""What comes of reading a row that says something impossible."""

_COUNTED = {
    ITEM: frozenset(
        ("", "status", "programme_id", "region_id", "responsible_id", "start_on", "closure")
    ),
    CASE: frozenset(("", "status", "programme_id", "regions", "passed_on", "closed_on")),
}
"""The columns that say under what a record is counted, and when; "" is a whole record.

Of other columns `store/rollup_write.py` knows nothing, so that rows about them need no replay.
"""

_WINDOW = 500
"""Records that are read at a time where not all are."""


@dataclass(frozen=True)
class RecordDiffers:
    """A record is not what history tells. `row` is its `rev` and columns, None where it is gone.

    `wrong` names the columns that differ; none where it is there and should not be, or the reverse.
    """

    entity: str
    id: int
    row: tuple[Value, ...] | None
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True)
class SpansDiffer:
    """The statuses of an item or case over time are not what history tells, which is `spans`."""

    entity: str
    id: int
    spans: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class AssignmentsDiffer:
    """What an item was assigned in the past is not what history tells, which is `rows`."""

    id: int
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True)
class DisagreementsDiffer:
    """The days on which an item disagrees are not what follows from what is kept of the item."""

    id: int


@dataclass(frozen=True)
class RegionsDiffer:
    """The regions of a case are not what history tells, which is `regions`."""

    id: int
    regions: tuple[int, ...]


@dataclass(frozen=True)
class FigureDiffers:
    """A line of the rollup is kept as `kept` where history tells `told`.

    That of a day, `learned_on` some day, or that of a month or a year, which does not tell.
    """

    key: RollupKey
    learned_on: str | None
    kept: int
    told: int


@dataclass(frozen=True)
class Unreadable:
    """The history of a record, or its row, says something impossible."""

    entity: str
    id: int
    error: Exception


Difference = (
    RecordDiffers | SpansDiffer | AssignmentsDiffer | DisagreementsDiffer | RegionsDiffer
    | FigureDiffers | SumDiffers | Unreadable
)  # fmt: skip


class Comparison:
    """Walks through all histories once; what they teach about figures is gathered by the way.

    With `first_batch` only through those of records of which that batch or a later one tells, and
    what became known on its day or since is all that is held against figures: it has to be the
    first of its day. `records` and `lines` tell how much was looked at.
    """

    def __init__(self, connection: Connection, first_batch: int = 0) -> None:
        self.connection = connection
        self.records = self.lines = 0
        self._known_from = _known_from(connection)
        self._above: dict[int, int | None] = {}
        self._first_batch = first_batch
        self._since = self._known_from[first_batch] if first_batch else ""

    def differences(self) -> Iterator[Difference]:
        """All that is kept otherwise than history tells it, figures last."""
        with Gathered() as self._gathered:
            for entity, spec in ENTITIES.items():
                yield from self._of_kind(entity, spec, None)
            days_hold = True
            for ids in all_items(self.connection):
                for differs in self._disagreements(ids):
                    days_hold = False
                    yield differs
            if days_hold:
                yield from compare_sums(self.connection)
            yield from self._figures()

    def holds(self) -> bool:
        """Whether what the batches tell is kept so: the records, and the figures that changed."""
        with Gathered() as self._gathered:
            changed = touched(self.connection, self._first_batch)
            for entity, ids in changed.items():
                for start in range(0, len(ids), _WINDOW):
                    window = ids[start : start + _WINDOW]
                    if any(self._of_kind(entity, ENTITIES[entity], window)):
                        return False
            if any(self._disagreements(_items_of(self.connection, changed))):
                return False
            self.lines = self._gathered.count()
            ladders = read_ladders(self.connection, self._gathered.regions)
            return add_up_since(self.connection, self._gathered, ladders, self._since)

    def _of_kind(self, entity: str, spec: Entity, ids: Ids) -> Iterator[Difference]:
        rows = Lockstep(kept_rows(self.connection, spec, ids))
        spans = Lockstep(kept_spans(self.connection, entity, ids))
        past = Lockstep(kept_assignments(self.connection, entity, ids))
        links = Lockstep(kept_regions(self.connection, entity, ids))
        for id, history in kept_histories(self.connection, entity, ids):
            self.records += 1
            kept = rows.take(id), *(each.take(id) or [] for each in (spans, past, links))
            try:
                now = self._learn(entity, spec, id, history)
                yield from _compare(entity, spec, id, history, now, *kept)
            except DAMAGE as error:
                yield Unreadable(entity, id, error)
        yield from (RecordDiffers(entity, id, None) for id in rows.rest())
        yield from (SpansDiffer(entity, id, ()) for id in spans.rest())
        yield from (AssignmentsDiffer(id, ()) for id in past.rest())
        yield from (RegionsDiffer(id, ()) for id in links.rest())

    def _disagreements(self, ids: Sequence[int]) -> Iterator[DisagreementsDiffer]:
        """The items of which other days are kept than follow from the items as they are kept."""
        for id, kept, told in compare(self.connection, dict.fromkeys(ids, ALWAYS)):
            if kept != told:
                yield DisagreementsDiffer(id)

    def _learn(self, entity: str, spec: Entity, id: int, history: RecordHistory) -> Replayed | None:
        """What a record is in the end.

        Notes where a region lies, and how each batch changed what a record adds to counts.
        """
        if entity == REGION:
            born = next(row.new for _, row in history if row.field == "" and row.new is not None)
            self._above[id] = json.loads(born).get("parent_id")
        record = Following(entity)
        if not spec.counted:
            return record.take([row for _, row in history])
        counted = all_entries(entity, None)
        for known_from, rows in self._steps(entity, history):
            now = record.take(rows)
            if known_from is not None:
                before, counted = counted, all_entries(entity, now)
                if known_from < self._since:
                    continue
                for entries in zip(before, counted, strict=True):
                    self._gathered.add(known_from, *entries)
        return record.now

    def _steps(self, entity: str, history: RecordHistory) -> Iterator[tuple[str | None, list[Row]]]:
        """The rows about a record, cut behind each day on which what is counted became known.

        What is said after the last of them is of no day.
        """
        names, known_from = _COUNTED[entity], self._known_from
        rows: list[Row] = []
        day = None
        for batch, row in history:
            if day is not None and known_from.get(batch, "") != day:
                yield day, rows
                rows, day = [], None
            rows.append(row)
            if row.field in names:
                day = known_from.get(batch, "")
        if rows:
            yield day, rows

    def _figures(self) -> Iterator[FigureDiffers]:
        """Hold the figures against what was gathered: where they add up, nothing differs.

        Else line by line, so many of them at a time as a month has.
        """
        ladders = {region: ladder(region, self._above) for region in self._gathered.regions}
        if self._add_up(ladders):
            self.lines = count_lines(self.connection)
            return
        left = kept_months(self.connection)
        years: Counter[Line] = Counter()
        for month, gathered in self._gathered.months():
            left.discard(month)
            lines: Counter[Line] = Counter()
            for known_from, leaves in gathered.items():
                for key, n in expand(leaves, ladders).items():
                    line = (key, known_from if is_day(key) else None)
                    (years if is_year(key) else lines)[line] += n
            yield from self._hold(read_figures(self.connection, month), lines)
        for month in sorted(left):
            yield from self._hold(read_figures(self.connection, month), Counter())
        yield from self._hold(read_years(self.connection), years)

    def _add_up(self, ladders: Mapping[int, tuple[Step, ...]]) -> bool:
        with contextlib.suppress(DatabaseError), self.connection.attempt():  # what is no number
            return add_up(self.connection, self._gathered, ladders)
        return False

    def _hold(
        self, kept: Iterator[tuple[Line, int]], expected: Counter[Line]
    ) -> Iterator[FigureDiffers]:
        for line, n in kept:
            self.lines += 1
            told = expected.pop(line, 0)
            if told != n:
                yield FigureDiffers(*line, n, told)
        for line, told in expected.items():
            if told:
                yield FigureDiffers(*line, 0, told)


def _items_of(connection: Connection, changed: Mapping[str, Sequence[int]]) -> list[int]:
    """The items that changed, or of which steps did."""
    query = "SELECT item_id FROM measure WHERE id IN ({marks})"
    of_step = "SELECT measure_id FROM milestone WHERE id IN ({marks})"
    steps = fetch_chunks(connection, of_step, changed.get(MILESTONE, []))
    measures = {*changed.get(MEASURE, []), *(id for (id,) in steps)}
    items = (id for (id,) in fetch_chunks(connection, query, sorted(measures)))
    return sorted({*changed.get(ITEM, []), *items})


def _compare(
    entity: str, spec: Entity, id: int, history: RecordHistory, now: Replayed | None,
    row: list[Any] | None, spans: list[Any], past: list[Any], regions: list[Any],
) -> Iterator[Difference]:  # fmt: skip
    derived = _spans_of(now)
    if spans != derived:
        yield SpansDiffer(entity, id, tuple(derived))
    if past != (assigned := past_rows(now)):
        yield AssignmentsDiffer(id, tuple(assigned))
    if now is None:
        if row is not None:
            yield RecordDiffers(entity, id, None)
        return
    columns = row_of(entity, now.values, now.timeline, max(row.effective_on for _, row in history))
    if row is None:
        yield RecordDiffers(entity, id, (len(history), *columns))
    else:
        rev, *kept = row
        wrong: list[str] = []
        if columns != kept:
            wrong = [n for n, a, b in zip(spec.columns, columns, kept, strict=True) if a != b]
        if not isinstance(rev, int) or not 1 <= rev <= len(history):
            rev = len(history)  # a revision that nobody can have seen as another
            wrong.append("rev")
        if wrong:
            yield RecordDiffers(entity, id, (rev, *columns), tuple(wrong))
    if entity == CASE and regions != (links := sorted(region_ids(CASE, now.values))):
        yield RegionsDiffer(id, tuple(links))


def _spans_of(now: Replayed | None) -> list[tuple[str, str, str]]:
    timeline = now.timeline if now else ()
    ends = [since for since, _ in timeline[1:]] + [FOREVER]
    return [(since, end, status) for (since, status), end in zip(timeline, ends, strict=False)]


def _known_from(connection: Connection) -> dict[int, str]:
    """The day from which each batch is known: a clock that was set back does not reorder them."""
    batches = dict(connection.execute("SELECT id, recorded_on FROM batch ORDER BY id"))
    return dict(zip(batches, accumulate(batches.values(), max), strict=True))
