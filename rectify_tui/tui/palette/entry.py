"""One thing that can be done or gone to by name, and which of many a text asks for."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from rectify_tui.domain.pinyin import Speller

MOST = 80
"""Entries that are shown at a time."""


class Entry(NamedTuple):
    """What is done, under a name that stays the same `id` for those that were used lately.

    `where` says on which screen or of what kind, `keys` what one presses for it, `also` other names
    that find it, `reason` why it cannot be done now, `group` under which title it stands in a list
    that has titles. A `quiet` one is only there once something is typed.
    """

    id: str
    text: str
    run: Callable[[], None]
    where: str = ""
    keys: str = ""
    also: tuple[str, ...] = ()
    reason: str | None = None
    group: str = ""
    quiet: bool = False


def find(
    entries: Sequence[Entry], text: str, recent: Sequence[str] = (), speller: Speller | None = None
) -> list[Entry]:
    """The entries that a text asks for, the nearest first, of equals those used lately.

    Every word of the text must fit a name, its pinyin or the initials of that. Without a text all
    but the quiet ones stand as they are, after those used lately.
    """
    words = unicodedata.normalize("NFKC", text).casefold().split()
    ages = {id: age for age, id in enumerate(recent)}
    found = []
    for place, entry in enumerate(entries):
        far = max((_distance(entry, word, speller) for word in words), default=0)
        age = ages.get(entry.id, len(ages))
        wanted = words or not entry.quiet or entry.id in ages
        if far < _TOO_FAR and wanted:
            found.append((far, age, place))
    return [entries[place] for _, _, place in sorted(found)[:MOST]]


_OF_KIND, _TOO_FAR = 8, 9


def _distance(entry: Entry, word: str, speller: Speller | None) -> int:
    """How far a word is from the names of an entry: 0 is one of them, `_TOO_FAR` none.

    Of what kind it is, or on which screen, is farther than every name.
    """
    near = min(_from_name(name, word, speller) for name in (entry.text, *entry.also))
    if near < _TOO_FAR or _from_name(entry.where, word, speller) == _TOO_FAR:
        return near
    return _OF_KIND


def _from_name(name: str, word: str, speller: Speller | None) -> int:
    small = name.casefold()
    if small == word:
        return 0
    if small.startswith(word):
        return 1
    if word in small:
        return 3
    if speller is None or not word.isascii() or name.isascii():
        return _TOO_FAR
    spelling, typed = speller.spell(name), word.replace("v", "u")
    if word == spelling.initials or typed == spelling.full:
        return 1
    if spelling.initials.startswith(word) or spelling.full.startswith(typed):
        return 2
    within = word in spelling.initials or typed in spelling.full
    return 4 if len(word) > 1 and within else _TOO_FAR


def grouped(entries: Iterable[Entry]) -> list[tuple[str, list[Entry]]]:
    """The entries under the titles of their groups, as they come."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.group, []).append(entry)
    return list(groups.items())
