"""Reading files and holding them against the ledger, one step after another.

A step works in whatever thread, and what it finds is taken note of afterwards, by whoever has the
workspace: the dashboard goes on drawing meanwhile, the command line waits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from rectify_tui.errors import Problem
from rectify_tui.intake.importing.prepare import prepare
from rectify_tui.intake.importing.propose import propose
from rectify_tui.intake.importing.request import PreparedImport
from rectify_tui.intake.progress import Progress, Silent
from rectify_tui.intake.reading.book import open_book
from rectify_tui.intake.returns.rows import ReceivedReturn
from rectify_tui.intake.returns.take import answered
from rectify_tui.intake.returns.together import check_received
from rectify_tui.intake.workspace.checked_file import CheckedFile, ColumnFields
from rectify_tui.intake.workspace.opened_file import OpenedFile
from rectify_tui.intake.workspace.recognising import received_in
from rectify_tui.intake.workspace.workspace import IntakeWorkspace
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.records import AS_SENT


class IntakeStep(Protocol):
    """Something that is to be done next; about one file, or about all returns together."""

    @property
    def file(self) -> OpenedFile | None:
        """The file that it is about."""

    def work(self, ledger: Ledger, progress: Progress) -> Callable[[], None]:
        """Do it, and leave the workspace alone; the answer takes note in it of what was found.

        Raises `Problem`, which is to be handed to `failed`.
        """

    def failed(self, problem: Problem) -> None:
        """Take note that it could not be done."""


def next_step(workspace: IntakeWorkspace, *, check: bool = True) -> IntakeStep | None:
    """What is to be done next; it counts as done from now on.

    Unless files are to be checked too, they are only read: an import is then `prepared`.
    """
    for file in workspace.files.values():
        if file.stale or (file.aged and file.book is None):
            file.stale, file.aged = False, False
            return _Read(workspace, file)
        if check and file.aged:
            file.aged = False
            return _CheckImport(workspace, file)
    if check and workspace.unchecked:
        workspace.unchecked = False
        return _CheckReturns(workspace, workspace.received())
    return None


def waiting(workspace: IntakeWorkspace) -> bool:
    """Whether something is still to be done."""
    files = workspace.files.values()
    return workspace.unchecked or any(file.stale or file.aged for file in files)


def run_steps(
    workspace: IntakeWorkspace, ledger: Ledger, progress: Progress | None = None, *,
    check: bool = True,
) -> None:  # fmt: skip
    """Do all that there is to do, here and now. Raises the first `Problem`.

    Of several files one that cannot be read is noted with its problem, and does not keep the
    others from being read.
    """
    while step := next_step(workspace, check=check):
        try:
            step.work(ledger, progress or Silent())()
        except Problem as problem:
            step.failed(problem)
            if step.file is None or all(file.problem for file in workspace.files.values()):
                raise


@dataclass(frozen=True)
class _Read:
    """Reads a file, and finds out what it is."""

    workspace: IntakeWorkspace
    file: OpenedFile

    def work(self, ledger: Ledger, _: Progress) -> Callable[[], None]:
        request, connection = self.file.request, ledger.reader()
        book = open_book(self.file.path)
        received = received_in(connection, book, request, self.workspace.welcome)
        prepared = None
        if received is None:
            prepared = prepare(connection, book, request, ledger.today())

        def read() -> None:
            if not self.workspace.holds(self.file):
                return
            file = self.file
            self.workspace.unchecked |= received is not None or file.received is not None
            file.received, file.prepared, file.problem = received, prepared, None
            file.book = None if received else book
            file.aged |= received is None

        return read

    def failed(self, problem: Problem) -> None:
        if self.workspace.holds(self.file):
            self.workspace.unchecked |= self.file.received is not None
            self.file.fail(problem)


@dataclass(frozen=True)
class _CheckImport:
    """Holds an import against the ledger as it is now."""

    workspace: IntakeWorkspace
    file: OpenedFile

    def work(self, ledger: Ledger, progress: Progress) -> Callable[[], None]:
        file, connection = self.file, ledger.reader()
        assert file.book is not None
        batch, day = ledger.newest_batch(), ledger.today()
        prepared = file.prepared or prepare(connection, file.book, file.request, day)
        proposal = propose(connection, prepared, day, progress)
        checked = CheckedFile.of(proposal, batch, day, _columns(prepared), prepared.missing)

        def put() -> None:
            if self.workspace.holds(file) and not file.stale:
                file.prepared = prepared
                file.put(checked)

        return put

    def failed(self, problem: Problem) -> None:
        if self.workspace.holds(self.file):
            self.file.fail(problem)


def _columns(prepared: PreparedImport) -> ColumnFields:
    fields = prepared.mapping.fields | dict.fromkeys(prepared.kept_as_sent, AS_SENT)
    headings = enumerate(prepared.table.headings)
    return tuple((heading.text, fields.get(index, "")) for index, heading in headings)


@dataclass(frozen=True)
class _CheckReturns:
    """Holds all returns against the ledger and against one another."""

    workspace: IntakeWorkspace
    received: Mapping[int, ReceivedReturn]
    file: None = None

    def work(self, ledger: Ledger, _: Progress) -> Callable[[], None]:
        batch, day = ledger.newest_batch(), ledger.today()
        connection = ledger.reader()
        returns = check_received(connection, list(self.received.values()), day)
        codes = [sent.code if (sent := answered(connection, each)) else "" for each in returns]
        checked = [
            CheckedFile.of(each.proposal, batch, day, code=code)
            for each, code in zip(returns, codes, strict=True)
        ]

        def put() -> None:
            for (key, received), each in zip(self.received.items(), checked, strict=True):
                file = self.workspace.files.get(key)
                if file is not None and file.received is received:
                    file.put(each)

        return put

    def failed(self, problem: Problem) -> None:
        for file in self.workspace.files.values():
            if file.received is not None and file.checked is None:
                file.problem = problem
