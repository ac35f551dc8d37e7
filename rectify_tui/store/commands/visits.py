"""Recording visits on site: what was found, and what that makes of the item.

An item's `verification` is what the last visit that counts found, and `visit_id` which one that
was. Both are written here alone, with effect from the day of the visit: one of an earlier day says
nothing about what a later one found. One that refutes a completion also takes it out of close-out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rectify_tui.domain.evidence import is_photograph
from rectify_tui.domain.position import Position, position_at
from rectify_tui.domain.status import GROUP_OF, Group, Status, Verification
from rectify_tui.domain.text import clean
from rectify_tui.domain.timeline import Later, Values
from rectify_tui.domain.visits import CLOSED_LOOP, RESULTS, Need, missing_of, reopened
from rectify_tui.errors import Problem, Refusal
from rectify_tui.store.commands.closeout import send_back
from rectify_tui.store.commands.closure_fields import without_full_progress
from rectify_tui.store.commands.dates import effective
from rectify_tui.store.commands.evidence import File, Given, add_evidence
from rectify_tui.store.commands.holding import change_decided
from rectify_tui.store.draft import Draft
from rectify_tui.store.evidence import evidence_about
from rectify_tui.store.labels import label
from rectify_tui.store.records import ITEM, VISIT

_NAME = 100


@dataclass(frozen=True)
class VisitNote:
    """What somebody says of a visit; empty texts are what the record lacks.

    `files` show what was found, and are kept as evidence in `folder`, which may be missing where
    there are none. Their day and place are those of the visit.
    """

    result: Verification
    person: str = ""
    team: str = ""
    position: Position | None = None
    findings: str = ""
    files: tuple[File, ...] = ()
    folder: Path | None = None

    @property
    def photographs(self) -> int:
        """How many of its files are photographs."""
        return sum(is_photograph(file.name) for file in self.files)


def record_visits(
    draft: Draft, ids: Iterable[int], note: VisitNote, *, needs: Collection[Need] = CLOSED_LOOP,
    on: date | None = None, reopens: bool = True,
) -> list[int]:  # fmt: skip
    """Record a visit to each of some items; returns the ids of the records.

    A visit that has all that the office `needs` counts: the item is verified or refuted from its
    day on. A completion that was refuted is taken back on that day where it `reopens`. Raises
    `Problem` for no result, and for a day to come.
    """
    if note.result not in RESULTS:
        raise Problem("visit.no_result")
    day = effective(draft, on)
    return [_record(draft, id, note, needs, day, said=False, reopens=reopens) for id in ids]


def say_result(
    draft: Draft, item_id: int, result: Verification, day: str, *, findings: str = "",
    reopens: bool = True,
) -> bool:  # fmt: skip
    """Record a visit of which the office was told the result and no more; it counts.

    That is what a column of an imported table and the option `--verified` say. Where the item has
    that result already nothing is written, and `UNVERIFIED` takes back what was said. Says whether
    anything was written. Raises what `record_visits` raises.
    """
    if _result_on(draft, item_id, day) is result:
        return False
    if result is Verification.UNVERIFIED:
        return _settle(draft, item_id, {"verification": result.value, "visit_id": None}, day)
    note = VisitNote(result, findings=findings)
    _record(draft, item_id, note, (), day, said=True, reopens=reopens)
    return True


def complete_visit(
    draft: Draft, visit_id: int, note: VisitNote, *, needs: Collection[Need] = CLOSED_LOOP,
    reopens: bool = True,
) -> None:  # fmt: skip
    """Add to the record of a visit what it lacked; what it has stays, and so do result and day.

    It counts from its own day on as soon as nothing is missing. Raises `Problem` where there is no
    such visit, `Refusal` for one that lacks nothing.
    """
    visit = draft.get(VISIT, visit_id)
    item_id = int(visit["item_id"] or 0)
    if visit["missing"] is None:
        raise Refusal("visit.complete", id=visit_id, ref=label(draft.connection, ITEM, item_id))
    told = _told(note)
    added = {name: value for name, value in told.items() if visit[name] is None}
    whole: Values = {**visit, **added}
    known = evidence_about(draft.connection, VISIT, visit_id)
    shown = note.photographs + sum(is_photograph(each.name) for each in known)
    added["missing"] = _missing(whole, needs, shown)
    draft.change(VISIT, visit_id, added, draft.batch.recorded_on)
    _keep_files(draft, item_id, visit_id, note, None)
    if added["missing"] is None:
        _count(draft, visit_id, whole, reopens=reopens)


def _record(
    draft: Draft, item_id: int, note: VisitNote, needs: Collection[Need], day: str, *,
    said: bool, reopens: bool,
) -> int:  # fmt: skip
    visit: Values = {
        "item_id": item_id, "result": note.result.value, "visited_on": day, "said": int(said),
        "reported": draft.held_on(ITEM, item_id, "status", day), **_told(note),
    }  # fmt: skip
    visit["missing"] = _missing(visit, needs, note.photographs)
    id = draft.create(VISIT, visit, day)
    _keep_files(draft, item_id, id, note, date.fromisoformat(day))
    if visit["missing"] is None:
        _count(draft, id, visit, reopens=reopens)
    return id


def _keep_files(
    draft: Draft, item_id: int, visit_id: int, note: VisitNote, day: date | None
) -> None:
    if note.files and note.folder is not None:
        given = Given(note.files)
        add_evidence(draft, note.folder, [item_id], given, about=(VISIT, visit_id), on=day)


def _told(note: VisitNote) -> Values:
    return {
        "person": clean(note.person, limit=_NAME) or None,
        "team": clean(note.team, limit=_NAME) or None,
        "latitude": note.position.latitude if note.position else None,
        "longitude": note.position.longitude if note.position else None,
        "findings": clean(note.findings, multiline=True) or None,
    }


def _missing(visit: Values, needs: Collection[Need], photographs: int) -> str | None:
    north, east = (
        None if (degrees := visit[name]) is None else float(degrees)
        for name in ("latitude", "longitude")
    )  # fmt: skip
    person, findings = (str(visit[name] or "") for name in ("person", "findings"))
    missing = missing_of(
        needs, person=person, position=position_at(north, east), findings=findings,
        photographs=photographs,
    )  # fmt: skip
    return ",".join(missing) or None


def _count(draft: Draft, visit_id: int, visit: Values, *, reopens: bool) -> None:
    """Let a visit count: for the item's verification, and, where refuted, for its status."""
    item_id, day = int(visit["item_id"] or 0), str(visit["visited_on"])
    result = Verification(str(visit["result"]))
    _settle(draft, item_id, {"verification": result.value, "visit_id": visit_id}, day)
    if result is not Verification.REFUTED or not reopens:
        return
    due_on = draft.held_on(ITEM, item_id, "due_on", day)
    status = reopened(
        Status(str(visit["reported"])),
        date.fromisoformat(str(due_on)) if due_on else None, date.fromisoformat(day),
    )  # fmt: skip
    if status is not None:
        progress = draft.held_on(ITEM, item_id, "progress", day)
        open_again = {"status": status.value} | without_full_progress(progress)
        _settle(draft, item_id, open_again, day)
        _keep_what_came_later(draft, item_id, day)
        by = visit["person"] or visit["team"] or draft.batch.on_behalf or draft.batch.who
        send_back(draft, item_id, visit_id, day, by=str(by), reason=str(visit["findings"] or ""))


def _keep_what_came_later(draft: Draft, item_id: int, day: str) -> None:
    """What was reported when somebody went again holds from then on: this visit knew nothing of it.

    Of visits in one batch the earlier ones are recorded first.
    """
    later = draft.connection.execute(
        "SELECT visited_on, reported FROM visit WHERE item_id = ? AND visited_on > ?"
        f" AND missing IS NULL AND result = '{Verification.CONFIRMED}' ORDER BY visited_on LIMIT 1",
        [item_id, day],
    ).fetchone()
    if later is not None and GROUP_OF[Status(later[1])] is Group.COMPLETED:
        _settle(draft, item_id, {"status": later[1]}, later[0])


def _settle(draft: Draft, item_id: int, values: Values, day: str) -> bool:
    """What was said for a later day stays: this visit knew nothing of it."""
    return change_decided(draft, ITEM, item_id, values, day, Later.UNTIL_NEXT)


def _result_on(draft: Draft, item_id: int, day: str) -> Verification:
    held = draft.held_on(ITEM, item_id, "verification", day)
    return Verification(str(held or Verification.UNVERIFIED))
