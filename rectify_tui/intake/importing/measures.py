"""Cells of measures and of their dated steps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rectify_tui.domain.deadline import read_deadline
from rectify_tui.store.commands.intake import MeasureEntry, StepEntry

_MARK = re.compile(
    r"(?:^|(?<=[\n；;。]))\s*"
    r"(?:[(（](?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[)）]|[0-9]{1,2}(?:[、．)）]|\.(?![0-9]))"
    r"|[①-⑳]|[一二三四五六七八九十]{1,3}(?:、|是))"
)


def numbered_measures(text: str) -> tuple[str, ...]:
    """The measures in a cell, without their numbers; a cell without any is one measure.

    A number stands at the beginning of the cell, of a line or of a sentence: `1.`, `（1）`, `①`,
    `一、`, `一是`. What stands before the first one is a measure of its own.
    """
    marks = list(_MARK.finditer(text))
    starts = [0, *(mark.end() for mark in marks)]
    ends = [*(mark.start() for mark in marks), len(text)]
    parts = (text[start:end].strip(" \n；;") for start, end in zip(starts, ends, strict=True))
    return tuple(filter(None, parts))


_PARTS = re.compile(r"[\n；;]+")


@lru_cache(maxsize=2_000)
def planned_steps(text: str, year: int) -> tuple[StepEntry, ...]:
    """The dated steps in a cell, such as `11月底阶段性销号，12月底全面销号`.

    A part in which no day can be read with certainty is a step without one.
    """
    if stages := read_deadline(text, default_year=year).stages:
        return tuple(StepEntry(name, day.isoformat()) for name, day in stages)
    parts = (part for each in numbered_measures(text) for part in _PARTS.split(each))
    return tuple(step for part in parts if part.strip() for step in _steps_of(part.strip(), year))


def _steps_of(part: str, year: int) -> tuple[StepEntry, ...]:
    said = read_deadline(part, default_year=year)
    if said.stages:
        return tuple(StepEntry(name, day.isoformat()) for name, day in said.stages)
    return (StepEntry(part, said.due_on.isoformat() if said.due_on else None),)


def with_steps(
    measures: Sequence[str], steps: Sequence[StepEntry], year: int
) -> tuple[MeasureEntry, ...]:
    """Measures with the steps of another cell: one each, all under one, or each on its own.

    Without such a cell the days that measures themselves tell are their steps.
    """
    if not steps:
        return tuple(MeasureEntry(text, _dated(planned_steps(text, year))) for text in measures)
    if len(measures) == len(steps):
        return tuple(
            MeasureEntry(text, (step,)) for text, step in zip(measures, steps, strict=True)
        )
    if len(measures) == 1:
        return (MeasureEntry(measures[0], tuple(steps)),)
    alone = (MeasureEntry(step.text, (step,)) for step in steps)
    return (*map(MeasureEntry, measures), *alone)


def _dated(steps: tuple[StepEntry, ...]) -> tuple[StepEntry, ...]:
    return steps if all(step.due_on for step in steps) else ()
