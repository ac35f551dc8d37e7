"""Mentions to figures: totals open a scope, parts join one, and what cannot be placed is listed."""

from __future__ import annotations

from decimal import Decimal

from rectify_tui.domain.paragraph import subjects
from rectify_tui.domain.paragraph.breakdown import take_place
from rectify_tui.domain.paragraph.groups import Item
from rectify_tui.domain.paragraph.model import TOTALS, Kind, Reason, What
from rectify_tui.domain.paragraph.parts import (
    in_scope,
    is_whole,
    look_for_nest,
    take_again,
    take_nested,
    take_part,
    take_said,
)
from rectify_tui.domain.paragraph.rates import RateMention
from rectify_tui.domain.paragraph.scopes import Draft, Scope
from rectify_tui.domain.paragraph.state import State
from rectify_tui.domain.paragraph.totals import is_total, take_total


def place_all(items: list[Item]) -> State:
    """Place the mentions of a paragraph, given in reading order."""
    state = State(items)
    for index, item in enumerate(items):
        state.scopes.aside = item.aside
        if isinstance(item.mention, RateMention):
            _take_rate(state, item, item.mention)
        else:
            _take_count(state, index)
    return state


def _take_count(state: State, index: int) -> None:
    if not take_place(state, index):
        _take_number(state, index)
    item = state.items[index]
    noun = subjects.last_noun(item.subject)
    if noun and not item.among:
        state.noun_before = (item.sentence, item.count.token.measure, noun)


def _take_number(state: State, index: int) -> None:
    look_for_nest(state, index)
    item, host = state.items[index], state.nests.get(index)
    mention = item.count
    says = mention.says
    if mention.again:
        take_again(state, item)
    elif mention.problem:
        state.list(item, mention.problem)
    elif host is not None:
        take_nested(state, item, host)
    elif mention.rest:
        take_part(state, item, says if isinstance(says, What) else What.REMAINING)
    elif isinstance(says, What):
        take_said(state, index, says)
    elif is_total(state, index) if says is None else is_whole(state, item):
        take_total(state, item)
    else:
        state.list(item, says or _why_unsaid(item))


def _why_unsaid(item: Item) -> Reason:
    if item.among:
        return Reason.BREAKDOWN
    return Reason.RECEIVED if subjects.is_received(item.count.lead) else Reason.NO_STATUS


def _take_rate(state: State, item: Item, mention: RateMention) -> None:
    says, token = mention.says, mention.token
    problem = mention.problem or (says if isinstance(says, Reason) else None)
    if problem is None and subjects.ends_in_place(mention.lead):
        problem = Reason.BREAKDOWN
    if says is None and problem is None:
        state.ignored.append((token, Kind.SHARE))
    elif problem is not None:
        state.unplaced.append((token, problem))
    elif says is What.RATE:
        _take_share(state, item)
    elif isinstance(says, What):
        scope = state.scopes.latest(item.sentence, item.group, says)
        told = subjects.telling(item.subject) if subjects.names_scope(mention.lead) else ""
        if scope is None or (told and told not in subjects.telling(scope.subject)):
            _add_rate(state, item, says, item.subject, None)
        else:
            _add_rate(state, item, in_scope(says, scope) or says, scope.subject, scope.root, scope)


def _take_share(state: State, item: Item) -> None:
    """ "占比27%" is the share of the part that was stated just before."""
    part, token = state.last, item.mention.token
    if part is not None and part.what in TOTALS and len(state.figures) > 1:
        before = state.figures[-2]  # "完成45个，占总数50个的90%"
        part = before if before.within is part else part
    if state.listed_last or _ends_list_of_places(state, item):
        state.unplaced.append((token, Reason.UNCLEAR_RATE))
    elif part is None or part.sentence != item.sentence or part.what in TOTALS:
        state.ignored.append((token, Kind.SHARE))
    else:
        _add_rate(state, item, part.what, part.subject, part.within)


def _ends_list_of_places(state: State, item: Item) -> bool:
    """Whether the share is of several places together: 广东(144个)、江苏(64个)，占51.6%."""
    pair = state.figures[-2:]
    places = {draft.place for draft in pair if draft.place and draft.sentence == item.sentence}
    return len(places) == 2 and pair[0].what is pair[1].what


def _add_rate(
    state: State,
    item: Item,
    of: What,
    subject: str,
    within: Draft | None,
    scope: Scope | None = None,
) -> None:
    token = item.mention.token
    assert token.value is not None
    draft = Draft(subject, What.RATE, token.value, token.start, token.end, item.sentence)
    draft.margin = Decimal(1).scaleb(-token.places) / 2
    draft.rate_of, draft.within = of, within
    stated_of = scope if scope is not None else state.last if within is not None else None
    draft.place = item.place or ("" if stated_of is None else stated_of.place)
    state.figures.append(draft)
