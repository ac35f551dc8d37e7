"""Shows what undoing a batch would do, and asks whether it is to be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from rectify_tui.tui.dialogs.choice import ChoosingDialog
from rectify_tui.tui.session import Session


@dataclass(frozen=True)
class UndoResult:
    """Whether it is to be undone, why, and on whose behalf."""

    wanted: bool
    reason: str
    on_behalf: str


class UndoDialog(ChoosingDialog[UndoResult]):
    """What it would do, and two answers; the first leaves everything as it is."""

    def __init__(
        self, session: Session, question: str, about: str, does: Sequence[str],
        attempt: Callable[[UndoResult], None],
    ) -> None:  # fmt: skip
        t = session.t
        options = [t("tui.batches.stay"), t("tui.batches.undo")]
        super().__init__(session, question, options, attempt, about=about)
        self.does = "\n".join((t("tui.batches.does"), *does))

    def body(self) -> ComposeResult:
        """What it would do, the answers, and what is kept with an undo."""
        with VerticalScroll(classes="does", can_focus=False):
            yield Static(self.safe(self.does))
        yield from super().body()
        yield from self.field("reason", self.t("tui.dialog.reason"))
        yield from self.field("on_behalf", self.t("tui.batches.on_behalf"))

    def answer(self) -> UndoResult:
        """The answer, with what was typed."""
        reason, on_behalf = self.value("reason").strip(), self.value("on_behalf").strip()
        return UndoResult(self.place == 1, reason, on_behalf)
