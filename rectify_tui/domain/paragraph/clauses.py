"""Tokens to clauses, the stretches between commas, and what the words of a clause say.

What stands in brackets is set aside.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from rectify_tui.domain.paragraph.lexer import Sort, Token
from rectify_tui.domain.paragraph.model import Closeout, Either, Reason, What
from rectify_tui.domain.paragraph.phrases import Says

_BREAKS = frozenset({Sort.COMMA, Sort.PAUSE, Sort.SEMICOLON, Sort.STOP})
_LONGEST_ASIDE = 200
_HAN = re.compile(r"[一-鿿]{2}")


PERCENT_LINK = re.compile(
    r"(?:已|就|均|仅|只有|高?达到?|为|是|有|到|提[高升][到至]|升[到至]|上升[到至]|[:约了近逾超过])*"
)
"""What may stand between the name of a rate and its percentage."""
_DEADLINE = re.compile(
    r"(?:(?:年|月)?底(?:之?前|以前)?|年内|[年月]前|年及?(?:以|之)后|[0-9](?:年|月|日)[底末初中下上]?旬?(?:之?前|以前|内)?)"
    r"(?:全部|要)?$"
)
_AND = re.compile(r"[和或及与、]")
_KEPT_UP = re.compile(r"长期坚持$|立行立改$|未到期$")
_PUSHED = re.compile(
    r"(?:推动|督促|促进|加快|抓紧|早日|尽早|推进|实现)(?:问题|任务|全面|全部|整改)*$"
)
_TARGET = re.compile(r"(?:目标|指标)(?:任务)?(?:为|是|要求)?$")
_ALREADY = re.compile(r"已经?(?:全部|均|都|按期|如期|按时|提前)*$")
_BUT = re.compile("(?:之|以)?外")
_WEAK = (What.IN_PROGRESS, What.REMAINING, Reason.UNCLEAR_WORD)
DONE = (What.COMPLETED, What.BASICALLY_COMPLETED, What.CASES_CLOSED)
_OF_ONE_GROUP = (
    Either(What.COMPLETED, What.BASICALLY_COMPLETED),
    Either(What.ON_SCHEDULE, What.AHEAD),
    Either(What.BEHIND, What.NOT_COMPLETED),
    Either(What.CASES_CLOSED, What.CASES_INTERIM),
    Either(What.SUBSTANTIATED, What.BASICALLY_SUBSTANTIATED),
    Either(What.SUBSTANTIATED, What.PARTLY_SUBSTANTIATED),
)
"""Pairs that may share a number, in whichever order they are written."""
_UNTIL_NOW = re.compile(r"截[至止]|以来")
_CORRECTED = re.compile(r"应(?:更正|修正|订正|改)?为|(?:更正|改正|订正|修正|更改|修改)为")
_MISTAKEN = re.compile(r"有误|误(?:写|报|为|登|作)|笔误")
_NEAR = 40
MOST_TOKENS = 60
"""No clause of this world has more; what has is not read."""
OVERRIDING = (
    Reason.CLOSEOUT,
    Reason.DEADLINE,
    Reason.PLAN,
    Reason.PARTIAL,
    Reason.OTHER_WORK,
)
"""What is said of close-out, plans and the like holds whatever else is said."""


@dataclass(slots=True)
class Clause:
    """A stretch of text without breaks.

    `sentence` numbers the sentence, `group` the part between semicolons, counted through. `aside`
    is the place where the bracket opens that the clause stands in. `listed` says that it goes on a
    list (、), `of` that it ends in 中 ("of the 56 items"). `holes` are the brackets inside it,
    `sorts` has a bit for each sort of token that is there.
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
    sorts: int = 0

    def add(self, token: Token) -> None:
        """Put a token at the end."""
        self.tokens.append(token)
        self.sorts |= 1 << token.sort

    def plain(self, text: str, start: int, end: int) -> str:
        """The text of `start:end` without what stands in brackets."""
        pieces, place = [], start
        for left, right in self.holes:
            if left < end and right > place:
                pieces.append(text[place : max(place, left)])
                place = right
        return "".join([*pieces, text[place:end]])

    def found(self, pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
        """The first place of a pattern that is not in brackets."""
        for match in pattern.finditer(text, self.start, self.end):
            if not any(left <= match.start() < right for left, right in self.holes):
                return match
        return None

    def first(self, sort: Sort) -> int:
        """The place of the first token of a sort that is there."""
        return next(token.start for token in self.tokens if token.sort is sort)

    def says_something(self) -> bool:
        """Whether the clause holds a number or a word that says what is counted."""
        return self.has(Sort.COUNT, Sort.PERCENT, Sort.SAYS, Sort.RATE)

    def has(self, *sorts: Sort) -> bool:
        """Whether a token of one of these sorts is there."""
        return any(self.sorts >> sort & 1 for sort in sorts)


def clauses(text: str, tokens: list[Token]) -> list[Clause]:
    """All clauses in reading order of their beginnings."""
    builder = _Builder(text, _brackets(tokens))
    for token in tokens:
        builder.take(token)
    return [_corrected(text, clause) for clause in builder.finish()]


def _corrected(text: str, clause: Clause) -> Clause:
    """The clause, its numbers marked that it takes back: 已完成54项应为已完成55项."""
    if not clause.has(Sort.COUNT, Sort.PERCENT):
        return clause
    right = clause.found(_CORRECTED, text)
    if right is None and clause.found(_MISTAKEN, text) is None:
        return clause
    until = right.start() if right else clause.end
    clause.tokens = [
        token._replace(problem=Reason.CORRECTED)
        if token.sort in (Sort.COUNT, Sort.PERCENT) and token.end <= until
        else token
        for token in clause.tokens
    ]
    return clause


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
            self._carry_back()
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
        if not _is_lone_number(inside):
            return
        named = self._follows_name(outer, inside[0])
        if named or _wants_number(outer, aside.aside):
            outer.add(self._done.pop().tokens[0])
        if named:  # 江苏(64个)和云南(53个) are two
            self._break(token)

    def _carry_back(self) -> None:
        """In "35项任务、142条措施中" the last word is said of the whole list."""
        listed = self._now
        for before in reversed(self._done):
            if not listed.listed or before.end != listed.start - 1 or before.has(Sort.SAYS):
                return
            before.of, listed = True, before

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


@dataclass(frozen=True, slots=True)
class Word:
    """What one word says, or several directly after each other, read as one.

    `all_from` is the place of 全部 or 均 before it. `closeout` is how far what is completed has
    come on its way off the list.
    """

    says: What | Reason | Either
    start: int
    end: int
    all_from: int | None = None
    closeout: Closeout | None = None


def says_alone(text: str, clause: Clause) -> Word | None:
    """What a clause without a number says, for a number that stands outside it."""
    if clause.has(Sort.COUNT, Sort.PERCENT, Sort.RATE) or len(clause.tokens) > MOST_TOKENS:
        return None
    words = sequence(text, clause, [])
    word = words[0] if len(words) == 1 else None
    if not isinstance(word, Word):
        return None
    return replace(word, all_from=all_before(clause, clause.start, word.start))


def all_before(clause: Clause, start: int, end: int) -> int | None:
    """The place of 全部 or 均 between `start` and `end`."""
    return next(
        (t.start for t in clause.tokens if t.sort is Sort.ALL and start <= t.start < end), None
    )


def sequence(text: str, clause: Clause, held: list[Token]) -> list[Token | Word]:
    """The numbers of a clause, those `held` back left out, and the words between them."""
    parts: list[Token | Word] = []
    words: list[tuple[Says, Token]] = []
    modal: Token | None = None
    for token in [*clause.tokens, None]:
        if token is not None and token.sort is Sort.MODAL:
            modal = token
        elif token is not None and token.sort is Sort.SAYS and token.says is not None:
            if _is_of_percentage(text, clause, token) or _is_of_others(text, words, token):
                continue
            words.append(_in_mood(text, clause, token, modal))
            modal = None
        elif token is None or (token.sort is Sort.COUNT and token not in held):
            if words:
                parts.append(_together(text, words))
            words = []
            modal = modal if modal is not None and modal.says is Reason.PLAN else None
            if token is not None:
                parts.append(token)
    return parts


def _is_of_percentage(text: str, clause: Clause, token: Token) -> bool:
    """In "2164项已完成超过64%" the word speaks of the percentage."""
    after = next((t for t in clause.tokens if t.start >= token.end), None)
    if after is None or after.sort is not Sort.PERCENT:
        return False
    return bool(PERCENT_LINK.fullmatch(clause.plain(text, token.end, after.start)))


def _is_of_others(text: str, words: list[tuple[Says, Token]], token: Token) -> bool:
    """In "除2件阶段性办结外均已办结" the last word speaks of all but the two."""
    return bool(words) and bool(_BUT.match(text, words[-1][1].end, token.start))


def _in_mood(text: str, clause: Clause, token: Token, modal: Token | None) -> tuple[Says, Token]:
    """What is due or planned is not done: 应于年底前完成, 将完成, 2020年底完成的."""
    assert token.says is not None
    written = text[token.start : token.end]
    if token.says not in DONE or written.startswith("已") or "了" in written:
        return token.says, token
    before = text[max(clause.start, token.start - _NEAR) : token.start]
    if _ALREADY.search(before):
        return token.says, token
    if modal is not None and modal.says is not None:
        return modal.says, token._replace(start=modal.start)
    if _PUSHED.search(before) or _TARGET.search(before):
        return Reason.PLAN, token
    if _DEADLINE.search(before) and not _UNTIL_NOW.search(before):
        return Reason.DEADLINE, token
    return token.says, token


def _together(text: str, words: list[tuple[Says, Token]]) -> Word:
    """Words directly after each other as one: 完成整改并通过验收, 达到序时进度并需长期坚持."""
    start, end = words[0][1].start, words[-1][1].end
    says = _without_weak(text, words)
    stages = [each for each in says if isinstance(each, Closeout)]
    rest = [each for each in says if not isinstance(each, Closeout)]
    not_yet = next((what for what in DONE if [what, Reason.CLOSEOUT] == rest), None)
    if not_yet is not None and words[0][1].end == words[1][1].start:
        return Word(not_yet, start, end)  # 完成整改未销号, 已完成整改正在组织验收
    for reason in OVERRIDING:
        if reason in rest:
            return Word(reason, start, end)
    stated = list(dict.fromkeys(each for each in rest if isinstance(each, What | Either)))
    if stages and all(each in DONE for each in stated):
        done = What.COMPLETED if not stated else stated[0]
        return Word(done, start, end, closeout=max(stages, key=list(Closeout).index))
    if not stated:
        reason = next(each for each in rest if isinstance(each, Reason))
        return Word(reason, start, end)
    pair = next((each for each in _OF_ONE_GROUP if {each.first, each.second} == set(stated)), None)
    if pair is not None and _joined(text, words):
        return Word(pair, start, end)
    if len(stated) == 1 or (stated[0] is What.MERGED and not _joined(text, words)):
        return Word(stated[0], start, end)
    return Word(Reason.TWO_STATUSES, start, end)


def _without_weak(text: str, words: list[tuple[Says, Token]]) -> list[Says]:
    """What is said, less the words that only add how it goes on (并需长期坚持, 正在推进)."""
    said = [says for says, _ in words]
    strong = [
        says
        for says, token in words
        if says not in _WEAK and not _KEPT_UP.search(text[token.start : token.end])
    ]
    return strong or said


def _joined(text: str, words: list[tuple[Says, Token]]) -> bool:
    return any(
        _AND.search(text[left.end : right.start]) for (_, left), (_, right) in pairwise(words)
    )
