"""Promises: by which day the next step was said to be taken, and what came of that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rectify_tui.domain.status import Status
from rectify_tui.domain.timeline import Row, Timeline, live_rows, status_on, value_on

_FIELD = "next_on"
_DONE = frozenset({Status.COMPLETED.value, Status.BASICALLY_COMPLETED.value})


@dataclass(frozen=True)
class Promise:
    """A promise whose day has come, with the days (ISO text) on which it was made and due."""

    made_on: str
    due_on: str
    kept: bool


def promises(
    rows: Iterable[Row], timeline: Timeline, steps_done: Iterable[str], as_of: str
) -> list[Promise]:
    """The promises of an item that came to something by a day, given its history.

    Kept is one by whose day the item was completed, basically included, or a step of it was done
    since it was made. Broken is one whose day passed without either. One that was replaced in time
    counts for nothing, nor does one whose day has not passed.
    """
    alive = live_rows(rows)
    days = sorted({row.effective_on for row in alive if row.field in ("", _FIELD)})
    words = [(day, value_on(alive, _FIELD, day)) for day in days if day <= as_of]
    words = [each for n, each in enumerate(words) if not n or each[1] != words[n - 1][1]]
    done, found = sorted(steps_done), []
    for n, (made_on, value) in enumerate(words):
        if value is None:
            continue
        due_on = str(value)
        replaced = words[n + 1][0] if n + 1 < len(words) else None
        end = min(due_on, replaced or due_on, as_of)
        kept = _is_kept(timeline, done, made_on, end)
        passed = due_on < as_of and (replaced is None or replaced > due_on)
        if kept or passed:
            found.append(Promise(made_on, due_on, kept))
    return found


def _is_kept(timeline: Timeline, done: Sequence[str], made_on: str, end: str) -> bool:
    return status_on(timeline, end) in _DONE or any(made_on <= day <= end for day in done)
