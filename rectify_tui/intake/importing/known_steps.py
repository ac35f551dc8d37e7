"""Which measures and steps of a row are new to an item that is known already."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rectify_tui.store.commands.intake import MeasureEntry, StepEntry
from rectify_tui.store.connection import Connection
from rectify_tui.store.milestones import Measure, Milestone, measures_of


class KnownSteps:
    """The measures of the items that are held against the ledger at the moment."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._measures: dict[int, tuple[Measure, ...]] = {}

    def look_up(self, ids: Sequence[int]) -> None:
        """Read the measures of items; those read before are let go."""
        self._measures = measures_of(self._connection, ids)

    def held_against(self, id: int, told: Iterable[MeasureEntry]) -> HeldSteps:
        """What is told of an item, held against what it has."""
        return HeldSteps(self._measures.get(id, ()), tuple(told))


class HeldSteps:
    """What a row tells of measures and steps beside those that the item has.

    Texts are the same whatever spaces they have, and whether or not a day stands before them.
    `new` is what the item does not have yet, and `moved` the steps that it has for another day,
    each with that day.
    """

    def __init__(self, known: tuple[Measure, ...], told: tuple[MeasureEntry, ...]) -> None:
        self._known = {_plain(measure.text): measure for measure in reversed(known)}
        self._steps = {_plain(step.text): step for each in known for step in each.milestones}
        self.new = tuple(self._new(told))
        self.moved = tuple(self._moved(told))

    @property
    def all_other(self) -> bool:
        """Whether the item has steps, and none of those that are told is among them."""
        told_new = all(measure.id is None for measure in self.new)
        return bool(self._known and self.new) and told_new and not self._met

    def _new(self, told: tuple[MeasureEntry, ...]) -> Iterator[MeasureEntry]:
        self._met = False
        for entry in told:
            measure = self._known.get(_plain(entry.text))
            steps = tuple(step for step in entry.steps if _plain(step.text) not in self._steps)
            if measure is not None and measure.bare:  # which is a step without a day
                steps = tuple(step for step in steps if step.due_on or not _is(step, measure))
            told_before = measure is not None or _plain(entry.text) in self._steps
            self._met = self._met or told_before or len(steps) < len(entry.steps)
            if steps or not (told_before or entry.steps):
                yield replace(entry, steps=steps, id=measure.id if measure else None)

    def _moved(self, told: tuple[MeasureEntry, ...]) -> Iterator[tuple[StepEntry, Milestone]]:
        for step in (step for entry in told for step in entry.steps):
            known = self._steps.get(_plain(step.text))
            if known is not None and step.due_on and step.due_on != known.due_on:
                yield step, known


_DAY_BEFORE = re.compile(r"[0-9]+[0-9年月日号底末前上中下旬初./-]*(?=.)")
"""A day before what is to be done by then: 2020年8月底竣工."""


def _plain(text: str) -> str:
    """A text without spaces, and without the day before it, which is kept beside it."""
    plain = "".join(text.split())
    day = _DAY_BEFORE.match(plain)
    return plain[day.end() :] if day else plain


def _is(step: StepEntry, measure: Measure) -> bool:
    return _plain(step.text) == _plain(measure.text)
