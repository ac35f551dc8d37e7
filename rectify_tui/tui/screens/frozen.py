"""The reports that were frozen, and what today would say of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from rectify_tui.domain.text import clean
from rectify_tui.reports.history import author_text
from rectify_tui.reports.labels import moment
from rectify_tui.reports.weekly.compare import compare_with_now
from rectify_tui.reports.weekly.freeze import all_frozen, scope_of
from rectify_tui.reports.weekly.frozen_list import agreement
from rectify_tui.store.connection import Connection
from rectify_tui.store.reports import FrozenReport
from rectify_tui.tui.keys import bindings
from rectify_tui.tui.session import Session
from rectify_tui.tui.sources.row_list import RowList
from rectify_tui.tui.view import LedgerView
from rectify_tui.tui.weekly_report import NOW
from rectify_tui.tui.widgets.table.messages import Chosen
from rectify_tui.tui.widgets.table.source import Cell, Column, Row
from rectify_tui.tui.widgets.table.table import WindowTable

Open = Callable[[FrozenReport, str], None]
"""Shows a report, alone or beside what is known now."""


class FrozenScreen(LedgerView):
    """The frozen reports, the newest first; `show` takes the one that is chosen."""

    AUTO_FOCUS = "#main"
    BINDINGS: ClassVar[list[BindingType]] = bindings("table", "frozen")

    def __init__(self, session: Session, show: Open) -> None:
        super().__init__(session)
        self.table = WindowTable(id="main", markable=False)
        self._show = show
        self._reports: Sequence[FrozenReport] = ()

    def body(self) -> ComposeResult:
        """The table."""
        yield self.table

    def renew(self) -> None:
        """Read the reports anew, and hold each against the ledger."""
        t, table = self.t, self.table
        table.ascii = self.session.ascii
        table.columns = _columns(self)
        table.empty_text = t("tui.weekly.none_frozen", key=self.session.first_key("weekly.freeze"))
        table.show(RowList(self._rows))
        self.retitle()

    def retitle(self) -> None:
        """Tell where one is."""
        parts = [self.t("keys.app.weekly"), self.t("tui.weekly.frozen_title")]
        self.show_top(self.t("tui.sign.step").join(parts))
        self.show_state()

    def _rows(self) -> list[Row]:
        """In a thread: a row for each report."""
        connection = self.session.ledger.reader()
        reports = tuple(all_frozen(connection))
        self._reports = reports
        return [self._row(connection, place, each) for place, each in enumerate(reports)]

    def _row(self, connection: Connection, place: int, frozen: FrozenReport) -> Row:
        t = self.t
        cells: dict[str, str | Cell] = {
            "cutoff": frozen.cutoff,
            "period": t(f"weekly.kind.{frozen.period}"),
            "scope": clean(scope_of(frozen, t)),
            "who": clean(author_text(t, frozen.who, frozen.on_behalf)),
            "recorded_at": moment(frozen.recorded_at).label[:16],
            "digest": frozen.digest[:12],
        }
        if not frozen.in_force:
            cells["agrees"] = clean(t("tui.weekly.was_withdrawn", reason=frozen.withdrawn or ""))
            return Row(place, cells, "window-table--muted")
        compared = compare_with_now(connection, frozen)
        told = agreement(compared.same, t).label
        if not compared.same:
            n = sum(each.n for each in compared.items)
            told = t("tui.weekly.differs_now", figures=len(compared.figures), items=n)
        cells["agrees"] = Cell(told, "good" if compared.same else "warn")
        return Row(place, cells)

    def _chosen(self, beside: str) -> None:
        key = self.table.cursor_key
        if key is not None and key < len(self._reports):
            self.app.pop_screen()
            self.call_later(partial(self._show, self._reports[key], beside))

    def on_window_table_chosen(self, _: Chosen) -> None:
        """Show the report."""
        self._chosen("")

    def action_choose(self) -> None:
        """Show the report under the cursor."""
        self._chosen("")

    def action_compare(self) -> None:
        """Set the report under the cursor beside what is known now."""
        report = self._reports[self.table.cursor_key or 0] if self._reports else None
        self._chosen(NOW if report is not None and report.in_force else "")

    def action_leave(self) -> None:
        """Back to the report."""
        self.app.pop_screen()


def _columns(screen: FrozenScreen) -> tuple[Column, ...]:
    t = screen.t
    return tuple(
        Column(key, t(f"weekly.column.{key}"), width, stretch=stretch, priority=priority)
        for key, width, stretch, priority in (
            ("cutoff", 10, 0, 0), ("period", 6, 0, 0), ("scope", 14, 3, 0), ("agrees", 13, 2, 0),
            ("who", 8, 1, 1), ("recorded_at", 16, 0, 2), ("digest", 12, 0, 3),
        )
    )  # fmt: skip
