"""Patterns worth seeing, each with its count, and the items behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from rectify_tui.domain.fields import ITEM
from rectify_tui.domain.patterns import SILENT_WEEKS, Pattern
from rectify_tui.paths import config_folder
from rectify_tui.reports import patterns as report
from rectify_tui.reports.weekly.settings import FILE, read_settings
from rectify_tui.store.connection import Connection
from rectify_tui.store.patterns import PatternQuery, Sighting, counts, sightings
from rectify_tui.tui.keys import bindings
from rectify_tui.tui.session import Session
from rectify_tui.tui.side_list import SideList
from rectify_tui.tui.sources.items import problem_text
from rectify_tui.tui.sources.look import REF_CELLS
from rectify_tui.tui.sources.records import FieldColumn, RowStyle, cells_of
from rectify_tui.tui.view import LedgerView
from rectify_tui.tui.widgets.table.messages import Chosen
from rectify_tui.tui.widgets.table.source import Cell, Column, Row

KEYS = {pattern: -place for place, pattern in enumerate(Pattern, 1)}
"""The keys of patterns in the table, which are no ids of items."""

_REF = FieldColumn(ITEM["ref"], REF_CELLS)
_ABOUT = (
    FieldColumn(ITEM["status"], 10, priority=1),
    FieldColumn(ITEM["region"], 12, stretch=1, priority=2),
    FieldColumn(ITEM["problem"], 12, stretch=3, priority=3, text=problem_text),
)


class PatternsScreen(LedgerView):
    """The patterns; one that is opened shows its items."""

    AUTO_FOCUS = "#main"
    BINDINGS: ClassVar[list[BindingType]] = bindings("table", "side_list")

    def __init__(self, session: Session, programme: str | None) -> None:
        super().__init__(session)
        self.side_list = SideList(session, programme, "patterns")
        self.opened: Pattern | None = None

    def body(self) -> ComposeResult:
        """The table of patterns, or of the items of one."""
        yield self.side_list.table

    # Showing

    def renew(self) -> None:
        """Find the rows anew; the cursor stays on its row."""
        self._show(None)

    def _show(self, keep: int | None) -> None:
        self.side_list.show(self._columns(), self._find, keep)
        self.retitle()

    def retitle(self) -> None:
        """Tell the way here, and which pattern is open."""
        place = [self.t("patterns.title")]
        if self.opened is not None:
            place.append(self.t(f"patterns.what.{self.opened}", weeks=SILENT_WEEKS))
        self.show_top(self.side_list.way(place))
        self.show_state()

    def state(self) -> str:
        """Which programme this is about."""
        return self.side_list.about()

    def _columns(self) -> tuple[Column, ...]:
        t = self.t
        if self.opened is None:
            return (
                Column("n", t("patterns.column.count"), 8, "right"),
                Column("what", t("patterns.column.what"), 30, stretch=1),
            )
        what = Column("told", t("patterns.column.told"), 30, stretch=2)
        return _REF.column(t), what, *(column.column(t) for column in _ABOUT)

    def _find(self, connection: Connection) -> Sequence[Row]:
        """In a thread: every pattern with its count, or the items of one."""
        week_ends_on = read_settings(config_folder() / FILE).week_ends_on
        programme_id = self.side_list.programme_id(connection)
        query = PatternQuery(self.shown_day(), programme_id, week_ends_on=week_ends_on)
        opened = self.opened
        if opened is not None:
            return [
                self._item(opened, sighting) for sighting in sightings(connection, opened, query)
            ]
        return [self._line(pattern, n) for pattern, n in counts(connection, query).items()]

    def _line(self, pattern: Pattern, n: int) -> Row:
        what = self.t(f"patterns.what.{pattern}", weeks=SILENT_WEEKS)
        cells: dict[str, str | Cell] = {"n": Cell(f"{n:,}", "warn" if n else "muted"), "what": what}
        return Row(KEYS[pattern], cells, "" if n else "window-table--muted")

    def _item(self, pattern: Pattern, sighting: Sighting) -> Row:
        row = sighting.row
        style = RowStyle(self.t, self.session.day, self.session.ascii)
        cells = cells_of(style, row, (_REF, *_ABOUT))
        return Row(row.id, cells | {"told": report.told(pattern, sighting, self.t).label})

    # Opening

    def on_window_table_chosen(self, event: Chosen) -> None:
        """Show the items of a pattern, or an item in the list of items."""
        if self.opened is not None:
            self.session.open_list("items", "", event.key)
        else:
            self.opened = next(pattern for pattern in Pattern if KEYS[pattern] == event.key)
            self.side_list.table.action_first()
            self.renew()

    def action_choose(self) -> None:
        """Open the row under the cursor."""
        self.side_list.table.action_choose()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There are no lines of another kind to turn to."""
        return action != "turn_by" and super().check_action(action, parameters)

    def action_leave(self) -> None:
        """Out of a pattern, then back to the queue."""
        if self.opened is None:
            self.app.pop_screen()
        else:
            key = KEYS[self.opened]
            self.opened = None
            self._show(key)
