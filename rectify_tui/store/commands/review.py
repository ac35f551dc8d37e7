"""Going through the queue: why an item stands as it does, what follows, and by when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from rectify_tui.domain.fields import REVIEWED
from rectify_tui.domain.text import clean
from rectify_tui.domain.timeline import Later
from rectify_tui.errors import Problem
from rectify_tui.store.commands.dates import effective
from rectify_tui.store.commands.items import set_items
from rectify_tui.store.commands.stale import require_fresh
from rectify_tui.store.commands.typed import read_coming_day
from rectify_tui.store.draft import Draft
from rectify_tui.store.labels import label
from rectify_tui.store.records import ITEM

_FIELDS = tuple(field.name for field in REVIEWED)


def review_items(
    draft: Draft, ids: Iterable[int], fields: Mapping[str, str], *,
    on: date | None = None, seen: Mapping[int, int] | None = None, later: Later | None = None,
) -> None:  # fmt: skip
    """Note that items were gone through, and what came of it, with effect from one day.

    Every review leaves its day, so that the same reason given again can be seen. A promise that is
    not set anew stays, also for another next step. Raises `Problem` where a review says nothing,
    for a promise before the day itself, and for putting off until no later day; and whatever
    `set_items` raises.
    """
    ids = list(ids)
    day = effective(draft, on)
    if unknown := [name for name in fields if name not in _FIELDS]:
        raise Problem("change.no_field", field=unknown[0], fields=", ".join(_FIELDS))
    if not fields:
        raise Problem("queue.nothing_said")
    _require_to_come(draft, fields, day)
    draft.load(ITEM, ids)
    for id in ids:
        _require_word(draft, id, fields)
    set_items(draft, ids, fields, on=on, seen=seen, later=later)
    for id in ids:
        draft.change(ITEM, id, {"reviewed_on": day}, day)


def keep_items(
    draft: Draft, ids: Iterable[int], *, on: date | None = None,
    seen: Mapping[int, int] | None = None,
) -> None:  # fmt: skip
    """Note that items were gone through on a day, and leave everything else as it is.

    Raises `Stale` where one has another revision than was `seen`.
    """
    ids = list(ids)
    day = effective(draft, on)
    draft.load(ITEM, ids)
    values = {"reviewed_on": day}
    for id in ids:
        if seen and id in seen:
            require_fresh(draft, ITEM, id, label(draft.connection, ITEM, id), seen[id], values)
        draft.change(ITEM, id, values, day)


def _require_to_come(draft: Draft, fields: Mapping[str, str], day: str) -> None:
    today = date.fromisoformat(draft.batch.recorded_on)
    promised = read_coming_day(fields.get("next_on", ""), today=today)
    if promised is not None and promised < day:
        raise Problem("queue.promise_before", by=promised, on=day)
    until = read_coming_day(fields.get("put_off_until", ""), today=today)
    if until is not None and until <= day:
        raise Problem("queue.put_off_before", until=until, on=day)


def _require_word(draft: Draft, id: int, fields: Mapping[str, str]) -> None:
    """To empty what is empty already says nothing."""
    item = draft.get(ITEM, id)
    if all(not clean(text, multiline=True) and not item.get(name) for name, text in fields.items()):
        raise Problem("queue.nothing_said_of", ref=label(draft.connection, ITEM, id))
