"""Chinese names as they are typed with Latin letters: in full, and by their initials."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

_HAN = re.compile("[㐀-鿿]+")
_LATIN = re.compile("[^a-z]")

_WORDS = (("重做", "chongzuo"),)
"""Words of the program's own that the dictionary reads otherwise."""


@dataclass(frozen=True)
class Spelling:
    """How a name is typed: `daqingshi` and `dqs`. What is not Chinese stays, without spaces."""

    full: str
    initials: str


class Speller:
    """Spells names. Characters with several readings are read as in the places that it knows.

    `places` are Chinese names with the English ones, which for most are the official pinyin: 长治
    is Changzhi there, 六安 Lu'an. To make the first one takes time: not on an event loop.
    """

    def __init__(self, places: Iterable[tuple[str, str]] = ()) -> None:
        self._known: dict[str, tuple[str, ...]] = {}
        self._spelled: dict[str, Spelling] = {}
        for name, english in (*_WORDS, *places):
            usual, letters = _usual(name), _letters(english)
            if "".join(usual).startswith(_letters(english.partition(" ")[0])):
                continue  # as nearly all are
            official = _official(name, letters)
            if official != usual[: len(official)]:
                self._known[name[: len(official)]] = official
        longest_first = sorted(self._known, key=len, reverse=True)
        self._place = re.compile("|".join(map(re.escape, longest_first)) or "(?!)")

    def spell(self, text: str) -> Spelling:
        """How a text is typed."""
        spelling = self._spelled.get(text)
        if spelling is None:
            parts = list(self._parts(text.casefold()))
            spelling = Spelling("".join(parts), "".join(part[:1] for part in parts))
            self._spelled[text] = spelling
        return spelling

    def _parts(self, text: str) -> Iterable[str]:
        """The syllables, and what is not Chinese a word at a time."""
        at = 0
        for known in self._place.finditer(text):
            yield from _plain_parts(text[at : known.start()])
            yield from self._known[known[0]]
            at = known.end()
        yield from _plain_parts(text[at:])


def _plain_parts(text: str) -> Iterable[str]:
    at = 0
    for han in _HAN.finditer(text):
        yield from re.findall(r"\w+", text[at : han.start()])
        yield from _usual(han[0])
        at = han.end()
    yield from re.findall(r"\w+", text[at:])


@cache
def _usual(text: str) -> tuple[str, ...]:
    """The syllables as the dictionary has them, whole words read as such."""
    from pypinyin import lazy_pinyin

    return tuple(map(_typed, lazy_pinyin(text)))


def _typed(syllable: str) -> str:
    """A syllable as it is compared: `ü`, which people type as `v` or as `u`, is `u`."""
    return syllable.replace("ü", "u").replace("v", "u")


def _letters(english: str) -> str:
    return _LATIN.sub("", unicodedata.normalize("NFKD", english.casefold()))


def _official(name: str, letters: str) -> tuple[str, ...]:
    """As many of the syllables of a name as the letters of its English name spell in full."""
    from pypinyin import Style, pinyin

    # One by one: a word that the dictionary has would be read as that, and no other way.
    readings = [pinyin(each, style=Style.NORMAL, heteronym=True)[0] for each in name]
    official = _aligned(letters, [[_typed(each) for each in one] for one in readings])
    return official if len(official) > 1 else ()


def _aligned(letters: str, readings: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The readings that follow one another in the letters, as far as that goes."""
    best: tuple[str, ...] = ()
    if readings:
        for syllable in readings[0]:
            if letters.startswith(syllable):
                rest = _aligned(letters[len(syllable) :], readings[1:])
                best = max(best, (syllable, *rest), key=len)
    return best
