"""How long a change holds, where something was said already of a later day."""

from __future__ import annotations

from collections.abc import Mapping

from rectify_tui.domain.timeline import Later, Value, Values, said_together
from rectify_tui.errors import Refusal
from rectify_tui.store.commands.stale import shown
from rectify_tui.store.draft import Draft


class SaidLater(Refusal):
    """Something else was said for a later day, so it has to be decided what then holds.

    `said` is what the change says and what would hold at present from then on; `kept` is what
    would go on holding at present where the change ends on the day `until`.
    """

    def __init__(
        self, ref: str, on: str, until: str, said: Mapping[str, Value], kept: Mapping[str, Value]
    ) -> None:
        self.ref, self.on, self.until = ref, on, until
        self.said, self.kept = dict(said), dict(kept)
        super().__init__(
            "change.later", ref=ref, on=on, until=until, said=shown(said), kept=shown(kept)
        )


def change(
    draft: Draft, entity: str, id: int, ref: str, values: Values, on: str, later: Later | None
) -> bool:
    """Change dated fields of a record with effect from a date; says whether anything differs.

    Raises `SaidLater` where something else was said of a later day and `later` is None.
    """
    if later is None:
        _require_last_word(draft, entity, id, ref, values, on)
    return change_decided(draft, entity, id, values, on, later or Later.UNTIL_NEXT)


def change_decided(
    draft: Draft, entity: str, id: int, values: Values, on: str, later: Later
) -> bool:
    """Change fields of a record, where it is decided what becomes of what was said later.

    Where nothing but the entry of the record came later, the change holds to the present all the
    same: the record was entered late. That is so for each of the things that are said at once.
    """
    groups = said_together(entity, values)
    parts = [{name: value for name, value in values.items() if name in group} for group in groups]
    dated = {name for part in parts for name in part}
    plain = {name: value for name, value in values.items() if name not in dated}
    different = bool(plain) and draft.change(entity, id, plain, on)
    for part in parts:
        days = draft.later_days(entity, id, part, on)
        entered_late = bool(days) and all(days.values())
        outcome = Later.FROM_THEN_ON if entered_late else later
        different |= draft.change(entity, id, part, on, outcome)
    return different


def _require_last_word(
    draft: Draft, entity: str, id: int, ref: str, values: Values, on: str
) -> None:
    days = [day for day, entry in draft.later_days(entity, id, values, on).items() if not entry]
    if days:
        now = draft.get(entity, id)
        kept = {name: now.get(name) for name in values if now.get(name) != values[name]}
        raise SaidLater(ref, on, min(days), {name: values[name] for name in kept}, kept)
