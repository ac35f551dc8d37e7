"""The desk: its files in the order in which they came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from rectify_tui.intake.model import ProposedLine, Verdict
from rectify_tui.intake.returns.rows import ReceivedReturn
from rectify_tui.tui.intake_desk.paper import Decision, Name, Paper


def contradicts(one: ProposedLine, other: ProposedLine) -> bool:
    """Whether two lines of an item want different values for the same field."""
    if one.id is None or one.id != other.id:
        return False
    wanted = {change.field: change.after for change in one.changes}
    return any(wanted.get(each.field, each.after) != each.after for each in other.changes)


class Desk:
    """Files and decisions. Only the event loop changes it.

    Returns are checked together, since one may contradict another; `unchecked` says that they have
    to be.
    """

    def __init__(self) -> None:
        self.papers: dict[int, Paper] = {}
        self.unchecked = False
        self._left: dict[Path, dict[Name, Decision]] = {}
        self._next = 1

    def __len__(self) -> int:
        """How many files there are."""
        return len(self.papers)

    def add(self, path: Path, *, asked: bool = False) -> Paper:
        """Put a file on the desk; one that lies there already is to be read anew."""
        for paper in self.papers.values():
            if paper.path == path:
                paper.stale, paper.asked = True, asked
                return paper
        paper = Paper(self._next, path, asked=asked, decisions=self._left.pop(path, {}))
        self.papers[paper.key] = paper
        self._next += 1
        return paper

    def remove(self, key: int) -> Paper:
        """Take a file off the desk. What was decided is remembered, should it come back."""
        paper = self.papers.pop(key)
        self._left[paper.path] = paper.decisions
        self.unchecked |= paper.received is not None
        return paper

    def adopt(self, copies: Iterable[Paper]) -> bool:
        """Take over what was decided on copies; whether none of the files has changed meanwhile."""
        all_taken = True
        for copy in copies:
            paper = self.papers.get(copy.key)
            same = paper is not None and paper.reading is copy.reading
            if paper is None or not same or paper.edits != copy.before:
                all_taken = False
                continue
            paper.decisions, paper.tally, paper.edits = copy.decisions, copy.tally, copy.edits
        return all_taken

    def refuse_rivals(self, taken: Paper, place: int) -> list[Paper]:
        """Refuse what other files say of the item of a line and cannot hold beside it; which do."""
        assert taken.reading is not None
        line = taken.reading.lines[place]
        if all(finding.code != "files_differ" for finding in line.findings):
            return []
        refused = []
        for paper in self.papers.values():
            lines = paper.reading.lines if paper.reading and paper is not taken else ()
            rivals = [i for i, each in enumerate(lines) if contradicts(each, line)]
            rivals = [i for i in rivals if paper.is_taken(i)]
            if rivals:
                paper.decide(rivals, False)
                refused.append(paper)
        return refused

    def next_waiting(self) -> Paper | None:
        """The next file that has to be read, or held against the ledger by itself."""
        papers = self.papers.values()
        return next((paper for paper in papers if paper.stale or paper.aged), None)

    def age(self, batch: int, day: date) -> None:
        """Have every file checked anew that was checked against an older ledger or another day."""
        for paper in self.papers.values():
            found = paper.reading
            if found is not None and (found.batch, found.day) == (batch, day):
                continue
            if paper.received is not None:
                self.unchecked = True
            elif found is not None:
                paper.aged = True

    def reread(self) -> None:
        """Have every file read anew."""
        for paper in self.papers.values():
            paper.stale = True

    def received(self) -> dict[int, ReceivedReturn]:
        """The returns on the desk."""
        papers = self.papers.values()
        return {paper.key: paper.received for paper in papers if paper.received is not None}

    def chosen(self, only: int | None) -> list[Paper]:
        """The file with a key, or all of them."""
        return [paper for paper in self.papers.values() if only in (None, paper.key)]

    def tally(self, papers: Iterable[Paper]) -> Counter[Verdict]:
        """How many lines of each verdict are taken."""
        return sum((paper.tally for paper in papers), Counter[Verdict]())
