"""The working group: who is in it, who has left, and how it grew smaller week by week."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from rectify_tui.domain.filter_text import replace_term
from rectify_tui.domain.period import FRIDAY
from rectify_tui.domain.status import Group
from rectify_tui.domain.wrapping import wrapped
from rectify_tui.paths import config_folder
from rectify_tui.reports.rollup import line_name
from rectify_tui.reports.table import shown
from rectify_tui.reports.weekly.settings import FILE, read_settings
from rectify_tui.reports.workgroup import progress_table
from rectify_tui.store.connection import Connection
from rectify_tui.store.rollup_read import By, RollupQuery
from rectify_tui.store.workgroup import Member, members
from rectify_tui.tui.keys import bindings
from rectify_tui.tui.session import Session
from rectify_tui.tui.side_list import SideList
from rectify_tui.tui.view import LedgerView
from rectify_tui.tui.widgets.table.messages import Chosen
from rectify_tui.tui.widgets.table.source import Cell, Column, Row

KINDS = (By.CITY, By.PROVINCE, By.UNIT)


class GroupScreen(LedgerView):
    """Members by place or unit. Who is chosen is handed to `chosen` as a filter."""

    AUTO_FOCUS = "#main"
    BINDINGS: ClassVar[list[BindingType]] = bindings("table", "side_list")

    def __init__(
        self, session: Session, programme: str | None, chosen: Callable[[str], None]
    ) -> None:
        super().__init__(session)
        self.side_list = SideList(session, programme, "group")
        self.chosen = chosen
        self.by = KINDS[0]
        self._members: list[Member] = []
        self._week_ends_on = FRIDAY

    def body(self) -> ComposeResult:
        """The members, and the weeks below."""
        yield self.side_list.table
        with VerticalScroll(id="weeks", can_focus=False):
            yield Static(id="weeks-text")

    # Showing

    def renew(self) -> None:
        """Find the members anew; the cursor stays on its row."""
        self.side_list.show(self._columns(), self._find)
        self.retitle()

    def retitle(self) -> None:
        """Tell the way here, and what the members are."""
        self.show_top(self.side_list.way([self.t("workgroup.title"), self.t(f"tui.by.{self.by}")]))
        self.show_state()

    def state(self) -> str:
        """How many are in, how many have left, of which programme."""
        inside = sum(member.inside for member in self._members)
        counted = self.t("workgroup.count", n=inside, left=len(self._members) - inside)
        text = self.t("tui.sign.dot").join([self.side_list.about(), counted])
        return wrapped(text, self.size.width - 2)

    def _columns(self) -> tuple[Column, ...]:
        t = self.t
        return (
            Column("name", t(f"workgroup.by.{self.by}"), 14, stretch=2),
            Column("state", t("workgroup.column.state"), 8),
            Column("open", t("workgroup.column.open"), 6, "right"),
            Column("behind", t("workgroup.column.behind"), 8, "right"),
            Column("total", t("report.column.total"), 7, "right", priority=1),
            Column("joined_on", t("workgroup.column.joined_on"), 10, priority=2),
            Column("left_on", t("workgroup.column.left_on"), 10),
        )

    def _find(self, connection: Connection) -> Sequence[Row]:
        """In a thread: the members, those inside first."""
        self._week_ends_on = read_settings(config_folder() / FILE).week_ends_on
        query = RollupQuery(self.shown_day(), self.by, self.side_list.programme_id(connection))
        self._members = members(connection, query)
        return [self._row(place, member) for place, member in enumerate(self._members)]

    def _row(self, key: int, member: Member) -> Row:
        behind = member.tally.groups[Group.BEHIND]
        cells: dict[str, str | Cell] = {
            "name": line_name(self.by, member.row, self.t).label,
            "state": self.t(f"workgroup.state.{'in' if member.inside else 'left'}"),
            "open": str(member.tally.open),
            "behind": Cell(str(behind), "bad" if behind else "muted"),
            "total": str(member.tally.total),
            "joined_on": member.spells[-1].joined_on.isoformat(),
            "left_on": member.left_on.isoformat() if member.left_on else "",
        }
        return Row(key, cells, "" if member.inside else "window-table--muted")

    def on_window_table_loaded(self) -> None:
        """Draw how the group grew smaller, with the members that were read just now."""
        day, ascii = self.shown_day(), self.session.ascii
        query = RollupQuery(day, self.by)
        table = progress_table(self._members, query, self.t, self._week_ends_on, ascii=ascii)
        text = Text(f"{table.title}\n", "bold")
        for row in table.rows:
            cells = (shown(row["week"]), f"{row['members']:>5}", shown(row["bar"]))
            text.append("  ".join(cells) + "\n", "not bold")
        self.query_one("#weeks-text", Static).update(text)
        self.query_one("#weeks", VerticalScroll).scroll_end(animate=False)

    # Choosing

    def on_window_table_chosen(self, event: Chosen) -> None:
        """Show the lines of a member in the queue."""
        row = self._members[event.key].row
        field = "at" if row.own else "region"
        if self.by is By.UNIT:
            field = "responsible"
        value = (row.name if row.id else "none") if self.by is By.UNIT else row.key
        self.action_leave()
        self.chosen(replace_term("", field, value))

    def action_choose(self) -> None:
        """Open the row under the cursor."""
        self.side_list.table.action_choose()

    def action_turn_by(self) -> None:
        """Cities, provinces, units in turn."""
        self.by = KINDS[(KINDS.index(self.by) + 1) % len(KINDS)]
        self.renew()
        self.side_list.table.action_first()

    def action_leave(self) -> None:
        """Back to the queue."""
        self.app.pop_screen()
