"""Numbers of places and bodies that divide a figure: 其中，福州市1037件；厦门市495件。"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from rectify_tui.domain.paragraph import subjects
from rectify_tui.domain.paragraph.clauses import Clause
from rectify_tui.domain.paragraph.groups import Item
from rectify_tui.domain.paragraph.model import TOTALS, Kind, What
from rectify_tui.domain.paragraph.parts import in_scope
from rectify_tui.domain.paragraph.rates import RateMention
from rectify_tui.domain.paragraph.scopes import Draft, Scope
from rectify_tui.domain.paragraph.state import State, is_case
from rectify_tui.domain.paragraph.totals import is_followed

_SHORT_NAME = re.compile(r"[一-鿿]{2,4}")
_NO_NAME = re.compile(
    r"来[电信访]|电话|网[络上]|微信|水|气|土|噪|声|生态|固废|辐射|海洋|油烟|扬尘|其[他它中]|重[点复]|城镇|农[村业]|工业|生活"
    r"|属实|污染|企业|问题|[级类型批次件条项个]|完成|整改|办结|销号|任务|方面|累计|合计|共计|总计|同比|[已未正在的了]"
)


def with_short_names(text: str, clauses: list[Clause], items: list[Item]) -> list[Item]:
    """Names without an ending (湘潭276件) where the sentence lists places.

    It does when another of its numbers is a place's, or when it speaks of places and has their
    numbers in brackets (3省份，依次是广东(144个)).
    """
    bare = {item.sentence for item in items if item.bare}
    of_places = _sentences_of_places(clauses)
    return [
        _as_place(item)
        if item.sentence in bare or (item.sentence in of_places and _in_bracket(text, item))
        else item
        for item in items
    ]


def _in_bracket(text: str, item: Item) -> bool:
    start = item.mention.token.start
    return text[max(0, start - 1) : start] == "("


def _sentences_of_places(clauses: Iterable[Clause]) -> set[int]:
    return {
        clause.sentence
        for clause in clauses
        if any(token.kind is Kind.PLACES for token in clause.tokens)
    }


def _as_place(item: Item) -> Item:
    mention = item.mention
    if item.place or isinstance(mention, RateMention) or mention.noun or mention.topic:
        return item
    name = subjects.clean(mention.lead)
    known = _NO_NAME.search(name) or subjects.is_enforcement(name)
    if not _SHORT_NAME.fullmatch(name) or known or mention.rest:
        return item
    return replace(item, place=name, bare=True)


def take_place(state: State, index: int) -> bool:
    """Place the number of a place; False where it is not one that divides another number."""
    item = state.items[index]
    mention = item.count
    if not item.bare or mention.problem or mention.rest or mention.again:
        return False
    followed = mention.says is None and _parts_follow(state, index)
    host = _divided(state, item, whole=followed or mention.says is not None)
    if mention.says is None:
        return _take_total_of_place(state, item, host, followed=followed)
    if host is None or not isinstance(mention.says, What) or mention.says is What.DUE:
        return False
    whole = state.scopes.with_root(host)
    what = in_scope(mention.says, whole) if whole is not None else mention.says
    if what is None:
        return False
    state.add(item, what, _subject(item, host), host)
    _keep_whole_near(state, item)
    return True


def _keep_whole_near(state: State, item: Item) -> None:
    """What follows a list of places may speak of the whole again."""
    near = state.around(item, What.COMPLETED)
    if near is not None:
        near.touch(item.sentence)


def _take_total_of_place(state: State, item: Item, host: Draft | None, *, followed: bool) -> bool:
    what = host.what if host is not None else state.said_before(item)
    if what is None and not followed:
        return False
    case = is_case(item) if host is None else host.what is What.CASES_TOTAL
    what = what or (What.CASES_TOTAL if case else What.TOTAL)
    draft = state.add(item, what, _subject(item, host), host)
    if host is not None:
        draft.also, draft.closeout = host.also, host.closeout
    _keep_whole_near(state, item)
    if followed:
        scope = Scope(draft.subject, case, draft.measure, draft, item.sentence, item.group)
        scope.until_sentence, scope.place, scope.of_list = item.sentence, item.place, True
        state.scopes.open(scope)
    return True


def _parts_follow(state: State, index: int) -> bool:
    after = state.items[index + 1 : index + 2]
    return bool(after) and not after[0].bare and is_followed(state, index)


def _divided(state: State, item: Item, *, whole: bool) -> Draft | None:
    """The figure that a list of places divides: the latest, or the total that it belongs to."""
    host = state.divided
    if host is None or host.sentence < item.sentence - 1:
        return None
    if host.measure != item.count.token.measure:
        return None
    while whole and host.within is not None and host.what not in TOTALS:
        host = host.within
    if whole and host.what not in TOTALS:
        return None
    return host if host.value >= (item.count.token.value or 0) else None


def _subject(item: Item, host: Draft | None) -> str:
    """The name of the place with the noun of what is divided: 福州市信访件."""
    return item.place + subjects.last_noun(host.subject if host is not None else "")
