"""Stating how far a programme of coverage has come in a place, and its targets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rectify_tui.domain.text import clean
from rectify_tui.domain.timeline import Values
from rectify_tui.errors import Problem, Refusal
from rectify_tui.store.commands.dates import effective
from rectify_tui.store.connection import Connection
from rectify_tui.store.draft import Draft
from rectify_tui.store.programmes import get_programme
from rectify_tui.store.records import COVERAGE, COVERAGE_TARGET
from rectify_tui.store.regions import get_region, is_within


@dataclass(frozen=True)
class Statement:
    """What is stated of a place: `done` of `due`, None for what is not said."""

    done: int | None = None
    due: int | None = None
    note: str = ""
    source: str = ""


def state_coverage(
    draft: Draft, programme_id: int, region_id: int, statement: Statement, *, on: date | None = None
) -> int:
    """State how far a place has come on a day; what was stated for that day is corrected.

    Returns the id of the record. Raises `Problem` where nothing is said, a number is below zero,
    more is done than due, or the day has not come.
    """
    done, due = statement.done, statement.due
    if done is None and due is None:
        raise Problem("coverage.nothing_said")
    if min(number for number in (done, due) if number is not None) < 0:
        raise Problem("coverage.below_zero")
    day = effective(draft, on)
    known = _on(draft, programme_id, region_id, day)
    values: Values = {
        "done": done, "due": due, "note": clean(statement.note, multiline=True) or None,
        "source": clean(statement.source) or None,
    }  # fmt: skip
    said = {name: value for name, value in values.items() if value is not None}
    all_due = due if due is not None else _last_due(draft, programme_id, region_id, day)
    if done is not None and all_due is not None and done > all_due:
        raise Problem("coverage.more_than_due", done=done, due=all_due)
    if known is not None:
        draft.change(COVERAGE, known, said, day)
        return known
    record: Values = {"programme_id": programme_id, "region_id": region_id, "stated_on": day}
    return draft.create(COVERAGE, record | values, day)


def require_inside(connection: Connection, programme_id: int, region_id: int) -> None:
    """Raise `Problem` for a place that the programme has nothing to do with."""
    programme = get_programme(connection, programme_id)
    if not is_within(connection, region_id, programme.region_id):
        own, region = (get_region(connection, id) for id in (programme.region_id, region_id))
        raise Problem("coverage.outside", region=region.name, code=programme.code, own=own.name)


def _on(draft: Draft, programme_id: int, region_id: int, day: str) -> int | None:
    """What was stated of a place for a day, by its id."""
    row = draft.connection.execute(
        "SELECT id FROM coverage WHERE programme_id = ? AND region_id = ? AND stated_on = ?",
        [programme_id, region_id, day],
    ).fetchone()
    return None if row is None else int(row[0])


def _last_due(draft: Draft, programme_id: int, region_id: int, day: str) -> int | None:
    row = draft.connection.execute(
        "SELECT due FROM coverage WHERE programme_id = ? AND region_id = ? AND stated_on <= ?"
        " AND due IS NOT NULL ORDER BY stated_on DESC LIMIT 1",
        [programme_id, region_id, day],
    ).fetchone()
    return None if row is None else int(row[0])


def add_target(
    draft: Draft, programme_id: int, due_on: date, percent: int, *, region_id: int | None = None,
    source: str = "",
) -> int:  # fmt: skip
    """Have a share be done by a day, everywhere or in a place; returns the id of the target.

    What was the target of that day before is changed. Raises `Problem` for a share that is none,
    `Refusal` where that is the target already.
    """
    if not 1 <= percent <= 100:
        raise Problem("coverage.no_share", percent=percent)
    known = _target(draft, programme_id, due_on, region_id)
    recorded = draft.batch.recorded_on
    if known is None:
        values: Values = {
            "programme_id": programme_id, "region_id": region_id, "due_on": due_on.isoformat(),
            "percent": percent, "source": clean(source) or None,
        }  # fmt: skip
        return draft.create(COVERAGE_TARGET, values, recorded)
    if not draft.change(COVERAGE_TARGET, known, {"percent": percent}, recorded):
        raise Refusal("coverage.same_target", day=due_on, percent=percent)
    return known


def _target(draft: Draft, programme_id: int, due_on: date, region_id: int | None) -> int | None:
    row = draft.connection.execute(
        "SELECT id FROM coverage_target WHERE programme_id = ? AND due_on = ?"
        " AND COALESCE(region_id, 0) = ?",
        [programme_id, due_on.isoformat(), region_id or 0],
    ).fetchone()
    return None if row is None else int(row[0])
