"""Deadlines that a file tells otherwise than the ledger has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rectify_tui.domain.timeline import Values
from rectify_tui.errors import Problem
from rectify_tui.intake.importing.request import OtherDeadlines
from rectify_tui.intake.mapping.fields import EXTENSION
from rectify_tui.intake.model import Finding, ProposedLine, Verdict
from rectify_tui.store.commands.deadlines import DEADLINE, DeadlineMove
from rectify_tui.store.commands.extensions import Request


@dataclass(frozen=True)
class DeadlinesOfFile:
    """What becomes of them, and who may allow extensions; see `OtherDeadlines`."""

    decided: OtherDeadlines | None = None
    may_allow: tuple[str, ...] = ()

    def move(self, changes: Values, now: Values, told: Mapping[str, str]) -> DeadlineMove | Finding:
        """How the deadline among the changes of a known item comes to be another.

        `told` is what the row says of an extension. What keeps it as it is comes back as a finding.
        """
        due, to = str(now["due_on"]), changes["due_on"]
        if self.decided is None:
            return _stays("deadline_moves", due, changes)
        if self.decided.correction:
            return DeadlineMove(None)
        request = _request(self.decided.extension, str(changes["deadline"] or ""), told)
        if not (request.asked_by and request.decided_by and request.reason):
            return _stays("deadline_unnamed", due, changes)
        if to is None or str(to) <= due:
            return _stays("deadline_not_later", due, changes)
        return DeadlineMove(request, self.may_allow)


UNDECIDED = frozenset({"deadline_moves", "deadline_unnamed", "deadline_not_later"})
"""What is found about a line whose deadline stays until somebody says more."""


def undecided(line: ProposedLine) -> Finding | None:
    """What is found of the deadline of a line that stays as it is, None where nothing is."""
    return next((each for each in line.findings if each.code in UNDECIDED), None)


def moves_deadline(changes: Values, now: Values) -> bool:
    """Whether changes tell another day than that on which a known item is due."""
    return "due_on" in changes and now["due_on"] is not None


def without_deadline(changes: Values) -> Values:
    """Changes without those that say the deadline."""
    return {name: value for name, value in changes.items() if name not in DEADLINE}


def _request(for_all: Request, to: str, told: Mapping[str, str]) -> Request:
    own = {EXTENSION[name]: text for name, text in told.items()}
    return Request(
        to, own.get("asked_by", for_all.asked_by), own.get("decided_by", for_all.decided_by),
        own.get("reason", for_all.reason), own.get("document", for_all.document),
    )  # fmt: skip


def _stays(code: str, due: str, changes: Values) -> Finding:
    to = changes["due_on"] or changes.get("deadline") or Problem("report.missing")
    return Finding(code, Verdict.SUSPICIOUS, params={"field": "deadline", "due": due, "to": to})
