"""Reading the files that lie open, one after another, and watching a folder for more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from rectify_tui.errors import Problem
from rectify_tui.intake.reading.other_files import about_others
from rectify_tui.intake.workspace.folder_watch import FolderWatch
from rectify_tui.intake.workspace.opened_file import OpenedFile
from rectify_tui.intake.workspace.steps import IntakeStep, next_step, waiting
from rectify_tui.intake.workspace.workspace import IntakeWorkspace
from rectify_tui.paths import shown_path
from rectify_tui.tui.dialogs.open_file import OpenDialog
from rectify_tui.tui.intake.meter import ReadingMeter
from rectify_tui.tui.session import Session
from rectify_tui.tui.typed_paths import beginning, files_of, folder_of, read_paths

Result = TypeVar("Result")


def _files_named(text: str) -> tuple[list[Path], list[Problem]]:
    """In a thread: the files that a text names, and what is to be said of others beside them."""
    paths = read_paths(text)
    return files_of(paths), about_others(paths)


def _folder_named(text: str) -> tuple[Path, list[Problem]]:
    """In a thread: the folder that a text names, and what is to be said of files in it."""
    folder = folder_of(read_paths(text))
    return folder, about_others([folder])


class DeskView(Protocol):
    """Who shows the files that lie open."""

    def show_desk(self) -> None:
        """Draw what lies open now."""

    def show_state(self) -> None:
        """Write anew how far the reading has come."""

    def cannot_read(self, file: OpenedFile, problem: Problem) -> None:
        """Do what there is to be done about a file that was not read."""


class DeskReader:
    """Reads files in threads, one thing at a time, so that a meter can tell of it.

    `watching` is the folder that is watched, `folder` is where one begins to look for files;
    `meter` says how far one has come, None while nothing
    is being read.
    """

    def __init__(self, session: Session, workspace: IntakeWorkspace, view: DeskView) -> None:
        self.session = session
        self.workspace = workspace
        self.watching: FolderWatch | None = None
        self.meter: ReadingMeter | None = None
        self._view = view
        self._working = False
        self._looking = False
        self.folder = ""

    # Files

    def ask_for_files(self) -> None:
        """Ask for a path and open what it names."""
        question = self.session.t("intake_screen.ask_file")
        self._ask(question, _files_named, self._put_found)

    def drop(self, text: str) -> None:
        """Open files that were dropped on the terminal, which types their names."""
        self.session.read(partial(_files_named, text), self._put_found, "intake-find")

    def _put_found(self, found: tuple[list[Path], list[Problem]]) -> None:
        files, others = found
        self.put_files(files, asked=True)
        self._tell_others(others)

    def _tell_others(self, others: list[Problem]) -> None:
        """Say what lies beside the spreadsheets of a folder and may be somebody's return."""
        if others:
            self.session.tell("\n".join(map(self.session.t.problem, others)))

    def put_files(self, paths: list[Path], *, asked: bool = False) -> None:
        """Open files; those that lie open already are read anew."""
        for path in paths:
            self.workspace.add(path, asked=asked)
        if paths:
            self.folder = beginning(paths[-1].parent)
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

        dialog = OpenDialog(self.session, question, self.folder, attempt)
        self.session.ask(dialog)

    # Reading

    @property
    def busy(self) -> bool:
        """Whether something is still to be read or checked."""
        return self._working or waiting(self.workspace)

    def age(self) -> None:
        """Have all files checked anew where the ledger or the day is another one by now."""
        ledger = self.session.ledger

        def aged(now: tuple[int, date]) -> None:
            self.workspace.age(*now)
            self.read_next()

        if len(self.workspace):
            self.session.read(lambda: (ledger.newest_batch(), ledger.today()), aged, "intake-age")

    def read_next(self) -> None:
        """Do what is to be done next, in a thread: read a file, or check what it says."""
        step = None if self._working else next_step(self.workspace)
        if step is not None:
            self._work(step)
        elif not self._working:
            self.meter = None
            self._view.show_state()

    def _work(self, step: IntakeStep) -> None:
        name = step.file.name if step.file is not None else self.session.t("intake_screen.checking")
        meter = self.meter = ReadingMeter(name)

        def done(take_note: Callable[[], None]) -> None:
            self._working = False
            take_note()
            self._view.show_desk()
            self.read_next()

        def failed(problem: Problem) -> None:
            self._working = False
            step.failed(problem)
            self._view.show_desk()
            if step.file is None:
                self.session.tell(problem)
            else:
                self._view.cannot_read(step.file, problem)
            self.read_next()

        self._working = True
        work = partial(step.work, self.session.ledger, meter)
        self.session.read(work, done, "intake-read", refused=failed)
        self._view.show_state()

    # Watching

    def turn_watch(self) -> None:
        """Ask for a folder to watch, or stop watching."""
        t = self.session.t
        if self.watching is not None:
            folder, self.watching = self.watching.folder, None
            self.session.tell(t("intake_screen.watched", path=shown_path(folder)), error=False)
            return
        question = t("intake_screen.ask_folder")
        self._ask(question, _folder_named, self._watch)

    def _watch(self, found: tuple[Path, list[Problem]]) -> None:
        folder, others = found
        self.watching = FolderWatch(folder)
        self.folder = beginning(folder)
        key = self.session.first_key("intake.watch")
        sentence = self.session.t("intake_screen.watching", path=shown_path(folder), key=key)
        self.session.tell(sentence, error=False)
        self._tell_others(others)
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
