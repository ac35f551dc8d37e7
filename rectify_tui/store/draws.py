"""Reading draws, what was drawn, and how far the visits to it have come."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from rectify_tui.domain.sampling import Line, Part, Sample, Whole, draw, seed_of
from rectify_tui.domain.status import Verification
from rectify_tui.errors import Problem
from rectify_tui.store.connection import Connection
from rectify_tui.store.scope import Scope
from rectify_tui.store.visits import Visit, visits


@dataclass(frozen=True)
class Draw:
    """A population that was frozen, and the nonce that was announced afterwards.

    `nonce` is None while it is not, and empty where everything is visited. Days are ISO text,
    `programme` is a code; `region` and `programme` are None where all were asked for.
    """

    id: int
    code: str
    programme_id: int | None
    region_id: int | None
    programme: str | None
    region: str | None
    region_en: str | None
    tolerable: Fraction
    confidence: Fraction
    frozen_on: str
    head_seq: int
    head: str
    digest: str
    ids: Mapping[str, int]
    lines: tuple[Line, ...]
    nonce: str | None
    drawn_on: str | None

    @cached_property
    def sample(self) -> Sample | None:
        """What was drawn, None while the nonce is not announced."""
        if self.nonce is None:
            return None
        seed = seed_of(self.head, self.nonce)
        return draw(self.lines, seed, tolerable=self.tolerable, confidence=self.confidence)

    def within(self, scope: Scope) -> bool:
        """Whether it was made of what is asked about; anything is where nothing was named."""
        return scope.programme_id in (None, self.programme_id) and scope.under_id in (
            None, self.region_id,
        )  # fmt: skip

    @property
    def whole(self) -> bool:
        """Whether everything is visited."""
        return self.nonce == ""


_DRAW = """
    SELECT d.id, d.code, d.programme_id, d.region_id, p.code, r.name, r.name_en, d.tolerable,
        d.confidence, d.frozen_on, d.head_seq, d.head_hash, d.digest, d.population, d.nonce,
        d.drawn_on
    FROM draw d LEFT JOIN programme p ON p.id = d.programme_id
    LEFT JOIN region r ON r.id = d.region_id
"""


def draws(connection: Connection, day: date) -> list[Draw]:
    """The draws that were frozen by a day, the newest first."""
    rows = connection.execute(
        f"{_DRAW} WHERE d.frozen_on <= ? ORDER BY d.id DESC", [day.isoformat()]
    )
    return [_as_of(_draw(row), day) for row in rows]


def find_draw(connection: Connection, code: str | None, day: date) -> Draw:
    """The draw with a code, or the newest. Raises `Problem` where there is none."""
    found = draws(connection, day)
    named = [each for each in found if code is None or each.code == code.strip()]
    if not named:
        known = ", ".join(each.code for each in found[:8])
        raise Problem("draw.not_found" if known else "draw.none", code=code, known=known)
    return named[0]


def _as_of(each: Draw, day: date) -> Draw:
    """A draw as it was on a day, on which its nonce may not have been announced."""
    if each.drawn_on is None or each.drawn_on <= day.isoformat():
        return each
    return replace(each, nonce=None, drawn_on=None)


def _draw(row: Any) -> Draw:
    tolerable, confidence, frozen_on, seq, head, digest, listed, nonce, drawn_on = row[7:]
    lines = json.loads(listed)
    values: list[Any] = [
        *row[:7], Fraction(tolerable), Fraction(confidence), frozen_on, seq, head, digest,
        {ref: id for id, ref, *_ in lines},
        tuple(
            Line(ref, county, Whole(whole) if whole else None, bool(watched))
            for _, ref, county, whole, watched in lines
        ),
        nonce, drawn_on,
    ]  # fmt: skip
    return Draw(*values)


@dataclass(frozen=True)
class PartState:
    """A part of a draw with the visits to it that count: what was found, and what is to come."""

    part: Part
    confirmed: int
    refuted: int

    @property
    def outstanding(self) -> int:
        """How many have not been visited since they were drawn."""
        return len(self.part.taken) - self.confirmed - self.refuted


def part_states(connection: Connection, each: Draw, day: date) -> list[PartState]:
    """How far the visits to a draw have come by a day; of several to an item the last one says."""
    if each.sample is None:
        return []
    found = last_visits(connection, each, day)
    states = []
    for part in each.sample.parts:
        results = [found[each.ids[ref]].result for ref in part.taken if each.ids[ref] in found]
        states.append(
            PartState(
                part, results.count(Verification.CONFIRMED), results.count(Verification.REFUTED)
            )
        )
    return states


def last_visits(connection: Connection, each: Draw, day: date) -> dict[int, Visit]:
    """The last visit that counts to each item of a draw since it was frozen, by id."""
    refs = each.sample.refs if each.sample else ()
    ids = [each.ids[ref] for ref in refs]
    return {
        visit.item_id: visit
        for visit in visits(connection, ids, day)
        if visit.counts and not visit.said and visit.visited_on >= each.frozen_on
    }
