"""The working group: who is in it, who has left, and how it grew smaller week by week."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from rectify_tui.domain.filter import replace_term
from rectify_tui.domain.status import Group
from rectify_tui.domain.text import shorten
from rectify_tui.reports.rollup import line_name
from rectify_tui.reports.table import shown
from rectify_tui.reports.workgroup import progress_table
from rectify_tui.store.connection import Connection
from rectify_tui.store.rollup_read import By, RollupQuery
from rectify_tui.store.workgroup import Member, members
from rectify_tui.tui.screens.aside import AsideScreen
from rectify_tui.tui.session import Session
from rectify_tui.tui.widgets.table.messages import Loaded
from rectify_tui.tui.widgets.table.source import Cell, Column, Row

KINDS = (By.CITY, By.PROVINCE, By.UNIT)


class GroupScreen(AsideScreen):
    """Members by place or unit. Who is chosen is handed to `chosen` as a filter."""

    def __init__(
        self, session: Session, programme: str | None, chosen: Callable[[str], None]
    ) -> None:
        super().__init__(session, programme)
        self.chosen = chosen
        self.by = KINDS[0]
        self._members: list[Member] = []

    def body(self) -> ComposeResult:
        """The members, and the weeks below."""
        yield from super().body()
        with VerticalScroll(id="weeks", can_focus=False):
            yield Static(id="weeks-text")

    def columns(self) -> tuple[Column, ...]:
        """What there is to tell of a member."""
        t = self.t
        return (
            Column("name", t(f"workgroup.by.{self.by}"), 14, stretch=2),
            Column("state", t("workgroup.column.state"), 8),
            Column("open", t("workgroup.column.open"), 6, "right"),
            Column("behind", t("workgroup.column.behind"), 6, "right"),
            Column("total", t("report.column.total"), 7, "right", priority=1),
            Column("joined_on", t("workgroup.column.joined_on"), 10, priority=2),
            Column("left_on", t("workgroup.column.left_on"), 10),
        )

    def place(self) -> Sequence[str]:
        """The group, and what its members are."""
        return [self.t("workgroup.title"), self.t(f"tui.by.{self.by}")]

    def find(self, connection: Connection) -> Sequence[Row]:
        """The members, those inside first."""
        query = RollupQuery(self.shown_day(), self.by, self.programme_id(connection))
        self._members = members(connection, query)
        return [self._row(place, each) for place, each in enumerate(self._members)]

    def _row(self, key: int, member: Member) -> Row:
        groups = member.tally.groups
        behind = groups[Group.BEHIND]
        cells: dict[str, str | Cell] = {
            "name": line_name(self.by, member.row, self.t).label,
            "state": self.t(f"workgroup.state.{'in' if member.inside else 'left'}"),
            "open": str(behind + groups[Group.ON_SCHEDULE]),
            "behind": Cell(str(behind), "bad" if behind else "muted"),
            "total": str(member.tally.total),
            "joined_on": member.spells[-1].joined_on.isoformat(),
            "left_on": member.left_on.isoformat() if member.left_on else "",
        }
        return Row(key, cells, "" if member.inside else "window-table--muted")

    def on_window_table_loaded(self, event: Loaded) -> None:
        """Draw the weeks."""
        table = progress_table(
            self._members, self.shown_day(), self.t, ascii=self.session.ascii
        )  # fmt: skip
        text = Text(f"{table.title}\n", "bold")
        for row in table.rows:
            cells = (shown(row["week"]), f"{row['members']:>5}", shown(row["bar"]))
            text.append("  ".join(cells) + "\n", "not bold")
        self.query_one("#weeks-text", Static).update(text)
        self.query_one("#weeks", VerticalScroll).scroll_end(animate=False)
        self.show_state()

    def state(self) -> str:
        """How many are in, how many have left, of which programme."""
        inside = sum(member.inside for member in self._members)
        told = self.t("workgroup.count", n=inside, left=len(self._members) - inside)
        text = self.t("tui.sign.dot").join([super().state(), told])
        return shorten(text, max(0, self.size.width - 2), self.t("tui.sign.cut"))

    def choose(self, key: int) -> None:
        """Show the lines of a member in the queue."""
        row = self._members[key].row
        field = "at" if row.own else "region"
        if self.by is By.UNIT:
            field = "responsible"
        value = (row.name if row.id else "none") if self.by is By.UNIT else row.key
        self.action_leave()
        self.chosen(replace_term("", field, value))

    def action_turn_by(self) -> None:
        """Cities, provinces, units in turn."""
        self.by = KINDS[(KINDS.index(self.by) + 1) % len(KINDS)]
        self.renew()
        self.main_table().action_first()
