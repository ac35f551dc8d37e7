"""Somebody else was faster: shows both versions and asks whether to go on."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from rectify_tui.domain.timeline import Value
from rectify_tui.store.commands.stale import Stale
from rectify_tui.tui.dialogs.base import Dialog


class StaleDialog(Dialog[bool]):
    """Yours beside theirs; the answer is whether yours is to be written all the same."""

    def __init__(self, stale: Stale) -> None:
        super().__init__()
        self.stale = stale

    def heading(self) -> str:
        """What happened."""
        return self.t.problem(self.stale)

    def body(self) -> ComposeResult:
        """Each field in both versions, and the choice."""
        for name, yours in self.stale.yours.items():
            theirs = self.stale.theirs[name]
            line = self.t(
                "tui.dialog.versions", field=name, yours=_shown(yours), theirs=_shown(theirs)
            )
            yield Static(Content(line))
        yield OptionList(
            Option(self.t("tui.dialog.keep_theirs")), Option(self.t("tui.dialog.write_mine")),
            markup=False,
        )  # fmt: skip

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter decides."""
        self.dismiss(event.option_index == 1)

    def answer(self) -> bool:
        """The choice under the cursor."""
        return self.query_one(OptionList).highlighted == 1


def _shown(value: Value) -> str:
    return "—" if value is None else str(value)
