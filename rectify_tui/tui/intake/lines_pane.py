"""The files that lie open, the lines of one or all of them, and the page about what is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from textual import events
from textual.app import ComposeResult

from rectify_tui.domain.text import clean
from rectify_tui.domain.wrapping import wrapped
from rectify_tui.intake.model import ProposedLine
from rectify_tui.intake.returns.status import Round
from rectify_tui.intake.workspace.opened_file import OpenedFile
from rectify_tui.intake.workspace.workspace import IntakeWorkspace
from rectify_tui.reports.returns import state_name
from rectify_tui.store.return_states import ReturnState
from rectify_tui.tui.intake.page import file_page, line_page, return_page, where
from rectify_tui.tui.list_pane import ListPane
from rectify_tui.tui.session import Session
from rectify_tui.tui.sizes import TALL, VERY_WIDE
from rectify_tui.tui.sources.intake import FOLD, LineSource, line_columns
from rectify_tui.tui.sources.intake_files import (
    ALL,
    DeskList,
    FileSource,
    file_columns,
    key_of_return,
)
from rectify_tui.tui.sources.intake_rows import LineFilter, parts_of, read_key
from rectify_tui.tui.sources.intake_words import problem_text
from rectify_tui.tui.widgets.filter_line import FilterLine
from rectify_tui.tui.widgets.table.messages import Loaded, Moved
from rectify_tui.tui.widgets.table.table import WindowTable


class LinesPane(ListPane):
    """Files above, their lines below: what is doubtful first, what changes nothing not at all.

    `line_filter` says which lines are shown; `loaded` are those on the screen. The files stand
    under the recipients of the `round`, once there is one.
    """

    def __init__(self, session: Session, workspace: IntakeWorkspace) -> None:
        super().__init__(session, markable=False, wide=VERY_WIDE, hides=True)
        self.workspace = workspace
        self.files = WindowTable(id="files", markable=False)
        self.line_filter = LineFilter()
        self.round: Round | None = None
        self.loaded: LineSource | None = None
        self._asked: LineSource | None = None
        self._n_files = 0
        self._first: int | None = None

    def compose(self) -> ComposeResult:
        """The files above all else."""
        yield self.files
        yield from super().compose()

    def on_mount(self) -> None:
        """Begin with the page where there is room."""
        self.set_class(self.app.size.height >= TALL, "detail")

    # Showing

    def show_desk(self) -> None:
        """Draw files and lines."""
        n, ascii = len(self.workspace), self.session.ascii
        came = self._n_files == 0 < n
        if came or self._n_files <= 1 < n or not self._holds(self.line_filter.only):
            self._show_only(None)
        self._n_files = n
        self.set_class(n > 0 or self.round is not None, "laden")
        self.set_class(self.round is not None, "round")
        self.files.ascii = self.table.ascii = ascii
        self.files.columns = file_columns(self.t, round=self.round is not None)
        listed = DeskList(self.workspace.chosen(None), self.round)
        today = self.session.today
        source = FileSource(listed, self.t, self._programme_key, today, ascii=ascii)
        if came:
            self._first = next(iter(self.workspace.files))
        all_of_them = self.line_filter.only is None and n > 1
        self.files.show(source, ALL if all_of_them else self._first)
        if came and self.files.has_focus:
            self.table.focus()
        elif not n and self.round is not None and self.table.has_focus:
            self.files.focus()
        self.show_lines()

    def _holds(self, only: int | None) -> bool:
        """Whether a file or a recipient with a key is still there."""
        if only is None or only in self.workspace.files:
            return True
        return self.round is not None and self.round.of_id(-only) is not None

    def show_lines(self) -> None:
        """Draw the lines that are wanted."""
        table = self.table
        table.columns = line_columns(self.t)
        table.empty_text = self._empty_text()
        self._asked = LineSource(self.chosen(), self.line_filter, self.t, ascii=self.session.ascii)
        table.show(self._asked)
        self.filter_line.placeholder = self.t("intake_screen.find_hint")

    def redraw(self) -> None:
        """Draw anew what was decided."""
        self.files.reload()
        self.table.reload()
        self.show_page()

    def _empty_text(self) -> str:
        """What to do where there is no line to see."""
        key, files = self.session.first_key, self.chosen()
        if not files:
            return self._empty_of(self.recipient())
        if self.line_filter.text:
            return self.t("intake_screen.nothing_found", key=key("intake.leave"))
        problem = next((file.problem for file in files if file.problem), None)
        if problem is not None and len(files) == 1:
            return wrapped(
                problem_text(self.session.of_keys, problem, self._programme_key),
                self.size.width - 4,
            )
        if any(file.checked is None and file.problem is None for file in files):
            return self.t("tui.reading")
        return self.t("intake_screen.nothing_to_do", key=key("intake.unchanged"))

    def _empty_of(self, state: ReturnState | None) -> str:
        """What to do where no file lies open: of a recipient, or of anybody."""
        actions = ("add", "watch", "make", "remind", "received")
        keys = {name: self.session.first_key(f"intake.{name}") for name in actions}
        if state is None:
            return self.t("intake_screen.empty", **keys)
        known = "come" if state.state == "received" else "awaited"
        text = self.t(
            f"intake_screen.empty_of.{known}", name=clean(state_name(state, self.t)),
            n=state.n_items, due=state.due_on, on=state.received_on or "", **keys,
        )  # fmt: skip
        return wrapped(text, self.size.width - 4)

    @property
    def _programme_key(self) -> str:
        return self.session.first_key("intake.programme")

    # Which lines

    def _show_only(self, only: int | None) -> bool:
        """Want the lines of one file or of all; whether that is another one."""
        if only == self.line_filter.only:
            return False
        self.line_filter = replace(self.line_filter, only=only)
        return True

    def chosen(self) -> Sequence[OpenedFile]:
        """The files whose lines are shown."""
        return self.workspace.chosen(self.line_filter.only)

    def action_next_file(self) -> None:
        """The next file, past recipients of whom none lies open; after the last all of them."""
        source = self.files.source
        if not isinstance(source, FileSource) or not source.keys:
            return
        keys = [key for key in source.keys if key >= ALL] or source.keys
        at = self.files.cursor_key
        following = keys.index(at) + 1 if at in keys else 0
        self.files.move_to(keys[following % len(keys)])

    def action_turn_fold(self) -> None:
        """Show the clean lines one by one, or one row for all of them."""
        self.line_filter = replace(self.line_filter, folded=not self.line_filter.folded)
        self.show_lines()

    @property
    def on_fold(self) -> bool:
        """Whether the cursor is on the row that stands for clean lines."""
        return self.table.cursor_key == FOLD

    def action_turn_unchanged(self) -> None:
        """Show lines that change nothing, or leave them out."""
        self.line_filter = replace(self.line_filter, unchanged=not self.line_filter.unchanged)
        key = "shown" if self.line_filter.unchanged else "hidden"
        self.session.tell(self.t(f"intake_screen.unchanged_{key}"), error=False)
        self.show_lines()

    def on_filter_line_typed(self, event: FilterLine.Typed) -> None:
        """Find as the user types."""
        event.stop()
        self._find(event.text)

    def on_filter_line_entered(self, event: FilterLine.Entered) -> None:
        """Enter goes to the lines."""
        event.stop()
        self._find(event.text)
        self.table.focus()

    def _find(self, text: str) -> None:
        text = clean(text)
        if text != self.line_filter.text:
            self.line_filter = replace(self.line_filter, text=text)
            self.show_lines()

    def action_leave(self) -> None:
        """Out of the search, then out of what was found."""
        stays = self.filter_line.has_focus and self.filter_line.value
        self.table.focus()
        if not stays:
            self.remove_class("finding")
            self.filter_line.put("")
            self._find("")

    # What is chosen

    def file(self) -> OpenedFile | None:
        """The file that is meant: that of the line under the cursor, or of the list of files."""
        chosen = self.workspace.files.get(self.files.cursor_key or ALL)
        if (self.files.cursor_key or ALL) < ALL:
            return None
        if chosen is None and (key := self.table.cursor_key) is not None:
            chosen = self.workspace.files.get(read_key(key)[0])
        return chosen

    def recipient(self) -> ReturnState | None:
        """The return of the round under the cursor, whether a file of it lies open or not."""
        source, key = self.files.source, self.files.cursor_key
        if not isinstance(source, FileSource) or key is None or key == ALL:
            return None
        return source.by_key.get(key, (None, None))[1]

    def line(self) -> tuple[OpenedFile, int, ProposedLine] | None:
        """The file, the index and the line under the cursor, unless newer ones are on their way."""
        key = self.table.cursor_key
        chosen = self.loaded.line(key) if self.loaded is not None and key is not None else None
        if chosen is None or self.loaded is None:
            return None
        file = chosen[0]
        current = file.checked is self.loaded.checked.get(file.key)
        return chosen if current and file.key in self.workspace.files else None

    def column(self) -> str:
        """The letter of the column that the row under the cursor is about, where it is known."""
        chosen, key = self.line(), self.table.cursor_key
        return parts_of(chosen[2])[read_key(key)[2]].column if chosen and key is not None else ""

    def where(self) -> list[str]:
        """Where the line under the cursor stands."""
        chosen = self.line()
        if chosen is None:
            return []
        file, _, line = chosen
        assert file.checked is not None
        if self.line_filter.only is None and len(self.workspace) > 1:
            return [where(self.t, file.checked.proposal, line)]
        return [self.t("intake_screen.row", row=line.row)] if line.row else []

    # Moving, and the page

    def on_window_table_moved(self, event: Moved) -> None:
        """Follow the cursor: another file brings other lines, another line another page."""
        if (
            event.table is self.files
            and event.key is not None
            and self._show_only(event.key or None)
        ):
            self.show_lines()
        self.show_page()

    def on_window_table_loaded(self, event: Loaded) -> None:
        """Other files or lines are on the screen."""
        if event.table is self.files and self.files.cursor_key == self._first:
            self._first = None
        if event.table is self.table and not self.table.busy:
            self.loaded = self._asked
            self.show_page()

    def on_descendant_focus(self, _: events.DescendantFocus) -> None:
        """Show the page of a file while the files have the focus."""
        self.show_page()

    def show_page(self) -> None:
        """Show all about the line under the cursor, or about its file."""
        if not self.page_shown:
            return
        chosen, file, ascii = self.line(), self.file(), self.session.ascii
        t = self.session.of_keys
        if chosen is not None and not self.files.has_focus:
            text = line_page(t, *chosen, self.room, ascii=ascii)
            self.page.show(text, (chosen[0].key, chosen[1]))
        elif file is not None:
            text = file_page(t, file, self._programme_key, self.room, ascii=ascii)
            self.page.show(text, file.key)
        elif (state := self.recipient()) is not None:
            self.page.show(return_page(t, state, self.room, ascii=ascii), key_of_return(state))
        else:
            self.page.show(None, None)
