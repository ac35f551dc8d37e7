"""其中 and 分别: numbers that divide the one before them, and numbers listed after their words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import replace

from rectify_tui.domain.paragraph import subjects
from rectify_tui.domain.paragraph.clauses import Clause
from rectify_tui.domain.paragraph.groups import Item
from rectify_tui.domain.paragraph.lexer import Sort, Token
from rectify_tui.domain.paragraph.model import Either, Reason, What
from rectify_tui.domain.paragraph.pairing import Mention
from rectify_tui.domain.paragraph.phrases import Says
from rectify_tui.domain.paragraph.rates import RateMention
from rectify_tui.domain.paragraph.words import Word

_MOST_LISTED = 60
_PAIRABLE = (Sort.SAYS, Sort.RATE)
_NAME = re.compile("[一-鿿]{2,10}")
_LINK = re.compile(r"[的有为是达到占共和及与:、,]*")


def with_lists(text: str, clauses: list[Clause], found: list[Item]) -> list[Item]:
    """The same items, marked where they stand after 其中 and paired off after 分别."""
    return _respectively(text, _among(clauses, found))


def _among(clauses: list[Clause], found: list[Item]) -> list[Item]:
    marks: dict[tuple[int, int | None], list[int]] = defaultdict(list)
    for clause in clauses:
        marks[clause.group, clause.aside] += [
            token.start for token in clause.tokens if token.sort is Sort.AMONG
        ]
    begun: set[int] = set()
    result: list[Item] = []
    for item in found:
        inside = marks[item.group, item.aside]
        before = bisect_left(inside, item.mention.token.start)
        mark = inside[before - 1] if before else item.aside
        if mark is None or isinstance(item.mention, RateMention):
            result.append(item)
            continue
        result.append(replace(item, among=True, begins_among=mark not in begun))
        begun.add(mark)
    return result


def _respectively(text: str, found: list[Item]) -> list[Item]:
    """In "已完成、基本完成分别为7项、12项" words and numbers pair off if there are as many.

    So do the names of places, where one word is said of all: 青岛、烟台分别完成45项、38项.
    """
    result = list(found)
    seen: set[int] = set()
    for first, item in enumerate(found):
        clause = item.mention.clause
        if id(clause) in seen:
            continue
        seen.add(id(clause))
        mark = next((t for t in clause.tokens if t.sort is Sort.RESPECTIVELY), None)
        if mark is None:
            continue
        words = [t for t in clause.tokens if t.sort in _PAIRABLE and t.end <= mark.start]
        listed = _listed(result, first, clause, mark)
        if len(listed) < 2 and len(words) < 2:
            continue
        if not words and (pairs := _with_names(text, result, listed, clause, mark)):
            result[listed[0] : listed[-1] + 1] = pairs
            continue
        sure = len(words) == len(listed) and not clause.has(Sort.MODAL)
        sure = sure and _is_bare_list(text, [result[place].mention.token for place in listed], mark)
        for order, place in enumerate(listed):
            says = words[order].says if sure else None
            result[place] = _paired(result[place], says, words)
    return result


def _with_names(
    text: str, items: list[Item], listed: list[int], clause: Clause, mark: Token
) -> list[Item]:
    """The numbers after "青岛、烟台分别完成" with their places; none where they do not pair off."""
    names = re.split("[、和与及]", subjects.clean(clause.plain(text, clause.start, mark.start)))
    first = items[listed[0]].mention
    numbers = [items[place] for place in listed]
    fits = len(names) == len(numbers) and listed[-1] - listed[0] + 1 == len(listed)
    if not fits or not isinstance(first, Mention) or not isinstance(first.says, What):
        return []
    if first.number_first or not all(_NAME.fullmatch(name) for name in names):
        return []
    tokens = [item.mention.token for item in numbers]
    if first.said is None or not _is_bare_list(text, tokens, replace(mark, end=tokens[0].start)):
        return []
    word = Word(first.says, *first.said, closeout=first.closeout)
    return [
        replace(
            item,
            mention=replace(item.count.saying(word), problem=item.count.token.problem),
            subject=name,
            lead=name,
            place=name,
            themed=False,
        )
        for item, name in zip(numbers, names, strict=True)
        if isinstance(item.mention, Mention)
    ]


def _listed(found: list[Item], first: int, clause: Clause, mark: Token) -> list[int]:
    """The numbers after 分别: those of its clause and of the clauses that hold nothing else."""
    listed: list[int] = []
    for place in range(first, min(first + _MOST_LISTED, len(found))):
        mention = found[place].mention
        here = mention.clause
        if here.group != clause.group:
            break
        if mention.token.start < mark.start or (isinstance(mention, Mention) and mention.again):
            continue
        if here is not clause and here.has(Sort.SAYS, Sort.RATE, Sort.REST, Sort.RESPECTIVELY):
            break
        listed.append(place)
    return listed


def _is_bare_list(text: str, tokens: list[Token], mark: Token) -> bool:
    """Whether nothing but list marks stands between the numbers."""
    starts = [mark.end, *(token.end for token in tokens)]
    return all(
        _LINK.fullmatch(text[start : token.start])
        for start, token in zip(starts, tokens, strict=False)
    )


def _paired(item: Item, says: Says | None, words: list[Token]) -> Item:
    mention = item.mention
    problem = mention.token.problem if says is not None else Reason.RESPECTIVELY
    if isinstance(mention, RateMention):
        return replace(item, mention=replace(mention, says=says, problem=problem))
    if isinstance(says, What | Reason | Either):
        mention = mention.saying(Word(says, words[0].start, words[-1].end))
    return replace(item, mention=replace(mention, problem=problem), themed=False)
