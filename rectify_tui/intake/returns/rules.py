"""What a row of a return says: held against what was sent out and against what the ledger has now.

Of each field there are three values. Where the returned one is that which was sent, the city said
nothing about it. Where it is that of the ledger, nothing is to be done. Where the ledger still has
what was sent, it is a clean change; else both sides changed it, and that is a conflict.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from rectify_tui.domain.answers import says_no_change
from rectify_tui.domain.closeout import is_completed
from rectify_tui.domain.fields import FieldKind
from rectify_tui.domain.status import Status, Verification
from rectify_tui.domain.text import shorten
from rectify_tui.domain.timeline import Value
from rectify_tui.errors import Problem
from rectify_tui.intake.model import FieldChange, Finding, Verdict
from rectify_tui.intake.returns.answers import KINDS, UnreadableAnswer, read_answer, same_answer
from rectify_tui.intake.returns.columns import ON, OPEN_FIELDS, TEXT_KINDS

FIELDS = tuple(field.name for field in OPEN_FIELDS)
"""Fields of an item that a return may change, by the names that commands use."""

DAY = ON.name
"""The name of the cell that says since when the row holds."""

_NEVER_EMPTY = frozenset({FieldKind.STATUS, FieldKind.PERCENT})
_DONE = {Status.BASICALLY_COMPLETED: 1, Status.COMPLETED: 2}
_ON_TIME = frozenset({Status.AHEAD, Status.ON_SCHEDULE})
_SHOWN_CELLS = 40
_ORDER = tuple(Verdict)


def compare(
    sent: Mapping[str, Value],
    now: Mapping[str, Value],
    returned: Mapping[str, str],
    *,
    today: date,
    deadline: date | None,
    as_of: date | None = None,
    since: date | None = None,
) -> tuple[tuple[FieldChange, ...], tuple[Finding, ...]]:
    """The changes that a row asks for, and what is to be said about it.

    `sent` and `now` hold the values of `FIELDS` as the ledger keeps them. `returned` holds the
    texts of the row's cells by field, and under `DAY` the day it gives; a field without a column is
    left out and says nothing. `as_of` is the day on which the row holds where it gives none (its
    cut-off), `since` the day from which the present status holds. Of a completion that was refuted
    on site (`verification` in `now`) it is right to go back. What is found about a cell has its
    field in `params["field"]`.
    """
    findings: list[Finding] = []
    day = _read(DAY, returned.get(DAY, ""), today, findings)
    dateless = day in (None, sent.get(DAY)) and not findings
    on = None if dateless or day is None else date.fromisoformat(str(day))
    changes: list[FieldChange] = []
    silent = True
    for name in FIELDS:
        if name not in returned:
            continue
        answer = _answer(name, sent.get(name), returned[name], today, findings)
        if same_answer(name, answer, sent.get(name)):
            continue
        silent = False
        if not same_answer(name, answer, now.get(name)):
            changes += _change(name, sent.get(name), now.get(name), answer, findings)
    if dateless and any(_completes(change) for change in changes):
        findings.append(_finding("completed_without_date", Verdict.SUSPICIOUS, DAY))
    findings += _suspicions(now, returned, changes, on=on, deadline=deadline,
                            as_of=on or as_of or today, since=since)  # fmt: skip
    if on and silent:
        findings.append(_finding("day_alone", Verdict.UNCHANGED, DAY, returned[DAY]))
    elif on and changes:
        changes.append(FieldChange(DAY, since.isoformat() if since else None, on.isoformat()))
    return tuple(changes), tuple(findings)


def verdict_of(changes: Iterable[FieldChange], findings: Iterable[Finding]) -> Verdict:
    """The worst of the findings; without any, whether there is something to change."""
    base = Verdict.CLEAN if any(True for _ in changes) else Verdict.UNCHANGED
    return max((base, *(finding.verdict for finding in findings)), key=_ORDER.index)


def day_of(changes: Iterable[FieldChange], today: date, cutoff: date | None) -> date:
    """From when a row's changes hold: the day it gives, else its cut-off, but never the future."""
    given = next((change.after for change in changes if change.field == DAY), None)
    if given is not None:
        return date.fromisoformat(str(given))
    return min(cutoff or today, today)


# --- reading cells ---


