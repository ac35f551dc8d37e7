"""Languages as screens speak them: with ASCII signs only, and of keys instead of commands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from rich.console import Console, ConsoleOptions, RenderResult
from textual.scrollbar import ScrollBarRender

from rectify_tui.i18n import Language, known

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


class KeyLanguage(Language):
    """A language with the dashboard's own words for what the core says of commands.

    They stand under `tui.instead`; `keys` are their blanks, beside those of the sentence itself.
    """

    def __init__(self, t: Language, keys: Mapping[str, str]) -> None:
        super().__init__(t.code)
        self.ascii = isinstance(t, PlainLanguage)
        self._t = t
        self._keys = keys

    def __call__(self, key: str, /, **params: object) -> str:
        """The sentence behind a key, its blanks filled."""
        told = {name: self._shown(value) for name, value in params.items()}
        instead = f"tui.instead.{key}"
        if known(instead):
            return self._t(instead, **{**self._keys, **told})
        return self._t(key, **told)


def is_ascii(t: Language) -> bool:
    """Whether a language has ASCII signs only."""
    return t.ascii if isinstance(t, KeyLanguage) else isinstance(t, PlainLanguage)


class BlankScrollBar(ScrollBarRender):
    """Scroll bars of coloured blanks; where there are no colours the thumb is in reverse.

    Where all is in sight nothing is drawn, so that a bar may keep its place.
    """

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "] * 8

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The bar, in pieces."""
        return super().__rich_console__(console, options) if self.window_size else ()
