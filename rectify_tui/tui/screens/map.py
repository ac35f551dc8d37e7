"""The map: one figure of every place as tiles, gone down into step by step."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.widgets import Static

from rectify_tui.domain.status import CaseStatus, Group
from rectify_tui.domain.text import clean
from rectify_tui.reports.pictures.figure import Figure
from rectify_tui.reports.pictures.tile_map import Tile, TileMap, read_map
from rectify_tui.store.programmes import programmes
from rectify_tui.store.rollup_read import RollupQuery
from rectify_tui.tui.behind_list import BehindList, behind_filter
from rectify_tui.tui.keys import bindings
from rectify_tui.tui.scope import Scope, home
from rectify_tui.tui.session import Session
from rectify_tui.tui.sources.look import percent, points
from rectify_tui.tui.view import LedgerView
from rectify_tui.tui.widgets.picture import TileGrid
from rectify_tui.tui.widgets.table.messages import Chosen, Loaded


class MapRoom(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Room for the tiles, which the arrows move over instead of scrolling."""


class MapScreen(LedgerView):
    """Places as tiles, as of a day. `scopes` is the way down; the last one is shown."""

    AUTO_FOCUS = "#tiles"
    BINDINGS: ClassVar[list[BindingType]] = bindings("map")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.scopes = [Scope()]
        self._begun = False
        self.grid = TileGrid()
        self._facts = Static(id="facts")
        self.behind = BehindList(session)
        self.behind.table.can_focus = False

    def body(self) -> ComposeResult:
        """The map, below it the figures of the tile under the cursor and, where there is room, what
        is behind there.
        """
        with MapRoom(id="map"):
            yield self.grid
        yield self._facts
        yield from self.behind.widgets()

    @property
    def scope(self) -> Scope:
        """Where one has gone down to."""
        return self.scopes[-1]

    # Showing

    def renew(self) -> None:
        """Read the figures anew."""
        session = self.session
        if not self._begun:
            session.read(lambda: home(session.ledger.reader()), self._begin, "map-home")
            return
        scope, figure, t = self.scope, session.figure, self.t

        def find() -> TileMap:
            query = RollupQuery(session.day, scope.by, scope.programme_id, scope.under_id)
            return read_map(session.ledger.reader(), query, figure, t, programme=scope.programme)

        session.read(find, self._take, "map")
        self.retitle()

    def _begin(self, scopes: list[Scope]) -> None:
        """Where the overview begins."""
        self.scopes, self._begun = scopes, True
        self.renew()

    def _take(self, found: TileMap) -> None:
        self.grid.show(found, self.t, ascii=self.session.ascii, cursor=self.scope.chosen)
        self.scopes[-1] = self.scope._replace(chosen=None)
        self.show_state()

    def fit(self) -> None:
        """Lay the map out anew."""
        self.grid.fit(self.size.width - 2)
        self.behind.retitle()

    def retitle(self) -> None:
        """Tell the way down and the figure."""
        path = [
            self.t("keys.app.map"),
            *(self.t.name(one.under, one.under_en) for one in self.scopes[1:]),
        ]
        parts = [
            self.t("tui.sign.step").join(path),
            self.t(f"pictures.figure.{self.session.figure}"),
        ]
        if self.scope.programme:
            parts.insert(1, self.scope.programme)
        self.show_top(self.t("tui.sign.dot").join(parts))

    def on_tile_grid_moved(self) -> None:
        """Show the figures of another tile."""
        tile = self.grid.tile
        self._facts.update(Content(self._told(tile) if tile else ""), layout=False)
        if tile is not None:
            shown = Region(0, tile.row * 2, 1, 2)
            self.query_one("#map").scroll_to_region(shown, animate=False)
            self._show_behind(tile)

    def _show_behind(self, tile: Tile) -> None:
        if self.has_class("tall"):
            name = clean(tile.name)
            self.behind.show(self._filter(), name, self.t("tui.none_behind"))

    def on_window_table_loaded(self, event: Loaded) -> None:
        """Tell how much is behind in the place."""
        if event.table is self.behind.table:
            self.behind.loaded()

    def on_window_table_chosen(self, event: Chosen) -> None:
        """A double click on what is behind opens it."""
        self.session.open_list("items", behind_filter(self._filter()), event.key)

    def _told(self, tile: Tile) -> str:
        t, line, name = self.t, tile.line, clean(tile.name)
        if line is None:
            return t("pictures.tile_empty", name=name)
        tally, was = line.tally, tile.before.completion_rate if tile.before else None
        week = points(tally.completion_rate, was, ascii=self.session.ascii).text
        first = t(
            "pictures.tile_items", name=name, total=tally.total,
            done=tally.groups[Group.COMPLETED], on=tally.groups[Group.ON_SCHEDULE],
            behind=tally.groups[Group.BEHIND], merged=tally.groups[Group.MERGED],
        )  # fmt: skip
        second = t(
            "pictures.tile_rates", rate=percent(tally.completion_rate) or "-", week=week or "-",
            closed=tally.cases[CaseStatus.CLOSED], cases=tally.cases_total,
            closure=percent(tally.case_closure_rate) or "-",
        )  # fmt: skip
        return f"{first}\n{second}"

    # Moving

    def action_move(self, rows: int, columns: int) -> None:
        """To the next tile in a direction."""
        self.grid.move(rows, columns)

    def action_turn_figure(self, step: int) -> None:
        """Another figure."""
        figures = list(Figure)
        at = figures.index(self.session.figure) + step
        self.session.figure = figures[at % len(figures)]
        self.renew()

    def action_turn_programme(self) -> None:
        """All programmes, or one after another."""

        def find() -> list[tuple[int, str]]:
            return [
                (one.id, one.code)
                for one in programmes(self.session.ledger.reader(), archived=False)
            ]

        self.session.read(find, self._next_programme, "map-programmes")

    def _next_programme(self, found: list[tuple[int, str]]) -> None:
        choices: list[tuple[int | None, str]] = [(None, ""), *found]
        at = next(n for n, (id, _) in enumerate(choices) if id == self.scope.programme_id)
        id, code = choices[(at + 1) % len(choices)]
        self.scopes = [one._replace(programme_id=id, programme=code) for one in self.scopes]
        self.renew()

    def on_tile_grid_chosen(self) -> None:
        """A second click on a tile goes in."""
        self.action_enter()

    def action_enter(self) -> None:
        """To the parts of the place, or to its items where it has none."""
        tile, session, scope = self.grid.tile, self.session, self.scope
        if tile is None or (line := tile.line) is None:
            if tile is not None:
                session.tell(session.t("pictures.tile_empty", name=clean(tile.name)), error=False)
            return

        def down() -> Scope | None:
            return scope.below(session.ledger.reader(), line)

        def step(below: Scope | None) -> None:
            if below is None:
                session.open_list("items", scope.filter_of(line))
                return
            self.scopes[-1] = self.scope._replace(chosen=line.id)
            self.scopes.append(below)
            self.renew()

        session.read(down, step, "map-down")

    def action_back(self) -> None:
        """One step back up; from the first of all to the overview."""
        if len(self.scopes) == 1:
            super().action_back()
            return
        self.scopes.pop()
        self.renew()

    # Lists

    def action_list_items(self) -> None:
        """The items of the place."""
        self.session.open_list("items", self._filter())

    def action_list_behind(self) -> None:
        """Those of them that are behind."""
        self.session.open_list("items", behind_filter(self._filter()))

    def _filter(self) -> str:
        tile = self.grid.tile
        return self.scope.filter_of(tile.line if tile else None)
