"""What the schedule says of an item, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_tui.reports.table import Labelled

if TYPE_CHECKING:
    from rectify_tui.domain.schedule import Derived, Disagreement
    from rectify_tui.i18n import Language
    from rectify_tui.store.schedule import Judged


def schedule_label(derived: Derived, t: Language) -> str:
    """What the schedule says, in a few words."""
    return t(derived.label, n=derived.days)


def schedule_says(judged: Judged, t: Language) -> str:
    """What the schedule says of an item, with its rule, and that it disagrees with the report."""
    derived = judged.derived
    rule = t(derived.rule, **derived.params)
    says = t("queue.says", state=t(f"schedule.state.{derived.state}"), rule=rule)
    if judged.disagreement is None:
        return says
    direction = t(f"queue.direction.{judged.disagreement.direction}")
    return t("queue.says_differs", says=says, direction=direction)


def schedule_record(judged: Judged, t: Language) -> dict[str, object]:
    """What the schedule says of an item, for programs."""
    derived = judged.derived
    return {
        "schedule": derived.state.value,
        "schedule_days": derived.days,
        "rule": t(derived.rule, **derived.params),
        "differs": direction_label(judged.disagreement, t),
    }


def direction_label(disagreement: Disagreement | None, t: Language) -> Labelled:
    """Whether the report is better or worse than the schedule; empty where they agree."""
    if disagreement is None:
        return Labelled(None, "")
    direction = disagreement.direction.value
    return Labelled(direction, t(f"schedule.direction.{direction}"))
