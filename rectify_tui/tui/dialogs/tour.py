"""One step of the tour, below the screen that it is about."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from rectify_tui.domain.wrapping import wrapped
from rectify_tui.tui.dialogs.dialog import Dialog
from rectify_tui.tui.session import Session


class TourDialog(Dialog[int]):
    """Says what a screen is for. The answer is 1 to go on, -1 to go back, None to leave."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,l,space,down,j", "submit", show=False),
        Binding("left,h,backspace,up,k", "go_back", show=False),
        Binding("q", "cancel", show=False),
    ]

    def __init__(self, session: Session, title: str, text: str, hint: str) -> None:
        super().__init__(session, title, hint=hint)
        self._text = text

    def on_resize(self) -> None:
        """Break the lines where they end."""
        room = self.query_one(".about").content_region.width
        self.tell_about(wrapped(self._text, room))

    def answer(self) -> int:
        """On to the next step."""
        return 1

    def action_go_back(self) -> None:
        """To the step before."""
        self.dismiss(-1)
