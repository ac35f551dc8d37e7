"""The overview: figures by place or programme, drilled down step by step, and what is behind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from threading import Lock
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from rectify_tui.domain.filter import ITEM_FIELDS, parse_filter, replace_term
from rectify_tui.domain.region import Depth
from rectify_tui.store.connection import Connection
from rectify_tui.store.items import ItemList
from rectify_tui.store.listing import ListQuery
from rectify_tui.store.regions import children, get_region
from rectify_tui.store.rollup_read import By, RollupQuery, RollupRow
from rectify_tui.tui.keys import bindings
from rectify_tui.tui.session import Session
from rectify_tui.tui.sources.items import SHORT_COLUMNS
from rectify_tui.tui.sources.records import RecordSource
from rectify_tui.tui.sources.rollup import SUM, RollupSource, columns
from rectify_tui.tui.view import LedgerView
from rectify_tui.tui.widgets.table.messages import Chosen, Loaded, Moved
from rectify_tui.tui.widgets.table.table import WindowTable

COUNTED_ONCE = "-status:merged"
"""Across programmes a merged item is counted where it is carried on, so it is not listed again."""

_NEXT = {Depth.NATION: By.PROVINCE, Depth.PROVINCE: By.CITY, Depth.CITY: By.COUNTY}


@dataclass(frozen=True)
class Scope:
    """One step of the way down: what the lines are, within which programme and region."""

    by: By = By.PROVINCE
    programme_id: int | None = None
    programme: str = ""
    under_id: int | None = None
    under: str = ""
    under_key: str = ""
    chosen: int | None = None

    @property
    def filter(self) -> str:
        """The filter that lists what this scope counts."""
        parts = [f"programme:{self.programme}" if self.programme else COUNTED_ONCE]
        if self.under_key:
            parts.append(region_term(self.under_key))
        return " ".join(parts)


def region_term(key: str, *, own: bool = False) -> str:
    """A filter's term for a region, by code or by name; `own` leaves out what lies below it."""
    return replace_term("", "at" if own else "region", key)


