"""What the list of the queue is about: its lines, and the page about one of them."""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text

from rectify_tui.domain.fields import Fields
from rectify_tui.domain.filter import Filter, Term
from rectify_tui.domain.filter_fields import ITEM_FIELDS
from rectify_tui.reports.words import Words
from rectify_tui.store.connection import Connection
from rectify_tui.store.listing import ListQuery
from rectify_tui.store.queue import QueueEntry
from rectify_tui.tui.queue.facts import Facts, read_facts
from rectify_tui.tui.queue.listing import Including, QueueList, ShownQueue
from rectify_tui.tui.queue.page import PageStyle, queue_page
from rectify_tui.tui.queue.source import QueueSource, queue_columns
from rectify_tui.tui.session import Session
from rectify_tui.tui.widgets.table.source import Column


class QueueLines:
    """The lines of the queue, the `Subject` of a pane.

    `asked` is the listing that was asked for last, `loaded` the one that is on the screen, `facts`
    what was read last about a line. `opened` says that the page tells all there is, `tight` that it
    has few lines to tell it in.
    """

    filter_fields = ITEM_FIELDS
    orders = Fields().orders  # the queue has its own order, and no other

    def __init__(self, session: Session) -> None:
        self.session = session
        self.including = Including()
        self.asked: QueueList | None = None
        self.loaded: QueueList | None = None
        self.facts: Facts | None = None
        self.opened = False
        self.tight = False

    def hint(self) -> str:
        """What may be typed as a filter."""
        return self.session.t("tui.filter_hint.items", key=self.session.first_key("queue.filter"))

    def columns(self, *, single: bool) -> tuple[Column, ...]:
        """The table's columns."""
        return queue_columns(self.session.t, single=single)

    def rows(self, query: ListQuery) -> QueueSource:
        """The lines under a filter."""
        session = self.session
        before = self.shown.queue if self.shown is not None else None
        self.asked = QueueList(session.ledger, query, self.including, before)
        return QueueSource(self.asked, session.t, session.day, ascii=session.ascii)

    def empty_text(self, wanted: Filter) -> str:
        """What to do where there is nothing to see."""
        t, key, shown = self.session.t, self.session.first_key, self.shown
        if shown is not None and shown.total and not self.including.done:
            return t("queue_screen.nothing_left", n=shown.total, key=key("queue.done"))
        if wanted.terms:
            return t("tui.nothing_found", key=key("queue.leave"))
        return t("queue_screen.nothing")

    # What is on the screen

    @property
    def shown(self) -> ShownQueue | None:
        """The queue as it is on the screen."""
        return self.loaded.shown if self.loaded is not None else None

    def entry(self, key: int | None) -> QueueEntry | None:
        """A line as it is on the screen."""
        return self.loaded.entry(key) if self.loaded is not None and key is not None else None

    # What there is to know of a line

    def page(self, connection: Connection, key: int, room: int) -> Text | None:
        """The page about a line."""
        facts = self.read_facts(connection, key)
        if facts is None:
            return None
        style = PageStyle(room, self.session.ascii, whole=self.opened, tight=self.tight)
        return queue_page(Words(connection, self.session.t), facts, style)

    def read_facts(self, connection: Connection, key: int) -> Facts | None:
        """All that there is to tell of a line. To be called in a thread."""
        assert self.asked is not None
        facts = read_facts(connection, self.asked.queue_query, key)
        self.facts = facts or self.facts
        return facts

    def with_facts(self, key: int, then: Callable[[Facts], None]) -> None:
        """Go on with what there is to tell of a line, at once where it is read already."""
        facts = self.facts
        if facts is not None and facts.detail.row.id == key:
            then(facts)
            return

        def find() -> Facts | None:
            return self.read_facts(self.session.ledger.reader(), key)

        def found(facts: Facts | None) -> None:
            if facts is not None:
                then(facts)

        self.session.read(find, found, "look-up", asks=True)


def programme_of(wanted: Filter) -> str | None:
    """The programme that a filter names, if it names one."""
    for term in wanted.terms:
        if isinstance(term, Term) and term.field == "programme" and not term.negated:
            return str(term.values[0]) if len(term.values) == 1 else None
    return None
