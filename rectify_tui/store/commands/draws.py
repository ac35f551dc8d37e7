"""Freezing a population and drawing from it, so that nobody can choose what is drawn."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from rectify_tui.domain.sampling import CONFIDENCE, TOLERABLE, population_digest
from rectify_tui.domain.text import clean
from rectify_tui.domain.timeline import Values
from rectify_tui.errors import Problem, Refusal
from rectify_tui.store import chain
from rectify_tui.store.draft import Draft
from rectify_tui.store.population import population
from rectify_tui.store.records import DRAW
from rectify_tui.store.scope import WHOLE_LEDGER, Scope

_NONCE = 200


@dataclass(frozen=True)
class DrawPlan:
    """Of what a draw is to be made, and how sure one wants to be. `whole` takes everything."""

    scope: Scope = WHOLE_LEDGER
    tolerable: Fraction = TOLERABLE
    confidence: Fraction = CONFIDENCE
    whole: bool = False


def freeze(draft: Draft, plan: DrawPlan) -> int:
    """Freeze what is reported as completed today; returns the id of the draw.

    The head of history is the newest row before this batch, so that the population follows from it.
    Where everything is visited nothing is left to draw. Raises `Refusal` where nothing is reported
    as completed, and where a population of that scope waits for its nonce already.
    """
    waiting = waiting_draw(draft, plan.scope)
    if waiting is not None:
        raise Refusal("draw.waiting", code=draft.get(DRAW, waiting)["code"])
    head_seq, head_hash = chain.head(draft.connection)
    day = draft.batch.recorded_on
    lines = population(draft.connection, date.fromisoformat(day), plan.scope, whole=plan.whole)
    if not lines:
        raise Refusal("draw.nothing_reported")
    listed = [
        [id, line.ref, line.county, line.whole, int(line.watched)] for id, line in lines.items()
    ]
    values: Values = {
        "code": _code(draft, day), "programme_id": plan.scope.programme_id,
        "region_id": plan.scope.under_id, "tolerable": decimal(plan.tolerable),
        "confidence": decimal(plan.confidence), "frozen_on": day, "head_seq": head_seq,
        "head_hash": head_hash, "digest": population_digest(lines.values()),
        "population": json.dumps(listed, ensure_ascii=False),
        "nonce": "" if plan.whole else None, "drawn_on": day if plan.whole else None,
    }  # fmt: skip
    return draft.create(DRAW, values, day)


def announce(draft: Draft, id: int, nonce: str) -> None:
    """Draw from a frozen population with the nonce that was announced.

    Raises `Problem` for an empty one, `Refusal` for a draw that has its nonce already.
    """
    nonce = clean(nonce, limit=_NONCE)
    if not nonce:
        raise Problem("draw.no_nonce")
    known = draft.get(DRAW, id)
    if known["nonce"] is not None:
        raise Refusal("draw.drawn", code=known["code"])
    day = draft.batch.recorded_on
    draft.change(DRAW, id, {"nonce": nonce, "drawn_on": day}, day)


def waiting_draw(draft: Draft, scope: Scope) -> int | None:
    """The draw of a scope that waits for its nonce, None where there is none."""
    row = draft.connection.execute(
        "SELECT id FROM draw WHERE nonce IS NULL AND COALESCE(programme_id, 0) = ?"
        " AND COALESCE(region_id, 0) = ? ORDER BY id DESC LIMIT 1",
        [scope.programme_id or 0, scope.under_id or 0],
    ).fetchone()
    return None if row is None else int(row[0])


def decimal(share: Fraction) -> str:
    """A share as the decimal it was given as: `0.05`."""
    return f"{float(share):.12f}".rstrip("0")


def _code(draft: Draft, day: str) -> str:
    (n,) = draft.connection.execute(
        "SELECT COUNT(*) FROM history WHERE entity = ? AND field = '' AND old IS NULL", [DRAW]
    ).fetchone()
    return f"V{day.replace('-', '')}-{int(n) + 1:03}"
