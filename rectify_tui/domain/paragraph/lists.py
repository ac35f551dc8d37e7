"""Numbers in lists: after 其中, after 分别, and those of places (长沙市812件、湘潭276件)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from rectify_tui.domain.paragraph import subjects
from rectify_tui.domain.paragraph.clauses import Clause, Word
from rectify_tui.domain.paragraph.context import CountInContext
from rectify_tui.domain.paragraph.lexer import Sort, Token
from rectify_tui.domain.paragraph.mentions import Mention, RateMention
from rectify_tui.domain.paragraph.model import Either, Kind, Reason, What
from rectify_tui.domain.paragraph.phrases import Says

_MOST_LISTED = 60
_TOGETHER = re.compile("(?:共计?|合计|总计)$")
_PAIRABLE = (Sort.SAYS, Sort.RATE)
_OWN_NAME = re.compile("[是为有:、,;]*[一-鿿]{2,10}")
_NAME = re.compile("[一-鿿]{2,10}")
_LINK = re.compile(r"[的有为是达到占共和及与:、,]*")
_SHORT_NAME = re.compile(r"[一-鿿]{2,4}")
_NO_NAME = re.compile(
    r"来[电信访]|电话|网[络上]|微信|水|气|土|噪|声|生态|固废|辐射|海洋|油烟|扬尘|其[他它中]|重[点复]|城镇|农[村业]|工业|生活"
    r"|属实|污染|企业|问题|[级类型批次件条项个]|完成|整改|办结|销号|任务|方面|累计|合计|共计|总计|同比|[已未正在的了]"
)


def with_lists(
    text: str, clauses: list[Clause], counts: list[CountInContext]
) -> list[CountInContext]:
    """The same counts, marked where they stand after 其中 and paired off after 分别."""
    return _respectively(text, _one_for_several(clauses, _among(clauses, counts)))


def _one_for_several(clauses: list[Clause], counts: list[CountInContext]) -> list[CountInContext]:
    """In "其余两项分别达到序时进度、未达序时进度" the number is of several words together."""
    following = {
        before.start: clause
        for before, clause in pairwise(clauses)
        if clause.listed and clause.has(Sort.SAYS) and not clause.has(Sort.COUNT)
    }
    result: list[CountInContext] = []
    for count in counts:
        mention = count.mention
        if isinstance(mention, Mention) and mention.said and mention.clause.start in following:
            between = range(mention.token.end, mention.said[0])
            marks = (t for t in mention.clause.tokens if t.sort is Sort.RESPECTIVELY)
            if any(mark.start in between for mark in marks):
                count = replace(count, mention=replace(mention, problem=Reason.RESPECTIVELY))
        result.append(count)
    return result


def _among(clauses: list[Clause], counts: list[CountInContext]) -> list[CountInContext]:
    marks: dict[tuple[int, int | None], list[int]] = defaultdict(list)
    for clause in clauses:
        marks[clause.group, clause.aside] += [
            token.start for token in clause.tokens if token.sort is Sort.AMONG
        ]
    begun: set[int] = set()
    result: list[CountInContext] = []
    for count in counts:
        inside = marks[count.group, count.aside]
        before = bisect_left(inside, count.mention.token.start)
        mark = inside[before - 1] if before else count.aside
        if mark is None or isinstance(count.mention, RateMention):
            result.append(count)
            continue
        result.append(replace(count, among=True, begins_among=mark not in begun))
        begun.add(mark)
    return result


def _respectively(text: str, counts: list[CountInContext]) -> list[CountInContext]:
    """In "已完成、基本完成分别为7项、12项" words and numbers pair off if there are as many.

    So do the names of places, where one word is said of all: 青岛、烟台分别完成45项、38项.
    """
    result = list(counts)
    seen: set[int] = set()
    for first, count in enumerate(counts):
        clause = count.mention.clause
        if id(clause) in seen:
            continue
        seen.add(id(clause))
        mark = next((t for t in clause.tokens if t.sort is Sort.RESPECTIVELY), None)
        if mark is None:
            continue
        words = [t for t in clause.tokens if t.sort in _PAIRABLE and t.end <= mark.start]
        listed = _listed(text, result, first, clause, mark)
        if len(listed) < 2 and len(words) < 2:
            continue
        tokens = [result[place].mention.token for place in listed]
        if not words and _are_named(text, tokens, mark):
            continue
        if not words and (pairs := _with_names(text, result, listed, clause, mark)):
            result[listed[0] : listed[-1] + 1] = pairs
            continue
        if len(words) == 1 and (rates := _rates_with_names(text, result, listed, clause, words[0])):
            result[listed[0] : listed[-1] + 1] = rates
            continue
        sure = len(words) == len(listed) and not clause.has(Sort.MODAL)
        sure = sure and _is_bare_list(text, tokens, mark)
        for order, place in enumerate(listed):
            says = words[order].says if sure else None
            result[place] = _paired(result[place], says, words)
    return result


def _with_names(
    text: str, counts: list[CountInContext], listed: list[int], clause: Clause, mark: Token
) -> list[CountInContext]:
    """The numbers after "青岛、烟台分别完成" with their places; none where they do not pair off."""
    names = re.split("[、和与及]", subjects.clean(clause.plain(text, clause.start, mark.start)))
    first = counts[listed[0]].mention
    numbers = [counts[place] for place in listed]
    fits = len(names) == len(numbers) and listed[-1] - listed[0] + 1 == len(listed)
    if not fits or not isinstance(first, Mention) or not isinstance(first.says, What):
        return []
    if first.number_first or not all(_NAME.fullmatch(name) for name in names):
        return []
    tokens = [count.mention.token for count in numbers]
    if first.said is None or not _is_bare_list(text, tokens, mark._replace(end=tokens[0].start)):
        return []
    word = Word(first.says, *first.said, closeout=first.closeout)
    return [
        replace(
            count,
            mention=replace(count.number.saying(word), problem=count.number.token.problem),
            subject=name,
            lead=name,
            place=name,
            themed=False,
        )
        for count, name in zip(numbers, names, strict=True)
        if isinstance(count.mention, Mention)
    ]


def _rates_with_names(
    text: str, counts: list[CountInContext], listed: list[int], clause: Clause, rate: Token
) -> list[CountInContext]:
    """The rates after "青岛、烟台办结率分别为" by place; none where they do not pair off."""
    lead = subjects.clean(clause.plain(text, clause.start, rate.start))
    names = re.split("[、和与及]", lead.removesuffix(subjects.last_noun(lead)))
    rates = [counts[place] for place in listed]
    fits = len(names) == len(rates) == listed[-1] - listed[0] + 1 > 1
    if not fits or rate.sort is not Sort.RATE or not all(_NAME.fullmatch(name) for name in names):
        return []
    tokens = [count.mention.token for count in rates]
    if not _is_bare_list(text, tokens, rate._replace(end=tokens[0].start)):
        return []
    return [
        replace(
            count,
            mention=replace(
                count.mention, says=rate.says, lead=name, problem=count.mention.token.problem
            ),
            subject=name,
            lead=name,
            place=name,
        )
        for count, name in zip(rates, names, strict=True)
        if isinstance(count.mention, RateMention)
    ]


def _listed(
    text: str, counts: list[CountInContext], first: int, clause: Clause, mark: Token
) -> list[int]:
    """The numbers after 分别: those of its clause and of the clauses that hold nothing else."""
    listed: list[int] = []
    for place in range(first, min(first + _MOST_LISTED, len(counts))):
        mention = counts[place].mention
        here = mention.clause
        if here.group != clause.group:
            break
        if mention.token.start < mark.start or (isinstance(mention, Mention) and mention.again):
            continue
        if _sums_up(text, mention.token):  # 分别收到两批信访件共13件
            break
        if here is not clause and here.has(Sort.SAYS, Sort.RATE, Sort.REST, Sort.RESPECTIVELY):
            break
        listed.append(place)
    return listed


def _are_named(text: str, tokens: list[Token], mark: Token) -> bool:
    """Whether each number has a name of its own: 分别是滕州市4件、薛城区3件."""
    starts = [mark.end, *(token.end for token in tokens)]
    return all(
        _OWN_NAME.fullmatch(text[start : token.start])
        for start, token in zip(starts, tokens, strict=False)
    )


def _sums_up(text: str, token: Token) -> bool:
    return bool(_TOGETHER.search(text, max(0, token.start - 2), token.start))


def _is_bare_list(text: str, tokens: list[Token], mark: Token) -> bool:
    """Whether nothing but list marks stands between the numbers."""
    starts = [mark.end, *(token.end for token in tokens)]
    return all(
        _LINK.fullmatch(text[start : token.start])
        for start, token in zip(starts, tokens, strict=False)
    )


def _paired(count: CountInContext, says: Says | None, words: list[Token]) -> CountInContext:
    mention = count.mention
    problem = mention.token.problem if says is not None else Reason.RESPECTIVELY
    if isinstance(mention, RateMention):
        return replace(count, mention=replace(mention, says=says, problem=problem))
    if isinstance(says, What | Reason | Either):
        mention = mention.saying(Word(says, words[0].start, words[-1].end))
    return replace(count, mention=replace(mention, problem=problem), themed=False)


def with_short_names(
    text: str, clauses: list[Clause], counts: list[CountInContext]
) -> list[CountInContext]:
    """Names without an ending (湘潭276件) where the sentence lists places.

    It does when another of its numbers is a place's, or when it speaks of places and has their
    numbers in brackets (3省份，依次是广东(144个)).
    """
    bare = {count.sentence for count in counts if count.bare}
    of_places = _sentences_of_places(clauses)
    return [
        _as_place(count)
        if count.sentence in bare or (count.sentence in of_places and _in_bracket(text, count))
        else count
        for count in counts
    ]


def _in_bracket(text: str, count: CountInContext) -> bool:
    start = count.mention.token.start
    return text[max(0, start - 1) : start] == "("


def _sentences_of_places(clauses: Iterable[Clause]) -> set[int]:
    return {
        clause.sentence
        for clause in clauses
        if any(token.kind is Kind.PLACES for token in clause.tokens)
    }


def _as_place(count: CountInContext) -> CountInContext:
    mention = count.mention
    if count.place or isinstance(mention, RateMention) or mention.noun or mention.topic:
        return count
    name = subjects.clean(mention.lead)
    known = _NO_NAME.search(name) or subjects.is_enforcement(name) or subjects.names_scope(name)
    if not _SHORT_NAME.fullmatch(name) or known or mention.rest:
        return count
    return replace(count, place=name, bare=True)
