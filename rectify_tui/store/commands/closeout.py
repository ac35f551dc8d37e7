"""Taking steps of close-out: applied for, accepted, published, struck off, or sent back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rectify_tui.domain.closeout import (
    FROM,
    JUDGING,
    NEEDS_REASON,
    REOPENED,
    Closure,
    Level,
    Stage,
    Step,
    is_completed,
    move,
    require_another,
)
from rectify_tui.domain.text import clean
from rectify_tui.domain.timeline import Later, Values
from rectify_tui.errors import Problem, Refusal
from rectify_tui.store.closings import Closing, closings, closure_of, reporters
from rectify_tui.store.commands.closure_fields import closure_values, without_full_progress
from rectify_tui.store.commands.dates import effective
from rectify_tui.store.commands.evidence import Given, add_evidence
from rectify_tui.store.commands.holding import change, change_decided
from rectify_tui.store.draft import Draft
from rectify_tui.store.labels import label
from rectify_tui.store.programmes import procedures
from rectify_tui.store.records import CLOSING, ITEM


@dataclass(frozen=True)
class Taken:
    """A step as somebody takes it, why, at which level, and with which files as evidence.

    `folder` is where evidence is kept; it may be missing where there is none.
    """

    step: Step
    reason: str = ""
    level: Level | None = None
    given: Given = Given()  # noqa: RUF009 - it is frozen
    folder: Path | None = None


def close_items(
    draft: Draft, ids: Iterable[int], taken: Taken, *, on: date | None = None,
    later: Later | None = None,
) -> tuple[list[int], list[int]]:  # fmt: skip
    """Take one step for items, all of them or none; the ids of its records and of its evidence.

    Who takes it is on whose behalf the batch is written, else who writes it. Raises `Refusal`
    naming the item where the rules say no, `Problem` for a reason that is missing.
    """
    ids = list(dict.fromkeys(ids))
    day = effective(draft, on)
    if taken.step in NEEDS_REASON and not clean(taken.reason):
        raise Problem("closeout.no_reason", step=Problem(f"closeout.step.{taken.step}"))
    draft.load(ITEM, ids)
    by_item: dict[int, list[Closing]] = {id: [] for id in ids}
    for each in closings(draft.connection, ids):
        by_item[each.item_id].append(each)
    reported = reporters(draft.connection, ids) if taken.step in JUDGING else {}
    rules = procedures(draft.connection)
    actor = draft.batch.on_behalf or draft.batch.who
    records, evidence = [], []
    for id in ids:
        item, ref = draft.get(ITEM, id), label(draft.connection, ITEM, id)
        now = closure_of(item)
        try:
            _require_completed(taken.step, item)
            require_another(taken.step, actor, _involved(by_item[id], reported.get(id)))
            procedure = rules[int(item["programme_id"] or 0)]
            then = move(now, taken.step, procedure, date.fromisoformat(day), level=taken.level)
        except Problem as problem:
            kind = Refusal if isinstance(problem, Refusal) else Problem
            raise kind("closeout.of_item", ref=ref, why=problem) from problem
        record = draft.create(CLOSING, _record(id, taken, now, then, by_item[id], day, actor), day)
        values = closure_values(then)
        if taken.step is Step.REOPEN:
            values |= {"status": REOPENED.value} | without_full_progress(item["progress"])
        change(draft, ITEM, id, ref, values, day, later)
        records.append(record)
        if taken.given.files and taken.folder is not None:
            evidence += add_evidence(
                draft, taken.folder, [id], taken.given, about=(CLOSING, record), on=on
            )
    return records, evidence


def _require_completed(step: Step, item: Mapping[str, object]) -> None:
    """What is not reported as completed can be sent back or reopened, and nothing else."""
    if step not in (Step.REFUSE, Step.REOPEN) and not is_completed(item["status"]):
        status = Problem(f"status.item.{item['status']}")
        raise Refusal("closeout.not_completed", status=status)


def _involved(steps: Iterable[Closing], reporter: str | None) -> dict[str, set[str]]:
    """Who reported, and who applied and accepted since it was last applied for."""
    applied: set[str] = set()
    accepted: set[str] = set()
    for each in steps:
        if each.step == Step.APPLY:
            applied, accepted = {each.acted_by}, set()
        elif each.step == Step.ACCEPT:
            accepted.add(each.acted_by)
    return {"reporter": {reporter} if reporter else set(), "applicant": applied,
            "accepter": accepted}  # fmt: skip


def _record(
    item_id: int, taken: Taken, now: Closure, then: Closure, steps: list[Closing], day: str,
    actor: str,
) -> Values:  # fmt: skip
    level = then.level if taken.step is Step.ACCEPT else taken.level
    return {
        "item_id": item_id, "follows": steps[-1].id if steps else None, "step": taken.step.value,
        "level": level.value if level else None, "acted_on": day, "acted_by": actor,
        "stage": closure_values(then)["closure"],
        "notice_until": then.notice_until.isoformat() if then.notice_until else None,
        "reason": clean(taken.reason, multiline=True) or None,
    }  # fmt: skip


def send_back(draft: Draft, item_id: int, visit_id: int, day: str, *, by: str, reason: str) -> None:
    """Take an item whose completion a visit refuted on a day out of close-out.

    What is applied for or objected to is refused, all else reopened, by who went and for what was
    found. Steps of later days, which did not know of the visit, stay as they were taken, and it is
    sent back on the day of the last of them; unless it has been completed anew since, which is
    what those steps are about.
    """
    item = draft.get(ITEM, item_id)
    now = closure_of(item)
    if now.stage is Stage.NOT_APPLIED:
        return
    since = now.since.isoformat() if now.since else day
    if since > day and is_completed(item["status"]):
        return
    step = Step.REFUSE if now.stage in FROM[Step.REFUSE] else Step.REOPEN
    acted_on = max(day, since)
    then = Closure(since=date.fromisoformat(acted_on))
    taken = Taken(step, reason)
    steps = closings(draft.connection, [item_id])
    record = _record(item_id, taken, now, then, steps, acted_on, by) | {"visit_id": visit_id}
    draft.create(CLOSING, record, acted_on)
    change_decided(draft, ITEM, item_id, closure_values(then), acted_on, Later.UNTIL_NEXT)
