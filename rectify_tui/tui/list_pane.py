"""A list as screens hold it: a line to filter it, its rows, and a page about the row chosen."""

from __future__ import annotations

from abc import abstractmethod

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Static

from rectify_tui.domain.text import clean
from rectify_tui.domain.wrapping import wrapped
from rectify_tui.errors import Problem
from rectify_tui.i18n import Language
from rectify_tui.tui.page import PagePane
from rectify_tui.tui.session import Session
from rectify_tui.tui.sizes import SENTENCE, WIDE
from rectify_tui.tui.widgets.filter_line import FilterLine
from rectify_tui.tui.widgets.table.messages import Loaded
from rectify_tui.tui.widgets.table.table import WindowTable

BESIDE = 45
"""The share of the width, in percent, that a page beside the rows has in the style sheet."""


class ListPane(Container):
    """The rows, with their filter above and the page beside or below them.

    What stands on the page, and what is done with a filter, is for those who make one to say. A
    filter that `hides` is only there while it is used; what is wrong with it stands right below, as
    long as it is. The class `detail` shows the page, `wide`
    puts it beside the rows, `opened` gives it all the room.
    """

    def __init__(
        self, session: Session, *, markable: bool = True, wide: int = WIDE, hides: bool = False
    ) -> None:
        super().__init__(id="pane", classes="hides-filter" if hides else None)
        self.session = session
        self.filter_line = FilterLine()
        self.filter_error = Static(id="filter-error")
        self.table = WindowTable(id="main", markable=markable)
        self.page = PagePane()
        self._wide = wide

    @property
    def t(self) -> Language:
        """The language of the list."""
        return self.session.t

    def compose(self) -> ComposeResult:
        """The filter above, the rows, the page."""
        yield self.filter_line
        yield self.filter_error
        with Container(id="body"):
            with Vertical(id="ledger"):
                yield self.table
            yield self.page

    def on_resize(self) -> None:
        """The page beside the rows where there is room, below them otherwise."""
        self.set_class(self.size.width >= self._wide, "wide")
        self.show_page()

    @on(Loaded)
    def _leave_room(self, event: Loaded) -> None:
        """Without rows there is no page: its room is for what is said of that."""
        if event.table is self.table:
            self.set_class(not self.table.total, "rowless")

    # The filter

    def action_filter(self) -> None:
        """Go to the filter."""
        self.add_class("finding")
        self.filter_line.focus()

    def show_filter_error(self, problem: Problem | None) -> None:
        """Say what is wrong with the filter, or nothing."""
        self.set_class(problem is not None, "bad-filter")
        if problem is not None:
            text = f"{self.t('tui.sign.bad')} {self.t.problem(problem)}"
            shown = clean(text[:SENTENCE], multiline=True)
            self.filter_error.update(Content(wrapped(shown, self.size.width - 2)))

    # The page

    @abstractmethod
    def show_page(self) -> None:
        """Show the page about what is chosen, where it is to be seen."""

    @property
    def page_shown(self) -> bool:
        """Whether the page is to be seen."""
        return self.is_mounted and self.has_class("detail")

    @property
    def room(self) -> int:
        """Cells of a line of the page."""
        width = self.size.width
        beside = self.has_class("wide") and not self.has_class("opened")
        return (width * BESIDE // 100 if beside else width) - 5

    def action_turn_detail(self) -> None:
        """Show or hide the page."""
        self.toggle_class("detail")
        self.show_page()

    def action_scroll_detail(self, screens: float) -> None:
        """Scroll the page."""
        self.page.turn(screens)
