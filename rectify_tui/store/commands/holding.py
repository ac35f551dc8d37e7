"""How long a change holds, where something was said already of a later day."""

from __future__ import annotations

from collections.abc import Mapping

from rectify_tui.domain.timeline import Later, Value, Values
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

    Where nothing but the entry of the record came later, the change holds to the present: the
    record was entered late. Raises `SaidLater` where something else did and `later` is None.
    """
    days = draft.later_days(entity, id, values, on)
    if all(days.values()):
        later = Later.FROM_THEN_ON if days else Later.UNTIL_NEXT
    elif later is None:
        now = draft.get(entity, id)
        kept = {name: now.get(name) for name in values if now.get(name) != values[name]}
        said = {name: values[name] for name in kept}
        raise SaidLater(ref, on, min(day for day, entry in days.items() if not entry), said, kept)
    return draft.change(entity, id, values, on, later)
