"""Somebody else was faster: shows both versions and asks whether to go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from rectify_tui.errors import Problem
from rectify_tui.tui.dialogs.dialog import Dialog
from rectify_tui.tui.session import Session


@dataclass(frozen=True)
class Version:
    """A field in the words of the user, as they want it and as it has become meanwhile."""

    field: str
    yours: str
    theirs: str


class StaleDialog(Dialog[bool]):
    """Yours beside theirs; the answer is whether yours is to be written all the same."""

    def __init__(self, session: Session, what: Problem, versions: Sequence[Version]) -> None:
        super().__init__(session, session.t.problem(what))
        self.versions = list(versions)

    def body(self) -> ComposeResult:
        """Each field in both versions, and the choice."""
        none = self.t("tui.sign.none")
        for version in self.versions:
            line = self.t(
                "tui.dialog.versions", field=version.field,
                yours=version.yours or none, theirs=version.theirs or none,
            )  # fmt: skip
            yield Static(self.safe(line))
        choice = OptionList(
            Option(self.t("tui.dialog.keep_theirs")), Option(self.t("tui.dialog.write_mine")),
            markup=False,
        )  # fmt: skip
        choice.highlighted = 0
        yield choice

    def answer(self) -> bool:
        """The choice under the cursor."""
        return self.query_one(OptionList).highlighted == 1
