"""The fields of an item that say how far its close-out is, and what becomes of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from rectify_tui.domain.timeline import Value, Values
from rectify_tui.errors import Problem, Refusal

if TYPE_CHECKING:
    from rectify_tui.domain.closeout import Closure

_ALL_DONE = 100


def closure_values(closure: Closure) -> Values:
    """The columns of an item that say how far it is."""
    from rectify_tui.domain.closeout import Stage

    return {
        "closure": None if closure.stage is Stage.NOT_APPLIED else closure.stage.value,
        "closure_level": closure.level.value if closure.level else None,
        "closure_on": closure.since.isoformat() if closure.since else None,
        "notice_until": closure.notice_until.isoformat() if closure.notice_until else None,
    }


def without_full_progress(progress: Value) -> Values:
    """What becomes of the progress of an item that is open again: what was all done is not."""
    return {"progress": None} if progress == _ALL_DONE else {}


def require_open(ref: str, item: Mapping[str, object], values: Mapping[str, object]) -> None:
    """See that what is in close-out does not become open by the way.

    Raises `Refusal` where another status is to hold of an item that is struck off or awaits it.
    """
    if not item.get("closure") or "status" not in values:
        return
    from rectify_tui.domain.closeout import is_completed

    if not is_completed(values["status"]):
        raise Refusal(
            "closeout.in_closeout", ref=ref, stage=Problem(f"closeout.stage.{item['closure']}")
        )
