"""Adding cases and setting what is known about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from rectify_tui.domain.case import read_pollution_types, read_substantiated
from rectify_tui.domain.dates import read_day
from rectify_tui.domain.status import CaseStatus, read_case_status
from rectify_tui.domain.text import clean
from rectify_tui.domain.timeline import Values
from rectify_tui.errors import Problem
from rectify_tui.store.commands.dates import effective
from rectify_tui.store.commands.stale import require_fresh
from rectify_tui.store.draft import Draft
from rectify_tui.store.records import CASE, PROGRAMME
from rectify_tui.store.references import item_ref
from rectify_tui.store.regions import one_region

TEXTS = ("batch", "complaint", "findings", "measures", "note")
COUNTS = (
    "ordered", "investigated", "detained_administrative", "detained_criminal", "interviewed",
    "held_accountable",
)  # fmt: skip
EDITABLE = (
    "status", *TEXTS, *COUNTS, "region", "types", "substantiated", "passed_on", "closed_on",
    "fined_wan", "key_case",
)  # fmt: skip
"""What a person may set on a case, by the names that faces use. Fines are given in 万元."""


MOST_YUAN = 10**15
MOST_DIGITS = 9
"""What lies beyond is a slip of the hand, and would not fit into the store."""


def read_fine(text: str) -> int | None:
    """A fine in 万元 as whole yuan. Raises `Problem` for what is no amount."""
    text = clean(text).replace(",", "")
    if not text:
        return None
    try:
        yuan = Decimal(text) * 10_000
    except InvalidOperation:
        raise Problem("case.bad_fine", text=text) from None
    if not yuan.is_finite() or not 0 <= yuan <= MOST_YUAN or yuan != int(yuan):
        raise Problem("case.bad_fine", text=text)
    return int(yuan)


def _read_count(name: str, text: str) -> int | None:
    text = clean(text)
    if not text:
        return None
    if not text.isdecimal() or len(text) > MOST_DIGITS:
        raise Problem("case.bad_count", field=name, text=text)
    return int(text)


def _read_past_day(text: str, today: date) -> str | None:
    if not clean(text):
        return None
    day = read_day(text, today=today)
    if day > today:
        raise Problem("change.future", on=day, today=today)
    return day.isoformat()


def read_regions(draft: Draft, text: str) -> Values:
    """Several regions may be given, with commas between; the first is the main one."""
    parts = [part for part in clean(text).replace("、", ",").replace("，", ",").split(",") if part]
    ids = list(dict.fromkeys(one_region(draft.connection, part).id for part in parts))
    if not ids:
        raise Problem("region.no_name")
    return {"regions": ",".join(map(str, ids)), "region_id": ids[0]}


def field_values(name: str, text: str, *, today: date) -> Values:
    """Typed values of one field as a person wrote it, places apart.

    Raises `Problem` for what cannot be read.
    """
    if name == "status":
        return {name: read_case_status(text).value}
    if name in TEXTS:
        cleaned = clean(text, multiline=True)
        return {name: cleaned if name == "complaint" else cleaned or None}
    if name in COUNTS:
        return {name: _read_count(name, text)}
    if name == "types":
        return {name: ",".join(read_pollution_types(text)) or None}
    if name == "substantiated":
        return {name: read_substantiated(text)}
    if name in ("passed_on", "closed_on"):
        return {name: _read_past_day(text, today)}
    if name == "fined_wan":
        return {"fined_yuan": read_fine(text)}
    if name == "key_case":
        return {name: int(clean(text).lower() in ("1", "yes", "true", "是"))}
    raise Problem("case.no_field", field=name, fields=", ".join(EDITABLE))


def case_values(draft: Draft, fields: Mapping[str, str]) -> Values:
    """Typed values of fields as a person wrote them. Raises `Problem` for what cannot be read."""
    today = date.fromisoformat(draft.batch.recorded_on)
    values: Values = {}
    for name, text in fields.items():
        if name == "region":
            values |= read_regions(draft, text)
        else:
            values |= field_values(name, text, today=today)
    return values


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
    values |= case_values(draft, fields)
    values |= {"reconstructed": int(reconstructed), "source": source}
    if values["status"] == CaseStatus.CLOSED and not values.get("closed_on"):
        values["closed_on"] = day
    return draft.create(CASE, values, day)


def set_cases(
    draft: Draft, ids: Iterable[int], fields: Mapping[str, str], *,
    on: date | None = None, seen: Mapping[int, int] | None = None,
) -> None:  # fmt: skip
    """Set fields of cases, all with effect from the same date.

    Closing sets the date of closing, opening again clears it. Raises `Stale` when a case has been
    changed since its author saw it, `Problem` for fields that cannot be read.
    """
    ids = list(ids)
    day = effective(draft, on)
    values = case_values(draft, fields)
    if "status" in values and "closed_on" not in values:
        values["closed_on"] = day if values["status"] == CaseStatus.CLOSED else None
    draft.load(CASE, ids)
    for id in ids:
        case = draft.get(CASE, id)
        code = str(draft.get(PROGRAMME, int(case["programme_id"] or 0))["code"])
        ref = item_ref(code, str(case["number"]))
        require_fresh(draft, CASE, id, ref, (seen or {}).get(id), values)
        draft.change(CASE, id, _unless_closed(case, values, fields), day)


def _unless_closed(case: Values, values: Values, fields: Mapping[str, str]) -> Values:
    """The values without a new date of closing for a case that was closed already."""
    if case["status"] != CaseStatus.CLOSED or "closed_on" in fields or not case["closed_on"]:
        return values
    again = values.get("status") == CaseStatus.CLOSED
    return {name: v for name, v in values.items() if not (again and name == "closed_on")}
