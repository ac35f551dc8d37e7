"""ASCII signs, for terminals that draw other signs too wide or not at all."""

from __future__ import annotations

from typing import ClassVar

from rich.console import Console, ConsoleOptions, RenderResult
from textual.scrollbar import ScrollBarRender

from rectify_tui.i18n import Language

_SIGNS = str.maketrans({
    "·": "|", "›": ">", "→": "->", "—": "-", "–": "-", "−": "-", "…": "~", "“": '"', "”": '"',
    "‘": "'", "’": "'", "±": "+-", "✓": "+", "÷": "/", "×": "x",
})  # fmt: skip


def plain(text: str) -> str:
    """Text with ASCII signs; letters stay as they are."""
    return text.translate(_SIGNS)


class PlainLanguage(Language):
    """A language whose sentences have no signs of ambiguous width; letters stay as they are."""

    def __call__(self, key: str, /, **params: object) -> str:
        """The sentence behind a key, its blanks filled."""
        return plain(super().__call__(key, **params))


class BlankScrollBar(ScrollBarRender):
    """Scroll bars of coloured blanks; where there are no colours the thumb is in reverse.

    Where all is in sight nothing is drawn, so that a bar may keep its place.
    """

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "] * 8

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The bar, in pieces."""
        return super().__rich_console__(console, options) if self.window_size else ()
