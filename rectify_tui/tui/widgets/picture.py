"""Pictures of characters on the screen, and a map of tiles with a cursor."""

from __future__ import annotations

from collections.abc import Iterable

from rich.style import Style as Painted
from rich.text import Text
from textual import events
from textual.message import Message
from textual.widgets import Static

from rectify_tui.i18n import Language
from rectify_tui.reports.pictures.drawing import LOOKS, Colours, Line, Look, colours_of
from rectify_tui.reports.pictures.figure import Level
from rectify_tui.reports.pictures.map_lines import Style, legend, map_lines, tile_cells
from rectify_tui.reports.pictures.tile_map import Tile, TileMap, neighbour

_PALETTE = (
    "000000", "AA0000", "00AA00", "AA5500", "0000AA", "AA00AA", "00AAAA", "AAAAAA",
    "555555", "FF5555", "55FF55", "FFFF55", "5555FF", "FF55FF", "55FFFF", "FFFFFF",
)  # fmt: skip
_BRIGHT = 90


def styled(lines: Iterable[Line], colours: Colours | None = None) -> Text:
    """A picture as the screen shows it, with as many colours as the terminal has.

    Of 16 colours those are named that were chosen: the nearest would be one grey for good and bad.
    """
    few = (colours or colours_of()) == "16"
    text = Text(no_wrap=True)
    for line in lines:
        for piece in line:
            look = LOOKS.get(piece.tone) if piece.tone is not None else None
            text.append(piece.text, _style(look, few=few) if look else None)
        text.append("\n")
    return text


def _style(look: Look, *, few: bool) -> Painted:
    letters, ground = map(_of_16, look.of_16) if few else (look.letters, look.ground)
    return Painted(color=letters or None, bgcolor=ground or None, bold=bool(look.bare))


def _of_16(code: int) -> str:
    """The colour that an escape sequence of this number stands for, as Rich knows it."""
    return "" if code < 0 else f"#{_PALETTE[code % 10 + (8 if code >= _BRIGHT else 0)]}"


class TileGrid(Static, can_focus=True):
    """A map of tiles. The tile under the cursor has its name in brackets and is in reverse."""

    class Moved(Message):
        """The cursor came to another tile."""

    class Clicked(Message):
        """Somebody clicked on a tile that the cursor was not on."""

        def __init__(self, tile: Tile) -> None:
            super().__init__()
            self.tile = tile

    class Chosen(Message):
        """Somebody wants to go into the tile under the cursor."""

    def __init__(self) -> None:
        super().__init__(id="tiles")
        self.found: TileMap | None = None
        self.cursor: int | None = None
        self.ascii = False
        self._cells = 1
        self._words: Language | None = None

    @property
    def tile(self) -> Tile | None:
        """The tile under the cursor."""
        tiles = self.found.tiles if self.found else ()
        return next((tile for tile in tiles if tile.id == self.cursor), None)

    def show(self, found: TileMap, words: Language, *, ascii: bool, cursor: int | None) -> None:
        """Show a map; the cursor stays on its place, else goes to the one that stands worst."""
        self.found, self._words, self.ascii = found, words, ascii
        wanted = cursor if cursor is not None else self.cursor
        self.cursor = wanted if wanted in {tile.id for tile in found.tiles} else _worst(found)
        self.draw()

    def fit(self, cells: int) -> None:
        """Draw the map in so many cells."""
        self._cells = max(cells, 1)
        self.draw()

    def draw(self, *, layout: bool = True) -> None:
        """Draw the map anew; without `layout` it takes the same room."""
        if self.found is None or self._words is None:
            return
        style = Style(self._cells, self.ascii)
        text = styled(map_lines(self.found, style, self.cursor))
        text.append("\n").append_text(styled(legend(self.found, self._words, style)))
        self.update(text, layout=layout)
        self.post_message(self.Moved())

    def move(self, rows: int, columns: int) -> None:
        """Move the cursor to the nearest tile in a direction."""
        if self.found is not None and (tile := self.tile) is not None:
            self.point_at(neighbour(self.found.tiles, tile, rows, columns))

    def point_at(self, tile: Tile) -> None:
        """Move the cursor to a tile."""
        if tile.id != self.cursor:
            self.cursor = tile.id
            self.draw(layout=False)

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor to a tile, a second one goes in."""
        if (tile := self._at(event.x, event.y)) is None:
            return
        self.post_message(self.Chosen() if tile.id == self.cursor else self.Clicked(tile))
        self.point_at(tile)

    def _at(self, x: int, y: int) -> Tile | None:
        cells = tile_cells(Style(self._cells))
        row, column = y // 2, x // cells
        tiles = self.found.tiles if self.found else ()
        return next(
            (
                one
                for one in tiles
                if one.row == row and one.column <= column < one.column + one.span
            ),
            None,
        )


def _worst(found: TileMap) -> int | None:
    """The place that stands worst; of those that stand alike, the first on the map."""
    tiles = [tile for tile in found.tiles if tile.line is not None] or list(found.tiles)
    best = min(tiles, key=lambda tile: _rank(tile.value.level), default=None)
    return best.id if best else None


def _rank(level: Level | None) -> int:
    return len(Level) if level is None else int(level)
