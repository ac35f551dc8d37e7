"""Asks all that a review of an item may say at once."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from rectify_tui.tui.dialogs.ask import AskDialog


class ReviewDialog(AskDialog):
    """Reason, next step, promise and the day. `stays` tells whether one stays on the item."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f9", "submit_and_stay", show=False)]
    stays = False

    def action_submit(self) -> None:
        """Hand over the answer, and then go on to the next item."""
        self.stays = False
        super().action_submit()

    def action_submit_and_stay(self) -> None:
        """Hand over the answer, and stay on the item."""
        self.stays = True
        super().action_submit()
