"""Taking a step towards a region or a unit, and keeping its answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rectify_tui.domain.ladder import EscalationStep
from rectify_tui.domain.text import clean
from rectify_tui.domain.timeline import Values
from rectify_tui.errors import Problem, Refusal
from rectify_tui.store.commands.dates import effective
from rectify_tui.store.connection import Connection, fetch_chunks
from rectify_tui.store.draft import Draft
from rectify_tui.store.labels import labels
from rectify_tui.store.records import ESCALATION, ITEM
from rectify_tui.store.regions import one_region


@dataclass(frozen=True)
class Addressee:
    """Whom a step is taken towards: a region, or a unit (then the region is where it belongs)."""

    name: str
    region_id: int | None
    unit_id: int | None = None
    name_en: str | None = None


def find_addressee(connection: Connection, text: str) -> Addressee:
    """The region or unit that a text names; a unit goes before a part of a region's name.

    Raises `Problem` where neither is known by it, or several regions are.
    """
    name = clean(text)
    row = connection.execute(
        "SELECT id, name, region_id FROM unit WHERE name = ? ORDER BY id LIMIT 1", [name]
    ).fetchone()
    if row is not None:
        return Addressee(row[1], row[2], row[0])
    try:
        region = one_region(connection, name)
    except Problem as problem:
        if problem.key != "region.not_found":
            raise
        raise Problem("escalation.no_addressee", text=name) from None
    return Addressee(region.name, region.id, name_en=region.name_en)


def escalate(
    draft: Draft, addressee: Addressee, step: EscalationStep, item_ids: Iterable[int], *,
    due_on: date | None = None, cause: str = "", on: date | None = None, issuer: str = "",
) -> int:  # fmt: skip
    """Record a step, with the items that caused it and who takes it; returns its id.

    Raises `Problem` where no item is given, one has nothing to do with the addressee, or the answer
    would be due before the step is taken.
    """
    ids = list(dict.fromkeys(item_ids))
    if not ids:
        raise Problem("escalation.no_items", name=addressee.name)
    day = effective(draft, on)
    if due_on is not None and due_on.isoformat() < day:
        raise Problem("escalation.due_before", due=due_on, day=day)
    theirs = set(of_addressee(draft.connection, addressee, ids))
    if strangers := [id for id in ids if id not in theirs]:
        names = labels(draft.connection, ITEM, strangers[:6])
        raise Problem(
            "escalation.strangers", name=addressee.name, refs="、".join(names.values()),
            n=len(strangers),
        )  # fmt: skip
    draft.load(ITEM, ids)
    items = [draft.get(ITEM, id) for id in ids]
    programmes = dict.fromkeys(str(item["programme_id"]) for item in items)
    region_id = addressee.region_id or int(items[0]["region_id"] or 0)
    values: Values = {
        "step": step.value, "region_id": region_id, "unit_id": addressee.unit_id,
        "programmes": ",".join(programmes), "item_ids": ",".join(map(str, ids)),
        "issued_on": day, "due_on": due_on.isoformat() if due_on else None,
        "cause": clean(cause, multiline=True) or None, "issuer": clean(issuer) or None,
    }  # fmt: skip
    return draft.create(ESCALATION, values, day)


def of_addressee(connection: Connection, addressee: Addressee, ids: list[int]) -> list[int]:
    """Those of the items that lie in the region, or that the unit has to do with."""
    if addressee.unit_id is not None:
        query = (
            "SELECT id FROM item WHERE ? IN (COALESCE(responsible_id, 0),"
            " COALESCE(lead_id, 0), COALESCE(supervising_id, 0)) AND id IN ({marks})"
        )
        rows = fetch_chunks(connection, query, ids, addressee.unit_id)
    else:
        query = (
            "SELECT id FROM item WHERE region_id IN"
            " (SELECT region_id FROM region_ladder WHERE place_id = ?) AND id IN ({marks})"
        )
        rows = fetch_chunks(connection, query, ids, addressee.region_id)
    theirs = {id for (id,) in rows}
    return [id for id in ids if id in theirs]


def answer(draft: Draft, id: int, text: str, *, on: date | None = None) -> None:
    """Keep the answer to a step.

    Raises `Problem` for an empty answer, an unknown step, or a day before the step was taken, and
    `Refusal` where it was answered before.
    """
    text = clean(text, multiline=True)
    if not text:
        raise Problem("escalation.empty_answer", id=id)
    known = _known(draft, id)
    day = effective(draft, on)
    if known["answered_on"] is not None:
        raise Refusal("escalation.answered", id=id, day=known["answered_on"])
    if known["issued_on"] is not None and day < str(known["issued_on"]):
        raise Problem("escalation.answered_before", day=day, issued=known["issued_on"])
    draft.change(ESCALATION, id, {"answer": text, "answered_on": day}, day)


def keep_minutes(draft: Draft, id: int, *, minutes: str = "", commitment: str = "") -> None:
    """Keep what was said when a step was taken, and what was promised there.

    Raises `Problem` for an unknown step or where nothing is given.
    """
    said = {"minutes": minutes, "commitment": commitment}
    values: Values = {
        name: text for name, given in said.items() if (text := clean(given, multiline=True))
    }
    if not values:
        raise Problem("escalation.nothing_said", id=id)
    _known(draft, id)
    draft.change(ESCALATION, id, values, draft.batch.recorded_on)


def _known(draft: Draft, id: int) -> Values:
    """A step. Raises `Problem` where there is none of that number."""
    if draft.connection.execute("SELECT 1 FROM escalation WHERE id = ?", [id]).fetchone() is None:
        raise Problem("escalation.not_found", id=id)
    return draft.get(ESCALATION, id)
