"""Moving deadlines, which one person asks for and another allows or refuses."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from rectify_tui.domain.text import clean
from rectify_tui.domain.timeline import Later, Values
from rectify_tui.errors import Problem, Refusal
from rectify_tui.store.commands.dates import effective
from rectify_tui.store.commands.holding import change
from rectify_tui.store.commands.typed import deadline_values
from rectify_tui.store.draft import Draft
from rectify_tui.store.labels import label
from rectify_tui.store.records import EXTENSION, ITEM, PROGRAMME

_NAME = 100


@dataclass(frozen=True)
class Request:
    """To which deadline somebody asks to move items, who decided that, and how."""

    to: str
    asked_by: str
    decided_by: str
    reason: str
    document: str = ""
    refused: bool = False


def extend_items(
    draft: Draft, ids: Iterable[int], request: Request, *, may_allow: Collection[str] = (),
    on: date | None = None, later: Later | None = None,
) -> list[int]:  # fmt: skip
    """Record what was decided of each item, and move the deadlines that were allowed to move.

    `may_allow` names those who may decide (none: anybody may). Returns the ids of the records.
    Raises `Refusal` where the one who decides asked for it, writes it or may not; `Problem` for
    what is missing or no later day; `SaidLater` as other changes do.
    """
    day = effective(draft, on)
    records = []
    for id in ids:
        ref = label(draft.connection, ITEM, id)
        moved = _moved(draft, draft.get(ITEM, id), request.to)
        records.append(record_extension(draft, id, ref, moved, request, may_allow, day))
        if not request.refused:
            change(draft, ITEM, id, ref, moved, day, later)
    return records


def record_extension(
    draft: Draft, id: int, ref: str, moved: Values, request: Request, may_allow: Collection[str],
    on: str,
) -> int:  # fmt: skip
    """Record what was decided of one item; returns the record's id.

    `moved` is the new deadline by column. Raises what `extend_items` raises of people and days.
    """
    who = _people(draft, request, may_allow)
    due, to = draft.get(ITEM, id)["due_on"], moved["due_on"]
    if due is None:
        raise Problem("extension.no_day", ref=ref)
    if to is None:
        raise Problem("extension.bad_day", text=request.to)
    if str(to) <= str(due):
        raise Problem("extension.not_later", ref=ref, due=due, to=to)
    decided: Values = {
        "item_id": id, "due_from": due, "deadline": moved["deadline"], "due_on": to,
        "decided_on": on, "refused": int(request.refused), **who,
    }  # fmt: skip
    return draft.create(EXTENSION, decided, on)


def _people(draft: Draft, request: Request, may_allow: Collection[str]) -> Values:
    asked, decided = (clean(name, limit=_NAME) for name in (request.asked_by, request.decided_by))
    reason = clean(request.reason, multiline=True)
    if not (asked and decided and reason):
        raise Problem("extension.incomplete")
    if decided == asked:
        raise Refusal("extension.own_request", name=decided)
    if decided in (draft.batch.who, draft.batch.on_behalf):
        raise Refusal("extension.own_writing", name=decided)
    if may_allow and decided not in may_allow:
        raise Refusal("extension.may_not", name=decided, names="、".join(may_allow))
    return {
        "asked_by": asked, "decided_by": decided, "reason": reason,
        "document": clean(request.document) or None,
    }  # fmt: skip


def _moved(draft: Draft, item: Values, to: str) -> Values:
    """The new deadline by column."""
    year = int(draft.get(PROGRAMME, int(item["programme_id"] or 0))["year"] or 0)
    moved = deadline_values(to, year)
    del moved["start_on"]
    return moved
