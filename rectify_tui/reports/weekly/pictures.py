"""Which pictures the report has after its first page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from rectify_tui.i18n import Language
from rectify_tui.reports.pictures.drawn_map import DrawnMap
from rectify_tui.reports.pictures.drawn_weeks import BurnUp, Heat
from rectify_tui.reports.pictures.figure import Figure
from rectify_tui.reports.pictures.map_lines import drawn_map
from rectify_tui.reports.pictures.tile_map import read_map
from rectify_tui.reports.pictures.weeks import NothingToDraw, read_burn_up, read_heat
from rectify_tui.reports.weekly.model import Picture
from rectify_tui.reports.weekly.settings import PICTURES, Settings
from rectify_tui.store.connection import Connection
from rectify_tui.store.rollup_read import By, RollupQuery

_WEEKS, _HEAT_WEEKS = 52, 26
_LEAST = 2
"""Places or weeks of which there is something to see."""


class Drawn(NamedTuple):
    """What pictures are of: the figures of places as of a day, what those are called, and today."""

    query: RollupQuery
    scope: str
    today: date


def pictures(
    connection: Connection, settings: Settings, drawn: Drawn, t: Language
) -> Iterator[Picture]:
    """The pictures that an office wants, in its order; one with nothing to see is left out."""
    for key in settings.pictures:
        with suppress(NothingToDraw):
            picture = _PICTURES[key](connection, drawn, t)
            if picture is not None:
                yield picture


def _map(connection: Connection, drawn: Drawn, t: Language) -> DrawnMap | None:
    """The completion of the places as tiles."""
    programme = drawn.scope if drawn.query.programme_id is not None else ""
    found = read_map(connection, drawn.query, Figure.COMPLETION, t, programme=programme)
    with_figures = [tile for tile in found.tiles if tile.line is not None and not tile.line.own]
    return drawn_map(found, t) if len(with_figures) >= _LEAST else None


def _burn_up(connection: Connection, drawn: Drawn, t: Language) -> BurnUp | None:
    """How all items stood week by week, and what is to come."""
    whole = drawn.query._replace(by=By.PROGRAMME, under_id=None)
    found = read_burn_up(connection, whole, _WEEKS, drawn.today, t, drawn.scope)
    return found if len(found.weeks) >= _LEAST else None


def _heat(connection: Connection, drawn: Drawn, t: Language) -> Heat | None:
    """The completion of each place by week."""
    found = read_heat(connection, drawn.query, Figure.COMPLETION, _HEAT_WEEKS, t, drawn.scope)
    return found if min(len(found.weeks), len(found.strips)) >= _LEAST else None


_PICTURES: Mapping[str, Callable[[Connection, Drawn, Language], Picture | None]] = {
    DrawnMap.key: _map, BurnUp.key: _burn_up, Heat.key: _heat,
}  # fmt: skip
if _PICTURES.keys() != set(PICTURES):
    raise LookupError(f"pictures are {', '.join(PICTURES)}, made are {', '.join(_PICTURES)}")
