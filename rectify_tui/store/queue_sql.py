"""The order of the queue as a query: `domain.queue.urgency`, to sort very many items by.

The rules themselves are in `domain.queue` and `domain.schedule`; both are held against each other
by tests on random ledgers. Within a reason the place of an item follows from one day: the earlier
it is, the more urgent the item.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from rectify_tui.domain.closeout import AWAITING, Stage, Waits
from rectify_tui.domain.deadline import DeadlineKind
from rectify_tui.domain.queue import DONE, DUE_WITHIN, RANK, Reason
from rectify_tui.domain.schedule.deriving import GOES_ON, UNDATED
from rectify_tui.domain.status import Status, Verification
from rectify_tui.domain.text import natural_key
from rectify_tui.store.connection import Connection, engine
from rectify_tui.store.on_day import OnDay
from rectify_tui.store.programmes import programme_codes
from rectify_tui.store.schedule_sql import (
    BEHIND_STATUSES,
    OPEN_STATUSES,
    beyond,
    due_at_once,
    listed,
    short,
)
from rectify_tui.store.step_sql import DONE_STEP, HELD_STEP, OPEN_STEP

_STANDING = (
    "deadline_kind", "due_on", "start_on", "status", "status_on", "progress", "verification",
    "next_on", "put_off_until", "reviewed_on", "closure", "closure_on", "notice_until",
)  # fmt: skip
"""What the place of an item follows from, beside its steps."""

REFUTED = f"verification = '{Verification.REFUTED}'"

_DONE, _GOES_ON, _ENDLESS = listed(DONE), listed(tuple(sorted(GOES_ON))), listed(tuple(UNDATED))

ORDER = "urgency, place, number_key, tie, number"
"""The order of what needs somebody, the most urgent first."""


def needing(connection: Connection, on: OnDay, where: str, waits: Waits, *, whole: bool) -> str:
    """The beginning of a query in which `needing` are the items that need somebody on a day.

    They are chosen among those that meet a condition on items, or among all of the `whole` ledger.
    Each has its `id`, `put_off_until`, `reviewed_on` and what `ORDER` sorts by. The first parameter
    of the query is the day, then come those of the condition.
    """
    columns = ", ".join(f"{on.column(name)} AS {name}" for name in _STANDING)
    days = ", ".join(f"{engine.day_after('given.day', n)} AS in_{n}" for n in DUE_WITHIN)
    place, tie = _places(connection)
    then = OnDay(on.day, past=False)  # all columns of `stood` are as they were
    return f"""
