"""Rows of the overview: the rollup of a day beside those of the weeks before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from threading import RLock
from typing import TYPE_CHECKING

from rectify_tui.domain.figures import Tally, ranks
from rectify_tui.domain.status import CaseStatus, Group, Status
from rectify_tui.i18n import Language
from rectify_tui.store.disagreement_sums import are_summed
from rectify_tui.store.disagreements import disagreements
from rectify_tui.store.entered import EnteredLater, entered_later
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.programmes import programmes
from rectify_tui.store.rollup_read import By, Rollup, RollupQuery, RollupRow, read_rollups
from rectify_tui.tui.sources.look import GROUP_SIGNS, percent, points
from rectify_tui.tui.sources.rollup_columns import in_order
from rectify_tui.tui.sources.trend import WEEKS, spark
from rectify_tui.tui.widgets.table.source import Bar, Cell, Drawn, Row, Tone

if TYPE_CHECKING:
    from rectify_tui.reports.pictures.figure import Figure
    from rectify_tui.reports.pictures.tile_map import TileMap

_ALARMING: dict[Group, Tone] = {Group.BEHIND: "bad", Group.UNCLEAR: "warn"}

SUM = -1
"""The key of the row that sums up."""


class RollupSource:
    """The lines of one rollup in an order, and a row that sums them up. Reads when first asked.

    What disagrees is read apart where it has to be counted, since that takes longer; until then
    its cells are empty. Once the figures are read, another order of them is made by `ordered`.
    """

    def __init__(
        self, ledger: Ledger, query: RollupQuery, t: Language, order: tuple[str, bool], *,
        ascii: bool,
    ) -> None:  # fmt: skip
        self.ledger = ledger
        self.query = query
        self.t = t
        self.order = order
        self.ascii = ascii
        self._lock = RLock()
        self._weeks: list[Rollup] = []
        self._lines: tuple[RollupRow, ...] = ()
        self._ranks: Mapping[int, int] = {}
        self.disagreeing: dict[int, int] | None = None
        self.later: Sequence[EnteredLater] = ()
        self._archived: frozenset[int] = frozenset()

    def ordered(self, order: tuple[str, bool]) -> RollupSource:
        """The same figures in another order."""
        other = RollupSource(self.ledger, self.query, self.t, order, ascii=self.ascii)
        other._weeks, other._archived = self._weeks, self._archived
        other.disagreeing, other.later = self.disagreeing, self.later
        return other

    def _read(self) -> tuple[RollupRow, ...]:
        """The lines in their order, with the figures of the weeks before."""
        with self._lock:
            if not self._weeks:
                self._weeks = self._read_weeks()
                if self.query.by is By.PROGRAMME:
                    known = programmes(self.ledger.reader())
                    self._archived = frozenset(each.id for each in known if each.archived_on)
                if are_summed(self.query):
                    self.read_more()
            if not self._lines:
                rows = self._weeks[0].rows
                rates = {row.id: row.tally.completion_rate for row in rows if not row.own}
                self._ranks = ranks({id: rate for id, rate in rates.items() if rate is not None})
                self._lines = in_order(rows, self.order, self._moved, self.disagreeing or {})
            return self._lines

    def _read_weeks(self) -> list[Rollup]:
        """The figures of the day, and of so many weeks before it."""
        days = [self.query.as_of - timedelta(weeks=back) for back in reversed(range(WEEKS))]
        return read_rollups(self.ledger.reader(), self.query, days)[::-1]

    def read_more(self) -> None:
        """Count what disagrees; to be called in a thread.

        What the ledger did not have yet on the day is read along, where all places are shown.
        """
        connection, query = self.ledger.reader(), self.query
        if query.under_id is None:
            self.later = entered_later(connection, query.as_of, query.programme_id)
        counts = disagreements(connection, query) or {}
        with self._lock:
            self._lines = ()
            self.disagreeing = counts | {SUM: sum(counts.values())}

    @property
    def read(self) -> bool:
        """Whether the figures have been read."""
        return bool(self._weeks)

    @property
    def whole(self) -> Tally | None:
        """What all lines come to, once they are read."""
        return self._weeks[0].sum if self._weeks else None

    def read_map(self, figure: Figure, programme: str) -> TileMap:
        """In a thread: the lines as a map of places, from the figures that were read already."""
        from rectify_tui.reports.pictures.figure import Lines
        from rectify_tui.reports.pictures.tile_map import map_of

        now, before = self._weeks[:2]
        earlier = {row.id: row.tally for row in before.rows}
        lines = Lines(now.rows, earlier, self.disagreeing or {})
        connection = self.ledger.reader()
        return map_of(connection, self.query, lines, figure, self.t, programme=programme)

    @property
    def pinned(self) -> Row | None:
        """The row that sums up, where there are several lines."""
        if not self._weeks or len(self._weeks[0].rows) < 2:
            return None
        return self._row(RollupRow(SUM, "", self.t("tui.sum"), None, self._weeks[0].sum))

    @property
    def unclear(self) -> bool:
        """Whether anything that was read says nothing of the schedule."""
        return self.whole is not None and self.whole.groups[Group.UNCLEAR] > 0

    def behind(self, row: RollupRow | None) -> int:
        """How much is behind in a line, or in all of them."""
        tally = self.whole if row is None else row.tally
        return tally.groups[Group.BEHIND] if tally is not None else 0

    def most_behind(self) -> int:
        """How much is behind in the line that has most of it."""
        return max(map(self.behind, self._lines), default=0)

    def line(self, key: int) -> RollupRow | None:
        """The line with a key, if it is read."""
        return next((row for row in self._lines if row.id == key), None)

    def count(self) -> int:
        """How many lines there are."""
        return len(self._read())

    def position(self, key: int) -> int | None:
        """The index of a line."""
        return next((i for i, row in enumerate(self._read()) if row.id == key), None)

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        """The lines by index, as the table draws them."""
        return [self._row(row) for row in self._read()[start:stop]]

    # What is drawn

    def _row(self, row: RollupRow) -> Row:
        tally = row.tally
        cells: dict[str, Drawn] = {
            "name": self.t("region.own_line") if row.own else self.name(row),
            "total": str(tally.total),
        }
        cells |= self._groups(tally)
        if self.disagreeing is not None:
            n = self.disagreeing.get(row.id, 0)
            cells["disagreeing"] = Cell(str(n), "warn") if n else self._count(n)
        for status in Status:
            cells[status.value] = self._count(tally.statuses[status])
        cells |= self._course(row)
        if tally.cases_total:
            cells["cases"] = f"{tally.cases[CaseStatus.CLOSED]}/{tally.cases_total}"
        cells["closure"] = percent(tally.case_closure_rate)
        style = "window-table--muted" if row.id in self._archived else ""
        return Row(row.id, cells, "window-table--marked" if row.id == SUM else style)

    def _groups(self, tally: Tally) -> dict[str, Drawn]:
        """The count of every group, and the bar that they make together."""
        cells: dict[str, Drawn] = {}
        parts = []
        for group, (fancy, plain, colour) in GROUP_SIGNS.items():
            n = tally.groups[group]
            tone = _ALARMING.get(group) if n else None
            cells[f"g_{group}"] = Cell(str(n), tone) if tone else self._count(n)
            parts.append((n, plain if self.ascii else fancy, colour))
        if tally.carried:
            cells["g_merged"] = Cell(f"({tally.carried})", "muted")
        return cells | {"bar": Bar(tuple(parts))}

    def _course(self, row: RollupRow) -> dict[str, Drawn]:
        """The rate, how it has moved, which place it has among the lines."""
        rates = [self._rate(row, week) for week in self._weeks]
        rank = self._ranks.get(row.id)
        return {
            "rate": percent(rates[0]),
            "week": points(rates[0], rates[1], ascii=self.ascii),
            "rank": "" if rank is None else str(rank),
            "trend": spark(rates[::-1], ascii=self.ascii),
        }

    def _rate(self, row: RollupRow, week: Rollup) -> float | None:
        """The rate of a line as it was in one of the weeks."""
        if row.id == SUM:
            return week.sum.completion_rate
        then = next((other for other in week.rows if other.id == row.id), None)
        return then.tally.completion_rate if then is not None else None

    def _moved(self, row: RollupRow, weeks: int) -> float:
        """How far the rate of a line has moved in so many weeks."""
        now, then = (self._rate(row, self._weeks[n]) for n in (0, weeks))
        return now - then if now is not None and then is not None else 0.0

    def _count(self, n: int) -> Cell:
        return Cell(str(n)) if n else Cell("." if self.ascii else "·", "muted")

    def name(self, row: RollupRow) -> str:
        """What a line is called: a place, or what belongs to none of its parts."""
        name = self.t.name(row.name, row.name_en)
        if self.query.by is By.PROGRAMME:
            name = self.t("tui.archived", name=name) if row.id in self._archived else name
            return f"{row.key}  {name}" if row.key else name
        if self.query.by is By.UNIT and not row.id:
            return self.t("region.no_unit")
        return self.t("region.own_level", name=name) if row.own else name
