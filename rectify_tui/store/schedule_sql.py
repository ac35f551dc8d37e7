"""What queries need to know of the schedule: items as they stood on a day, and its simplest rules.

The rules themselves are in `domain.schedule`. Here stands what chooses among very many items; both
are held against each other by tests on random ledgers. Every query begins with `asked`, a table of
one row with the day, so that the day is given once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rectify_tui.domain.deadline import DeadlineKind
from rectify_tui.domain.fields import ITEM, FieldKind
from rectify_tui.domain.schedule import TOLERANCE
from rectify_tui.domain.status import Group, Status, statuses_of
from rectify_tui.store.chain import last_recorded_on
from rectify_tui.store.connection import Connection, engine


def listed(values: tuple[str, ...]) -> str:
    """Words of our own as a list in SQL."""
    return ", ".join(f"'{value}'" for value in values)


OPEN_STATUSES = listed(tuple(s for s in Status if s not in (Status.COMPLETED, Status.MERGED)))
"""Statuses that are held against the schedule in full."""

BEHIND_STATUSES = listed(statuses_of(Group.BEHIND))

DUE_AT_ONCE = (
    "(item.due_on IS NULL AND item.deadline_kind IN"
    f" ({listed((DeadlineKind.AT_ONCE, DeadlineKind.DUE_THEN_CONTINUOUS))}))"
)
"""As `Plan.at_once`. The ledger does not know the day of issue."""

OPEN_STEP = "(s.due_on IS NOT NULL AND COALESCE(s.done_on > asked.day, s.done IS NULL))"
"""A milestone `s` that has a day and is not done by the day asked about; as `Step.done_by`."""

_NUMBERS = frozenset(
    column
    for field in ITEM.of_kind(
        FieldKind.PERCENT, FieldKind.COUNT, FieldKind.FLAG, FieldKind.REGION, FieldKind.UNIT,
        FieldKind.PROGRAMME, FieldKind.REFERENCE,
    )
    for column in field.kept_in
)  # fmt: skip
"""Columns of items that are no text; ids are numbers."""

# A retraction may be retracted in turn. Of those of one row at most one counts, so the row counts
# itself where all that were ever made of it and of each other are even in number.
_ALIVE = """(
    NOT EXISTS (SELECT 1 FROM history r WHERE r.retracts = h.seq)
    OR (
        WITH RECURSIVE back (seq) AS (
            SELECT r.seq FROM history r WHERE r.retracts = h.seq
            UNION ALL SELECT r.seq FROM history r JOIN back ON r.retracts = back.seq
        ) SELECT COUNT(*) % 2 = 0 FROM back
    )
)"""


@dataclass(frozen=True)
class OnDay:
    """Items as they stood on a day; `past` where more was written after it.

    `tables` gives every item that was there once, beside `asked`; `status` and `since` are columns.
    """

    day: date
    past: bool

    @property
    def tables(self) -> str:
        """What a query selects from, to be followed by further joins or by WHERE."""
        if not self.past:
            return "asked CROSS JOIN item"
        return (
            "asked CROSS JOIN item JOIN status_span span ON span.subject = 'item'"
            " AND span.subject_id = item.id AND span.from_on <= asked.day"
            " AND span.to_on > asked.day"
        )

    @property
    def status(self) -> str:
        """The column of the reported status."""
        return "span.status" if self.past else "item.status"

    @property
    def since(self) -> str:
        """The column of the day since which that holds."""
        return "span.from_on" if self.past else "item.status_on"

    def dated(self, name: str) -> str:
        """What a dated field was, as `timeline.replay` has it."""
        if not self.past:
            return f"item.{name}"
        # Most items were last changed before the day, and then the row itself has what held.
        return f"""CASE WHEN item.last_on <= asked.day THEN item.{name} ELSE CAST((
            SELECT CASE h.field WHEN '' THEN {engine.json_member("h.new", name)}
                ELSE {engine.json_value("h.new")} END
            FROM history h
            WHERE h.entity = 'item' AND h.entity_id = item.id AND h.field IN ('', '{name}')
                AND h.effective_on <= asked.day AND h.retracts IS NULL AND {_ALIVE}
            ORDER BY h.effective_on DESC, h.seq DESC LIMIT 1
        ) AS {"INTEGER" if name in _NUMBERS else "TEXT"}) END"""

    @property
    def short(self) -> str:
        """Whether progress falls clearly short of the line, if one can be drawn."""
        return self._against_line(f"+ {TOLERANCE}", "<")

    @property
    def beyond(self) -> str:
        """Whether progress is clearly beyond the line, if one can be drawn."""
        return self._against_line(f"- {TOLERANCE}", ">")

    def _against_line(self, tolerance: str, sign: str) -> str:
        """As `line.hold` has it, for a deadline that has not passed."""
        start, due, day = map(engine.day_number, ("item.start_on", "item.due_on", "asked.day"))
        return f"""(
            item.start_on < item.due_on AND {self.status} <> '{Status.BASICALLY_COMPLETED}'
            AND (({self.dated("progress")}) {tolerance}) * ({due} - {start} + 1)
                {sign} 100 * CASE WHEN item.start_on < asked.day THEN {day} - {start} ELSE 0 END
        )"""


def on_day(connection: Connection, day: date) -> OnDay:
    """How queries find items as they stood on a day; nothing holds from before it is written."""
    newest = last_recorded_on(connection)
    return OnDay(day, past=newest is not None and newest > day.isoformat())
