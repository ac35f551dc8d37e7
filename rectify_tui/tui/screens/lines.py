"""The files on the desk, the lines of one or all of them, and the details of what is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.widgets import Input, Static

from rectify_tui.domain.text import clean, shorten
from rectify_tui.errors import Problem
from rectify_tui.intake.model import Line as FileLine
from rectify_tui.tui.intake_desk.listing import read_key
from rectify_tui.tui.intake_desk.paper import Paper
from rectify_tui.tui.intake_desk.paths import shown
from rectify_tui.tui.intake_page import file_page, line_page, where
from rectify_tui.tui.intake_state import told_meter, told_totals
from rectify_tui.tui.keys import bindings
from rectify_tui.tui.screens.finding import FindingScreen
from rectify_tui.tui.session import Session
from rectify_tui.tui.sources.intake import (
    ALL,
    FileSource,
    LineSource,
    file_columns,
    line_columns,
)
from rectify_tui.tui.sources.intake_words import problem_text
from rectify_tui.tui.widgets.line import Line
from rectify_tui.tui.widgets.table.messages import Chosen, Loaded, Moved
from rectify_tui.tui.widgets.table.table import WindowTable
from rectify_tui.tui.wrap import wrapped

TALL, SHORT = 32, 18
"""Lines of a screen from which there is room for details too, and below which for no files."""

WIDE = 160
"""From this many cells on, details stand beside the lines."""


class LinesScreen(FindingScreen):
    """Shows the desk. What is doubtful comes first; what changes nothing is left out."""

    AUTO_FOCUS = "#main"
    BINDINGS: ClassVar[list[BindingType]] = bindings("table", "intake")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._source: LineSource | None = None
        self._loaded: LineSource | None = None
        self._files = 0
        self._detailed: object = None

    # Layout

    def body(self) -> ComposeResult:
        """Files above, lines below, details beside or under them."""
        yield WindowTable(id="files", markable=False)
        yield Line(id="filter", compact=True, select_on_focus=False)
        with Container(id="body"):
            with Vertical(id="ledger"):
                yield WindowTable(id="main", markable=False)
            with VerticalScroll(id="detail", can_focus=False):
                yield Static(id="detail-text")

    def on_mount(self) -> None:
        """Begin with details where there is room."""
        self.set_class(self.size.height >= TALL, "detail")

    def on_resize(self) -> None:
        """Details beside the lines where there is room, below them otherwise."""
        self.set_class(self.size.width >= WIDE, "wide")
        self.set_class(self.size.height >= TALL, "tall")
        self.set_class(self.size.height < SHORT, "short")
        self._show_detail()

    def shown_day(self) -> date:
        """Today: what comes in is held against the ledger as it is now."""
        return self.session.today

    @property
    def in_past(self) -> bool:
        """Whatever day the other screens show."""
        return False

    @property
    def files(self) -> WindowTable:
        """The files."""
        return self.query_one("#files", WindowTable)

    # Showing

    def renew(self) -> None:
        """Draw everything anew, and have checked again what the ledger has moved away under."""
        self.show_desk()
        self.age()

    def show_desk(self) -> None:
        """Draw files and lines."""
        app, n = self.session, len(self.desk)
        if self._files <= 1 < n or self.wanted.only not in self.desk.papers:
            self.show_only(None)
        self._files = n
        self.set_class(n > 0, "laden")
        self.files.ascii = self.main_table().ascii = app.ascii
        self.files.columns = file_columns(self.t)
        source = FileSource(self.desk.chosen(None), self.t, self._key, ascii=app.ascii)
        self.files.show(source, ALL if self.wanted.only is None and n > 1 else None)
        self.show_lines()

    def show_lines(self) -> None:
        """Draw the lines that are wanted."""
        table = self.main_table()
        table.columns = line_columns(self.t)
        table.empty_text = self._empty_text()
        papers = self.desk.chosen(self.wanted.only)
        self._source = LineSource(papers, self.wanted, self.t, ascii=self.session.ascii)
        table.show(self._source)
        self.query_one("#filter", Input).placeholder = self.t("intake_screen.find_hint")
        self.retitle()

    def redraw(self) -> None:
        """Draw anew what was decided."""
        self.files.reload()
        self.main_table().reload()
        self._show_detail()
        self.show_state()

    def _empty_text(self) -> str:
        """What to do where there is no line to see."""
        key = self.session.first_key
        papers = self.desk.chosen(self.wanted.only)
        if not papers:
            return self.t("intake_screen.empty", add=key("intake.add"), watch=key("intake.watch"))
        if self.wanted.text:
            return self.t("intake_screen.nothing_found", key=key("intake.leave"))
        problem = next((paper.problem for paper in papers if paper.problem), None)
        if problem is not None and len(papers) == 1:
            return wrapped(problem_text(self.t, problem, self._key), self.size.width - 4)
        if any(paper.reading is None and paper.problem is None for paper in papers):
            return self.t("tui.reading")
        return self.t("intake_screen.nothing_to_do", key=key("intake.unchanged"))

    @property
    def _key(self) -> str:
        return self.session.first_key("intake.programme")

    def retitle(self) -> None:
        """Tell which files are shown."""
        parts = [self.t("keys.app.intake")]
        only = self.desk.papers.get(self.wanted.only or 0)
        if only is not None:
            parts.append(clean(only.name[:200]))
        elif len(self.desk):
            parts.append(self.t("intake_screen.all_files", n=len(self.desk)))
        self.show_top(self.t("tui.sign.dot").join(parts))
        self.show_state()

    def state(self) -> str:
        """Where the cursor is, how much is taken, what is doubtful, which folder is watched."""
        papers = self.chosen_papers()
        parts = [*told_meter(self.t, self.meter), *self._place(), *told_totals(self.t, papers)]
        if self.watching is not None:
            parts.append(self.t("intake_screen.on_watch", path=shown(self.watching.folder)))
        text = self.t("tui.sign.dot").join(parts)
        return shorten(text, max(0, self.size.width - 2), self.t("tui.sign.cut"))

    def _place(self) -> list[str]:
        found = self.line()
        if found is None:
            return []
        paper, _, line = found
        assert paper.reading is not None
        if self.wanted.only is None and len(self.desk) > 1:
            return [where(self.t, paper.reading.proposal, line)]
        return [self.t("intake_screen.row", row=line.row)] if line.row else []

    # What is chosen

    def paper(self) -> Paper | None:
        """The file that is meant: that of the line under the cursor, or of the list of files."""
        key = self.files.cursor_key
        chosen = self.desk.papers.get(key or ALL)
        if chosen is None and (at := self.main_table().cursor_key) is not None:
            chosen = self.desk.papers.get(read_key(at)[0])
        return chosen

    def line(self) -> tuple[Paper, int, FileLine] | None:
        """The file, the place and the line under the cursor, unless newer ones are on their way."""
        key = self.main_table().cursor_key
        found = self._loaded.line(key) if self._loaded is not None and key is not None else None
        if found is None or self._loaded is None:
            return None
        paper = found[0]
        current = paper.reading is self._loaded.readings.get(paper.key)
        return found if current and paper.key in self.desk.papers else None

    def nothing_there(self) -> None:
        """Say what to do while there is nothing that could be decided."""
        key = "no_line" if len(self.desk) else "no_file_yet"
        key = "still_reading" if self.busy else key
        add = self.session.first_key("intake.add")
        self.session.tell(Problem(f"intake_screen.{key}", key=add))

    def listed(self) -> LineSource | None:
        """The lines as they are on the screen."""
        return self._loaded

    def action_next_file(self) -> None:
        """The next file; after the last all of them."""
        if self.files.cursor_index + 1 < self.files.total:
            self.files.action_cursor_down()
        else:
            self.files.action_first()

    # Moving and details

    def on_window_table_moved(self, event: Moved) -> None:
        """Follow the cursor: another file brings other lines, another line other details."""
        if event.table.id == "files":
            if event.key is not None and self.show_only(event.key or None):
                self.show_lines()
        else:
            self.show_state()
        self._show_detail()

    def on_window_table_loaded(self, event: Loaded) -> None:
        """Other lines are on the screen."""
        if event.table.id == "main" and not self.main_table().busy:
            self._loaded = self._source
            self.show_state()
            self._show_detail()

    def on_window_table_chosen(self, event: Chosen) -> None:
        """Enter goes from a file to its lines, and opens and closes the details of a line."""
        if event.table.id == "files":
            self.main_table().focus()
        else:
            self.action_turn_detail()

    def on_descendant_focus(self, _: events.DescendantFocus) -> None:
        """Show the details of a file while the files have the focus."""
        self._show_detail()

    def action_turn_detail(self) -> None:
        """Show or hide the details."""
        self.toggle_class("detail")
        self._show_detail()

    def action_scroll_detail(self, way: int) -> None:
        """Scroll the details."""
        detail = self.query_one("#detail", VerticalScroll)
        detail.scroll_relative(y=way * max(1, detail.size.height - 1), animate=False)

    @property
    def _room(self) -> int:
        """Cells of a line of the details."""
        width = self.size.width
        return (width * 45 // 100 if self.has_class("wide") else width) - 5

    def _show_detail(self) -> None:
        if not self.has_class("detail") or not self.is_mounted:
            return
        found, ascii = self.line(), self.session.ascii
        about: object
        if found is not None and not self.files.has_focus:
            about = (found[0].key, found[1])
            text = line_page(self.t, *found, self._room, ascii=ascii)
        elif (paper := self.paper()) is not None:
            about, text = paper.key, file_page(self.t, paper, self._key, self._room, ascii=ascii)
        else:
            about, text = None, None
        self.query_one("#detail-text", Static).update(text or "")
        if about != self._detailed:
            self._detailed = about
            self.query_one("#detail", VerticalScroll).scroll_home(animate=False)

    def on_paste(self, event: events.Paste) -> None:
        """Files dropped on the terminal arrive as pasted names."""
        event.stop()
        self.drop(event.text)

    def chosen_papers(self) -> Sequence[Paper]:
        """The files whose lines are shown."""
        return self.desk.chosen(self.wanted.only)
