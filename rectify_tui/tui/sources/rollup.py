"""Rows of the overview: the rollup of a day beside that of a week before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from threading import Lock

from rectify_tui.domain.status import CaseStatus, Group, Status
from rectify_tui.i18n import Language
from rectify_tui.store.disagreements import disagreements
from rectify_tui.store.entered import EnteredLater, entered_later
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.rollup_read import By, Rollup, RollupQuery, RollupRow, read_rollup
from rectify_tui.tui.sources.look import percent, points
from rectify_tui.tui.widgets.table.source import Cell, Column, Row, Tone

_ALARMING: dict[Group, Tone] = {Group.BEHIND: "bad", Group.UNCLEAR: "warn"}

SUM = -1
"""The key of the line that sums up."""


_IN_GROUPS = (Status.COMPLETED, Status.ON_SCHEDULE, Status.MERGED, Status.IN_PROGRESS)
"""Statuses that say no more than their group does."""


def rollup_columns(t: Language, *, unclear: bool = False) -> tuple[Column, ...]:
    """The columns of the overview; single statuses appear where there is room.

    `unclear` says whether there is anything that belongs to none of the four groups.
    """
    short = [
        Column(status.value, t(f"status.short.{status}"), 6, "right", priority=3)
        for status in Status
        if status not in _IN_GROUPS
    ]
    return (
        Column("name", t("tui.column.name"), 14, stretch=1),
        Column("total", t("tui.column.total"), 6, "right"),
        Column("g_completed", t("tui.column.completed"), 6, "right"),
        Column("g_on_schedule", t("tui.column.on_schedule"), 6, "right"),
        Column("g_behind", t("tui.column.behind"), 6, "right"),
        *([Column("g_unclear", t("tui.column.unclear"), 6, "right")] if unclear else ()),
        Column("g_merged", t("tui.column.merged"), 6, "right", priority=2),
        Column("disagreeing", t("queue.column.disagreeing"), 6, "right", priority=3),
        *short,
        Column("rate", t("tui.column.rate"), 6, "right"),
        Column("week", t("tui.column.week"), 6, "right"),
        Column("cases", t("tui.column.cases"), 11, "right", priority=2),
        Column("closure", t("tui.column.closure"), 6, "right", priority=1),
    )


class RollupSource:
    """The lines of one rollup and a last line that sums them up. Reads when first asked.

    What disagrees is read apart, since that takes longer; until then its cells are empty.
    """

    def __init__(self, ledger: Ledger, query: RollupQuery, t: Language, *, ascii: bool) -> None:
        self.ledger = ledger
        self.query = query
        self.t = t
        self.ascii = ascii
        self._lock = Lock()
        self._pair: tuple[Rollup, Rollup] | None = None
        self.disagreeing: dict[int, int] | None = None
        self.later: Sequence[EnteredLater] = ()

    def _rollups(self) -> tuple[Rollup, Rollup]:
        with self._lock:
            if self._pair is None:
                connection = self.ledger.reader()
                before = replace(self.query, as_of=self.query.as_of - timedelta(days=7))
                self._pair = (
                    read_rollup(connection, self.query), read_rollup(connection, before),
                )  # fmt: skip
            return self._pair

    def read_disagreeing(self) -> None:
        """Count what disagrees, in a thread; from then on its cells are filled.

        What the ledger did not have yet on the day is read along, where all places are shown.
        """
        connection, query = self.ledger.reader(), self.query
        if query.under_id is None:
            self.later = entered_later(connection, query.as_of, query.programme_id)
        counts = disagreements(connection, query) or {}
        self.disagreeing = counts | {SUM: sum(counts.values())}

    @property
    def read(self) -> bool:
        """Whether the figures have been read."""
        return self._pair is not None

    @property
    def unclear(self) -> bool:
        """Whether anything that was read says nothing of the schedule."""
        return self._pair is not None and self._pair[0].sum.groups[Group.UNCLEAR] > 0

    def behind(self, row: RollupRow | None) -> int:
        """How much is behind in a line, or in all of them."""
        if self._pair is None:
            return 0
        tally = self._pair[0].sum if row is None else row.tally
        return tally.groups[Group.BEHIND]

    def line(self, key: int) -> RollupRow | None:
        """The line with a key, if it is read."""
        if self._pair is None:
            return None
        return next((row for row in self._pair[0].rows if row.id == key), None)

    def count(self) -> int:
        """How many lines there are."""
        lines = len(self._rollups()[0].rows)
        return lines + 1 if lines > 1 else lines

    def position(self, key: int) -> int | None:
        """The index of a line."""
        now, _ = self._rollups()
        if key == SUM:
            return len(now.rows) if len(now.rows) > 1 else None
        return next((i for i, row in enumerate(now.rows) if row.id == key), None)

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        """The lines by index, as the table draws them."""
        now, before = self._rollups()
        earlier = {row.id: row for row in before.rows}
        lines = [self._row(row, earlier.get(row.id)) for row in now.rows]
        if len(lines) > 1:
            whole = RollupRow(SUM, "", self.t("tui.sum"), None, now.sum)
            was = RollupRow(SUM, "", "", None, before.sum)
            lines.append(self._row(whole, was))
        return lines[start:stop]

    def _row(self, row: RollupRow, before: RollupRow | None) -> Row:
        tally = row.tally
        cells: dict[str, str | Cell] = {"name": self.name(row)}
        cells["total"] = str(tally.total)
        for group in Group:
            n = tally.groups[group]
            tone = _ALARMING.get(group) if n else None
            cells[f"g_{group}"] = Cell(str(n), tone) if tone else self._count(n)
        if tally.carried:
            cells["g_merged"] = Cell(f"({tally.carried})", "muted")
        if self.disagreeing is not None:
            n = self.disagreeing.get(row.id, 0)
            cells["disagreeing"] = Cell(str(n), "warn") if n else self._count(n)
        for status in Status:
            cells[status.value] = self._count(tally.statuses[status])
        was = before.tally if before else None
        cells["rate"] = percent(tally.completion_rate)
        cells["week"] = points(
            tally.completion_rate, was.completion_rate if was else None, ascii=self.ascii
        )
        if tally.cases_total:
            cells["cases"] = f"{tally.cases[CaseStatus.CLOSED]}/{tally.cases_total}"
        cells["closure"] = percent(tally.case_closure_rate)
        style = "window-table--marked" if row.id == SUM else ""
        return Row(row.id, cells, style)

    def _count(self, n: int) -> Cell:
        return Cell(str(n)) if n else Cell("." if self.ascii else "·", "muted")

    def name(self, row: RollupRow) -> str:
        """What a line is called: a place, or what belongs to none of its parts."""
        name = self.t.name(row.name, row.name_en)
        if self.query.by is By.PROGRAMME:
            return f"{row.key}  {name}" if row.key else name
        if self.query.by is By.UNIT and not row.id:
            return self.t("region.no_unit")
        return self.t("region.own_level", name=name) if row.own else name
