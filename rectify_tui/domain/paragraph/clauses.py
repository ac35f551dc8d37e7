"""Tokens to clauses: the stretches between commas, with what stands in brackets set aside."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rectify_tui.domain.paragraph.lexer import Sort, Token

_BREAKS = frozenset({Sort.COMMA, Sort.PAUSE, Sort.SEMICOLON, Sort.STOP})
_LONGEST_ASIDE = 200
_HAN = re.compile(r"[一-鿿]{2}")


@dataclass(slots=True)
class Clause:
    """A stretch of text without breaks.

    `sentence` numbers the sentence, `group` the part between semicolons, counted through. `aside`
    is the place where the bracket opens that the clause stands in. `listed` says that it goes on a
    list (、), `of` that it ends in 中 ("of the 56 items"). `holes` are the brackets inside it.
    """

    start: int
    end: int
    sentence: int
    group: int
    aside: int | None
    listed: bool
    tokens: list[Token] = field(default_factory=list)
    holes: list[tuple[int, int]] = field(default_factory=list)
    of: bool = False
    sorts: set[Sort] = field(default_factory=set)

    def add(self, token: Token) -> None:
        """Put a token at the end."""
        self.tokens.append(token)
        self.sorts.add(token.sort)

    def plain(self, text: str, start: int, end: int) -> str:
        """The text of `start:end` without what stands in brackets."""
        pieces, place = [], start
        for left, right in self.holes:
            if left < end and right > place:
                pieces.append(text[place : max(place, left)])
                place = right
        return "".join([*pieces, text[place:end]])

    def first(self, sort: Sort) -> int:
        """The place of the first token of a sort that is there."""
        return next(token.start for token in self.tokens if token.sort is sort)

    def says_something(self) -> bool:
        """Whether the clause holds a number or a word that says what is counted."""
        return self.has(Sort.COUNT, Sort.PERCENT, Sort.SAYS, Sort.RATE)

    def has(self, *sorts: Sort) -> bool:
        """Whether a token of one of these sorts is there."""
        return not self.sorts.isdisjoint(sorts)


def clauses(text: str, tokens: list[Token]) -> list[Clause]:
    """All clauses in reading order of their beginnings."""
    builder = _Builder(text, _brackets(tokens))
    for token in tokens:
        builder.take(token)
    return builder.finish()


def _brackets(tokens: list[Token]) -> dict[int, int]:
    """Places where brackets open and close; one without its partner close by is none."""
    pairs: dict[int, int] = {}
    opened: list[Token] = []
    for token in tokens:
        if token.sort is Sort.OPEN:
            opened.append(token)
        elif token.sort is Sort.CLOSE and opened:
            start = opened.pop().start
            if token.start - start <= _LONGEST_ASIDE:
                pairs[start] = token.start
    return pairs


class _Builder:
    def __init__(self, text: str, brackets: dict[int, int]) -> None:
        self._text = text
        self._closing = brackets
        self._closes = set(brackets.values())
        self._done: list[Clause] = []
        self._outer: list[tuple[Clause, int]] = []
        self._sentence = self._group = 0
        self._now = Clause(0, 0, 0, 0, None, listed=False)

    def take(self, token: Token) -> None:
        if token.start in self._closing:
            self._outer.append((self._now, len(self._done)))
            self._open(token.end, token.start)
        elif token.start in self._closes:
            self._leave(token)
        elif token.sort in (Sort.OPEN, Sort.CLOSE) or self._breaks(token):
            self._break(token)
        elif token.sort is Sort.OF:
            self._now.of = True
            self._break(token)
        elif token.sort is not Sort.COLON:
            self._now.add(token)

    def finish(self) -> list[Clause]:
        self._close(len(self._text))
        return sorted(self._done, key=lambda clause: clause.start)

    def _breaks(self, token: Token) -> bool:
        if token.sort is Sort.PAUSE:  # a list of names stays whole
            return self._now.has(Sort.COUNT, Sort.PERCENT, Sort.WHOLE)
        if token.sort is Sort.COLON:  # "completed: 24" stays whole
            last = self._now.tokens[-1] if self._now.tokens else None
            joined = (Sort.SAYS, Sort.RATE, Sort.AMONG, Sort.REST, Sort.RESPECTIVELY)
            return not (last and last.end == token.start and last.sort in joined)
        return token.sort in _BREAKS

    def _break(self, token: Token) -> None:
        aside = self._now.aside
        self._close(token.start)
        self._sentence += token.sort is Sort.STOP and aside is None
        self._group += token.sort in (Sort.STOP, Sort.SEMICOLON) and aside is None
        self._open(token.end, aside, listed=token.sort is Sort.PAUSE)

    def _leave(self, token: Token) -> None:
        aside = self._now
        self._close(token.start)
        outer, done_before = self._outer.pop()
        assert aside.aside is not None
        outer.holes.append((aside.aside, token.end))
        self._now = outer
        inside = self._done[done_before:]
        if _is_lone_number(inside) and (
            _wants_number(outer, aside.aside) or self._follows_name(outer, inside[0])
        ):
            for token in self._done.pop().tokens:
                outer.add(token)

    def _follows_name(self, outer: Clause, inside: Clause) -> bool:
        """Whether a name stands before a bracket with nothing but a number: 广东(144个)."""
        number, bracket = inside.tokens[0], inside.start - 1
        if number.sort is not Sort.COUNT or (number.start, number.end) != (
            inside.start,
            inside.end,
        ):
            return False
        last = outer.tokens[-1].end if outer.tokens else outer.start
        return bracket - last > 1 and bool(_HAN.fullmatch(self._text, bracket - 2, bracket))

    def _open(self, start: int, aside: int | None, *, listed: bool = False) -> None:
        self._now = Clause(start, start, self._sentence, self._group, aside, listed=listed)

    def _close(self, end: int) -> None:
        self._now.end = end
        if end > self._now.start or self._now.tokens:
            self._done.append(self._now)


def _is_lone_number(inside: list[Clause]) -> bool:
    lone = ([Sort.COUNT], [Sort.PERCENT])
    return len(inside) == 1 and [token.sort for token in inside[0].tokens] in lone


def _wants_number(outer: Clause, bracket: int) -> bool:
    """Whether the bracket holds the number of the word before it: 已完成（24项）."""
    backwards = (token for token in reversed(outer.tokens) if token.sort is not Sort.MODAL)
    word = next(backwards, None)
    if word is None or word.end != bracket or word.sort not in (Sort.SAYS, Sort.RATE):
        return False
    before = next(backwards, None)
    return before is None or before.sort not in (Sort.COUNT, Sort.PERCENT)
