"""The overview: figures by place or programme, drilled down step by step, and what is behind."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical

from rectify_tui.domain.text import clean
from rectify_tui.domain.wrapping import wrapped
from rectify_tui.reports.entered import later_text
from rectify_tui.store.rollup_read import By, RollupQuery, RollupRow
from rectify_tui.tui.behind_list import BehindList, behind_filter
from rectify_tui.tui.keys import bindings
from rectify_tui.tui.map_pane import MapPane
from rectify_tui.tui.scope import COUNTED_ONCE, Scope, from_data, home, to_data
from rectify_tui.tui.session import Session
from rectify_tui.tui.sizes import VERY_WIDE
from rectify_tui.tui.sources.rollup import RollupSource
from rectify_tui.tui.sources.rollup_columns import WORST_FIRST, can_sort, first_way, rollup_columns
from rectify_tui.tui.standing import Standing
from rectify_tui.tui.view import LedgerView
from rectify_tui.tui.widgets.table.messages import Chosen, HeaderChosen, Loaded, Moved
from rectify_tui.tui.widgets.table.table import WindowTable

if TYPE_CHECKING:
    from rectify_tui.tui.widgets.picture import TileGrid

BELOW, BELOW_TALL = 5, 7
"""Lines of what is behind that are seen where any line has so many, and on tall screens."""

BELOW_FEW = 10
"""Lines of it at most below few figures: another line is written in two kilobytes even then."""


class OverviewScreen(LedgerView):
    """Figures as of a day. `scopes` is the way down; the last one is shown."""

    AUTO_FOCUS = "#main"
    BINDINGS: ClassVar[list[BindingType]] = bindings("table", "overview")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.scopes = [Scope()]
        self.order = WORST_FIRST
        self.standing = Standing(session)
        self.table = WindowTable(id="main", markable=False)
        self.behind = BehindList(session)
        self.map = MapPane(session)
        self._home: list[Scope] = []
        self._kept: Mapping[str, object] = {}
        self._source: RollupSource | None = None
        self._before: RollupSource | None = None
        self._renewed = False
        self._entered = False
        self._counting = Lock()
        self._behind_of: int | None = None

    def body(self) -> ComposeResult:
        """Where everything stands, the figures, what is behind, and the map where there is room."""
        with Vertical(id="figures"):
            yield self.standing
            with Container(id="spread"):
                with Vertical(id="lines"):
                    yield self.table
                    yield from self.behind.widgets()
                yield self.map

    @property
    def scope(self) -> Scope:
        """Where the drilling has come to."""
        return self.scopes[-1]

    # Showing

    def on_mount(self) -> None:
        """Tell how much of what is behind is seen, whenever that may be another number."""
        self.screen_layout_refresh_signal.subscribe(self, lambda _: self.behind.retitle())

    def renew(self) -> None:
        """Read the figures anew; the first time, find out where to begin."""
        if self._home:
            self._renew()
            self.standing.renew()
            return
        self.session.read(self._find_beginning, self._begin, "home")

    def _find_beginning(self) -> tuple[list[Scope], list[Scope]]:
        """In a thread: the first screen, and the one where one left off, if there is one."""
        connection = self.session.ledger.reader()
        return home(connection), from_data(connection, self._kept.get("way"))

    def _begin(self, scopes: tuple[list[Scope], list[Scope]]) -> None:
        self._home, before = scopes
        self.scopes = before or list(self._home)
        self.renew()

    def remember(self) -> Mapping[str, object]:
        """The way down, with the line that is chosen, and the order."""
        if not self._home:
            return self._kept
        here = self.scope._replace(chosen=self.table.cursor_key)
        return {"way": to_data([*self.scopes[:-1], here]), "order": list(self.order)}

    def recall(self, kept: Mapping[str, object]) -> None:
        """Begin there, as far as it is still there."""
        self._kept = kept
        match kept.get("order"):
            case [str(key), bool(descending)] if can_sort(key):
                self.order = key, descending

    def _renew(self) -> None:
        session, scope, table = self.session, self.scope, self.table
        query = RollupQuery(session.day, scope.by, scope.programme_id, scope.under_id)
        if self._source is not None and self._source.read:
            self._before = self._source
        self._source = RollupSource(session.ledger, query, self.t, self.order, ascii=session.ascii)
        table.ascii = self.behind.table.ascii = session.ascii
        table.sort = self.order
        unclear = self._before is not None and self._before.unclear
        table.columns = rollup_columns(self.t, self.scope.by, unclear=unclear)
        past = self.t("tui.no_figures", key=session.first_key("app.today"))
        table.empty_text = session.empty_ledger("overview") if session.as_of is None else past
        table.show(self._source, scope.chosen)
        self._renewed = True
        self.scopes[-1] = scope._replace(chosen=None)
        self.retitle()

    def retitle(self) -> None:
        """Tell the way down."""
        by = self.t(f"tui.by.{self.scope.by}")
        path = [self.t("keys.app.overview")]
        path += [scope.called(self.t) for scope in self.scopes[1:]]
        self.show_top(self.t("tui.sign.dot").join([self.t("tui.sign.step").join(path), by]))
        self.show_state()
        self.standing.draw()
        self.behind.retitle()
        self.map.renew()

    def state(self) -> str:
        """How to go on."""
        names = (
            "items", "cases", "weekly", "intake", "queue", "map", "day_back", "day_on",
            "week_back", "week_on", "date", "today",
        )  # fmt: skip
        keys = {name: self.session.first_key(f"app.{name}") for name in names}
        hint = self.t("tui.overview_hint", **keys)
        later = later_text(self._source.later, self.t) if self._source is not None else ""
        return "\n".join(filter(None, (wrapped(later, self.size.width - 2), hint)))

    def on_window_table_loaded(self, event: Loaded) -> None:
        """New figures may stand behind the same line."""
        source = self._source
        if event.table is self.behind.table:
            self.behind.loaded()
        elif source is not None and source is self.table.source:
            self._show_figures(source)
        self._share_room()

    def _show_figures(self, source: RollupSource) -> None:
        self.table.columns = rollup_columns(self.t, self.scope.by, unclear=source.unclear)
        self.table.pinned = source.pinned
        self.query_one("#figures").set_class(
            self.session.as_of is None and not self.table.total, "empty"
        )
        self.standing.show(source.whole)
        self.map.show(source, self.scope)
        if source.disagreeing is None:
            self.session.read(partial(self._count, source), self._counted, "disagreeing")
        if not self._renewed:
            return
        self._renewed = False
        if self._entered:
            self._entered = False
            self.table.action_first()
        self._show_behind(self.table.cursor_key)

    def _count(self, source: RollupSource) -> RollupSource:
        """In a thread: read the rest, one at a time, and nothing that is out of date."""
        with self._counting:
            if source is self._source:
                source.read_more()
        return source

    def _counted(self, source: RollupSource) -> None:
        """Put the rest beside the figures that are on the screen already."""
        if source is self._source:
            self.table.reload()
            self.show_state()

    def fit(self) -> None:
        """Lay everything out anew."""
        self._share_room()

    def _share_room(self) -> None:
        """Few lines leave their room to what is behind; of many, as many are seen as there is."""
        table, below = self.table, self.behind.table
        lines = table.head + table.total
        short, tall = self.has_class("short"), self.has_class("tall")
        source = self._read_source
        most = source.most_behind() if source is not None else BELOW
        seen = max(1, min(most, BELOW_TALL if tall else BELOW))
        height = self.query_one("#spread").size.height - 1
        few = table.total > 0 and not short and lines + seen < height
        spare = height - lines - seen if few else 0
        under = self.map.settle(height + 1, spare)
        self.query_one("#spread").set_class(self.size.width >= VERY_WIDE, "beside")
        self.query_one("#lines").styles.height = "auto" if under else "1fr"
        left = min(most, height - lines - under, *(() if tall else (BELOW_FEW,)))
        below.styles.height = max(seen, left) if few else seen
        table.styles.height = lines if few else "1fr"

    def on_map_pane_ready(self) -> None:
        """Find room for another map."""
        self._share_room()

    def on_tile_grid_clicked(self, event: TileGrid.Clicked) -> None:
        """The table's cursor goes along to a tile."""
        source = self._read_source
        place = source.position(event.tile.id) if source is not None else None
        if place is None:
            name = clean(event.tile.name)
            self.session.tell(self.t("pictures.tile_empty", name=name), error=False)
        else:
            self.table.go(place)

    def on_tile_grid_chosen(self) -> None:
        """A second click on a tile goes in."""
        self.action_drill()

    # The order

    def action_sort(self) -> None:
        """By the next of the columns that are seen."""
        keys = [place.column.key for place in self.table.layout_of_line().places]
        at = keys.index(self.order[0]) if self.order[0] in keys else -1
        following = keys[(at + 1) % len(keys)]
        self._sort_by(following, descending=first_way(following))

    def action_reverse(self) -> None:
        """The other way round."""
        key, descending = self.order
        self._sort_by(key, descending=not descending)

    def on_window_table_header_chosen(self, event: HeaderChosen) -> None:
        """A click on a title sorts, a second one turns the order round."""
        key, descending = self.order
        same = event.column_key == key
        way = not descending if same else first_way(event.column_key)
        self._sort_by(event.column_key, descending=way)

    def _sort_by(self, key: str, *, descending: bool) -> None:
        self.order = key, descending
        self.table.sort = self.order
        if self._source is not None and self._source.read:
            self._source = self._source.ordered(self.order)
            self.table.show(self._source)

    # What the week needs

    def action_go_next(self) -> None:
        """Go to the next thing that this week still needs."""
        self.standing.go_next()

    # What is behind

    def on_window_table_moved(self, event: Moved) -> None:
        """Show what is behind in the line under the cursor."""
        if event.table is self.table and event.key != self._behind_of:
            self._show_behind(event.key)

    def _show_behind(self, key: int | None) -> None:
        self._behind_of = key
        self.map.point_at(key)
        row, source, t = self._line(key), self._read_source, self.t
        name = self.scope.called(t) or t("tui.sum")
        empty = t("tui.none_behind")
        if row is not None and source is not None:
            name = source.name(row)
            if (n := source.behind(None)) and not source.behind(row):
                empty = t("tui.none_behind_here", name=name, n=n)
        self.behind.show(self.scope.filter_of(row), name, empty)

    def _line(self, key: int | None) -> RollupRow | None:
        source = self._read_source
        return source.line(key) if source is not None and key is not None else None

    @property
    def _read_source(self) -> RollupSource | None:
        """The figures that are on the screen."""
        return self._source if self._source is not None and self._source.read else self._before

    def _filter(self) -> str:
        """The filter that lists what the line under the cursor counts."""
        return self.scope.filter_of(self._line(self.table.cursor_key))

    # Drilling

    def on_window_table_chosen(self, event: Chosen) -> None:
        """Enter drills down, or opens what is behind."""
        if event.table is self.table:
            self.action_drill()
        else:
            self.session.open_list("items", behind_filter(self._filter()), event.key)

    def action_drill(self) -> None:
        """One step down: to the parts of this line, or to its items where it has none.

        From the list of what is behind, to the item under its cursor.
        """
        if self.behind.table.has_focus:
            self.behind.table.action_choose()
            return
        row, scope, session = self._line(self.table.cursor_key), self.scope, self.session
        if row is None:
            return
        if scope.by is By.PROGRAMME:
            self._enter(row, scope.in_programme(row))
            return

        def below() -> Scope | None:
            return scope.below(session.ledger.reader(), row)

        session.read(below, partial(self._step, row), "drill")

    def _step(self, row: RollupRow, below: Scope | None) -> None:
        if below is None:
            self.session.open_list("items", self.scope.filter_of(row))
        else:
            self._enter(row, below)

    def _enter(self, row: RollupRow, below: Scope) -> None:
        self.scopes[-1] = self.scope._replace(chosen=row.id)
        self.scopes.append(below)
        self._entered = True
        self.renew()

    def action_back(self) -> None:
        """One step back up."""
        if len(self.scopes) > 1:
            self.scopes.pop()
            self.renew()

    def action_turn_by(self) -> None:
        """Lines by place, or by programme."""
        by_place = self.scope.by is By.PROGRAMME
        self.scopes = list(self._home) if by_place else [Scope(by=By.PROGRAMME)]
        self._entered = True
        self.renew()

    # Lists

    def action_list_items(self) -> None:
        """The items of this line."""
        self.session.open_list("items", self._filter())

    def action_list_behind(self) -> None:
        """The items of this line that are behind."""
        self.session.open_list("items", behind_filter(self._filter()))

    def action_list_cases(self) -> None:
        """The cases of this line; none is merged."""
        self.session.open_list("cases", self._filter().removeprefix(COUNTED_ONCE).strip())
