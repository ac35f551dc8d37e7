"""Text as the reader sees it: full-width folded, spaces and quotes gone, offsets kept.

Printed pages break words at line ends and stretch them with spaces, so white space says nothing
between Chinese characters. Between digits it does: there the gap is remembered.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from rectify_tui.domain.script import simplified

_QUOTES = frozenset("“”‘’\"'「」『』《》〈〉﹃﹄﹁﹂＂＇")
_THIN = frozenset("\u00a0\u2009\u202f")
_BLANK = frozenset({"Zs", "Zl", "Zp", "Cc"})


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text and the way back to the original.

    `at[i]` is the place in the original of folded character `i`; `gaps` holds the folded positions
    that white space stood before, `thin` those where it was a narrow or no-break space only;
    `wide` holds the positions of characters that were full-width.
    """

    text: str
    at: tuple[int, ...]
    gaps: frozenset[int]
    thin: frozenset[int]
    wide: frozenset[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original of a non-empty folded slice."""
        return self.at[start], self.at[end - 1] + 1


def fold(text: str) -> Folded:
    """Fold `text`. Any string is fine; traditional characters become simplified ones."""
    characters: list[str] = []
    at: list[int] = []
    gaps: set[int] = set()
    thin: set[int] = set()
    wide: set[int] = set()
    for index, character in enumerate(simplified(text)):
        category = unicodedata.category(character)
        if category in _BLANK:
            (thin if character in _THIN else gaps).add(len(characters))
            continue
        if category == "Cf" or character in _QUOTES or "\ufe00" <= character <= "\ufe0f":
            continue
        if "\uff01" <= character <= "\uff5e":
            wide.add(len(characters))
        characters.append(_folded(character, category))
        at.append(index)
    return Folded(
        "".join(characters), tuple(at), frozenset(gaps), frozenset(thin - gaps), frozenset(wide)
    )


def _folded(character: str, category: str) -> str:
    if category in {"No", "Nl"}:  # ② must not become a digit of the number after it
        return character
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 and not folded.isspace() else character
