"""Entering the steps of items, and saying that one is done, moved or dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rectify_tui.domain.fields import STEP
from rectify_tui.domain.text import clean
from rectify_tui.domain.timeline import Values
from rectify_tui.errors import Problem, Refusal
from rectify_tui.store.commands.dates import effective
from rectify_tui.store.commands.items import add_measure
from rectify_tui.store.commands.stale import require_fresh
from rectify_tui.store.commands.typed import read_typed
from rectify_tui.store.draft import Draft
from rectify_tui.store.labels import label
from rectify_tui.store.milestones import NumberedStep, measures, numbered_steps
from rectify_tui.store.records import ITEM, MILESTONE, PROGRAMME


@dataclass(frozen=True)
class StepKey:
    """A step of a measure; a measure without any has no `id` and is the step itself."""

    measure_id: int
    id: int | None


def find_step(draft: Draft, item_id: int, called: str) -> StepKey:
    """The step of an item by its number, or by a part of its text.

    Raises `Problem` where there is none, or several.
    """
    text = clean(called)
    steps = numbered_steps(measures(draft.connection, item_id))
    found = [each for each in steps if text == str(each.number)]
    found = found or [each for each in steps if text and text in each.text]
    if len(found) != 1:
        listed = "；".join(f"{each.number} {each.text}" for each in found or steps)
        key = "several" if found else "not_found" if steps else "none_yet"
        raise Problem(f"step.{key}", text=text, steps=listed)
    return key_of(found[0])


def key_of(found: NumberedStep) -> StepKey:
    """The key of a step that was read."""
    return StepKey(found.measure.id, found.step.id if found.step else None)


def add_step(
    draft: Draft, item_id: int, fields: Mapping[str, str], *, measure: str = "",
    on: date | None = None,
) -> int:  # fmt: skip
    """Add a step, planned from a day on, to a measure by its text or number; returns its id.

    A measure of another text is added; without any the step is a measure of its own. Raises
    `Problem` for fields that cannot be read.
    """
    day = effective(draft, on)
    values = _read(draft, item_id, fields)
    text = clean(measure) or str(values.get("text") or "")
    if not values.get("text"):
        raise Problem("step.no_text")
    known = measures(draft.connection, item_id)
    names = {name: each for n, each in enumerate(known, 1) for name in (str(n), each.text)}
    found = names.get(clean(measure)) if clean(measure) else None
    id = found.id if found else add_measure(draft, item_id, len(known) + 1, text, on=on)
    position = len(found.milestones) + 1 if found else 1
    return draft.create(
        MILESTONE, {**values, "measure_id": id, "position": position, "from_on": day}, day
    )


def set_step(
    draft: Draft, item_id: int, key: StepKey, fields: Mapping[str, str], *,
    on: date | None = None, seen: int | None = None,
) -> int:  # fmt: skip
    """Correct a step, for the past too; returns its id.

    Raises `Problem` as `add_step` does, and `Stale` where the step has another revision than was
    `seen`, as all that change one do.
    """
    values = _read(draft, item_id, fields)
    _require_fresh(draft, key, seen, values)
    if "text" in values and not values["text"]:
        raise Problem("step.no_text")
    day, id = effective(draft, on), _kept(draft, key)
    draft.change(MILESTONE, id, values, day)
    done: Values = {name: values[name] for name in STEP["done"].kept_in if name in values}
    if done:  # also where it was planned otherwise, as far as that reaches beyond the day
        for before, until in _earlier(draft, id):
            since = str(done["done_on"] or "")
            draft.change(MILESTONE, before, done if until > since else _NOT_DONE, day)
    return id


def done_step(
    draft: Draft, item_id: int, key: StepKey, *, evidence: str = "", on: date | None = None,
    seen: int | None = None,
) -> int:  # fmt: skip
    """Say that a step is done since a day; returns its id."""
    fields = {"done": effective(draft, on)} | ({"evidence": evidence} if evidence else {})
    return set_step(draft, item_id, key, fields, on=on, seen=seen)


def say_step(
    draft: Draft, item_id: int, key: StepKey, changed: Mapping[str, str], *,
    on: date | None = None, seen: int | None = None,
) -> int:  # fmt: skip
    """Take what a form says otherwise of a step than before; returns the step's id.

    Another planned day moves it, an empty text drops it, all else corrects it.
    """
    if not clean(changed.get("text", "-")):
        return drop_step(draft, key, on=on, seen=seen)
    if "due" in changed:
        moved = move_step(draft, item_id, key, changed["due"], on=on, seen=seen)
        key, seen = StepKey(key.measure_id, moved), None
    rest = {name: text for name, text in changed.items() if name != "due"}
    return set_step(draft, item_id, key, rest, on=on, seen=seen) if rest else _kept(draft, key)


def move_step(
    draft: Draft, item_id: int, key: StepKey, to: str, *, on: date | None = None,
    seen: int | None = None,
) -> int:  # fmt: skip
    """Plan a step for another day; until `on` it goes on having been planned as it was.

    Raises `Problem` for what is no day, `Refusal` where it is done or was moved later already.
    """
    planned = _read(draft, item_id, {"due": to})
    _require_fresh(draft, key, seen, planned)
    day = effective(draft, on)
    id = _kept(draft, key)
    step = dict(draft.get(MILESTONE, id))
    if step["done"] is not None:
        raise Refusal("step.done_already", step=step["text"], on=step["done"])
    since = str(step["from_on"] or "")
    if day < since:
        raise Refusal("step.moved_later", step=step["text"], on=since)
    if step["due_on"] == planned["due_on"] and step["due"] == planned["due"]:
        return id
    if day > since:
        before = {**step, "until_on": day, "stands_for": id}
        draft.create(MILESTONE, before, day)
    draft.change(MILESTONE, id, {**planned, "from_on": day}, day)
    return id


def drop_step(
    draft: Draft, key: StepKey, *, on: date | None = None, seen: int | None = None
) -> int:
    """Plan a step no more from a day on; returns its id."""
    day = effective(draft, on)
    _require_fresh(draft, key, seen, {"until_on": day})
    id = _kept(draft, key)
    draft.change(MILESTONE, id, {"until_on": day}, day)
    return id


_NOT_DONE: Values = dict.fromkeys(STEP["done"].kept_in)


def _require_fresh(draft: Draft, key: StepKey, seen: int | None, yours: Values) -> None:
    """A measure that is a step itself has the revision 0 until it gets one."""
    if key.id is not None:
        ref = label(draft.connection, MILESTONE, key.id)
        require_fresh(draft, MILESTONE, key.id, ref, seen, yours)


def _read(draft: Draft, item_id: int, fields: Mapping[str, str]) -> Values:
    """Typed fields of a step, days without a year in that of the programme."""
    item = draft.get(ITEM, item_id)
    year = int(draft.get(PROGRAMME, int(item["programme_id"] or 0))["year"] or 0)
    values = read_typed(draft, STEP, fields, year=year)
    today, done = draft.batch.recorded_on, values.get("done_on")
    if done is not None and str(done) > today:
        raise Problem("change.future", on=done, today=today)
    return values


def _kept(draft: Draft, key: StepKey) -> int:
    """The id of a step; a measure that is one itself gets it now."""
    if key.id is not None:
        return key.id
    text = draft.connection.execute(
        "SELECT text FROM measure WHERE id = ?", [key.measure_id]
    ).fetchone()[0]
    values: Values = {"measure_id": key.measure_id, "position": 1, "text": clean(text)}
    return draft.create(MILESTONE, values, draft.batch.recorded_on)


def _earlier(draft: Draft, id: int) -> list[tuple[int, str]]:
    """The rows that stand for how a step was planned before, and until when."""
    rows = draft.connection.execute("SELECT id, until_on FROM milestone WHERE stands_for = ?", [id])
    return rows.fetchall()
