"""Counts of items and cases, and the rates made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from rectify_tui.domain.status import GROUP_OF, CaseStatus, Group, Status
from rectify_tui.domain.timeline import CLOSURE, NOT_STARTED_DUE
from rectify_tui.errors import Refusal

if TYPE_CHECKING:
    from fractions import Fraction

    from rectify_tui.domain.closeout import Stage

# to go through an enumeration takes ten times as long, and there is a tally for each line
_GROUPS, _CASES = tuple(Group), tuple(CaseStatus)


@dataclass(frozen=True)
class Tally:
    """The figures of one line: a programme, a place or a unit.

    `statuses` and `cases` have a count for every status. `carried` counts merged items that are
    left out of the total because the item that carries them on is counted. `closures` counts the
    completed items that are in close-out or struck off, by stage; without any it is empty.
    """

    statuses: Mapping[Status, int]
    groups: Mapping[Group, int]
    cases: Mapping[CaseStatus, int]
    total: int
    cases_total: int
    carried: int = 0
    closures: Mapping[Stage, int] = field(default_factory=dict)

    @property
    def struck_off(self) -> int:
        """Completed items that are struck off."""
        if not self.closures:
            return 0
        from rectify_tui.domain.closeout import Stage

        return self.closures.get(Stage.STRUCK, 0)

    @property
    def awaiting(self) -> int:
        """Completed items that somebody applied for, and that are not struck off yet."""
        if not self.closures:
            return 0
        from rectify_tui.domain.closeout import AWAITING

        return sum(self.closures.get(stage, 0) for stage in AWAITING)

    @property
    def not_applied(self) -> int:
        """Completed items that nobody applied for."""
        return self.groups[Group.COMPLETED] - self.struck_off - self.awaiting

    @property
    def open(self) -> int:
        """Items that are neither completed nor merged."""
        return self.total - self.groups[Group.COMPLETED] - self.groups[Group.MERGED]

    @property
    def completion_rate(self) -> float | None:
        """Completed and basically completed ÷ total, 0 to 1; None without items."""
        return self.groups[Group.COMPLETED] / self.total if self.total else None

    @property
    def case_closure_rate(self) -> float | None:
        """Closed ÷ all cases, 0 to 1; None without cases."""
        return self.cases[CaseStatus.CLOSED] / self.cases_total if self.cases_total else None


@dataclass
class Count:
    """Adds up differences read from the store into a `Tally`."""

    items: dict[str, int] = field(default_factory=dict)
    cases: dict[str, int] = field(default_factory=dict)
    closures: dict[str, int] = field(default_factory=dict)

    def add(self, subject: str, status: str, n: int) -> None:
        """Add `n` items or cases of a status, or items at a stage of close-out."""
        counts = self.cases
        if subject == "item":
            counts = self.items
        elif subject == CLOSURE:
            counts = self.closures
        counts[status] = counts.get(status, 0) + n

    def tally(self, *, across: bool) -> Tally:
        """The figures; `across` programmes a merged item is counted where it is carried on.

        Raises `Refusal` when a count is below zero, since then the parts cannot be right.
        """
        statuses = {status: self.items.get(status, 0) for status in GROUP_OF}
        due = self.items.get(NOT_STARTED_DUE, 0)
        statuses[Status.NOT_STARTED] += due
        carried = 0
        if across:
            carried, statuses[Status.MERGED] = statuses[Status.MERGED], 0
        groups = dict.fromkeys(_GROUPS, 0)
        for status, n in statuses.items():
            groups[GROUP_OF[status]] += n
        groups[Group.ON_SCHEDULE] -= due
        groups[Group.BEHIND] += due
        cases = {status: self.cases.get(status, 0) for status in _CASES}
        closures = _stages(self.closures) if self.closures else {}
        tally = Tally(
            statuses, groups, cases, sum(statuses.values()), sum(cases.values()), carried, closures
        )
        counts = chain(statuses.values(), groups.values(), cases.values(), closures.values())
        if min(counts) < 0 or carried < 0 or tally.not_applied < 0:
            raise Refusal("rollup.below_zero")
        return tally


def _stages(counts: Mapping[str, int]) -> dict[Stage, int]:
    from rectify_tui.domain.closeout import AWAITING, Stage

    return {stage: counts.get(stage, 0) for stage in (*AWAITING, Stage.STRUCK)}


Value = TypeVar("Value", float, "Fraction")


def ranks(values: Mapping[int, Value]) -> dict[int, int]:
    """Places from the highest value down; equal values share one, and the next stays empty."""
    ordered = sorted(values.values(), reverse=True)
    first = {value: n for n, value in reversed(list(enumerate(ordered, 1)))}
    return {id: first[value] for id, value in values.items()}