WITH given (day) AS (SELECT ?),
asked AS MATERIALIZED (
    SELECT given.day, {engine.day_number("given.day")} AS today, {days} FROM given
),
{_FEW if whole and not on.past else ""}
stood AS MATERIALIZED (
    SELECT item.id, item.programme_id, item.number_key, item.number, {columns}
    FROM {on.tables} WHERE {_looked_at(on, whole)} AND {where}
),
steps AS MATERIALIZED (
    SELECT m.item_id, MIN(s.due_on) AS first,
        MIN(CASE WHEN {OPEN_STEP} THEN s.due_on END) AS first_open,
        MIN(CASE WHEN {DONE_STEP} AND s.due_on > asked.day THEN s.due_on END) AS early
    FROM asked CROSS JOIN stood {engine.JOIN_IN_ORDER} measure m ON m.item_id = stood.id
        {engine.JOIN_IN_ORDER} milestone s ON s.measure_id = m.id
    WHERE s.due_on IS NOT NULL AND {HELD_STEP} GROUP BY m.item_id
),
judged AS MATERIALIZED (
    SELECT item.*, steps.first, steps.first_open, steps.early, {_late_since(then)} AS late_since
    FROM asked CROSS JOIN stood AS item LEFT JOIN steps ON steps.item_id = item.id
),
placed AS MATERIALIZED (
    SELECT item.id, item.put_off_until, item.reviewed_on, item.programme_id, item.number_key,
        item.number, {_urgency(then, waits)} AS urgency
    FROM asked CROSS JOIN judged AS item
),
needing AS (
    SELECT placed.*, {place} AS place, {tie} AS tie FROM placed WHERE placed.urgency IS NOT NULL
)
"""


_FEW = f"""few AS MATERIALIZED (
    SELECT m.item_id AS id FROM asked CROSS JOIN milestone s JOIN measure m ON m.id = s.measure_id
    WHERE {OPEN_STEP}
    UNION ALL SELECT id FROM item WHERE {REFUTED}
    UNION ALL SELECT id FROM item WHERE closure_on > ''
),"""
"""Among them are all completed items that may need somebody, as they stand now."""


def _looked_at(on: OnDay, whole: bool) -> str:
    """True of every item that may need somebody; of the completed ones few do."""
    completed = f"= '{Status.COMPLETED}'"
    if whole and not on.past:
        kept = engine.unindexed("item.status")
        few = "SELECT id FROM few"
        return f"({on.status} IN ({OPEN_STATUSES}) OR {kept} {completed} AND item.id IN ({few}))"
    refuted = f"{on.column('verification')} = '{Verification.REFUTED}'"
    steps = (
        "EXISTS (SELECT 1 FROM measure m JOIN milestone s ON s.measure_id = m.id"
        f" WHERE m.item_id = item.id AND {OPEN_STEP})"
    )
    status = engine.unindexed(on.status)  # what a filter asks for is fewer
    return (
        f"({status} IN ({OPEN_STATUSES})"
        f" OR {status} {completed} AND ({steps} OR {refuted} OR {on.in_closeout}))"
    )


def _late_since(on: OnDay) -> str:
    """The number of the day since which an item is late by the schedule, as in `deriving`."""
    status, start_on, due_on = on.status, on.column("start_on"), on.column("due_on")
    step = "CASE WHEN first_open < asked.day THEN steps.first_open END"
    started = f"{status} = '{Status.NOT_STARTED}' AND {start_on} <= asked.day"
    begun = _earlier(step, f"CASE WHEN {started} THEN {start_on} END")
    start, due = map(engine.day_number, (start_on, due_on))
    whole_days = f"CAST({on.column('progress')} * ({due} - {start} + 1) AS INTEGER) / 100"
    line = f"CASE WHEN {short(on)} AND NOT {_undrawn(on)} THEN {start} + {whole_days} END"
    return f"""CASE
        WHEN {status} = '{Status.COMPLETED}' THEN {engine.day_number(step)}
        WHEN {due_on} < asked.day THEN {due}
        ELSE {_earlier(engine.day_number(begun), line)} END"""


_EARLY = "early < COALESCE(first_open, '9999-12-31')"
"""The steps that fall due next are done."""


def _undrawn(on: OnDay) -> str:
    """Steps before the end are the schedule, and no line is drawn."""
    return f"COALESCE(first < {on.column('due_on')}, FALSE)"


def _earlier(one: str, other: str) -> str:
    """The lesser of two values, of which either may be missing."""
    return f"CASE WHEN {other} < {one} THEN {other} ELSE COALESCE({one}, {other}) END"


def _urgency(on: OnDay, waits: Waits) -> str:
    """What `urgency` in `domain.queue` puts before the reference, as one number.

    It is made of the first reason and of the number of the day from which all within it follows,
    which has seven digits. NULL where there is no reason.
    """
    day = engine.day_number
    names = ("status", "status_on", "start_on", "due_on", "deadline_kind", "next_on")
    status, status_on, start_on, due_on, kind, next_on = map(on.column, names)
    completed, not_started = (
        f"{status} = '{Status.COMPLETED}'",
        f"{status} = '{Status.NOT_STARTED}'",
    )
    done, is_open = f"{status} IN ({_DONE})", f"{status} NOT IN ({_DONE})"
    begins = f"({not_started} OR {kind} = '{DeadlineKind.START_ONLY}') AND {start_on} > asked.day"
    coming = _earlier(_earlier(due_on, "first_open"), f"CASE WHEN {begins} THEN {start_on} END")
    goes_on = f"{kind} IN ({_GOES_ON})"
    open_ended = f"{due_on} IS NULL AND {kind} IN ({_ENDLESS})"
    further = f"{_EARLY} OR {beyond(on)} AND NOT {_undrawn(on)}"
    ahead = f"({due_on} > asked.day OR {open_ended}) AND ({further})"
    late, waiting = "COALESCE(late_since, asked.today)", _waits_too_long(on, waits)
    reported = f"CASE WHEN {status_on} < asked.day THEN {day(status_on)} ELSE asked.today END"
    waited = day(_waits_since(on))
    rules = [
        (Reason.REFUTED, f"{REFUTED} AND {done}", late),
        (Reason.REFUTED, REFUTED, f"{_WORSE} + {late}"),
        (Reason.PROMISE_PASSED, f"{next_on} < asked.day AND NOT {completed}", day(next_on)),
        (Reason.OVERDUE, f"{is_open} AND {due_on} < asked.day", late),
        (Reason.BEHIND, f"{is_open} AND late_since IS NOT NULL", late),
        (Reason.BEHIND, f"{status} IN ({BEHIND_STATUSES})", reported),
        (Reason.DISAGREEING, "late_since IS NOT NULL", late),
        (Reason.DISAGREEING, f"{completed} AND first_open IS NOT NULL AND NOT {goes_on}", late),
        (Reason.DISAGREEING, f"{not_started} AND {ahead}", f"{_WORSE} + {late}"),
        (Reason.WAITING, f"{completed} AND {waiting}", waited),
        (None, completed, ""),
        (Reason.AT_ONCE, due_at_once(on), "0"),
        *((reason, f"{coming} <= asked.in_{n}", day(coming)) for n, reason in DUE_WITHIN.items()),
        (Reason.UNCLEAR, f"{status} = '{Status.IN_PROGRESS}'", reported),
        (Reason.WAITING, f"{done} AND {waiting}", waited),
    ]
    cases = (
        f"WHEN {when} THEN {f'{_least(reason)} + {since}' if reason else 'NULL'}"
        for reason, when, since in rules
    )
    return f"CASE {' '.join(cases)} END"


_WORSE = 10_000_000
"""Added to what comes second within a reason: refuted that was not completed, reported worse."""


def of_reason(reason: Reason) -> str:
    """A condition on `needing`: this is the first reason."""
    return f"urgency >= {_least(reason)} AND urgency < {_least(reason) + 2 * _WORSE}"


def _least(reason: Reason) -> int:
    return 2 * _WORSE * RANK[reason]


def _waits_since(on: OnDay) -> str:
    """The day since which it waits in close-out: what is published, from the end of its notice."""
    published = f"{on.column('closure')} = '{Stage.PUBLISHED}'"
    since, until = on.column("closure_on"), on.column("notice_until")
    return f"CASE WHEN {published} THEN {until} ELSE {since} END"


def _waits_too_long(on: OnDay, waits: Waits) -> str:
    """What `domain.closeout.waits_too_long` says."""
    stage = on.column("closure")
    somebody, strike = (
        (on.day - timedelta(days=most)).isoformat() for most in (waits.somebody, waits.strike)
    )
    most = f"CASE WHEN {stage} = '{Stage.PUBLISHED}' THEN '{strike}' ELSE '{somebody}' END"
    return f"{stage} IN ({listed(AWAITING)}) AND {_waits_since(on)} < {most}"


def _places(connection: Connection) -> tuple[str, str]:
    """The places of programmes by their codes, and of those that are alike but for zeros."""
    codes = programme_codes(connection)
    keys = {id: natural_key(code) for id, code in codes.items()}
    order = {key: place for place, key in enumerate(sorted(set(keys.values())))}
    ties = sorted(codes, key=lambda id: f"{codes[id]}/")
    ids = sorted(codes)
    return (
        _looked_up("programme_id", ids, [order[keys[id]] for id in ids]),
        _looked_up("programme_id", ids, [ties.index(id) for id in ids]),
    )


def _looked_up(column: str, keys: Sequence[int], values: Sequence[int]) -> str:
    """The value that stands for a key, by halves: a join would take longer than all the rest."""
    if len(keys) < 2:
        return str(values[0]) if values else "0"
    half = len(keys) // 2
    low = _looked_up(column, keys[:half], values[:half])
    high = _looked_up(column, keys[half:], values[half:])
    return f"CASE WHEN {column} < {keys[half]} THEN {low} ELSE {high} END"