def _answer(name: str, sent: Value, text: str, today: date, findings: list[Finding]) -> Value:
    """What the cell says of a field; what was sent where it says nothing or nothing readable."""
    if KINDS[name] in TEXT_KINDS and says_no_change(text):
        return sent
    before = len(findings)
    value = _read(name, text, today, findings)
    if len(findings) > before:
        return sent
    if value is None and KINDS[name] in _NEVER_EMPTY:
        if sent is not None:
            findings.append(_finding("emptied", Verdict.SUSPICIOUS, name, text, sent=sent))
        return sent
    return value


def _read(name: str, text: str, today: date, findings: list[Finding]) -> Value:
    """The typed value of a cell, None where it is empty or cannot be read; that is then found."""
    try:
        return read_answer(name, text, today)
    except UnreadableAnswer as error:
        unreadable = _finding(error.code, Verdict.UNREADABLE, name, text)
        findings.append(replace(unreadable, expected=error.expected))
        return None


# --- judging ---


def _finding(code: str, verdict: Verdict, name: str, text: str = "", **params: object) -> Finding:
    shown = {key: in_words(name, value) for key, value in params.items()}
    return Finding(code, verdict, holds=text, params={"field": name, **shown})


def in_words(name: str, value: object) -> object:
    """A field's value as a message can show it in any language."""
    if isinstance(value, Problem):
        return value
    if value is None:
        return Problem("report.missing")
    if name == "status" and value in tuple(Status):
        return Problem(f"status.item.{value}")
    if name == "progress":
        return f"{value}%"
    return shorten(str(value), _SHOWN_CELLS)


def _change(
    name: str, sent: Value, now: Value, answer: Value, findings: list[Finding]
) -> list[FieldChange]:
    """The change of a field; none to or from merged, which is for the office to say."""
    if name == "status" and Status.MERGED in (answer, now):
        code = "merged_by_return" if answer == Status.MERGED else "merged_already"
        findings.append(_finding(code, Verdict.UNREADABLE, name, str(answer)))
        return []
    if same_answer(name, now, sent):
        return [FieldChange(name, now, answer)]
    findings.append(_finding("conflict", Verdict.CONFLICT, name, sent=sent, now=now, said=answer))
    return [FieldChange(name, now, answer, sent=sent)]


def _suspicions(
    now: Mapping[str, Value],
    returned: Mapping[str, str],
    changes: Iterable[FieldChange],
    *,
    on: date | None,
    deadline: date | None,
    as_of: date,
    since: date | None,
) -> Iterable[Finding]:
    changed = {change.field: change for change in changes}
    after = {name: now.get(name) for name in FIELDS}
    after |= {name: change.after for name, change in changed.items()}

    def suspicious(code: str, name: str, **params: object) -> Finding:
        return _finding(code, Verdict.SUSPICIOUS, name, returned.get(name, ""), **params)

    status, progress = after["status"], after["progress"]
    if "status" in changed:
        if status == Status.IN_PROGRESS:
            yield suspicious("unclear_status", "status", after=status)
        before = changed["status"].before
        refuted = now.get("verification") == Verification.REFUTED
        if _rank(status) < _rank(before) and not refuted:
            yield suspicious("went_backwards", "status", before=before, after=status)
        if (stage := now.get("closure")) and not is_completed(status):
            yield suspicious("out_of_closeout", "status", stage=Problem(f"closeout.stage.{stage}"))
        if on and since and on < since:
            yield suspicious("day_before_status", DAY, since=since, on=on)
    if changed.keys() & {"status", "progress"}:
        if status in _ON_TIME and deadline and deadline < as_of:
            yield suspicious("on_schedule_past_deadline", "status", after=status, deadline=deadline)
        if status == Status.COMPLETED and progress is not None and int(progress) < 100:
            yield suspicious("completed_below_100", "progress", after=progress)
    if "progress" in changed and _less(progress, changed["progress"].before):
        before = changed["progress"].before
        yield suspicious("progress_falls", "progress", before=before, after=progress)
    if "next_on" in changed and after["next_on"] and str(after["next_on"]) < as_of.isoformat():
        yield suspicious("promise_past", "next_on", after=after["next_on"], as_of=as_of)


def _completes(change: FieldChange) -> bool:
    return change.field == "status" and change.after == Status.COMPLETED


def _rank(status: Value) -> int:
    return _DONE.get(Status(str(status)), 0) if status else 0


def _less(one: Value, other: Value) -> bool:
    return one is not None and other is not None and int(one) < int(other)
