"""What a line of the table is: something measured, its floor, and what is aimed at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from .stores import Store
from .timing import Median, Sample, Work, in_turn, process, python

F0 = "import click, sqlite3"


@dataclass(frozen=True)
class Setting:
    """Where a line is measured: a store, a folder for what it writes, and how often."""

    store: Store
    scratch: Path
    runs: int
    patience: float

    def process(self, args: list[str], okay: tuple[int, ...] = (0,)) -> Work:
        """A program as work."""
        return partial(process, args, home=self.scratch, okay=okay)

    def beside(self, work: Work, floor: Work | None = None) -> list[Median]:
        """The medians of some work and, where there is one, of its floor."""
        return in_turn([work, *([floor] if floor else [])], self.runs, self.patience)

    def f0(self) -> Sample:
        """The floor of all commands: what Python, the reading of options and the engine take."""
        return process(python(F0), home=self.scratch)


@dataclass(frozen=True)
class Figure:
    """What was measured of a line at one size; `shown` is held against the aim.

    `value` and `floor` are in the line's unit, the floor None where the aim is no ratio.
    """

    value: float
    floor: float | None = None
    wall: float = 0.0
    peak_mb: float = 0.0
    runs: int = 1

    @property
    def shown(self) -> float:
        """The ratio to the floor, or the value itself."""
        return self.value / self.floor if self.floor else self.value


Measure = Callable[[Setting], Figure]


@dataclass(frozen=True)
class Line:
    """One line of the table.

    `unit` is "×" for a ratio to the `floor`. `grows` is how often the value may be that of the
    smallest size, `least` and `most` the sizes at which the line makes sense.
    """

    key: str
    title: str
    measure: Measure = field(repr=False)
    aim: float
    unit: str = "×"
    floor: str = "F0"
    grows: float | None = None
    at_least: bool = False
    least: int = 0
    most: int = 10_000_000

    def met(self, shown: float) -> bool:
        """Whether a figure is as was aimed at."""
        return shown >= self.aim if self.at_least else shown <= self.aim


def ratio(medians: list[Median]) -> Figure:
    """Processor time beside that of the floor."""
    own, floor = medians
    return Figure(own.cpu, floor.cpu, own.wall, own.peak_mb, own.runs)


def seconds(median: Median, per: float = 1.0) -> Figure:
    """Processor time alone, `per` times in a unit."""
    return Figure(median.cpu * per, None, median.wall, median.peak_mb, median.runs)
