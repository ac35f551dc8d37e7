"""Regions that come and go: new codes, abolished ones, items that move to a successor."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rectify_tui.domain.region import Depth, Region, RegionKind
from rectify_tui.domain.status import Status
from rectify_tui.domain.text import clean
from rectify_tui.domain.timeline import Values
from rectify_tui.errors import Problem, Refusal
from rectify_tui.store.commands.dates import effective
from rectify_tui.store.commands.handing_over import hand_over
from rectify_tui.store.draft import Draft
from rectify_tui.store.records import ITEM, REGION
from rectify_tui.store.regions import children, get_region, region_coded

ABOLISH = "abolish_region"
UPDATE = "update_regions"
"""Kinds of batches."""

_CODE = re.compile("[1-9][0-9]{5}")
_DONE = (Status.COMPLETED, Status.MERGED)
"""What an item that stays in an abolished region has come to."""

_LYING = (
    "SELECT id FROM item WHERE region_id = ?"
    " UNION SELECT item_id FROM past_assignment WHERE region_id = ? ORDER BY 1"
)


@dataclass(frozen=True)
class CodedRegion:
    """A region of the national list that came later; `kind` None is read from its code."""

    code: str
    name: str
    under: int
    name_en: str | None = None
    kind: str | None = None
    since: date | None = None


def add_coded_region(draft: Draft, new: CodedRegion) -> int:
    """Add a region with its code, from a day on; returns its id.

    One of that name beside it that had no code so far gets the code. Raises `Problem` for a code
    that is none, that is taken, or that lies elsewhere, and for a name that is taken.
    """
    code, name = clean(new.code), clean(new.name)
    if not name:
        raise Problem("region.no_name")
    above = get_region(draft.connection, new.under)
    _require_code(draft, code, above)
    kind = new.kind or (RegionKind.CITY if code.endswith("00") else RegionKind.COUNTY)
    day = effective(draft, new.since)
    since = None if new.since is None else day
    values: Values = {"code": code, "kind": kind, "from_on": since}
    if new.name_en:
        values["name_en"] = clean(new.name_en)
    beside = children(draft.connection, above.id)
    if any(each.code and each.name == name and each.holds_on(day) for each in beside):
        raise Problem("region.exists", name=name, under=above.name)
    return _put(draft, above, name, values, day)


def _put(draft: Draft, above: Region, name: str, values: Values, day: str) -> int:
    """Add a region with a code, or give the code to the one of that name which has none."""
    for beside in children(draft.connection, above.id):
        if beside.name == name and not beside.code and not beside.abolished_on:
            draft.change(REGION, beside.id, values, day)
            return beside.id
    lies: Values = {"name": name, "depth": above.depth + 1, "parent_id": above.id}
    return draft.create(REGION, {**values, **lies}, day)


def _require_code(draft: Draft, code: str, above: Region) -> None:
    if not _CODE.fullmatch(code):
        raise Problem("region.bad_code", code=code)
    if (held := region_coded(draft.connection, code)) is not None:
        raise Problem("region.code_taken", code=code, name=held.name)
    if above.depth >= Depth.COUNTY:
        raise Problem("region.below_county", name=above.name)
    if above.code and above.code.rstrip("0") and not code.startswith(above.code.rstrip("0")[:2]):
        raise Problem("region.code_elsewhere", code=code, name=above.name, above=above.code)


def abolish_region(
    draft: Draft, id: int, *, on: date | None = None, into: int | None = None
) -> list[int]:
    """End a region on a day (today unless given); returns the ids of the items that moved.

    With a successor its items that were neither completed nor merged by then lie there from that
    day on; all others stay, and so does every day before. Said again of an abolished region it
    keeps its day unless another is given. Raises `Problem` for a successor that is not there on
    that day, `Refusal` where regions below it are.
    """
    region = get_region(draft.connection, id)
    day = region.abolished_on if on is None and region.abolished_on else effective(draft, on)
    _require_end(draft, region, day)
    ended = {"abolished_on": day}
    if into is None:
        draft.change(REGION, id, ended, day)
        return []
    _require_successor(draft, region, into, day)
    draft.change(REGION, id, {**ended, "successor_id": into}, day)
    lying = [item for (item,) in draft.connection.execute(_LYING, [id, id])]
    open_ones = [item for item in lying if _open_on(draft, item, day)]
    return [item for item in open_ones if hand_over(draft, item, ("region_id",), id, into, day)]


def _open_on(draft: Draft, item: int, day: str) -> bool:
    day = max(day, draft.first_days(ITEM, item)[0])
    return draft.value_on(ITEM, item, "status", day) not in _DONE


def _require_end(draft: Draft, region: Region, day: str) -> None:
    if region.depth == Depth.NATION:
        raise Refusal("region.not_nation", name=region.name)
    if region.from_on and day <= region.from_on:
        raise Problem("region.before_it_was", name=region.name, day=day, since=region.from_on)
    left = [each for each in children(draft.connection, region.id) if each.holds_on(day)]
    if left:
        raise Refusal("region.holds_others", name=region.name, n=len(left), first=left[0].name)


def _require_successor(draft: Draft, region: Region, into: int, day: str) -> None:
    if into == region.id:
        raise Refusal("region.same", name=region.name)
    successor = get_region(draft.connection, into)
    if not successor.holds_on(day):
        raise Problem("region.successor_not_there", name=successor.name, day=day)


@dataclass(frozen=True)
class RegionChange:
    """A line of the list of changes: a code that is new from a day on, or one that ended then."""

    code: str
    name: str
    name_en: str | None
    kind: str
    parent_code: str
    from_on: str | None
    abolished_on: str | None
    into: str | None


def bring_up_to_date(draft: Draft, changes: Iterable[RegionChange]) -> tuple[list[int], list[int]]:
    """Take in changes that the ledger lacks and whose day has come; new ones, then ended ones.

    Returns the ids of those that were added and of those that ended. No item moves, and what
    the office said itself of a region's end stays.
    """
    added, ended = [], []
    for change in changes:
        day = change.from_on or change.abolished_on or ""
        held = region_coded(draft.connection, change.code)
        if day > draft.batch.recorded_on or (held is None) is not bool(change.from_on):
            continue
        if held is None:
            if (id := _add(draft, change)) is not None:
                added.append(id)
        elif held.abolished_on is None:
            into = region_coded(draft.connection, change.into) if change.into else None
            values = {"abolished_on": day, "successor_id": into.id if into else None}
            draft.change(REGION, held.id, values, day)
            ended.append(held.id)
        draft.flush()
    return added, ended


def _add(draft: Draft, change: RegionChange) -> int | None:
    """Add a new code; None where the ledger lacks what it lies under."""
    above = region_coded(draft.connection, change.parent_code)
    if above is None or change.from_on is None:
        return None
    values: Values = {
        "code": change.code, "name_en": change.name_en, "kind": change.kind,
        "from_on": change.from_on,
    }  # fmt: skip
    return _put(draft, above, change.name, values, change.from_on)
