"""Adding, setting and merging items."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from rectify_tui.domain.fields import ITEM as FIELDS
from rectify_tui.domain.merge import first_in_cycle
from rectify_tui.domain.status import Status, Verification, read_status
from rectify_tui.domain.text import clean
from rectify_tui.domain.timeline import Later, Values
from rectify_tui.domain.visits import without_result
from rectify_tui.errors import Problem, Refusal
from rectify_tui.store.commands.closure_fields import require_open
from rectify_tui.store.commands.dates import effective
from rectify_tui.store.commands.deadlines import refuse_unnamed_move
from rectify_tui.store.commands.holding import change
from rectify_tui.store.commands.stale import require_fresh
from rectify_tui.store.commands.typed import (
    TypedOn,
    deadline_values,
    read_typed,
    settable,
    typed_values,
)
from rectify_tui.store.draft import Draft
from rectify_tui.store.merges import pointers_over_time
from rectify_tui.store.records import ITEM, MEASURE, MILESTONE, PROGRAMME
from rectify_tui.store.references import Target, item_ref


def field_values(name: str, text: str, *, year: int | None, today: date) -> Values:
    """Typed values of one field as a person wrote it, for fields that name no record.

    Raises `Problem` for what cannot be read.
    """
    return typed_values(settable(FIELDS, name), text, TypedOn(today, year))


def add_item(
    draft: Draft, programme_id: int, number: str, fields: Mapping[str, str], *,
    on: date | None = None, reconstructed: bool = False, source: str | None = None,
) -> int:  # fmt: skip
    """Add an item to a programme; returns its id. The region is the programme's unless given.

    Raises `Problem` for a taken or empty number and for fields that cannot be read.
    """
    programme = draft.get(PROGRAMME, programme_id)
    number = clean(number, limit=40)
    ref = item_ref(str(programme["code"]), number)
    if not number or "/" in number:
        raise Problem("item.bad_number", number=number)
    taken = draft.connection.execute(
        "SELECT 1 FROM item WHERE programme_id = ? AND number = ?", [programme_id, number]
    ).fetchone()
    if taken:
        raise Problem("item.exists", ref=ref)
    values = new_item(programme_id, number, int(programme["region_id"] or 0))
    values |= deadline_values("", None)
    values |= read_typed(draft, FIELDS, fields, year=int(programme["year"] or 0))
    values |= {"reconstructed": int(reconstructed), "source": source}
    if values["status"] == Status.MERGED:
        raise Problem("item.merge_needs_target")
    values, result = without_result(values)
    values["verification"] = Verification.UNVERIFIED.value
    day = effective(draft, on)
    id = draft.create(ITEM, values, day)
    if result is not None:
        from rectify_tui.store.commands.visits import say_result

        say_result(draft, id, result, day, reopens=False)
    return id


def new_item(programme_id: int, number: str, region_id: int) -> Values:
    """The values of an item about which nothing else is known."""
    return {
        "programme_id": programme_id, "number": number, "problem": "", "region_id": region_id,
        "deadline_kind": "none", "status": Status.NOT_STARTED.value,
        "verification": Verification.UNVERIFIED.value, "reconstructed": 0,
    }  # fmt: skip


def set_items(
    draft: Draft, ids: Iterable[int], fields: Mapping[str, str], *,
    on: date | None = None, seen: Mapping[int, int] | None = None, later: Later | None = None,
    correction: bool = False,
) -> None:  # fmt: skip
    """Set fields of items, all with effect from the same date.

    `seen` gives the revision of each item as its author saw it, `later` what becomes of what was
    said of later days. What a visit found becomes a visit. Raises `Stale` when an item has been
    changed since, `SaidLater` where `later` has to be decided, `Problem` for fields that cannot be
    read, and, unless it is the `correction` of a mistake, `DeadlineMoves` for another deadline than
    an item has.
    """
    ids = list(ids)
    day = effective(draft, on)
    if "status" in fields and read_status(fields["status"]) is Status.MERGED:
        raise Problem("item.merge_needs_target")
    draft.load(ITEM, ids)
    draft.recall(ITEM, ids, day)
    typed: dict[int, Values] = {}
    for id in ids:
        item = draft.get(ITEM, id)
        programme_id = int(item["programme_id"] or 0)
        if programme_id not in typed:
            year = int(draft.get(PROGRAMME, programme_id)["year"] or 0)
            typed[programme_id] = read_typed(draft, FIELDS, fields, year=year)
        values = typed[programme_id]
        ref = _ref(draft, item)
        require_fresh(draft, ITEM, id, ref, (seen or {}).get(id), values)
        require_open(ref, item, values)
        if not correction:
            refuse_unnamed_move(draft, id, ref, values, day)
        values, result = without_result(values)
        if "status" in values:
            values = values | {"merged_item_id": None, "merged_programme_id": None}
        change(draft, ITEM, id, ref, values, day, later)
        if result is not None:
            from rectify_tui.store.commands.visits import say_result

            findings = draft.batch.reason or ""
            say_result(draft, id, result, day, findings=findings, reopens="status" not in values)


def correct_items(
    draft: Draft, ids: Iterable[int], fields: Mapping[str, str], *,
    seen: Mapping[int, int] | None = None, later: Later | None = None,
) -> None:  # fmt: skip
    """Put right what was typed wrongly when items were entered, as if it had been so then.

    What was said of a later day stays, or is replaced, as `later` says. Raises what `set_items`
    raises, and `Problem` for what a visit found, which has a day of its own.
    """
    if "verification" in fields:
        raise Problem("visit.no_correction")
    for id in ids:
        for day in draft.first_days(ITEM, id):
            set_items(
                draft, [id], fields, on=date.fromisoformat(day), seen=seen, later=later,
                correction=True,
            )  # fmt: skip


def merge_items(
    draft: Draft, ids: Iterable[int], target: Target, *,
    on: date | None = None, seen: Mapping[int, int] | None = None, later: Later | None = None,
) -> None:  # fmt: skip
    """Mark items as merged into another item, or into a programme where its line is not known.

    Raises `Refusal` when that would make an item carry itself on, and what `set_items` raises.
    """
    ids = list(ids)
    day = effective(draft, on)
    if target.item_id is not None:
        draft.get(ITEM, target.item_id)
    draft.load(ITEM, ids)
    draft.recall(ITEM, ids, day)
    values: Values = {
        "status": Status.MERGED.value,
        "merged_item_id": target.item_id,
        "merged_programme_id": None if target.item_id else target.programme_id,
    }
    for id in ids:
        item = draft.get(ITEM, id)
        ref = _ref(draft, item)
        if target.item_id is None and item["programme_id"] == target.programme_id:
            raise Refusal("merge.own_programme", ref=ref)
        require_fresh(draft, ITEM, id, ref, (seen or {}).get(id), values)
        require_open(ref, item, values)
        change(draft, ITEM, id, ref, values, day, later)
    draft.flush()
    refuse_cycles(draft, ids)


def refuse_cycles(draft: Draft, ids: Iterable[int]) -> None:
    """Raise `Refusal` where a chain of merges from one of these items never ends, on any day."""
    for day, pointers in pointers_over_time(draft.connection, ids).items():
        caught = first_in_cycle(pointers, pointers)
        if caught is not None:
            raise Refusal("merge.cycle", ref=_ref(draft, draft.get(ITEM, caught)), on=day)


def _ref(draft: Draft, item: Values) -> str:
    programme = draft.get(PROGRAMME, int(item["programme_id"] or 0))
    return item_ref(str(programme["code"]), str(item["number"]))


def add_measure(
    draft: Draft, item_id: int, position: int, text: str, *, source: str | None = None,
    on: date | None = None,
) -> int:  # fmt: skip
    """Add a measure to an item; returns its id."""
    values: Values = {
        "item_id": item_id, "position": position, "text": clean(text, multiline=True),
        "source": source,
    }  # fmt: skip
    return draft.create(MEASURE, values, effective(draft, on))


def add_milestone(
    draft: Draft, measure_id: int, position: int, text: str, *, due: str = "", done: str = "",
    year: int | None = None, on: date | None = None, from_on: str | None = None,
) -> int:  # fmt: skip
    """Add a dated step to a measure; dates are kept as written and as read.

    It is planned from `from_on` on, None for ever since.
    """
    values: Values = {
        "measure_id": measure_id, "position": position, "text": clean(text),
        "due": clean(due) or None, "due_on": deadline_values(due, year)["due_on"],
        "done": clean(done) or None, "done_on": deadline_values(done, year)["due_on"],
        "from_on": from_on,
    }  # fmt: skip
    return draft.create(MILESTONE, values, effective(draft, on))
