"""All files that lie open, in the order in which they came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from rectify_tui.intake.importing.request import ImportRequest
from rectify_tui.intake.model import ProposedLine, Verdict
from rectify_tui.intake.returns.rows import ReceivedReturn
from rectify_tui.intake.workspace.checked_file import LineName
from rectify_tui.intake.workspace.opened_file import Decision, OpenedFile
from rectify_tui.intake.workspace.recognising import Welcome


def contradicts(one: ProposedLine, other: ProposedLine) -> bool:
    """Whether two lines of an item want different values for the same field."""
    if one.id is None or one.id != other.id:
        return False
    after = {change.field: change.after for change in one.changes}
    return any(after.get(change.field, change.after) != change.after for change in other.changes)


class IntakeWorkspace:
    """Files and decisions; one thread at a time changes it.

    `request` says how files are read that are imported, unless somebody says otherwise of one.
    `welcome` tells whether both returns and imports may come in. Returns are checked together,
    since one may contradict another; `unchecked` says that they have to be.
    """

    def __init__(self, request: ImportRequest, welcome: Welcome = Welcome.ALL) -> None:
        self.request = request
        self.welcome = welcome
        self.files: dict[int, OpenedFile] = {}
        self.unchecked = False
        self._remembered: dict[Path, dict[LineName, Decision]] = {}
        self._next = 1

    def __len__(self) -> int:
        """How many files there are."""
        return len(self.files)

    # files

    def add(self, path: Path, *, asked: bool = False) -> OpenedFile:
        """Open a file; one that lies open already is to be read anew."""
        for file in self.files.values():
            if file.path == path:
                file.stale, file.asked = True, asked
                return file
        decisions = self._remembered.pop(path, {})
        file = OpenedFile(self._next, path, self.request, asked=asked, decisions=decisions)
        self.files[file.key] = file
        self._next += 1
        return file

    def remove(self, key: int) -> OpenedFile:
        """Put a file away. What was decided is remembered, should it come back."""
        file = self.files.pop(key)
        self._remembered[file.path] = file.decisions
        self.unchecked |= file.received is not None
        return file

    def chosen(self, only: int | None = None) -> list[OpenedFile]:
        """The file with a key, or all of them."""
        return [file for file in self.files.values() if only in (None, file.key)]

    def holds(self, file: OpenedFile) -> bool:
        """Whether a file still lies open."""
        return self.files.get(file.key) is file

    def received(self) -> dict[int, ReceivedReturn]:
        """The returns among the files."""
        files = self.files.values()
        return {file.key: file.received for file in files if file.received is not None}

    # what has to be done anew

    def age(self, batch: int, day: date) -> None:
        """Have every file checked anew that was checked against an older ledger or another day."""
        for file in self.files.values():
            checked = file.checked
            if checked is not None and (checked.batch, checked.day) == (batch, day):
                continue
            if file.received is not None:
                self.unchecked = True
            elif checked is not None:
                file.prepared, file.aged = None, True

    def reread(self) -> None:
        """Have every file read anew."""
        for file in self.files.values():
            file.stale = True

    # decisions

    def adopt(self, copies: Iterable[OpenedFile]) -> bool:
        """Take over what was decided on copies; whether none of the files has changed meanwhile."""
        all_adopted = True
        for copy in copies:
            file = self.files.get(copy.key)
            same = file is not None and file.checked is copy.checked
            if file is None or not same or file.edits != copy.before:
                all_adopted = False
                continue
            file.decisions, file.tally, file.edits = copy.decisions, copy.tally, copy.edits
        return all_adopted

    def refuse_rivals(self, accepted: OpenedFile, index: int) -> list[OpenedFile]:
        """Refuse what other files say of the item of a line and cannot hold beside it; which do."""
        assert accepted.checked is not None
        line = accepted.checked.lines[index]
        if all(finding.code != "files_differ" for finding in line.findings):
            return []
        rivals = []
        for file in self.files.values():
            lines = file.checked.lines if file.checked and file is not accepted else ()
            indexes = [
                at
                for at, other in enumerate(lines)
                if contradicts(other, line) and file.accepts(at)
            ]
            if indexes:
                file.decide(indexes, False)
                rivals.append(file)
        return rivals

    def tally(self, files: Iterable[OpenedFile]) -> Counter[Verdict]:
        """How many lines of each verdict are accepted."""
        return sum((file.tally for file in files), Counter[Verdict]())
