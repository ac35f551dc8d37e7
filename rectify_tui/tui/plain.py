"""Languages as screens speak them: with ASCII signs only, and of keys instead of commands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

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

    def __init__(self, code: str, keys: Mapping[str, str]) -> None:
        super().__init__(code)
        self._keys = keys

    def __call__(self, key: str, /, **params: object) -> str:
        """The sentence behind a key, its blanks filled."""
        instead = f"tui.instead.{key}"
        if known(instead):
            return super().__call__(instead, **{**self._keys, **params})
        return super().__call__(key, **params)


class PlainKeyLanguage(KeyLanguage, PlainLanguage):
    """Both."""


class BlankScrollBar(ScrollBarRender):
    """Scroll bars of coloured blanks; where there are no colours the thumb is in reverse."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "] * 8
