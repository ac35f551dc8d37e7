"""A map of tiles of equal size: provinces about where they lie, cities and counties in rows."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import count
from typing import NamedTuple

from rectify_tui.domain.figures import Tally
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

ALWAYS: Mapping[str, tuple[str, str]] = {
    "710000": ("台湾省", "Taiwan"), "810000": ("香港特别行政区", "Hong Kong"),
    "820000": ("澳门特别行政区", "Macao"),
}  # fmt: skip
"""Provinces without which no map of the nation may be printed."""

ACROSS = 8
"""Columns of a map."""

_KIND_OF_PLACE = re.compile(
    r"(?<=..)(?:省|市|县|(?:壮族|回族|维吾尔)?自治区|特别行政区|地区|盟|[^市县]{0,3}族自治州)$"
)
_KIND_IN_ENGLISH = re.compile(" (?:District|County|City|Prefecture|Banner)$")


class Tile(NamedTuple):
    """A place on the map. `line` is None where the ledger has nothing of it, `before` is its
    figures of a week ago.
    """

    id: int
    name: str
    short: str
    row: int
    column: int
    span: int
    value: Value
    line: RollupRow | None
    before: Tally | None = None


class TileMap(NamedTuple):
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
        return map_of(connection, query, lines, figure, t, programme=programme, simulated=simulated)


def map_of(
    connection: Connection, query: RollupQuery, lines: Lines, figure: Figure, t: Language, *,
    programme: str = "", simulated: bool = False,
) -> TileMap:  # fmt: skip
    """The map of figures that a query brought already: only its places are read."""
    with connection.snapshot():
        above = get_region(connection, query.under_id) if query.under_id else nation(connection)
        below = children(connection, above.id) if above else []
        parts = [part for part in below if part.holds_on(query.as_of.isoformat())]
    tiles = tuple(_tiles(parts, lines, query.by, figure, t))
    average = lines.average(figure) if figure in (Figure.COMPLETION, Figure.CLOSURE) else None
    under = t.name(above.name, above.name_en) if above and query.under_id else ""
    return TileMap(figure, query.as_of, query.by, under, programme, tiles, average, simulated)


class _Place(NamedTuple):
    """What a tile may be of; `line` is None where the ledger has nothing of it."""

    id: int
    key: str | None
    name: str
    name_en: str | None
    line: RollupRow | None = None

    @property
    def own(self) -> bool:
        """Whether it stands for what is in none of the parts."""
        return self.line is not None and self.line.own


def _tiles(
    parts: Iterable[Region], lines: Lines, by: By, figure: Figure, t: Language
) -> Iterator[Tile]:
    values = lines.values(figure)
    places = {part.id: _Place(part.id, part.code, part.name, part.name_en) for part in parts}
    if by is By.PROVINCE:
        places |= _never_missing({place.key for place in places.values()})
    places |= {
        line.id: _Place(line.id, line.key, line.name, line.name_en, line) for line in lines.now
    }
    for place, (row, column, span) in _laid_out(places.values(), by):
        line = place.line
        full = line_name(by, line, t).label if line else t.name(place.name, place.name_en)
        short = t("pictures.own") if place.own else short_name(t, place.name, place.name_en)
        yield Tile(
            place.id, full, short, row, column, span, values.get(place.id, Value(None, None)),
            line, lines.before.get(place.id),
        )  # fmt: skip


def _never_missing(codes: Collection[str | None]) -> dict[int, _Place]:
    """Places that the map of the nation shows even where the ledger does not know of them."""
    return {
        -int(code): _Place(-int(code), code, *names)
        for code, names in ALWAYS.items()
        if code not in codes
    }


def _laid_out(places: Iterable[_Place], by: By) -> Iterator[tuple[_Place, tuple[int, int, int]]]:
    """Provinces about where they lie, the rest in rows; what is in no part comes last."""
    placed = {code: at for code, at in PROVINCES.items() if by is By.PROVINCE}
    rest = []
    for place in places:
        if place.key in placed:
            yield place, placed[place.key]
        else:
            rest.append(place)
    rest.sort(key=lambda place: place.own)
    yield from zip(rest, _free(placed.values()), strict=False)


def _free(taken: Collection[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """Where there is room, from the last row of the map on, and not beside a province."""
    last = max((row for row, _, _ in taken), default=0)
    beside = {column + by for row, column, _ in taken if row == last for by in (-1, 0, 1)}
    yield from ((last, n, 1) for n in range(ACROSS) if n not in beside)
    for row in count(last + 1):
        yield from ((row, n, 1) for n in range(ACROSS))


def short_name(t: Language, name: str, name_en: str | None) -> str:
    """A place without the word for its kind."""
    if t.code == "zh" or not name_en:
        return _KIND_OF_PLACE.sub("", name)
    return _KIND_IN_ENGLISH.sub("", name_en)


def neighbour(tiles: Sequence[Tile], tile: Tile, rows: int, columns: int) -> Tile:
    """The nearest tile in a direction; the tile itself at the edge."""
    if columns:
        beside = [one for one in tiles if one.row == tile.row]
        ahead = [one for one in beside if (one.column - tile.column) * columns > 0]
        return min(ahead, key=lambda one: abs(one.column - tile.column), default=tile)
    ahead = [one for one in tiles if (one.row - tile.row) * rows > 0]
    return min(
        ahead, key=lambda one: (abs(one.row - tile.row), _apart(one, tile), one.column),
        default=tile,
    )  # fmt: skip


def _apart(one: Tile, other: Tile) -> float:
    """How many columns lie between two tiles."""
    left = max(one.column, other.column)
    right = min(one.column + one.span, other.column + other.span)
    return max(left - right + 1, 0)
