"""Reading what lies on the desk, one file after another, and watching a folder for more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from rectify_tui.errors import Problem
from rectify_tui.intake.returns.rows import ReceivedReturn
from rectify_tui.tui.dialogs.open_file import OpenDialog
from rectify_tui.tui.intake_desk.desk import Desk
from rectify_tui.tui.intake_desk.meter import Meter
from rectify_tui.tui.intake_desk.paper import Paper, Reading
from rectify_tui.tui.intake_desk.paths import beginning, files_of, folder_of, read_paths, shown
from rectify_tui.tui.intake_desk.read import Opened, check_all, open_file
from rectify_tui.tui.intake_desk.watch import FolderWatch
from rectify_tui.tui.session import Session

Result = TypeVar("Result")


class DeskView(Protocol):
    """Who shows the desk."""

    def show_desk(self) -> None:
        """Draw what lies on the desk now."""

    def show_state(self) -> None:
        """Write anew how far the reading has come."""

    def cannot_read(self, paper: Paper, problem: Problem) -> None:
        """Do what there is to be done about a file that was not read."""


class DeskReader:
    """Reads the files of a desk in threads, one thing at a time, so that a meter can tell of it.

    `watching` is the folder that is watched, `meter` says how far one has come, None while nothing
    is being read.
    """

    def __init__(self, session: Session, desk: Desk, view: DeskView) -> None:
        self.session = session
        self.desk = desk
        self.watching: FolderWatch | None = None
        self.meter: Meter | None = None
        self._view = view
        self._working = False
        self._looking = False
        self._folder = ""

    # Files

    def ask_for_files(self) -> None:
        """Ask for a path and put what it names on the desk."""
        question = self.session.t("intake_screen.ask_file")
        asked = partial(self.put_files, asked=True)
        self._ask(question, lambda text: files_of(read_paths(text)), asked)

    def drop(self, text: str) -> None:
        """Put files on the desk that were dropped on the terminal, which types their names."""
        asked = partial(self.put_files, asked=True)
        self.session.read(lambda: files_of(read_paths(text)), asked, "intake-find")

    def put_files(self, paths: list[Path], *, asked: bool = False) -> None:
        """Put files on the desk; those that lie there already are read anew."""
        for path in paths:
            self.desk.add(path, asked=asked)
        if paths:
            self._folder = beginning(paths[-1].parent)
        self._view.show_desk()
        self.read_next()

    def _ask(
        self, question: str, find: Callable[[str], Result], then: Callable[[Result], None]
    ) -> None:
        """Ask for a path; `find` looks at the disk in a thread, `then` gets what is there."""

        def attempt(text: str) -> None:
            work = partial(find, text)
            self.session.read(work, found, "intake-find", refused=dialog.complain)

        def found(result: Result) -> None:
            dialog.close()
            then(result)

        dialog = OpenDialog(self.session, question, self._folder, attempt)
        self.session.ask(dialog)

    # Reading

    @property
    def busy(self) -> bool:
        """Whether something is still to be read or checked."""
        return self._working or self.desk.unchecked or self.desk.next_waiting() is not None

    def age(self) -> None:
        """Have all files checked anew where the ledger or the day is another one by now."""
        ledger = self.session.ledger

        def aged(now: tuple[int, date]) -> None:
            self.desk.age(*now)
            self.read_next()

        if len(self.desk):
            self.session.read(lambda: (ledger.newest_batch(), ledger.today()), aged, "intake-age")

    def read_next(self) -> None:
        """Read the next file that has to be read; after the last one check all returns."""
        if self._working:
            return
        paper = self.desk.next_waiting()
        if paper is not None:
            self._open(paper)
        elif self.desk.unchecked:
            self._check()
        else:
            self.meter = None
            self._view.show_state()

    def _open(self, paper: Paper) -> None:
        book = None if paper.stale else paper.book
        paper.stale = paper.aged = False
        meter = self.meter = Meter(paper.name)
        ledger = self.session.ledger
        work = partial(open_file, ledger, paper.path, book, paper.programme, meter)
        self._work(work, partial(self._opened, paper), partial(self._failed, paper))

    def _opened(self, paper: Paper, opened: Opened) -> None:
        if self.desk.papers.get(paper.key) is not paper:
            return
        paper.received, paper.book = opened.received, opened.book
        if opened.reading is not None:
            paper.put(opened.reading)
            self._view.show_desk()
        else:
            paper.problem = None
            self.desk.unchecked = True

    def _failed(self, paper: Paper, problem: Problem) -> None:
        if self.desk.papers.get(paper.key) is paper:
            self.desk.unchecked |= paper.received is not None
            paper.fail(problem)
            self._view.show_desk()
            self._view.cannot_read(paper, problem)

    def _check(self) -> None:
        self.desk.unchecked = False
        self.meter = Meter(self.session.t("intake_screen.checking"))
        received = self.desk.received()
        work = partial(check_all, self.session.ledger, received)
        self._work(work, partial(self._checked, received), self._not_checked)

    def _checked(self, received: dict[int, ReceivedReturn], readings: dict[int, Reading]) -> None:
        for key, reading in readings.items():
            paper = self.desk.papers.get(key)
            if paper is not None and paper.received is received[key]:
                paper.put(reading)
        self._view.show_desk()

    def _not_checked(self, problem: Problem) -> None:
        for paper in self.desk.papers.values():
            if paper.received is not None and paper.reading is None:
                paper.problem = problem
        self.session.tell(problem)
        self._view.show_desk()

    def _work(
        self, work: Callable[[], Result], then: Callable[[Result], None],
        refused: Callable[[Problem], None],
    ) -> None:  # fmt: skip
        """Do one thing after another, each in a thread."""

        def done(result: Result) -> None:
            self._working = False
            then(result)
            self.read_next()

        def failed(problem: Problem) -> None:
            self._working = False
            refused(problem)
            self.read_next()

        self._working = True
        self.session.read(work, done, "intake-read", refused=failed)
        self._view.show_state()

    # Watching

    def turn_watch(self) -> None:
        """Ask for a folder to watch, or stop watching."""
        t = self.session.t
        if self.watching is not None:
            folder, self.watching = self.watching.folder, None
            self.session.tell(t("intake_screen.watched", path=shown(folder)), error=False)
            return
        question = t("intake_screen.ask_folder")
        self._ask(question, lambda text: folder_of(read_paths(text)), self._watch)

    def _watch(self, folder: Path) -> None:
        self.watching = FolderWatch(folder)
        self._folder = beginning(folder)
        key = self.session.first_key("intake.watch")
        sentence = self.session.t("intake_screen.watching", path=shown(folder), key=key)
        self.session.tell(sentence, error=False)
        self._view.show_desk()
        self.look_at_folder()

    def look_at_folder(self) -> None:
        """See in a thread whether files have come into the folder that is watched."""
        watching = self.watching
        if watching is None:
            return

        def seen(paths: list[Path]) -> None:
            self._looking = False
            if paths and self.watching is watching:
                self.put_files(paths)

        def gone(problem: Problem) -> None:
            self._looking = False
            if self.watching is watching:
                self.watching = None
                self.session.tell(problem)

        if not self._looking:
            self._looking = True
            self.session.read(watching.look, seen, "intake-watch", refused=gone)
