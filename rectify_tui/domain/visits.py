"""Visits on site: when one counts, what it does to what was reported, and where it was."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from rectify_tui.domain.status import GROUP_OF, Group, Status, Verification
from rectify_tui.domain.text import clean, narrow
from rectify_tui.errors import Problem

if TYPE_CHECKING:
    from datetime import date


class Need(StrEnum):
    """What the record of a visit must have before it counts (`domain.md`, mobile enforcement).

    The day and the result are not among them: without those there is no visit to speak of.
    """

    PERSON = "person"
    POSITION = "position"
    FINDINGS = "findings"


CLOSED_LOOP = tuple(Need)
"""What an office asks for that has said nothing else."""

RESULTS = (Verification.CONFIRMED, Verification.REFUTED)
"""What a visit can find."""


@dataclass(frozen=True)
class Position:
    """Where a visit was: degrees north and east."""

    latitude: float
    longitude: float

    def __str__(self) -> str:
        return (
            f"{self.latitude:.6f}".rstrip("0").rstrip(".")
            + ","
            + (f"{self.longitude:.6f}".rstrip("0").rstrip("."))
        )


_DEGREES = r"([+-]?\d{1,3}(?:\.\d{1,12})?)°?"
_POSITION = re.compile(
    rf"(?:北纬|N)?\s*{_DEGREES}\s*N?[\s,;、]+(?:东经|E)?\s*{_DEGREES}\s*E?", re.IGNORECASE
)


def read_position(text: str) -> Position | None:
    """`45.75,126.63` as latitude and longitude, None for an empty text.

    Raises `Problem` for what is none, and where the two stand the wrong way round.
    """
    text = narrow(clean(text))
    if not text:
        return None
    found = _POSITION.fullmatch(text)
    if found is None:
        raise Problem("visit.bad_position", text=text)
    latitude, longitude = float(found[1]), float(found[2])
    if 90 < abs(latitude) <= 180 and abs(longitude) <= 90:
        raise Problem("visit.position_turned", text=text, turned=f"{longitude:g},{latitude:g}")
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise Problem("visit.bad_position", text=text)
    return Position(latitude, longitude)


def missing_of(
    needs: Collection[Need], *, person: str | None, position: Position | None, findings: str | None
) -> tuple[Need, ...]:
    """What a visit still lacks of what an office needs, in the order of `Need`."""
    there = {
        Need.PERSON: bool(person), Need.POSITION: position is not None,
        Need.FINDINGS: bool(findings),
    }  # fmt: skip
    return tuple(need for need in Need if need in needs and not there[need])


def reopened(reported: Status, due_on: date | None, day: date) -> Status | None:
    """How an item stands from the day of a visit that refuted it; None where it stays as it is.

    A completion that was refuted is none. Past its deadline the item is not completed (未完成);
    before it, nothing is known of the schedule until somebody says so: in progress (正在整改).
    What was not reported as completed, or is carried on by another item, stays what it is.
    """
    if GROUP_OF[reported] is not Group.COMPLETED:
        return None
    return Status.NOT_COMPLETED if due_on is not None and due_on <= day else Status.IN_PROGRESS
