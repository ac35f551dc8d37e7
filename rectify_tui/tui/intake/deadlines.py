"""Asking what became of deadlines that a file tells otherwise than the ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rectify_tui.domain.text import clean
from rectify_tui.intake.importing.other_deadlines import undecided
from rectify_tui.intake.importing.request import OtherDeadlines
from rectify_tui.intake.model import ProposedLine
from rectify_tui.intake.workspace.accepting import can_accept
from rectify_tui.intake.workspace.opened_file import OpenedFile
from rectify_tui.store.commands.extensions import Request
from rectify_tui.tui.dialogs.ask import AskDialog, Asked
from rectify_tui.tui.dialogs.choice import ChoiceDialog
from rectify_tui.tui.session import Session

_ANSWERS = ("extension", "correction")
_NONE = Request("", "", "", "")


def ask_deadlines(
    session: Session, file: OpenedFile, line: ProposedLine, then: Callable[[], None]
) -> bool:
    """Ask of a line whose deadline would move what that is, in the whole file; `then` reads on.

    Returns whether there is something to ask: a line that says more may be taken without.
    """
    found = undecided(line)
    decided = file.request.deadlines is not None
    if found is None or (decided and can_accept(line)):
        return False

    def chosen(place: int | None) -> None:
        if place is not None and _ANSWERS[place] == "correction":
            _decide(file, OtherDeadlines(True, _NONE), then)
        elif place is not None:
            _ask_names(session, file, then)

    question = session.t(
        "intake_screen.deadlines.ask", name=clean(file.name[:200]), **dict(found.params)
    )
    options = [session.t(f"intake_screen.deadlines.{answer}") for answer in _ANSWERS]
    session.ask(ChoiceDialog(session, question, options), chosen)
    return True


def _ask_names(session: Session, file: OpenedFile, then: Callable[[], None]) -> None:
    def attempt(typed: Mapping[str, str]) -> None:
        request = Request(
            "", typed["asked_by"], typed["decided_by"], typed["reason"], typed["document"]
        )
        dialog.close()
        _decide(file, OtherDeadlines(False, request), then)

    names = ("asked_by", "decided_by", "reason", "document")
    lines = [Asked(name, session.t(f"report.column.{name}")) for name in names]
    question = session.t("intake_screen.deadlines.names")
    dialog = AskDialog(session, question, lines, attempt)
    session.ask(dialog)


def _decide(file: OpenedFile, deadlines: OtherDeadlines, then: Callable[[], None]) -> None:
    file.decide_deadlines(deadlines)
    then()
