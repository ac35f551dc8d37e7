"""References to items, such as `HLJ-2018/12` or `HLJ-2018/3-9,14`, as people write them."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from rectify_tui.domain.text import clean, narrow, natural_key, shorten
from rectify_tui.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MAX_CODE = 40
"""The longest programme code, and the longest number of an item, in characters."""
MAX_EXPANDED = 100_000
"""The most numbers that one reference may stand for."""
MAX_TEXT = 100_000

_UPPER = {small: small - 32 for small in range(ord("a"), ord("z") + 1)}
_SIGNS = str.maketrans("、；‐‑‒–—―−", ",;-------")
_CODE = re.compile(r"[^\W_][\w.-]*")
_NUMBER = re.compile(r"\(?[^\W_][\w.()+-]*")
_INTEGERS = re.compile("([0-9]+)-([0-9]+)")
_AROUND_SIGN = re.compile(r" *([/,]) *|(?<=[0-9]) *(-) *(?=[0-9])")
_BETWEEN_REFERENCES = re.compile(r"[ ;]+")
_SHORTEST_RANGE = 3


class NumberRange(NamedTuple):
    """A number, or a range of numbers, of one programme.

    `literal` is what was written: `3-9` may be the range 3 to 9 or the split number 3-9, and only
    the programme knows which. For anything else the three fields are the same.
    """

    first: str
    last: str
    literal: str


class ItemReference(NamedTuple):
    """Items of one programme; without ranges, the programme itself."""

    programme: str
    ranges: tuple[NumberRange, ...] = ()

    def __str__(self) -> str:
        numbers = ",".join(each.literal for each in self.ranges)
        return f"{self.programme}/{numbers}" if numbers else self.programme


def _plain(text: str) -> str:
    return narrow(clean(text, limit=MAX_TEXT)).translate(_SIGNS)


def _shown(text: str) -> str:
    return shorten(text, MAX_CODE)


def read_programme_code(text: str) -> str:
    """The programme code in its one spelling: half-width, ASCII letters in upper case.

    A code has letters (also Chinese), digits, `-`, `_` and `.`, begins with a letter or digit and
    has at most 40 characters. Raises `Problem` for anything else.
    """
    code = _plain(text)
    if len(code) > MAX_CODE:
        raise Problem("reference.code_too_long", code=_shown(code), limit=MAX_CODE)
    if not _CODE.fullmatch(code):
        raise Problem("reference.bad_code", code=code)
    return code.translate(_UPPER)


def read_number(text: str) -> str:
    """The number of an item in its one spelling, such as `12`, `12-2` or `12(+1)`.

    It has letters, digits, `-`, `_`, `.`, `+` and round brackets, begins with a letter,
    digit or bracket and has at most 40 characters. Raises `Problem` for anything else.
    """
    number = _plain(text)
    if len(number) > MAX_CODE:
        raise Problem("reference.number_too_long", number=_shown(number), limit=MAX_CODE)
    if not _NUMBER.fullmatch(number):
        raise Problem("reference.bad_number", number=number)
    return number


def _range(text: str) -> NumberRange:
    literal = read_number(text)
    integers = _INTEGERS.fullmatch(literal)
    first, last = integers.groups() if integers else (literal, literal)
    return NumberRange(first, last, literal)


def read_numbers(text: str) -> tuple[NumberRange, ...]:
    """The numbers and ranges of a list such as `3-9,14`. Raises `Problem` for a bad one."""
    parts = _AROUND_SIGN.sub(r"\1\2", _plain(text)).split(",")
    return tuple(_range(part) for part in parts)


def _parts(text: str) -> Iterator[list[str]]:
    """Every reference of the text as its programme code, followed by its numbers."""
    for group in _BETWEEN_REFERENCES.split(_AROUND_SIGN.sub(r"\1\2", _plain(text)).strip(" ;")):
        current: list[str] = []
        for part in group.split(","):
            if len(current) > 1 and "/" not in part:
                current.append(part)
                continue
            if current:
                yield current
            current = part.split("/")
            if len(current) > 2:
                raise Problem("reference.two_slashes", text=_shown(part))
        yield current


def read_references(text: str | Iterable[str]) -> tuple[ItemReference, ...]:
    """The references in a text, or in several texts, in the order written.

    References are separated by spaces, semicolons or commas, the numbers of one by commas. Full-
    width signs and digits and the Chinese comma are understood; case does not matter in the code.
    Raises `Problem` saying which part is wrong, also where there is no reference at all.
    """
    texts = [text] if isinstance(text, str) else text
    parts = [part for each in texts for part in _parts(each) if part != [""]]
    if not parts:
        raise Problem("reference.empty")
    return tuple(
        ItemReference(read_programme_code(code), tuple(map(_range, numbers)))
        for code, *numbers in parts
    )


def _integers(numbers: NumberRange) -> Iterator[str]:
    """The numbers of a range, with the leading zeros of its first."""
    first, last = int(numbers.first), int(numbers.last)
    if first > last:
        raise Problem("reference.backwards", range=numbers.literal)
    if last - first >= MAX_EXPANDED:
        raise Problem("reference.too_many", range=numbers.literal, limit=MAX_EXPANDED)
    places = len(numbers.first) if numbers.first.startswith("0") else 0
    return (str(number).zfill(places) for number in range(first, last + 1))


def expand(reference: ItemReference, present: Callable[[str], bool]) -> tuple[str, ...]:
    """The numbers that a reference stands for, each once, in the order written.

    `present` tells whether the programme has a number. What looks like a range is taken literally
    where the programme has such a number, and as a range of integers otherwise; whether it has
    those is not asked. A programme alone stands for no number.

    Raises `Problem` for a range that runs backwards and for more than `MAX_EXPANDED` numbers.
    """
    chosen: dict[str, None] = {}
    for each in reference.ranges:
        literally = each.first == each.literal or present(each.literal)
        chosen.update(dict.fromkeys((each.literal,) if literally else _integers(each)))
        if len(chosen) > MAX_EXPANDED:
            raise Problem("reference.too_many", range=_shown(str(reference)), limit=MAX_EXPANDED)
    return tuple(chosen)


def format_reference(programme: str, number: str) -> str:
    """The reference of one item: `HLJ-2018/12`."""
    return f"{programme}/{number}"


def _runs(numbers: Iterable[str]) -> Iterator[str]:
    """Numbers in order, runs of three and more integers as ranges that mean nothing else."""
    given = set(numbers)
    plain = sorted(int(n) for n in given if re.fullmatch("0|[1-9][0-9]*", n))
    written = given.difference(map(str, plain))
    for _, run in groupby(enumerate(plain), lambda pair: pair[1] - pair[0]):
        values = [value for _, value in run]
        text = f"{values[0]}-{values[-1]}"
        if len(values) < _SHORTEST_RANGE or text in given:
            written.update(map(str, values))
        else:
            written.add(text)
    return iter(sorted(written, key=lambda number: (natural_key(number), number)))


def format_references(items: Iterable[tuple[str, str]]) -> str:
    """Compact text for programme codes with numbers: `HLJ-2018/3-9,14 SX-2018/2`.

    Programmes keep the order of their first item; numbers are sorted, each once.
    `read_references` reads it back.
    """
    numbers: dict[str, list[str]] = {}
    for programme, number in items:
        numbers.setdefault(programme, []).append(number)
    return " ".join(f"{code}/{','.join(_runs(of_code))}" for code, of_code in numbers.items())
