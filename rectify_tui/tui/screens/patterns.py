"""Patterns worth seeing, each with its count, and the items behind it."""

from __future__ import annotations

from collections.abc import Sequence

from rectify_tui.domain.patterns import SILENT_WEEKS, Pattern
from rectify_tui.paths import config_folder
from rectify_tui.reports.patterns import told
from rectify_tui.reports.weekly.settings import FILE, read_settings
from rectify_tui.store.connection import Connection
from rectify_tui.store.patterns import PatternQuery, Sighting, count, sightings
from rectify_tui.tui.screens.aside import AsideScreen
from rectify_tui.tui.session import Session
from rectify_tui.tui.sources.items import problem_text
from rectify_tui.tui.sources.look import REF_CELLS, short_ref, status_cell
from rectify_tui.tui.widgets.table.source import Cell, Column, Row

KEYS = {pattern: -place for place, pattern in enumerate(Pattern, 1)}
"""The keys of patterns in the table, which are no ids of items."""


class PatternsScreen(AsideScreen):
    """The patterns; one that is opened shows its items."""

    def __init__(self, session: Session, programme: str | None) -> None:
        super().__init__(session, programme)
        self.opened: Pattern | None = None

    def columns(self) -> tuple[Column, ...]:
        """Counts, or items."""
        t = self.t
        if self.opened is None:
            return (
                Column("n", t("patterns.column.count"), 8, "right"),
                Column("what", t("patterns.column.what"), 30, stretch=1),
            )
        return (
            Column("ref", t("tui.column.ref"), REF_CELLS),
            Column("told", t("patterns.column.told"), 30, stretch=2),
            Column("status", t("tui.column.status"), 16, priority=1),
            Column("region", t("tui.column.region"), 12, stretch=1, priority=2),
            Column("problem", t("tui.column.problem"), 12, stretch=3, priority=3),
        )

    def place(self) -> Sequence[str]:
        """The patterns, and the one that is open."""
        parts = [self.t("patterns.title")]
        if self.opened is not None:
            parts.append(self.t(f"patterns.what.{self.opened}", weeks=SILENT_WEEKS))
        return parts

    def find(self, connection: Connection) -> Sequence[Row]:
        """Every pattern with its count, or the items of one."""
        week_ends_on = read_settings(config_folder() / FILE).week_ends_on
        query = PatternQuery(
            self.shown_day(), self.programme_id(connection), week_ends_on=week_ends_on
        )
        if self.opened is not None:
            pattern = self.opened
            found = sightings(connection, pattern, query)
            return [self._item(pattern, each) for each in found]
        return [self._line(each, count(connection, each, query)) for each in Pattern]

    def _line(self, pattern: Pattern, n: int) -> Row:
        what = self.t(f"patterns.what.{pattern}", weeks=SILENT_WEEKS)
        cells: dict[str, str | Cell] = {"n": Cell(f"{n:,}", "warn" if n else "muted"), "what": what}
        return Row(KEYS[pattern], cells, "" if n else "window-table--muted")

    def _item(self, pattern: Pattern, each: Sighting) -> Row:
        t, row = self.t, each.row
        cells: dict[str, str | Cell] = {
            "ref": short_ref(row.ref, REF_CELLS, t("tui.sign.cut")),
            "told": told(pattern, each, t).label,
            "status": status_cell(t, "item", row.status, ascii=self.session.ascii),
            "region": t.name(row.region, row.region_en),
            "problem": problem_text(t, row),
        }
        return Row(row.id, cells)

    def choose(self, key: int) -> None:
        """Show the items of a pattern, or an item in the list of items."""
        if self.opened is not None:
            self.session.open_list("items", "", key)
        else:
            self.opened = next(pattern for pattern in Pattern if KEYS[pattern] == key)
            self.main_table().action_first()
            self.renew()

    def action_leave(self) -> None:
        """Out of a pattern, then back to the queue."""
        if self.opened is None:
            super().action_leave()
        else:
            key = KEYS[self.opened]
            self.opened = None
            self.show_rows(key)
