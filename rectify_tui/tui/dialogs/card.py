"""Asks which card a responsible unit is given, by whom and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.app import ComposeResult

from rectify_tui.domain.points import Colour
from rectify_tui.tui.dialogs.choice import ChoosingDialog
from rectify_tui.tui.session import Session


@dataclass(frozen=True)
class CardResult:
    """The card, who gives it, and why."""

    colour: Colour
    given_by: str
    cause: str


class CardDialog(ChoosingDialog[CardResult]):
    """A card for the unit of some items."""

    def __init__(
        self, session: Session, question: str, about: str, attempt: Callable[[CardResult], None]
    ) -> None:
        named = [session.t(f"card.colour.{colour}") for colour in Colour]
        hint = session.t("tui.dialog.hint")
        super().__init__(session, question, named, attempt, hint=hint, about=about)

    def body(self) -> ComposeResult:
        """The cards, then who gives it and why."""
        yield from super().body()
        yield from self.field("given_by", self.t("points.column.given_by"))
        yield from self.field("cause", self.t("points.column.cause"))

    def answer(self) -> CardResult:
        """What was chosen."""
        return CardResult(tuple(Colour)[self.place], self.value("given_by"), self.value("cause"))
