"""Two coordinators at once: a change says which revision it saw."""

from __future__ import annotations

from collections.abc import Mapping

from rectify_tui.domain.timeline import Value, Values
from rectify_tui.errors import Problem, Refusal
from rectify_tui.store.account import signed
from rectify_tui.store.draft import Draft


class Stale(Refusal):
    """Somebody changed the record after it was read. Both versions are in `yours` and `theirs`."""

    def __init__(
        self, ref: str, yours: Mapping[str, Value], theirs: Values, who: str | Problem, when: str
    ) -> None:
        self.ref = ref
        self.yours = dict(yours)
        self.theirs = {name: theirs.get(name) for name in yours}
        super().__init__(
            "change.stale", ref=ref, who=who, when=when,
            yours=shown(self.yours), theirs=shown(self.theirs),
        )  # fmt: skip


def shown(values: Mapping[str, Value]) -> str:
    """Values as text, for whoever does not put them into words."""
    return ", ".join(
        f"{name} = {'—' if value is None else value}" for name, value in values.items()
    )


def require_fresh(
    draft: Draft, entity: str, id: int, ref: str, seen: int | None, yours: Mapping[str, Value]
) -> None:
    """Raise `Stale` unless the record still has the revision that was seen (None: do not ask)."""
    if seen is None or draft.revision(entity, id) == seen:
        return
    who, on_behalf, when = draft.connection.execute(
        "SELECT batch.who, batch.on_behalf, batch.recorded_at"
        " FROM history JOIN batch ON batch.id = history.batch_id"
        " WHERE history.entity = ? AND history.entity_id = ? ORDER BY history.seq DESC LIMIT 1",
        [entity, id],
    ).fetchone()
    raise Stale(ref, yours, draft.get(entity, id), signed(who, on_behalf), when)
