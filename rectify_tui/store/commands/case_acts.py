"""What is done with cases: closing, splitting, sharing, and telling which are the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rectify_tui.domain.dates import read_day
from rectify_tui.domain.fields import CASE as FIELDS
from rectify_tui.domain.status import CaseStatus
from rectify_tui.domain.text import clean
from rectify_tui.domain.timeline import Later, Value, Values
from rectify_tui.errors import Problem, Refusal
from rectify_tui.store.commands.cases import set_cases
from rectify_tui.store.commands.dates import effective
from rectify_tui.store.commands.stale import require_fresh
from rectify_tui.store.draft import Draft
from rectify_tui.store.labels import label
from rectify_tui.store.records import CASE, read_ids
from rectify_tui.store.regions import get_region, one_region

FOUND = tuple(
    FIELDS[name] for name in (
        "substantiated", "findings", "measures", "ordered", "fined_wan", "investigated",
        "detained_administrative", "detained_criminal", "interviewed", "held_accountable",
    )
)  # fmt: skip
"""What is told of a case when it is closed."""

_ONCE = frozenset({
    "number", "duplicate_of", *(name for field in FOUND[3:] for name in field.kept_in),
})  # fmt: skip
"""What one part of a letter has and the others do not: so penalties are not told twice."""

Seen = Mapping[int, int] | None
"""Revisions of records that the author of a change saw."""


def close_cases(
    draft: Draft, ids: Iterable[int], told: Mapping[str, str], *, interim: bool = False,
    on: date | None = None, seen: Seen = None, later: Later | None = None,
) -> None:  # fmt: skip
    """Close cases, or only for the time being, with what was `told` of them.

    Raises `Refusal` for one that stands so already, `Problem` where it would be closed before it
    was passed on; else as `set_cases` does.
    """
    ids = list(ids)
    status = CaseStatus.INTERIM if interim else CaseStatus.CLOSED
    day = effective(draft, on)
    for id, case in _cases(draft, ids):
        if case["status"] == status:
            raise Refusal(f"case.already_{status}", ref=_ref(draft, id))
        _not_before(draft, id, case, str(told.get("closed_on") or day))
    set_cases(draft, ids, {**told, "status": status.value}, on=on, seen=seen, later=later)


def reopen_cases(
    draft: Draft, ids: Iterable[int], reason: str, *, on: date | None = None, seen: Seen = None,
    later: Later | None = None,
) -> None:  # fmt: skip
    """Open cases again; what was found stays. Raises `Problem` without a reason for it."""
    ids = list(ids)
    if not clean(reason, multiline=True):
        raise Problem("case.no_reason")
    for id, case in _cases(draft, ids):
        if case["status"] == CaseStatus.OPEN:
            raise Refusal("case.already_open", ref=_ref(draft, id))
    set_cases(draft, ids, {"status": CaseStatus.OPEN.value}, on=on, seen=seen, later=later)


@dataclass(frozen=True)
class Part:
    """A case that a letter is split into: where it lies, and what of the complaint it is about."""

    region: str
    complaint: str = ""


def read_parts(texts: Iterable[str]) -> list[Part]:
    """Parts as people write them: `大庆市`, or `大庆市=企业夜间排污`."""
    pairs = (text.replace("＝", "=").partition("=") for text in texts)
    return [Part(region.strip(), complaint.strip()) for region, _, complaint in pairs]


def split_case(
    draft: Draft, id: int, parts: Sequence[Part], *, on: date | None = None, seen: Seen = None
) -> list[int]:
    """Make several cases of one, all of which name its letter; returns their ids.

    The case itself becomes the first part and keeps what was found and punished; the others have
    its number with 2, 3, … behind, and stand as it stands. Raises `Problem` for fewer than two.
    """
    if len(parts) < 2:
        raise Problem("case.one_part")
    case, ref, day = draft.get(CASE, id), _ref(draft, id), effective(draft, on)
    letter = case["letter"] or case["number"]
    common: Values = {**case, "letter": letter}
    first = _part_values(draft, parts[0])
    require_fresh(draft, CASE, id, ref, (seen or {}).get(id), first)
    others = [
        draft.create(
            CASE,
            {
                **{name: value for name, value in common.items() if name not in _ONCE},
                "number": number, **_part_values(draft, part),
            },
            day,
        )
        for part, number in zip(parts[1:], _free_numbers(draft, case, len(parts) - 1), strict=True)
    ]  # fmt: skip
    draft.change(CASE, id, {**first, "letter": letter}, day)
    return [id, *others]


def _part_values(draft: Draft, part: Part) -> Values:
    region = one_region(draft.connection, part.region).id
    values: Values = {"regions": str(region), "region_id": region}
    if part.complaint:
        values["complaint"] = clean(part.complaint, multiline=True)
    return values


def _free_numbers(draft: Draft, case: Values, n: int) -> list[str]:
    """Numbers for further parts that no case of the programme has."""
    rows = draft.connection.execute(
        "SELECT number FROM complaint_case WHERE programme_id = ?", [case["programme_id"]]
    )
    taken = {number for (number,) in rows}
    last, numbers = 1, list[str]()
    while len(numbers) < n:
        last += 1
        if (number := f"{case['number']}-{last}") not in taken:
            numbers.append(number)
    return numbers


def share_cases(
    draft: Draft, ids: Iterable[int], regions: Iterable[str], *, on: date | None = None,
    seen: Seen = None,
) -> None:  # fmt: skip
    """Let cases belong to further regions; the main one stays. Raises `Problem` without any."""
    added = [one_region(draft.connection, name).id for name in regions if clean(name)]
    if not added:
        raise Problem("case.no_region")
    day = effective(draft, on)
    for id, case in _cases(draft, list(ids)):
        now = read_ids(str(case["regions"]))
        several = list(dict.fromkeys((*now, *added)))
        if len(several) == len(now):
            names = "、".join(get_region(draft.connection, region).name for region in added)
            raise Refusal("case.already_there", ref=_ref(draft, id), regions=names)
        values: Values = {"regions": ",".join(map(str, several))}
        require_fresh(draft, CASE, id, _ref(draft, id), (seen or {}).get(id), values)
        draft.change(CASE, id, values, day)


def mark_duplicates(
    draft: Draft, ids: Iterable[int], original: int | None, *, on: date | None = None,
    seen: Seen = None,
) -> None:  # fmt: skip
    """Say of which case others are duplicates, or that they are none.

    A duplicate of a duplicate is one of what that repeats. Raises `Refusal` for a case that would
    repeat itself, and for an original of another programme.
    """
    ids, day = list(ids), effective(draft, on)
    root = None if original is None else _original(draft, original)
    for id, case in _cases(draft, ids):
        ref = _ref(draft, id)
        if id == root:
            raise Refusal("case.own_duplicate", ref=ref)
        if root is not None and draft.get(CASE, root)["programme_id"] != case["programme_id"]:
            raise Refusal("case.other_programme", ref=ref, original=_ref(draft, root))
        values: dict[str, Value] = {"duplicate_of": root}
        require_fresh(draft, CASE, id, ref, (seen or {}).get(id), values)
        draft.change(CASE, id, values, day)
    if root is not None:
        _point_to(draft, _duplicates_of(draft, ids), root, day)


def _original(draft: Draft, id: int) -> int:
    """What a chain of duplicates repeats; of a circle, which an import may leave, any."""
    passed = [id]
    while (next_id := draft.get(CASE, passed[-1])["duplicate_of"]) and next_id not in passed:
        passed.append(int(next_id))
    return passed[-1]


def _duplicates_of(draft: Draft, ids: Collection[int]) -> list[int]:
    rows = draft.connection.execute(
        "SELECT id, duplicate_of FROM complaint_case WHERE duplicate_of IS NOT NULL"
    )
    return [id for id, original in rows if original in ids]


def _point_to(draft: Draft, ids: Iterable[int], root: int, day: str) -> None:
    """Let what repeated a case that is a duplicate now repeat what that repeats."""
    for id in ids:
        if id != root:
            draft.change(CASE, id, {"duplicate_of": root}, day)


def _cases(draft: Draft, ids: list[int]) -> Iterable[tuple[int, Values]]:
    draft.load(CASE, ids)
    return [(id, draft.get(CASE, id)) for id in ids]


def _ref(draft: Draft, id: int) -> str:
    return label(draft.connection, CASE, id)


def _not_before(draft: Draft, id: int, case: Values, day: str) -> None:
    today = date.fromisoformat(draft.batch.recorded_on)
    passed_on, closed_on = case["passed_on"], read_day(day, today=today).isoformat()
    if passed_on is not None and closed_on < str(passed_on):
        raise Problem("case.closed_before", ref=_ref(draft, id), on=closed_on, passed=passed_on)
