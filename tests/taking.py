"""Files that are opened and taken in as both faces do it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from rectify_tui.intake.importing.request import ImportRequest, PreparedImport
from rectify_tui.intake.model import ProposedLine
from rectify_tui.intake.progress import Progress
from rectify_tui.intake.workspace.accepting import UNASKED, Accept
from rectify_tui.intake.workspace.applying import FileResult, IntakeOrder, IntakeResult, apply_order
from rectify_tui.intake.workspace.recognising import Welcome
from rectify_tui.intake.workspace.steps import run_steps
from rectify_tui.intake.workspace.workspace import IntakeWorkspace
from rectify_tui.store.ledger import Ledger, Receipt

NO_SETTINGS = ImportRequest(Path("/no/such/folder"))


def open_files(
    ledger: Ledger, *paths: Path, request: ImportRequest = NO_SETTINGS,
    welcome: Welcome = Welcome.ALL, check: bool = True,
) -> IntakeWorkspace:  # fmt: skip
    """A workspace with files that were read, and checked unless told otherwise."""
    workspace = IntakeWorkspace(request, welcome)
    for path in paths:
        workspace.add(path)
    run_steps(workspace, ledger, check=check)
    return workspace


def take_returns(
    ledger: Ledger, *paths: Path, accept: Accept = UNASKED, on_behalf: str | None = None,
    reason: str | None = None, request: ImportRequest = NO_SETTINGS,
) -> IntakeResult:  # fmt: skip
    """Take in what a rule accepts of returns."""
    workspace = open_files(ledger, *paths, request=request, welcome=Welcome.RETURNS)
    return apply_order(ledger, IntakeOrder(tuple(workspace.chosen()), accept, on_behalf, reason))


@dataclass(frozen=True)
class Imported:
    """What an import came to."""

    receipt: Receipt
    file: FileResult

    @property
    def prepared(self) -> PreparedImport:
        assert self.file.file.prepared is not None
        return self.file.file.prepared

    @property
    def added(self) -> int:
        return self.file.added

    @property
    def changed(self) -> int:
        return self.file.changed

    @property
    def unchanged(self) -> int:
        return self.file.unchanged

    @property
    def lost_cells(self) -> int:
        return self.file.lost_cells

    @property
    def rejected(self) -> tuple[ProposedLine, ...]:
        return self.file.refused

    @property
    def skipped(self) -> Mapping[int, str]:
        return self.file.skipped

    @property
    def taken(self) -> int:
        """The rows that the ledger now agrees with."""
        return self.added + self.changed + self.unchanged


def take_import(
    ledger: Ledger, path: Path, request: ImportRequest, *, on_behalf: str | None = None,
    accept: Callable[[ProposedLine], bool] | None = None, progress: Progress | None = None,
) -> Imported:  # fmt: skip
    """Import a file, and of it only what is accepted, as the command line does."""
    welcome = Welcome.IMPORTS
    workspace = open_files(ledger, path, request=request, welcome=welcome, check=False)
    for file in workspace.chosen():
        file.confirm_missing()
    rule: Accept = UNASKED if accept is None else lambda _, line: accept(line)
    order = IntakeOrder(tuple(workspace.chosen()), rule, on_behalf)
    result = apply_order(ledger, order, progress)
    (file,) = result.files
    return Imported(result.receipt, file)
