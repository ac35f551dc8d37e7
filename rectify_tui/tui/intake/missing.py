"""Asking whether files may lack columns, before any of their new lines is taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rectify_tui.domain.text import clean
from rectify_tui.intake.lines import finding_sentence
from rectify_tui.intake.model import Verdict
from rectify_tui.intake.workspace.opened_file import OpenedFile
from rectify_tui.tui.dialogs.choice import ChoiceDialog
from rectify_tui.tui.session import Session

_ANSWERS = ("leave", "take")
"""The answers, that which writes nothing first."""


def ask_missing(
    session: Session, files: Sequence[OpenedFile], then: Callable[[], None],
    otherwise: Callable[[], None] | None = None,
) -> bool:  # fmt: skip
    """Ask of files that lack columns whether they may; `then` follows a yes, `otherwise` a no.

    Returns whether there is something to ask.
    """
    held = [file for file in files if file.held_back]
    if not held:
        return False

    def chosen(place: int | None) -> None:
        if place is not None and _ANSWERS[place] == "take":
            for file in held:
                file.confirm_missing()
            then()
        elif place is not None and otherwise is not None:
            otherwise()

    options = [session.t(f"intake_screen.missing.{answer}") for answer in _ANSWERS]
    session.ask(ChoiceDialog(session, _question(session, held), options), chosen)
    return True


def _question(session: Session, files: Sequence[OpenedFile]) -> str:
    t = session.t
    lines = []
    for file in files:
        assert file.checked is not None
        remarks = file.checked.proposal.remarks
        loud = [each for each in remarks if each.code.endswith("_column")]
        lines += [finding_sentence(each, t) for each in loud if each.verdict is not Verdict.CLEAN]
    names = t("report.comma").join(clean(file.name[:200]) for file in files)
    n = sum(file.held_back for file in files)
    asked = t("intake_screen.missing.ask", names=names, n=n)
    return "\n".join([*dict.fromkeys(lines), asked])
