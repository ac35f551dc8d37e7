"""A map of tiles of equal size: provinces about where they lie, cities and counties in rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from rectify_tui.domain.region import Region
from rectify_tui.i18n import Language
from rectify_tui.reports.pictures.figure import KINDS, Figure, Lines, Value
from rectify_tui.reports.pictures.places import read_lines
from rectify_tui.reports.rollup import line_name
from rectify_tui.reports.table import Kind, shown
from rectify_tui.store.connection import Connection
from rectify_tui.store.regions import children, get_region, nation
from rectify_tui.store.rollup_read import By, RollupQuery, RollupRow

_ROWS = (
    "650000 620000 640000 610000 140000 130000 110000 210000",
    "540000 630000 510000 500000 410000 370000 120000 -",
    "- 530000 520000 430000 420000 340000 320000 -",
    "- - 450000 440000 360000 330000 310000 -",
    "- - 460000 810000 350000 710000 - -",
    "- - - 820000 - - - -",
)
"""Rows 3 to 8 of the map of the nation, by code; the rows above have wide tiles."""

PROVINCES: Mapping[str, tuple[int, int, int]] = {
    "230000": (0, 7, 1), "150000": (1, 2, 5), "220000": (1, 7, 1),
    **{
        code: (row, column, 1)
        for row, codes in enumerate(_ROWS, 2)
        for column, code in enumerate(codes.split())
        if code != "-"
    },
}  # fmt: skip
"""Row, column and width of each province; of their 69 neighbours 42 touch by a side."""

ACROSS = 8
"""Columns of a map."""

_KIND_OF_PLACE = re.compile(
    r"(?<=..)(?:省|市|县|(?:壮族|回族|维吾尔)?自治区|特别行政区|地区|盟|[^市县]{0,3}族自治州)$"
)
_KIND_IN_ENGLISH = re.compile(" (?:District|County|City|Prefecture|Banner)$")


@dataclass(frozen=True)
class Tile:
    """A place on the map. `line` is None where the ledger has nothing of it."""

    id: int
    name: str
    short: str
    row: int
    column: int
    span: int
    value: Value
    line: RollupRow | None


@dataclass(frozen=True)
class TileMap:
    """A picture of places, each with one figure, as of a day.

    `average` is what rates are held against; `under` names the region that is shown.
    """

    figure: Figure
    as_of: date
    by: By
    under: str
    programme: str
    tiles: tuple[Tile, ...]
    average: float | None
    simulated: bool = False

    @property
    def kind(self) -> Kind:
        """How the figure is written."""
        return KINDS[self.figure]

    @property
    def rows(self) -> int:
        """How many rows of tiles there are."""
        return max((tile.row for tile in self.tiles), default=-1) + 1

    def written(self, tile: Tile) -> str:
        """The figure of a place as people read it."""
        return shown(tile.value.number, self.kind)

    def title(self, t: Language) -> str:
        """What is shown, of where."""
        scope = t("report.comma").join(filter(None, (self.under, self.programme)))
        title = t(f"pictures.figure.{self.figure}")
        title = t("report.scope", title=title, scope=scope) if scope else title
        return t("report.as_of", title=title, day=self.as_of)


def read_map(
    connection: Connection, query: RollupQuery, figure: Figure, t: Language, *, programme: str = "",
    simulated: bool = False,
) -> TileMap:  # fmt: skip
    """The map of the parts of a region, the nation without one, with one figure of each.

    Every part is there, with figures or without; whatever else is counted has a tile below. Raises
    as `read_lines` does.
    """
    with connection.snapshot():
        _, lines = read_lines(connection, query, figure)
        above = get_region(connection, query.under_id) if query.under_id else nation(connection)
        parts = children(connection, above.id) if above else []
    tiles = tuple(_tiles(parts, lines, query.by, figure, t))
    average = lines.average(figure) if figure in (Figure.COMPLETION, Figure.CLOSURE) else None
    under = t.name(above.name, above.name_en) if above and query.under_id else ""
    return TileMap(figure, query.as_of, query.by, under, programme, tiles, average, simulated)


def _tiles(
    parts: Iterable[Region], lines: Lines, by: By, figure: Figure, t: Language
) -> Iterator[Tile]:
    values = lines.values(figure)
    by_id = {line.id: line for line in lines.now}
    named = {part.id: (part.name, part.name_en, part.code) for part in parts}
    named |= {line.id: (line.name, line.name_en, line.key) for line in lines.now}
    placed = {
        id: PROVINCES[code]
        for id, (_, _, code) in named.items()
        if by is By.PROVINCE and code is not None and code in PROVINCES
    }
    below = max((row for row, _, _ in placed.values()), default=-1) + 1
    rest = iter(range(len(named)))
    for id in sorted(named, key=lambda id: _order(id, placed, by_id)):
        name, name_en, _ = named[id]
        n = None if id in placed else next(rest)
        row, column, span = placed.get(id) or (below + (n or 0) // ACROSS, (n or 0) % ACROSS, 1)
        line = by_id.get(id)
        full = line_name(by, line, t).label if line else t.name(name, name_en)
        short = t("pictures.own") if line and line.own else short_name(t, name, name_en)
        yield Tile(id, full, short, row, column, span, values.get(id, Value(None, None)), line)


def _order(
    id: int, placed: Mapping[int, tuple[int, int, int]], lines: Mapping[int, RollupRow]
) -> tuple[tuple[int, int, int], bool]:
    """By place on the map; what is on none comes last, and what belongs to no part at the end."""
    line = lines.get(id)
    return placed.get(id, (99, 0, 0)), line is not None and line.own


def short_name(t: Language, name: str, name_en: str | None) -> str:
    """A place without the word for its kind."""
    if t.code == "zh" or not name_en:
        return _KIND_OF_PLACE.sub("", name)
    return _KIND_IN_ENGLISH.sub("", name_en)
