"""A map of tiles as it is drawn and kept: words, places and levels, and nothing that is counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from rectify_tui.reports.pictures.figure import Level


class DrawnTile(NamedTuple):
    """A place with its figure in words. `level` is None where it has no figure."""

    name: str
    short: str
    row: int
    column: int
    span: int
    figure: str
    level: Level | None


@dataclass(frozen=True)
class DrawnMap:
    """A map with its title; `measure` says what the levels are measured by, `levels` from where to
    where each reaches, the worst first.
    """

    key: ClassVar = "map"
    title: str
    measure: str
    levels: tuple[str, ...]
    tiles: tuple[DrawnTile, ...]

    @property
    def rows(self) -> int:
        """How many rows of tiles there are."""
        return max((tile.row for tile in self.tiles), default=-1) + 1
