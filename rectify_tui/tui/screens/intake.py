"""What comes in: files dropped in at one end, that come out as a batch at the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType

from rectify_tui.domain.filter_text import replace_term
from rectify_tui.domain.text import clean, shorten
from rectify_tui.errors import Problem, Refusal
from rectify_tui.intake.importing.request import ImportRequest
from rectify_tui.intake.model import IntakeKind
from rectify_tui.intake.returns.status import Round, read_round
from rectify_tui.intake.workspace.opened_file import OpenedFile
from rectify_tui.intake.workspace.workspace import IntakeWorkspace
from rectify_tui.paths import config_folder, shown_path
from rectify_tui.store.connection import Connection
from rectify_tui.tui.intake.applying import Applying
from rectify_tui.tui.intake.chasing import Chasing
from rectify_tui.tui.intake.deciding import Deciding
from rectify_tui.tui.intake.lines_pane import LinesPane
from rectify_tui.tui.intake.making import Making
from rectify_tui.tui.intake.meaning import ask_meaning
from rectify_tui.tui.intake.past_rounds import PastRounds
from rectify_tui.tui.intake.programme import ask_programme
from rectify_tui.tui.intake.reading import DeskReader
from rectify_tui.tui.intake.round_line import RoundLine
from rectify_tui.tui.intake.state import told_meter, told_totals
from rectify_tui.tui.keys import bindings
from rectify_tui.tui.session import Session
from rectify_tui.tui.sources.intake_files import DeskList
from rectify_tui.tui.sources.intake_words import NO_PROGRAMME
from rectify_tui.tui.view import LedgerView
from rectify_tui.tui.widgets.table.messages import Chosen

LISTS = {IntakeKind.RETURN: "items", IntakeKind.ITEMS: "items", IntakeKind.CASES: "cases"}
"""The list in which a record is to be found."""

LOOK = 0.7
"""Seconds between looks at a folder; a file is read after two that find it the same."""

TICK = 0.25
"""Seconds between looks at how far the reading has come."""


class IntakeScreen(LedgerView):
    """Files that lie open: read, shown, decided about, written."""

    AUTO_FOCUS = "#main"
    BINDINGS: ClassVar[list[BindingType]] = bindings("table", "intake")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.workspace = IntakeWorkspace(ImportRequest(config_folder()))
        self.pane = LinesPane(session, self.workspace)
        self.reader = DeskReader(session, self.workspace, self)
        self.deciding = Deciding(
            session, self.pane, self.nothing_there, self.redraw, self.reader.read_next
        )
        self.applying = Applying(session, self.reader, self.renew, self.redraw)
        self.rounds = PastRounds(session, self.renew)
        self.making = Making(session, self.rounds.show_newest)
        self.chasing = Chasing(session, self.renew)
        self.round_line = RoundLine(session, self.workspace)
        session.unwritten.append(self._unwritten)

    def body(self) -> ComposeResult:
        """How the round stands, files, lines, and the page about one of them."""
        yield self.round_line
        yield self.pane

    def remember(self) -> Mapping[str, object]:
        """Where files come from."""
        return {"folder": self.reader.folder}

    def recall(self, kept: Mapping[str, object]) -> None:
        """Begin to look for files where they came from."""
        folder = kept.get("folder")
        self.reader.folder = folder if isinstance(folder, str) else ""

    def on_mount(self) -> None:
        """Begin to look at the folder and at the clock."""
        self.set_interval(LOOK, self.reader.look_at_folder)
        self.set_interval(TICK, self._tick)

    def _tick(self) -> None:
        if self.reader.meter is not None:
            self.show_state()

    def shown_day(self) -> date:
        """Today: what comes in is held against the ledger as it is now."""
        return self.session.today

    @property
    def in_past(self) -> bool:
        """Whatever day the other screens show."""
        return False

    # Showing

    def _basis_now(self) -> object:
        return object()  # files lie outside the ledger: what is shown of them is never up to date

    def renew(self) -> None:
        """Draw everything anew, and have checked again what the ledger has moved away under."""
        self.show_desk()
        self.reader.age()
        session = self.session
        find = partial(_round, session.ledger.reader, session.today, self.rounds.cutoff)
        session.read(find, self._take_round, "intake-round")

    def _take_round(self, found: Round | None) -> None:
        """Show how the round stands now."""
        if found != self.pane.round:
            self.pane.round = found
            self.show_desk()
        self.round_line.show(found, earlier=self.rounds.cutoff is not None)

    def show_desk(self) -> None:
        """Draw what lies open now."""
        self.pane.show_desk()
        self.round_line.draw()
        self.retitle()

    def redraw(self) -> None:
        """Draw anew what was decided."""
        self.pane.redraw()
        self.round_line.draw()
        self.show_state()

    def filter_text(self) -> str:
        """What the lines are searched for."""
        return self.pane.filter_line.value.strip()

    def retitle(self) -> None:
        """Tell which files are shown."""
        parts = [self.t("keys.app.intake")]
        only = self.workspace.files.get(self.pane.line_filter.only or 0)
        if only is not None:
            parts.append(clean(only.name[:200]))
        elif len(self.workspace):
            parts.append(self.t("intake_screen.all_files", n=len(self.workspace)))
        self.show_top(self.t("tui.sign.dot").join(parts))
        self.show_state()

    def state(self) -> str:
        """Where the cursor is, how much is taken, what is doubtful, which folder is watched."""
        t, pane, watching = self.t, self.pane, self.reader.watching
        parts = [
            *told_meter(t, self.reader.meter), *pane.where(), *told_totals(t, pane.chosen()),
        ]  # fmt: skip
        if watching is not None:
            parts.append(t("intake_screen.on_watch", path=shown_path(watching.folder)))
        text = t("tui.sign.dot").join(parts)
        return shorten(text, max(0, self.size.width - 2), t("tui.sign.cut"))

    def _unwritten(self) -> str | None:
        """How many lines are accepted and not written, None where there is none."""
        files = [file for file in self.workspace.chosen() if file.n_accepted]
        n = sum(file.n_accepted for file in files)
        return self.t("tui.quit.unwritten", n=n, files=len(files)) if n else None

    def nothing_there(self) -> None:
        """Say what to do while there is nothing that could be decided."""
        key = "no_line" if len(self.workspace) else "no_file_yet"
        key = "still_reading" if self.reader.busy else key
        add = self.session.first_key("intake.add")
        self.session.tell(Problem(f"intake_screen.{key}", key=add))

    def on_window_table_moved(self) -> None:
        """Another file may be the one whose lines are shown."""
        self.retitle()

    def on_window_table_chosen(self, event: Chosen) -> None:
        """Enter goes from a file to its lines, and opens and closes the page about a line."""
        if event.table is self.pane.files:
            if self.pane.file() is not None:
                self.pane.table.focus()
            else:
                self.pane.action_turn_detail()
        elif self.pane.on_fold:
            self.pane.action_turn_fold()
        else:
            self.pane.action_turn_detail()

    def on_paste(self, event: events.Paste) -> None:
        """Files dropped on the terminal arrive as pasted names."""
        event.stop()
        self.reader.drop(event.text)

    def lacks(self, need: str) -> Problem | None:
        """What is missing that a key needs."""
        if need in ("files", "row") and not len(self.workspace):
            return Problem("intake_screen.no_file_yet", key=self.session.first_key("intake.add"))
        if need in ("round", "recipient") and self.pane.round is None:
            return Refusal("intake_screen.round.none", key=self.session.first_key("intake.make"))
        if need == "recipient" and self.pane.recipient() is None:
            return Refusal("intake_screen.no_recipient")
        return super().lacks(need)

    # The round

    def action_make_returns(self) -> None:
        """Ask for what returns are to be made, and make them."""
        self.making.make()

    def action_list_rounds(self) -> None:
        """Ask which round is to be shown."""
        if self.pane.round is None:
            self._tell_lack("round")
        else:
            self.rounds.ask()

    def action_remind(self) -> None:
        """Ask whom to remind and how."""
        if self.pane.round is None:
            self._tell_lack("round")
        else:
            listed = DeskList(self.workspace.chosen(None), self.pane.round)
            self.chasing.remind(listed.waiting(), self.pane.recipient())

    def action_mark_received(self) -> None:
        """Note the return under the cursor as received another way than as a file."""
        state = self.pane.recipient()
        if state is None:
            self._tell_lack("recipient")
        else:
            self.chasing.mark_received(state)

    def _tell_lack(self, need: str) -> None:
        problem = self.lacks(need)
        if problem is not None:
            self.session.tell(problem)

    # Files

    def action_add(self) -> None:
        """Ask for files."""
        self.reader.ask_for_files()

    def action_watch(self) -> None:
        """Ask for a folder to watch, or stop watching."""
        self.reader.turn_watch()

    def action_remove(self) -> None:
        """Put the file away."""
        file = self.pane.file()
        if file is None:
            self.nothing_there()
            return
        self.workspace.remove(file.key)
        self.say(self.t("intake_screen.removed", name=clean(file.name[:200])))
        self.show_desk()

    def action_choose_programme(self) -> None:
        """Ask which programme an imported file belongs to."""
        file = self.pane.file()
        if file is None:
            self.nothing_there()
            return
        if file.received is not None and not file.received.made_by_hand:
            self.session.tell(Refusal("intake_screen.return_has_programme"))
            return
        ask_programme(self.session, file, self.reader.read_next)

    def action_check_columns(self) -> None:
        """Show what each column of a file is read as, to be changed."""
        file = self.pane.file()
        if file is None:
            self.nothing_there()
        elif file.received is not None:
            self.session.tell(Refusal("intake_screen.columns.of_return"))
        else:
            from rectify_tui.tui.screens.mapping import MappingScreen

            screen = MappingScreen(self.session, file, self.reader.read_next)
            self.app.push_screen(screen)

    def cannot_read(self, file: OpenedFile, problem: Problem) -> None:
        """Ask for what is missing, where somebody waits for the file."""
        if not file.asked:
            return
        if problem.key == NO_PROGRAMME and self.is_current:
            ask_programme(self.session, file, self.reader.read_next)
        else:
            self.session.tell(problem)

    # Lines

    def action_turn_line(self) -> None:
        """Take the line under the cursor, or refuse it."""
        self.deciding.turn_line()

    def action_turn_file(self) -> None:
        """Take what is clean in a file, then everything, then nothing, in turn."""
        self.deciding.turn_file()

    def action_by_rule(self) -> None:
        """Ask for a rule, and take or refuse every line that it is about."""
        self.deciding.by_rule()

    def action_say_meaning(self) -> None:
        """Ask what the word means that cannot be read in the line under the cursor."""
        chosen = self.pane.line()
        if chosen is None:
            self.nothing_there()
        else:
            file, _, line = chosen
            ask_meaning(self.session, file, line, self.pane.column(), self.reader.read_next)

    def action_apply(self) -> None:
        """Ask whether what was taken is to be written, then write it."""
        if len(self.workspace):
            self.applying.apply()
        else:
            self.nothing_there()

    def action_open_record(self) -> None:
        """Show the record of the line under the cursor in the ledger."""
        chosen = self.pane.line()
        if chosen is None:
            self.nothing_there()
            return
        file, _, line = chosen
        assert file.checked is not None
        mode = LISTS.get(file.checked.proposal.kind)
        if mode is None or line.id is None:
            self.session.tell(Refusal("intake_screen.no_record"))
            return
        code = line.ref.rpartition("/")[0]
        self.session.open_list(mode, replace_term("", "programme", code or None), line.id)


def _round(reader: Callable[[], Connection], today: date, cutoff: date | None) -> Round | None:
    """In a thread: the round of a cut-off, or the newest, as it stands."""
    connection = reader()
    with connection.snapshot():
        return read_round(connection, today, cutoff)
