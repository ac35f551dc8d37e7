"""Whom to ask: people by unit or over all units, with their open lines and their promises."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from rectify_tui.domain.filter_fields import ITEM_FIELDS
from rectify_tui.domain.filter_text import parse_filter, replace_term
from rectify_tui.reports import labels
from rectify_tui.reports.closeout import office_waits
from rectify_tui.store.connection import Connection
from rectify_tui.store.people import PeopleBy, Person, people
from rectify_tui.store.queue import QueueQuery
from rectify_tui.tui.keys import bindings
from rectify_tui.tui.session import Session
from rectify_tui.tui.side_list import SideList
from rectify_tui.tui.view import LedgerView
from rectify_tui.tui.widgets.table.messages import Chosen
from rectify_tui.tui.widgets.table.source import Cell, Column, Row

KINDS = tuple(PeopleBy)
_COUNTS = ("open", "behind", "queue", "kept", "broken")
_BAD = frozenset({"behind", "broken"})


class PeopleScreen(LedgerView):
    """People with what they are in charge of. Who is chosen is handed to `chosen` as a filter."""

    AUTO_FOCUS = "#main"
    BINDINGS: ClassVar[list[BindingType]] = bindings("table", "side_list")

    def __init__(
        self, session: Session, programme: str | None, chosen: Callable[[str], None]
    ) -> None:
        super().__init__(session)
        self.side_list = SideList(session, programme, "people")
        self.chosen = chosen
        self.by = PeopleBy.PERSON
        self._people: list[Person] = []

    def body(self) -> ComposeResult:
        """The people."""
        yield self.side_list.table

    def renew(self) -> None:
        """Find the people anew; the cursor stays on its row."""
        self.side_list.show(self._columns(), self._find)
        self.retitle()

    def retitle(self) -> None:
        """Tell the way here, and what the lines are."""
        self.show_top(self.side_list.way([self.t("people.title"), self.t(f"people.by.{self.by}")]))
        self.show_state()

    def state(self) -> str:
        """Which programme this is about."""
        return self.side_list.about()

    def _columns(self) -> tuple[Column, ...]:
        t = self.t
        return (
            Column("person", t("people.short.person"), 10, stretch=1),
            Column("unit", labels.title(t, "people_unit"), 12, stretch=2),
            Column("contact", t("people.short.contact"), 8, stretch=1, priority=2),
            Column("phone", t("people.short.phone"), 13, priority=1),
            *(Column(name, t(f"people.short.{name}"), 6, "right") for name in _COUNTS),
        )

    def _find(self, connection: Connection) -> Sequence[Row]:
        """In a thread: the people, most lines behind first."""
        day, programme = self.shown_day(), self.side_list.programme
        text = replace_term("", "programme", programme) if programme else ""
        wanted = parse_filter(text, ITEM_FIELDS, today=day)
        query = QueueQuery(day, day, wanted, waits=office_waits())
        self._people = people(connection, query, self.by)
        return [self._row(place, person) for place, person in enumerate(self._people)]

    def _row(self, key: int, person: Person) -> Row:
        t, counts = self.t, person.counts
        cells: dict[str, str | Cell] = {
            "person": person.name or t("people.nobody"),
            "unit": labels.joined(t, list(person.units)),
            "contact": labels.joined(t, list(person.contacts)),
            "phone": labels.joined(t, list(person.phones)),
        }
        for name in _COUNTS:
            bad = name in _BAD and counts[name]
            cells[name] = Cell(str(counts[name]), "bad" if bad else "")
        return Row(key, cells)

    def on_window_table_loaded(self) -> None:
        """Tell what was read."""
        self.show_state()

    def on_window_table_chosen(self, event: Chosen) -> None:
        """Show the lines of a person in the queue."""
        person = self._people[event.key]
        text = replace_term("", "person", person.name or "none")
        if self.by is PeopleBy.UNIT:
            text = replace_term(text, "responsible", next(iter(person.units), "none"))
        self.action_leave()
        self.chosen(text)

    def action_choose(self) -> None:
        """Open the row under the cursor."""
        self.side_list.table.action_choose()

    def action_turn_by(self) -> None:
        """People, and people of each unit, in turn."""
        self.by = KINDS[(KINDS.index(self.by) + 1) % len(KINDS)]
        self.renew()
        self.side_list.table.action_first()

    def action_leave(self) -> None:
        """Back to the queue."""
        self.app.pop_screen()