class OverviewScreen(LedgerView):
    """Figures as of a day. `scopes` is the way down; the last one is shown."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("table", "overview")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.scopes = [Scope()]
        self._source: RollupSource | None = None
        self._before: RollupSource | None = None
        self._entered = False
        self._counting = Lock()
        self._behind_of: int | None = None

    def body(self) -> ComposeResult:
        """Figures above, what is behind below."""
        with Vertical():
            yield WindowTable(id="main", markable=False)
            yield Static(id="behind-title")
            yield WindowTable(id="behind", markable=False)

    @property
    def scope(self) -> Scope:
        """Where the drilling has come to."""
        return self.scopes[-1]

    def on_mount(self) -> None:
        """Begin with the cursor on the figures."""
        self.main_table().focus()

    # Showing

    def renew(self) -> None:
        """Read the figures anew."""
        app, scope = self.session, self.scope
        day = app.as_of or app.ledger.today()
        query = RollupQuery(day, scope.by, scope.programme_id, scope.under_id)
        if self._source is not None and self._source.read:
            self._before = self._source
        self._source = RollupSource(app.ledger, query, self.t, ascii=app.ascii)
        table = self.main_table()
        table.ascii = self.query_one("#behind", WindowTable).ascii = app.ascii
        table.columns = columns(self.t)
        past = self.t("tui.no_figures", key=app.first_key("app.today"))
        table.empty_text = self.t("tui.empty") if app.as_of is None else past
        table.show(self._source, scope.chosen)
        self.scopes[-1] = replace(scope, chosen=None)
        self.retitle()

    def retitle(self) -> None:
        """Tell the way down."""
        by = self.t(f"tui.by.{self.scope.by}")
        path = [self.t("keys.app.overview")]
        path += [scope.under or scope.programme for scope in self.scopes[1:]]
        self.show_top(self.t("tui.sign.dot").join([self.t("tui.sign.step").join(path), by]))
        self.set_class(self.size.height >= 32, "tall")
        self.set_class(self.size.height < 18, "short")
        self.show_state()

    def on_window_table_loaded(self, event: Loaded) -> None:
        """New figures may stand behind the same line."""
        source = self._source
        if event.table.id != "main" or (source and source.disagreeing is not None):
            return
        if self._entered and source is not None and source.read:
            self._entered = False
            self.main_table().action_first()
        self._show_behind(self.main_table().cursor_key)
        if source is not None and source.read:
            self.session.read(partial(self._count, source), self._counted, "disagreeing")

    def _count(self, source: RollupSource) -> RollupSource:
        """In a thread: count what disagrees, one at a time, and nothing that is out of date."""
        with self._counting:
            if source is self._source:
                source.read_disagreeing()
        return source

    def _counted(self, source: RollupSource) -> None:
        """Put what disagrees beside the figures that are on the screen already."""
        if source is self._source:
            self.main_table().reload()

    def on_window_table_moved(self, event: Moved) -> None:
        """Show what is behind in the line under the cursor."""
        if event.table.id == "main" and event.key != self._behind_of:
            self._show_behind(event.key)

    def _show_behind(self, key: int | None) -> None:
        self._behind_of = key
        row = self._line(key)
        text = " ".join(filter(None, (self._filter_of(row), "group:behind")))
        app = self.session
        table = self.query_one("#behind", WindowTable)
        table.columns = tuple(column.column(self.t) for column in SHORT_COLUMNS)
        table.empty_text = self.t("tui.none_behind")
        wanted = parse_filter(text, ITEM_FIELDS, today=app.ledger.today(), lenient=True)
        query = ListQuery(wanted, order="due", as_of=app.as_of)
        items = ItemList(app.ledger, query)
        table.show(RecordSource(items, SHORT_COLUMNS, self.t, ascii=app.ascii))
        name = self.t.name(row.name, row.name_en) if row else self.scope.under
        title = self.t("tui.behind_in", name=name) if name else self.t("tui.behind")
        self.query_one("#behind-title", Static).update(Content(title))

    def state(self) -> str:
        """How to go on."""
        names = (
            "overview", "items", "cases", "weekly", "intake", "queue", "day_back", "day_on",
            "week_back", "week_on", "date", "today",
        )  # fmt: skip
        keys = {name: self.session.first_key(f"app.{name}") for name in names}
        return self.t("tui.overview_hint", **keys)

    # Drilling

    def _line(self, key: int | None) -> RollupRow | None:
        source = self._source if self._source is not None and self._source.read else self._before
        return source.line(key) if source is not None and key not in (None, SUM) else None

    def _filter_of(self, row: RollupRow | None) -> str:
        scope = self.scope
        if row is None:
            return scope.filter
        if scope.by is By.PROGRAMME:
            return f"programme:{row.key}"
        parts = [f"programme:{scope.programme}" if scope.programme else COUNTED_ONCE]
        if scope.under_key and row.key == row.name:  # a name may stand below several regions
            parts.append(region_term(scope.under_key))
        parts.append(region_term(row.key, own=row.own))
        return " ".join(parts)

    def on_window_table_chosen(self, event: Chosen) -> None:
        """Enter drills down, or opens what is behind."""
        if event.table.id == "main":
            self.action_drill()
        else:
            self._open("items", self._behind_filter(), event.key)

    def action_drill(self) -> None:
        """One step down: to the parts of this line, or to its items where it has none.

        From the list of what is behind, to the item under its cursor.
        """
        behind = self.query_one("#behind", WindowTable)
        if behind.has_focus:
            behind.action_choose()
            return
        row = self._line(self.main_table().cursor_key)
        if row is None:
            return
        if self.scope.by is By.PROGRAMME:
            self._enter(replace(
                self.scope, by=By.PROVINCE, programme_id=row.id, programme=row.key,
            ), row)  # fmt: skip
            return
        app = self.session
        app.read(lambda: self._below(app.ledger.reader(), row), partial(self._step, row), "drill")

    def _step(self, row: RollupRow, step: Scope | None) -> None:
        if step is None:
            self._open("items", self._filter_of(row))
        else:
            self._enter(step, row)

    def _below(self, connection: Connection, row: RollupRow) -> Scope | None:
        region = get_region(connection, row.id)
        by = _NEXT.get(Depth(region.depth))
        if row.own or by is None or not children(connection, row.id):
            return None
        name = self.t.name(row.name, row.name_en)
        return replace(self.scope, by=by, under_id=row.id, under=name, under_key=row.key)

    def _enter(self, step: Scope, row: RollupRow) -> None:
        self.scopes[-1] = replace(self.scope, chosen=row.id)
        self.scopes.append(replace(step, chosen=None))
        self._entered = True
        self.renew()

    def action_back(self) -> None:
        """One step back up."""
        if len(self.scopes) > 1:
            self.scopes.pop()
            self.renew()

    def action_turn_by(self) -> None:
        """Lines by place, or by programme."""
        by = By.PROVINCE if self.scope.by is By.PROGRAMME else By.PROGRAMME
        self.scopes = [Scope(by=by)]
        self._entered = True
        self.renew()

    def _behind_filter(self) -> str:
        row = self._line(self.main_table().cursor_key)
        return " ".join(filter(None, (self._filter_of(row), "group:behind")))

    def action_list_items(self) -> None:
        """The items of this line."""
        self._open("items", self._filter_of(self._line(self.main_table().cursor_key)))

    def action_list_behind(self) -> None:
        """The items of this line that are behind."""
        self._open("items", self._behind_filter())

    def action_list_cases(self) -> None:
        """The cases of this line."""
        row = self._line(self.main_table().cursor_key)
        self._open("cases", self._filter_of(row).removeprefix(COUNTED_ONCE).strip())

    def _open(self, mode: str, wanted: str, key: int | None = None) -> None:
        self.session.open_list(mode, wanted, key)
