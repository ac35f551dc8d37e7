"""The places of the overview as tiles, beside its lines or below them, where there is room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from rectify_tui.store.rollup_read import By
from rectify_tui.tui.scope import Scope
from rectify_tui.tui.session import Session
from rectify_tui.tui.sizes import TALL, VERY_WIDE

if TYPE_CHECKING:
    from rectify_tui.reports.pictures.figure import Figure
    from rectify_tui.reports.pictures.tile_map import TileMap
    from rectify_tui.tui.sources.rollup import RollupSource
    from rectify_tui.tui.widgets.picture import TileGrid

_LINES_FIRST = 120
"""Cells of a screen that the lines have before the map beside them grows."""

_NARROWEST, _BROADEST = 57, 113
"""Cells of a map with the blank before it."""

_AROUND = 4
"""Lines of a map that are no tiles: its title, a blank one, two of the legend."""

_LOWEST = 2 + _AROUND
"""Lines of the smallest map that there can be."""

_PLACES = (By.PROVINCE, By.CITY, By.COUNTY)


class MapPane(Vertical):
    """The figures of a table's lines as a map, whose cursor follows the table's.

    Nothing of it is loaded or read where there cannot be room for it.
    """

    class Ready(Message):
        """There is another map, which may take other room."""

    def __init__(self, session: Session) -> None:
        super().__init__(id="map-pane")
        self.session = session
        self.display = False
        self._title = Static(id="map-title")
        self._grid: TileGrid | None = None
        self._source: RollupSource | None = None
        self._scope = Scope()
        self._figure: Figure | None = None
        self._chosen: int | None = None
        self._room = False

    @property
    def _wanted(self) -> bool:
        """Whether the lines are places, and there may be room."""
        return self._room and self._scope.by in _PLACES

    # What it shows

    def show(self, source: RollupSource, scope: Scope) -> None:
        """Show figures that have been read, once a place is found for them."""
        self._source, self._scope, self._figure = source, scope, None

    def renew(self) -> None:
        """Make the map, unless there is one with the figure that is wanted."""
        source, programme, figure = self._source, self._scope.programme, self.session.figure
        if source is None or figure == self._figure or not self._wanted:
            return
        self._figure = figure

        def find() -> TileMap:
            return source.read_map(figure, programme)

        self.session.read(find, self._take, "map-pane")

    def _take(self, found: TileMap) -> None:
        t, session = self.session.t, self.session
        if self._grid is None:
            from rectify_tui.tui.widgets.picture import TileGrid

            self._grid = TileGrid()
            self._grid.can_focus = False
            self.mount(self._title, self._grid)
        figure, key = t(f"pictures.figure.{found.figure}"), session.first_key("app.map")
        self._title.update(Content(t("tui.map_pane", figure=figure, key=key)), layout=False)
        self._grid.show(found, t, ascii=session.ascii, cursor=self._chosen)
        self.post_message(self.Ready())

    def point_at(self, key: int | None) -> None:
        """Put the cursor on the place of a line."""
        self._chosen = key
        if self._grid is not None and self.display:
            tiles = self._grid.found.tiles if self._grid.found is not None else ()
            for tile in (each for each in tiles if each.id == key):
                self._grid.point_at(tile)

    # Where it stands

    def settle(self, height: int, spare: int) -> int:
        """Find a place: beside lines of such a height where the screen is wide, or below them.

        Returns how many of the `spare` lines below it takes.
        """
        width, tall = self.screen.size.width, self.screen.size.height >= TALL
        beside = width >= VERY_WIDE
        self._room = height + 1 >= _LOWEST if beside else tall and spare >= _LOWEST
        self.renew()
        found = self._grid.found if self._grid is not None else None
        if self._grid is None or found is None or not self._wanted:
            self.display = False
            return 0
        needed = found.rows * 2 + _AROUND
        self.display = needed - 1 <= height if beside else needed <= spare
        if not self.display:
            return 0
        cells = min(_BROADEST, max(_NARROWEST, width - _LINES_FIRST)) if beside else width
        self._title.display = not beside or needed <= height
        self.styles.width = cells
        self.styles.height = "1fr" if beside else needed
        self._grid.fit(cells - 1)
        return 0 if beside else needed
