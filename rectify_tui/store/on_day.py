"""Records as they stood on a day: how queries find them, and the columns of what held then.

Every query begins with `asked`, a table of one row with the day, so that the day is given once.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from rectify_tui.domain.case import USUAL_DAYS
from rectify_tui.domain.fields import ITEM, NUMBERS
from rectify_tui.domain.status import CaseStatus
from rectify_tui.domain.timeline import ASSIGNED, DATED
from rectify_tui.store.chain import last_recorded_on
from rectify_tui.store.connection import Connection, engine
from rectify_tui.store.history import ALIVE, CLOSURES_SAID
from rectify_tui.store.step_sql import DONE_STEP, HELD_STEP, NEXT_DUE, count_steps

_NUMBERS = frozenset(name for field in ITEM.of_kind(*NUMBERS) for name in field.kept_in)

STILL_OPEN = "item.status NOT IN ('completed', 'merged')"
"""Neither completed nor merged as things stand, as the index of such items by due day has it."""

CASE_DUE = f"COALESCE({{0}}.due_on, {engine.day_after('{0}.passed_on', USUAL_DAYS)})"
"""By when a case is to be handled, to be filled with what its table is called."""

_DUE_ON, _DUE_FROM = map(engine.day_number, ("e.due_on", "e.due_from"))

_VISITS = (
    "(SELECT {} FROM visit v WHERE v.item_id = item.id AND v.missing IS NULL"
    " AND v.visited_on <= asked.day)"
)
"""What is asked of the visits that count."""

_WORKED_OUT = {
    "step_due_on": NEXT_DUE,
    "steps_done": count_steps(DONE_STEP),
    "steps": count_steps(HELD_STEP),
    "days_granted": f"""(
        SELECT CAST(SUM({_DUE_ON} - {_DUE_FROM}) AS INTEGER) FROM extension e
        WHERE e.item_id = item.id AND e.refused = 0 AND e.decided_on <= asked.day
    )""",
    "visited_on": _VISITS.format("MAX(v.visited_on)"),
    "visit_reported": _VISITS.format("v.reported")[:-1]
    + " ORDER BY v.visited_on DESC, v.id DESC LIMIT 1)",
    "visits": _VISITS.format("COUNT(*)"),
}
"""What follows from other records on the day asked about, by the names of fields."""

_FIRST_DUE = (
    "(SELECT p.due_on FROM past_assignment p WHERE p.item_id = item.id AND p.due_on IS NOT NULL"
    " AND p.from_on <= asked.day ORDER BY p.from_on LIMIT 1)"
)
"""The first day on which an item was due, where its deadline was changed since."""


class OnDay(NamedTuple):
    """Records of one table as they stood on a day; `past` where more was written after it.

    `tables` gives every record that was there once, beside `asked`. `narrow` tells that something
    is asked for that finds fewer records than a status does, such as a programme or a place.
    """

    day: date
    past: bool
    table: str = "item"
    narrow: bool = False

    @property
    def tables(self) -> str:
        """What a query selects from, to be followed by further joins or by WHERE."""
        if not self.past:
            return f"asked CROSS JOIN {self.table}"
        tables = (
            f"asked CROSS JOIN {self.table}"
            f" {engine.JOIN_IN_ORDER if self.narrow else 'JOIN'} status_span span"
            f" ON span.subject = '{self._subject}'"
            f" AND span.subject_id = {self.table}.id AND span.from_on <= asked.day"
            " AND span.to_on > asked.day"
        )
        if self.table != "item":
            return tables
        return tables + (
            " LEFT JOIN past_assignment past ON past.item_id = item.id"
            " AND past.from_on <= asked.day AND past.to_on > asked.day"
        )

    @property
    def _subject(self) -> str:
        return "item" if self.table == "item" else "case"

    @property
    def status(self) -> str:
        """The column of the reported status."""
        name = "span.status" if self.past else f"{self.table}.status"
        return engine.unindexed(name) if self.narrow else name

    @property
    def since(self) -> str:
        """The column of the day since which that holds."""
        return "span.from_on" if self.past else f"{self.table}.status_on"

    @property
    def in_closeout(self) -> str:
        """Holds of every item that stood at a stage of close-out on the day, and of few others."""
        if not self.past:
            return "item.closure_on > ''"
        return f"(item.closure_on > '' OR item.id IN ({CLOSURES_SAID}))"

    def column(self, name: str) -> str:
        """What a column held on the day; what is not dated is as it is known now."""
        if name == "status":
            return self.status
        if name == "status_on":
            return self.since
        if name == "first_due_on":
            return f"COALESCE({_FIRST_DUE}, {self.column('due_on')})"
        if name == "due_on" and self.table != "item":
            return CASE_DUE.format(self.table)
        if name in _WORKED_OUT:
            return _WORKED_OUT[name]
        if not self.past or name not in DATED[self._subject]:
            return f"{self.table}.{name}"
        if self.table != "item":
            return self._of_case(name)
        if name in ASSIGNED:
            return f"CASE WHEN past.item_id IS NULL THEN item.{name} ELSE past.{name} END"
        # Most items were last changed before the day, and then the row itself has what held.
        return f"""CASE WHEN item.last_on <= asked.day THEN item.{name} ELSE CAST((
            SELECT CASE h.field WHEN '' THEN {engine.json_member("h.new", name)}
                ELSE {engine.json_value("h.new")} END
            FROM history h
            WHERE h.entity = 'item' AND h.entity_id = item.id AND h.field IN ('', '{name}')
                AND h.effective_on <= asked.day AND h.retracts IS NULL AND {ALIVE}
            ORDER BY h.effective_on DESC, h.seq DESC LIMIT 1
        ) AS {"NUMERIC" if name in _NUMBERS else "TEXT"}) END"""

    def _of_case(self, name: str) -> str:
        if name != "closed_on":
            return f"{self.table}.{name}"
        closed = f"{self.status} = '{CaseStatus.CLOSED}'"
        return f"CASE WHEN {closed} THEN {self.table}.{name} END"


def on_day(
    connection: Connection, day: date, table: str = "item", *, narrow: bool = False
) -> OnDay:
    """How queries find records as they stood on a day; nothing holds from before it is written."""
    newest = last_recorded_on(connection)
    return OnDay(day, newest is not None and newest > day.isoformat(), table, narrow)


NOW = OnDay(date.max, past=False)
"""How queries find items as they stand now, whatever is written of days to come."""


def on_day_or_now(connection: Connection, day: date | None) -> OnDay:
    """How queries find items as they stood on a day, without one as they stand now."""
    return on_day(connection, day) if day else NOW


class Columns(dict[str, str]):
    """The columns of a day by name, to fill a template of SQL with."""

    def __init__(self, on: OnDay) -> None:
        self._on = on

    def __missing__(self, name: str) -> str:
        return self._on.column(name)
