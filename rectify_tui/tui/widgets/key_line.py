"""The line of keys at the foot of a screen."""

from __future__ import annotations

from textual.screen import Screen
from textual.widgets import Footer


class KeyLine(Footer):
    """A footer that is made anew only where it would show something else.

    Textual makes it anew whenever bindings may have changed: with every change of focus, every
    screen that comes up and every dialog, several times for most key presses.
    """

    _made_for: tuple[object, ...] = ()

    def bindings_changed(self, screen: Screen[object]) -> None:
        """Make the keys anew where others are to be shown, or the same in other words."""
        if screen is not self.screen or not screen.app.app_focus:
            return
        shown = [active for active in screen.active_bindings.values() if active.binding.show]
        keys = tuple((active, screen.app.get_key_display(active.binding)) for active in shown)
        if keys != self._made_for:
            self._made_for = keys
            super().bindings_changed(screen)
