"""The words of a clause between its numbers, read as what they say of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from rectify_tui.domain.paragraph.clauses import Clause
from rectify_tui.domain.paragraph.lexer import Sort, Token
from rectify_tui.domain.paragraph.model import Closeout, Either, Reason, What
from rectify_tui.domain.paragraph.phrases import Says

PERCENT_LINK = re.compile(
    r"(?:已|就|均|仅|只有|高?达到?|为|是|有|到|提[高升][到至]|升[到至]|上升[到至]|[:约了近逾超过])*"
)
"""What may stand between the name of a rate and its percentage."""
_DEADLINE = re.compile(
    r"(?:(?:年|月)?底(?:之?前|以前)?|年内|[年月]前|[0-9](?:年|月|日)[底末初中下上]?旬?(?:之?前|以前|内)?)"
    r"(?:全部|要)?$"
)
_AND = re.compile(r"[和或及与、]")
_KEPT_UP = re.compile(r"长期坚持$|立行立改$|未到期$")
_PUSHED = re.compile(
    r"(?:推动|督促|促进|加快|抓紧|早日|尽早|推进|实现)(?:问题|任务|全面|全部|整改)*$"
)
_ALREADY = re.compile(r"已经?(?:全部|均|都|按期|如期|按时|提前)*$")
_WEAK = (What.IN_PROGRESS, What.REMAINING, Reason.UNCLEAR_WORD)
DONE = (What.COMPLETED, What.BASICALLY_COMPLETED, What.CASES_CLOSED)
_OF_ONE_GROUP = (
    {What.COMPLETED, What.BASICALLY_COMPLETED},
    {What.AHEAD, What.ON_SCHEDULE},
    {What.BEHIND, What.NOT_COMPLETED},
    {What.CASES_CLOSED, What.CASES_INTERIM},
)
_UNTIL_NOW = re.compile(r"截[至止]|以来")
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
            if _is_of_percentage(text, clause, token):
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
        return modal.says, replace(token, start=modal.start)
    if _PUSHED.search(before):
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
    if len(stated) == 2 and _joined(text, words) and set(stated) in _OF_ONE_GROUP:
        first, second = stated
        assert isinstance(first, What)
        assert isinstance(second, What)
        return Word(Either(first, second), start, end)
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
