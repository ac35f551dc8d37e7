"""The line of keys at the foot of a screen."""

from __future__ import annotations

from collections.abc import Iterator

from textual import events
from textual.binding import ActiveBinding
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

from rectify_tui.domain.text import width

_KEY = "bold $footer-key-foreground on $footer-key-background"
_WORDS = "$footer-description-foreground on $footer-description-background"
_UNDER_MOUSE = "$footer-key-foreground on $block-hover-background"


def cells(key: str, words: str) -> int:
    """How wide a key is in the line, with what it does, where it is not set closer."""
    return width(key) + width(words) + 3


class KeyLine(Widget):
    """The keys that hold, each with what it does; a click presses it.

    It is one widget, and drawn anew only where it would show something else: the footer of Textual
    has a widget for each key, to be dressed, laid out and made anew whenever bindings may have
    changed, which is several times for most key presses. `compact` sets the keys closer.
    """

    DEFAULT_CSS = """
    KeyLine {
        dock: bottom;
        height: 1;
        color: $footer-foreground;
        background: $footer-background;
        &:hover { pointer: pointer; }
    }
    """
    ALLOW_SELECT = False

    compact = reactive(False)

    def __init__(self) -> None:
        super().__init__()
        self.keys: tuple[tuple[ActiveBinding, str], ...] = ()
        self._under_mouse: ActiveBinding | None = None

    def on_mount(self) -> None:
        """Follow the bindings of the screen."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)

    def on_resize(self) -> None:
        """Other keys may find room."""
        self._take(self.screen)

    def _follow(self, screen: Screen[object]) -> None:
        if screen is self.screen and screen.app.app_focus:
            self._take(screen)

    def _take(self, screen: Screen[object]) -> None:
        """Show other keys, or the same in other words, closer where they would not fit."""
        first: dict[str, ActiveBinding] = {}
        for active in screen.active_bindings.values():
            if active.binding.show:
                first.setdefault(active.binding.action, active)
        called = screen.app.get_key_display
        keys = tuple((active, called(active.binding)) for active in first.values())
        if keys != self.keys:
            self.keys = keys
            self.refresh()
        needed = sum(cells(key, active.binding.description) for active, key in keys)
        self.compact = needed > screen.size.width

    def render(self) -> Content:
        """The keys one after another."""
        return Content.assemble(" " * self.compact, *(drawn for _, drawn in self._drawn()))

    def _drawn(self) -> Iterator[tuple[ActiveBinding, Content]]:
        for active, key in self.keys:
            words = active.binding.description
            if self.compact:
                drawn = Content.assemble((key, _KEY), (f" {words}", _WORDS), " ")
            else:
                drawn = Content.assemble((f" {key} ", _KEY), (f"{words} ", _WORDS))
            if not active.enabled:
                drawn = drawn.stylize("dim")
            yield active, drawn.stylize(_UNDER_MOUSE) if active == self._under_mouse else drawn

    def _at(self, x: int) -> ActiveBinding | None:
        """The key that is drawn at a cell."""
        left = int(self.compact)
        for active, drawn in self._drawn():
            left += width(drawn.plain)
            if x < left:
                return active
        return None

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Lift out the key under the mouse."""
        self._point_at(self._at(event.x))

    def on_leave(self) -> None:
        """Lift out none."""
        self._point_at(None)

    def _point_at(self, active: ActiveBinding | None) -> None:
        if active != self._under_mouse:
            self._under_mouse = active
            self.refresh()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Press the key."""
        active = self._at(event.x)
        if active is None:
            return
        if active.enabled:
            self.app.simulate_key(active.binding.key)
        else:
            self.app.bell()
