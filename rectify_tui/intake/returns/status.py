"""Who has sent their return, and who is late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from rectify_tui.domain.text import clean
from rectify_tui.errors import Problem, Refusal
from rectify_tui.store.connection import Connection
from rectify_tui.store.return_states import ReturnState, return_states
from rectify_tui.store.rounds import cutoffs

__all__ = [
    "ReturnState", "Round", "all_rounds", "missed_before", "named_states", "not_yet_received",
    "read_round", "return_status", "round_of",
]  # fmt: skip

_ORDER = ("late", "waiting", "received")
_LOOKED_BACK = 12
"""Rounds that are looked back at."""


def return_status(
    connection: Connection, today: date, cutoff: date | None = None
) -> tuple[ReturnState, ...]:
    """How it stands with each return of a round, those to be chased first.

    A round is what was sent for one cut-off, the newest unless told otherwise; it is empty where
    nothing was sent. A return is late from the day after it was due.
    """
    if cutoff is None:
        cutoff = round_of(connection)
    if cutoff is None:
        return ()
    states = return_states(connection, cutoff, today)
    return tuple(sorted(states, key=lambda each: _ORDER.index(each.state)))


def round_of(connection: Connection, first: date = date.min, last: date = date.max) -> date | None:
    """The newest cut-off from one day to another for which returns were sent."""
    return next((day for day in cutoffs(connection) if first <= day <= last), None)


@dataclass(frozen=True)
class Round:
    """The returns of one cut-off, in administrative order.

    `missed` says of those that have not come how many rounds before this one went without an answer
    too, by the id of the return.
    """

    cutoff: date
    states: tuple[ReturnState, ...]
    missed: Mapping[int, int] = field(default_factory=dict)

    def of_code(self, code: str) -> ReturnState | None:
        """The return to whose recipient a code was sent."""
        return next((each for each in self.states if code in each.codes), None)

    def of_id(self, id: int) -> ReturnState | None:
        """The return with an id."""
        return next((each for each in self.states if each.id == id), None)


def read_round(connection: Connection, today: date, cutoff: date | None = None) -> Round | None:
    """The round of a cut-off, or the newest; None where nothing was ever sent."""
    cutoff = cutoff or round_of(connection)
    if cutoff is None:
        return None
    states = tuple(return_states(connection, cutoff, today))
    return Round(cutoff, states, missed_before(connection, states, today))


def all_rounds(connection: Connection, today: date) -> list[tuple[date, Counter[str]]]:
    """The cut-offs of all rounds, the newest first, with how many returns stand how."""
    return [
        (day, Counter(each.state for each in return_states(connection, day, today)))
        for day in cutoffs(connection)
    ]


def missed_before(
    connection: Connection, states: Sequence[ReturnState], today: date
) -> dict[int, int]:
    """How many rounds in a row, right before that of some returns, went without an answer.

    By the id of the return, of those that have not come; who missed none is left out.
    """
    still = {each.recipient: each.id for each in states if each.state != "received"}
    missed: dict[int, int] = {}
    earlier = [day for day in cutoffs(connection) if states and day < _cutoff(states[0])]
    for day in earlier[:_LOOKED_BACK]:
        before = {each.recipient: each for each in return_states(connection, day, today)}
        still = {
            who: id
            for who, id in still.items()
            if who in before and before[who].state != "received"
        }
        for id in still.values():
            missed[id] = missed.get(id, 0) + 1
        if not still:
            break
    return missed


def _cutoff(state: ReturnState) -> date:
    return date.fromisoformat(state.cutoff)


def named_states(states: Iterable[ReturnState], names: Sequence[str]) -> tuple[ReturnState, ...]:
    """The returns of recipients, each told by its name, its English name or the code of a return.

    Without names all of them. Raises `Problem` for a name that none has.
    """
    states = tuple(states)
    if not names:
        return states
    found = []
    for name in names:
        wanted = clean(name).casefold()
        of_it = [each for each in states if wanted in _names(each)]
        if not of_it:
            known = "、".join(dict.fromkeys(each.place for each in states))
            raise Problem("returns.no_recipient", name=name, known=known)
        found += of_it
    return tuple(dict.fromkeys(found))


def not_yet_received(states: Sequence[ReturnState]) -> tuple[ReturnState, ...]:
    """Those that have not come. Raises `Refusal` where all have."""
    waiting = tuple(each for each in states if each.state != "received")
    if not waiting:
        names = "、".join(dict.fromkeys(each.place for each in states))
        raise Refusal("returns.received_already", names=names)
    return waiting


def _names(state: ReturnState) -> set[str]:
    names = (state.place, state.place_en or state.place, *state.codes)
    return {name.casefold() for name in names}
