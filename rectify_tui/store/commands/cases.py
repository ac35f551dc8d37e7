"""Adding cases and setting what is known about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from rectify_tui.domain.fields import CASE as FIELDS
from rectify_tui.domain.status import CaseStatus
from rectify_tui.domain.text import clean
from rectify_tui.domain.timeline import Later, Values
from rectify_tui.errors import Problem
from rectify_tui.store.commands.dates import effective
from rectify_tui.store.commands.holding import change
from rectify_tui.store.commands.stale import require_fresh
from rectify_tui.store.commands.typed import TypedOn, read_typed, settable, typed_values
from rectify_tui.store.draft import Draft
from rectify_tui.store.records import CASE, PROGRAMME
from rectify_tui.store.references import item_ref


def field_values(name: str, text: str, *, today: date) -> Values:
    """Typed values of one field as a person wrote it, regions apart.

    Raises `Problem` for what cannot be read.
    """
    return typed_values(settable(FIELDS, name), text, TypedOn(today))


def new_case(programme_id: int, number: str, region_id: int) -> Values:
    """The values of a case about which nothing else is known."""
    return {
        "programme_id": programme_id, "number": number, "complaint": "", "region_id": region_id,
        "regions": str(region_id), "status": CaseStatus.OPEN.value, "key_case": 0,
        "reconstructed": 0,
    }  # fmt: skip


def add_case(
    draft: Draft, programme_id: int, number: str, fields: Mapping[str, str], *,
    on: date | None = None, reconstructed: bool = False, source: str | None = None,
) -> int:  # fmt: skip
    """Add a case to a programme; returns its id. Raises `Problem` for a taken or empty number."""
    programme = draft.get(PROGRAMME, programme_id)
    number = clean(number, limit=60)
    if not number:
        raise Problem("case.bad_number")
    taken = draft.connection.execute(
        "SELECT 1 FROM complaint_case WHERE programme_id = ? AND number = ?", [programme_id, number]
    ).fetchone()
    if taken:
        raise Problem("case.exists", number=item_ref(str(programme["code"]), number))
    day = effective(draft, on)
    values = new_case(programme_id, number, int(programme["region_id"] or 0))
    values |= read_typed(draft, FIELDS, fields)
    values |= {"reconstructed": int(reconstructed), "source": source}
    if values["status"] == CaseStatus.CLOSED and not values.get("closed_on"):
        values["closed_on"] = day
    return draft.create(CASE, values, day)


def set_cases(
    draft: Draft, ids: Iterable[int], fields: Mapping[str, str], *,
    on: date | None = None, seen: Mapping[int, int] | None = None, later: Later | None = None,
) -> None:  # fmt: skip
    """Set fields of cases, all with effect from the same date.

    Closing sets the date of closing, opening again clears it. Raises `Stale` when a case has been
    changed since its author saw it, `SaidLater` where `later` has to be decided, `Problem` for
    fields that cannot be read.
    """
    ids = list(ids)
    day = effective(draft, on)
    values = read_typed(draft, FIELDS, fields)
    if "status" in values and "closed_on" not in values:
        values["closed_on"] = day if values["status"] == CaseStatus.CLOSED else None
    draft.load(CASE, ids)
    for id in ids:
        case = draft.get(CASE, id)
        code = str(draft.get(PROGRAMME, int(case["programme_id"] or 0))["code"])
        ref = item_ref(code, str(case["number"]))
        require_fresh(draft, CASE, id, ref, (seen or {}).get(id), values)
        change(draft, CASE, id, ref, _unless_closed(case, values, fields), day, later)


def _unless_closed(case: Values, values: Values, fields: Mapping[str, str]) -> Values:
    """The values without a new date of closing for a case that was closed already."""
    if case["status"] != CaseStatus.CLOSED or "closed_on" in fields or not case["closed_on"]:
        return values
    again = values.get("status") == CaseStatus.CLOSED
    return {name: v for name, v in values.items() if not (again and name == "closed_on")}
