"""The filter language of lists: `status:behind region:大庆 due<2020-07 -unit:水务局 free words`."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from rectify_tui.domain.dates import read_period
from rectify_tui.domain.filter import Between, Filter, Op, Term, Value, Words
from rectify_tui.domain.filter_fields import ITEM_FIELDS, SUGGESTED, FieldSpec, Kind
from rectify_tui.domain.reference import read_numbers, read_programme_code, read_references
from rectify_tui.domain.status import read_case_status, read_status
from rectify_tui.domain.text import clean, narrow, shorten
from rectify_tui.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_ORDERED = {Kind.DAYS, Kind.PERCENT, Kind.AMOUNT}
_MISSING = {"none", "无"}
_TOKEN = re.compile(r'(?:"(?:[^"]|"")*+"|“[^”]*”|「[^」]*」|(?P<open>["“「]).*|[^ "“「])+')
_QUOTED = re.compile(r'"((?:[^"]|"")*+)"|“([^”]*)”|「([^」]*)」|["“「](.*)')
_CLOSING = {'"': '"', "“": "”", "「": "」"}
_TERM = re.compile(r"([^\W\d_]\w*)([:：]?(?:[<＜>＞][=＝]?|[=＝≤≥])|[:：])(.*)")
_SIGNS = str.maketrans({"≤": "<=", "≥": ">="})
_ALTERNATIVES = re.compile("[|｜]")
_ANY_OF = re.compile("[|｜,，、]")
_RANGE = re.compile(r"\.\.|．．")
_FIGURES = {
    Kind.PERCENT: re.compile(r"(100|[0-9]{1,2}(?:\.[0-9]{1,9})?)()%?"),
    Kind.AMOUNT: re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,20})?)(元|万元?)?"),
}
_BARE = re.compile(r"[^\W_][\w./()%+-]*")
_YEARS = range(1900, 2200)
_SHOWN_CELLS = 40

# Quoted characters of a term stand in a private plane, where no sign has a meaning and which
# cleaned text does not use.
_PLANE = 0xF0000


def _protected(quoted: re.Match[str]) -> str:
    doubled, *others = quoted.groups(default="")
    text = doubled.replace('""', '"') + "".join(others)
    return "".join(chr(ord(c) + _PLANE) if ord(c) < 0xFFFE else c for c in text)


def _plain(text: str) -> str:
    return clean("".join(chr(ord(c) - _PLANE) if ord(c) >= _PLANE else c for c in text))


def _folded(name: str) -> str:
    return re.sub("[ _-]", "", narrow(name).casefold())


def _near(word: str, known: Iterable[str]) -> str | None:
    from difflib import get_close_matches

    spelled = {_folded(each): each for each in known}
    alike = 0.6 if word.isascii() else 0.5  # of two Chinese characters, one is enough
    nearest = get_close_matches(_folded(word)[:_SHOWN_CELLS], spelled, 1, alike)
    return spelled[nearest[0]] if nearest else None


class _Token(NamedTuple):
    """A term as typed, its place in the text, and the quote that it leaves open."""

    text: str
    start: int
    open: str | None

    def split(self) -> tuple[bool, str, str, str]:
        """Whether it is negated, its key, its sign and the rest; free words have no key."""
        text = _QUOTED.sub(_protected, self.text)
        negated = text.startswith(("-", "!", "－", "！"))
        term = _TERM.fullmatch(text, negated)
        if not term:
            return negated, "", "", text[negated:]
        sign = narrow(term[2]).translate(_SIGNS).lstrip(":") or ":"
        return negated, term[1], sign, term[3]

    def closed(self) -> str:
        return self.text + _CLOSING[self.open] if self.open else self.text

    def problem(self, what: str, near: str | None = None, **params: object) -> Problem:
        if near is not None:
            what, params = f"{what}_near", {"near": near, **params}
        term = shorten(self.text, _SHOWN_CELLS)
        return Problem(f"filter.{what}", term=term, position=self.start + 1, **params)


def _tokens(text: str) -> list[_Token]:
    return [_Token(each[0], each.start(), each["open"]) for each in _TOKEN.finditer(clean(text))]


def _names(fields: Mapping[str, FieldSpec]) -> dict[str, str]:
    return {_folded(name): key for key, spec in fields.items() for name in (key, *spec.aliases)}


def _bounds(kind: Kind, text: str, today: date) -> tuple[Any, Any]:
    """The first and last day that a text names, or twice the figure."""
    if kind is Kind.DAYS:
        first, last = read_period(text, today=today)
        if first.year in _YEARS and last.year in _YEARS:
            return first, last
        raise Problem("dates.unreadable_period", text=text)
    figure = _FIGURES[kind].fullmatch(narrow(text))
    if not figure:
        raise Problem(f"filter.bad_{kind.name.lower()}", text=text)
    number = float(figure[1]) / (10_000 if figure[2] == "元" else 1)
    return number, number


def _read_ordered(kind: Kind, op: Op, ends: list[str], today: date) -> Value:
    low, high = _bounds(kind, ends[0], today)[0], _bounds(kind, ends[-1], today)[1]
    if low > high:
        raise Problem("filter.backwards", first=ends[0], last=ends[-1])
    if op is Op.IS:
        return Between(low, high)
    bound: date | float = low if op in {Op.LT, Op.GE} else high
    return bound


def _read_unordered(spec: FieldSpec, text: str) -> tuple[Value, ...]:
    match spec.kind:
        case Kind.STATUS:
            return (read_status(text),)
        case Kind.CASE_STATUS:
            return (read_case_status(text),)
        case Kind.SUBSTANTIATED:
            from rectify_tui.domain.case_words import read_substantiated

            return (read_substantiated(text),)
        case Kind.TYPES:
            from rectify_tui.domain.case_words import read_pollution_types

            return read_pollution_types(text)
        case Kind.PROGRAMME:
            return (read_programme_code(text),)
        case Kind.NUMBERS:
            return read_numbers(text)
        case Kind.REFERENCES:
            return read_references(text)
        case Kind.WORD:
            raise Problem("filter.bad_word", text=text, words=", ".join(spec.words))
        case _:
            return (text,)


def _read_value(spec: FieldSpec, op: Op, ends: list[str], today: date) -> tuple[Value, ...]:
    words = {_folded(word): values for word, values in spec.words.items()}
    if op is Op.IS and _folded(ends[0]) in words and len(ends) == 1:
        return words[_folded(ends[0])]
    if spec.kind in _ORDERED:
        return (_read_ordered(spec.kind, op, ends, today),)
    return _read_unordered(spec, ends[0])


def _read_values(token: _Token, spec: FieldSpec, op: Op, text: str, today: date) -> Iterator[Value]:
    ordering = op not in {Op.IS, Op.EXACTLY}
    if ordering and spec.kind not in _ORDERED:
        raise token.problem("no_order", name=token.split()[1])
    listed = spec.kind in {Kind.NUMBERS, Kind.REFERENCES}
    parts = [part for part in (_ALTERNATIVES if listed else _ANY_OF).split(text) if _plain(part)]
    if ordering and len(parts) > 1:
        raise token.problem("one_value")
    for part in parts:
        if spec.optional and not ordering and part.casefold() in _MISSING:
            yield None
            continue
        ranged = spec.kind in _ORDERED and not ordering
        ends = [_plain(end) for end in (_RANGE.split(part, 1) if ranged else [part])]
        if not all(ends):
            raise token.problem("unfinished")
        try:
            yield from _read_value(spec, op, ends, today)
        except Problem as why:
            near = _near(ends[0], spec.words or SUGGESTED.get(spec.kind, ()))
            raise token.problem("bad_value", near, why=why) from None


def _read_term(token: _Token, fields: Mapping[str, FieldSpec], today: date) -> Term | Words:
    negated, key, sign, rest = token.split()
    if not key:
        words = tuple(word for each in _ALTERNATIVES.split(rest) if (word := _plain(each)))
        if not words:
            raise token.problem("unfinished")
        return Words(words, negated)
    names = _names(fields)
    if _folded(key) not in names:
        raise token.problem("unknown_key", _near(key, names), name=key)
    name = names[_folded(key)]
    spec, op = fields[name], Op(sign)
    if op is Op.EXACTLY and spec.kind is not Kind.TEXT:
        op = Op.IS
    values = tuple(_read_values(token, spec, op, rest, today))
    if not values:
        raise token.problem("unfinished")
    return Term(name, op, values, negated)


def parse_filter(
    text: str, fields: Mapping[str, FieldSpec], *, today: date, lenient: bool = False
) -> Filter:
    """The filter that a text stands for.

    Terms are separated by spaces and must all be met; `-` or `!` before one negates it.
    `key:value`, `key=value`, `key<value` … compare a field, anything else is looked for in the
    texts. Values are parted by `|` or a comma where any will do; `..` makes a range of days or
    figures; `none` or 无 is a missing value. Double quotes of either language keep spaces and signs
    together; within ASCII ones a doubled quote stands for one. Full-width signs are understood.

    `lenient`, for text that is being typed, leaves out terms without a value. Raises `Problem`
    naming the term and its position for anything that cannot be read.
    """
    terms = []
    for token in _tokens(text):
        try:
            if token.open and not lenient:
                raise token.problem("open_quote")
            terms.append(_read_term(token, fields, today))
        except Problem as problem:
            if not (lenient and problem.key == "filter.unfinished"):
                raise
    return Filter(tuple(terms))


def _quoted(text: str) -> str:
    if _BARE.fullmatch(text) and text.casefold() not in _MISSING:
        return text
    return '"' + text.replace('"', '""') + '"'


def replace_term(
    text: str,
    field: str,
    value: str | Iterable[str] | None,
    fields: Mapping[str, FieldSpec] = ITEM_FIELDS,
) -> str:
    """A typed filter with one field set to a value, or to any of several; None takes it out.

    Every term of the field, by whatever name, gives way to one in the place of the first. The rest
    stays as typed, whether it can be read or not. `none` as a value stands for a missing one.
    """
    names = _names(fields)
    values = [clean(each) for each in ([value] if isinstance(value, str) else value or ())]
    written = [each if each in _MISSING else _quoted(each) for each in values if each]
    new = [f"{field}:{'|'.join(written)}"] if written else []
    texts: list[str] = []
    for token in _tokens(text):
        if names.get(_folded(token.split()[1])) == field:
            texts, new = texts + new, []
        else:
            texts.append(token.closed())
    return " ".join(texts + new)


def in_chinese(text: str, fields: Mapping[str, FieldSpec]) -> str:
    """A filter with fields and their fixed values as they are called in Chinese.

    What is in Chinese already, or has no such name, stays as typed.
    """
    return " ".join(_chinese_term(token, fields) for token in _tokens(text))


def _chinese_term(token: _Token, fields: Mapping[str, FieldSpec]) -> str:
    negated, key, _, _ = token.split()
    name = _names(fields).get(_folded(key))
    if name is None:
        return token.closed()
    spec, whole = fields[name], token.closed()
    called = key if not key.isascii() else next(filter(_chinese, spec.aliases), key)
    start = int(negated) + len(key)
    sign, values = whole[start : start + 1], whole[start + 1 :]
    words = _chinese_words(spec)
    values = "|".join(words.get(value, value) for value in values.split("|"))
    return f"{whole[: int(negated)]}{called}{sign}{values}"


def _chinese(word: str) -> bool:
    return not word.isascii()


def _chinese_words(spec: FieldSpec) -> dict[str, str]:
    """The fixed values of a field as programs know them, with their names in Chinese."""
    if spec.kind in (Kind.STATUS, Kind.CASE_STATUS):
        known = SUGGESTED[spec.kind]
        return dict(zip(known[: len(known) // 2], known[len(known) // 2 :], strict=True))
    chinese = {
        meaning: word for word, meaning in reversed(list(spec.words.items())) if _chinese(word)
    }
    return {word: chinese[meaning] for word, meaning in spec.words.items() if meaning in chinese}
