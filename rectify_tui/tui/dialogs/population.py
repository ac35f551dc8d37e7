"""Asks of which completions a draw is to be made, and how sure one wants to be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from textual.app import ComposeResult

from rectify_tui.domain.sampling import CONFIDENCE, TOLERABLE, read_share
from rectify_tui.reports.draws import share_text
from rectify_tui.tui.dialogs.choice import ChoosingDialog
from rectify_tui.tui.session import Session


@dataclass(frozen=True)
class PopulationResult:
    """Whether everything is visited, in which place (empty for anywhere), and the two shares."""

    whole: bool
    place: str
    tolerable: Fraction
    confidence: Fraction


class PopulationDialog(ChoosingDialog[PopulationResult]):
    """A part of what was reported as completed is drawn, or all of it is visited."""

    def __init__(
        self, session: Session, question: str, attempt: Callable[[PopulationResult], None]
    ) -> None:
        t = session.t
        ways = [t("tui.draw.part"), t("tui.draw.whole")]
        about, hint = t("tui.draw.about"), t("tui.dialog.hint")
        super().__init__(session, question, ways, attempt, hint=hint, about=about)

    def body(self) -> ComposeResult:
        """The two ways, then place and shares."""
        yield from super().body()
        yield from self.field("place", self.t("tui.draw.place"))
        yield from self.field("tolerable", self.t("tui.draw.tolerable"), share_text(TOLERABLE))
        yield from self.field("confidence", self.t("tui.draw.confidence"), share_text(CONFIDENCE))

    def answer(self) -> PopulationResult:
        """What was typed. Raises `Problem` for what is no share."""
        shares = (read_share(self.value(name)) for name in ("tolerable", "confidence"))
        return PopulationResult(self.place == 1, self.value("place").strip(), *shares)
