"""Counts in context to figures: totals open scopes, parts join them, places divide them.

What cannot be placed is listed.
"""

from __future__ import annotations

from decimal import Decimal

from rectify_tui.domain.paragraph import subjects
from rectify_tui.domain.paragraph.context import CountInContext
from rectify_tui.domain.paragraph.mentions import Mention, RateMention
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
from rectify_tui.domain.paragraph.phrases import Says
from rectify_tui.domain.paragraph.state import CASE_MEASURES, Draft, Scope, State, is_case
from rectify_tui.domain.paragraph.totals import is_followed, is_total, take_total

_FAR = 3
"""So many sentences before a list of places that is announced may the whole be that it divides."""

_MOST_PLACES = 40
"""All cities of a province, and more."""


def place_all(counts: list[CountInContext]) -> State:
    """Place the mentions of a paragraph, given in reading order."""
    state = State(counts)
    for index, count in enumerate(counts):
        state.scopes.aside = count.aside
        if isinstance(count.mention, RateMention):
            _take_rate(state, count, count.mention)
        else:
            _take_count(state, index)
    return state


def _take_count(state: State, index: int) -> None:
    if not take_place(state, index):
        _take_number(state, index)
    count = state.counts[index]
    noun = subjects.last_noun(count.subject)
    if noun and not count.among:
        state.noun_before = (count.sentence, count.number.token.measure, noun)


def _take_number(state: State, index: int) -> None:
    look_for_nest(state, index)
    count, host = state.counts[index], state.nests.get(index)
    if subjects.names_whole(count.number.lead):
        state.scopes.leave_place()
    mention = count.number
    says = mention.says
    if mention.again:
        take_again(state, count)
    elif mention.problem:
        state.list(count, mention.problem)
    elif host is not None:
        take_nested(state, count, host)
    elif mention.rest and says is None and mention.clause.listed and state.listed_last:
        state.list(count, Reason.BREAKDOWN)  # 水污染23件、噪声19件、其他9件
    elif mention.rest and says is Reason.TWO_STATUSES:
        state.list(count, says)  # 其余42项已经完成或达到时序要求: of two groups
    elif mention.rest:
        take_part(state, count, says if isinstance(says, What) else What.REMAINING)
    elif isinstance(says, What) and _is_of_listed_part(state, index):
        state.list(count, Reason.BREAKDOWN)
    elif isinstance(says, What):
        take_said(state, index, says)
    elif is_total(state, index) if says is None else is_whole(state, count):
        take_total(state, count)
    else:
        state.list(count, says or _why_unsaid(count))


def _is_of_listed_part(state: State, index: int) -> bool:
    """Whether a number is of the one part before it: 其中涉及自然保护区12个，完成12个."""
    count, before = state.counts[index], state.counts[index - 1]
    if not (count.among and before.begins_among) or count.group != before.group:
        return False
    if isinstance(before.mention, RateMention):
        return False
    listed = state.unplaced[-1:] == [(before.number.token, Reason.BREAKDOWN)]
    fits = (count.number.token.value or 0) <= (before.number.token.value or 0)
    return listed and fits and not count.number.number_first


def _why_unsaid(count: CountInContext) -> Reason:
    if count.among:
        return Reason.BREAKDOWN
    return Reason.RECEIVED if subjects.is_received(count.number.lead) else Reason.NO_STATUS


def _take_rate(state: State, count: CountInContext, mention: RateMention) -> None:
    says, token = mention.says, mention.token
    if subjects.names_whole(mention.lead):
        state.scopes.leave_place()
    problem = mention.problem or (says if isinstance(says, Reason) else None)
    if problem is None and says is not None and subjects.is_of_several(mention.lead):
        problem = Reason.UNCLEAR_RATE
    if problem is None and says is None and (before := _rate_of_place_before(state, count)):
        if token.problem is not None:
            state.unplaced.append((token, token.problem))
        else:
            _add_rate(state, count, before.rate_of or What.RATE, count.place, before.within)
        return
    if problem is None and says is not None and _is_of_place(count, mention):
        problem = _take_rate_of_place(state, count, says)
        if problem is None:
            return
    if says is None and problem is None:
        state.ignored.append((token, Kind.SHARE))
    elif problem is not None:
        state.unplaced.append((token, problem))
    elif says is What.RATE:
        _take_share(state, count)
    elif isinstance(says, What):
        scope = state.scopes.latest(count.sentence, count.group, says)
        told = subjects.telling(count.subject) if subjects.names_scope(mention.lead) else ""
        if scope is None or (told and told not in subjects.telling(scope.subject)):
            _add_rate(state, count, says, count.subject, None)
        else:
            _add_rate(state, count, in_scope(says, scope) or says, scope.subject, scope.root, scope)


def _take_rate_of_place(state: State, count: CountInContext, says: Says) -> Reason | None:
    """Place the rate of a place, 合肥市办结率99.3%; why not, where its name is not known."""
    whole = state.scopes.latest(count.sentence, count.group, says)
    if whole is not None:
        _speak_of_place(state, count, whole.measure)
    if not count.place or not isinstance(says, What) or says is What.RATE:
        return Reason.BREAKDOWN
    of = says if whole is None else in_scope(says, whole) or says
    before = _rate_of_place_before(state, count)
    root = before.within if before is not None else None if whole is None else whole.root
    _add_rate(state, count, of, count.place, root)
    return None


def _rate_of_place_before(state: State, count: CountInContext) -> Draft | None:
    """The rate that a bare one of a place goes on from: 合肥市办结率99.3%、芜湖市98.9%."""
    before = state.figures[-1] if state.figures else None
    if before is None or before.what is not What.RATE or not before.place or not count.place:
        return None
    bare = _is_of_place(count, count.mention)
    return before if bare and before.sentence == count.sentence else None


def _is_of_place(count: CountInContext, mention: Mention | RateMention) -> bool:
    """Whether nothing but the name of a place stands before a rate."""
    bare = bool(count.place) and count.place == subjects.clean(mention.lead)
    return bare or subjects.ends_in_place(mention.lead)


def _take_share(state: State, count: CountInContext) -> None:
    """ "占比27%" is the share of the part that was stated just before."""
    part, token = state.last, count.mention.token
    if part is not None and part.what in TOTALS and len(state.figures) > 1:
        before = state.figures[-2]  # "完成45个，占总数50个的90%"
        part = before if before.within is part else part
    if state.listed_last or _ends_list_of_places(state, count):
        state.unplaced.append((token, Reason.UNCLEAR_RATE))
    elif part is None or part.sentence != count.sentence or part.what in TOTALS:
        state.ignored.append((token, Kind.SHARE))
    else:
        _add_rate(state, count, part.what, part.subject, part.within)


def _ends_list_of_places(state: State, count: CountInContext) -> bool:
    """Whether the share is of several places together: 广东(144个)、江苏(64个)，占51.6%."""
    pair = state.figures[-2:]
    places = {draft.place for draft in pair if draft.place and draft.sentence == count.sentence}
    return len(places) == 2 and pair[0].what is pair[1].what


def _add_rate(
    state: State,
    count: CountInContext,
    of: What,
    subject: str,
    within: Draft | None,
    scope: Scope | None = None,
) -> None:
    token = count.mention.token
    assert token.value is not None
    draft = Draft(subject, What.RATE, token.value, token.start, token.end, count.sentence)
    draft.margin = Decimal(1).scaleb(-token.places) / 2
    draft.rate_of, draft.within = of, within
    stated_of = scope if scope is not None else state.last if within is not None else None
    draft.place = count.place or ("" if stated_of is None else stated_of.place)
    state.figures.append(draft)


def take_place(state: State, index: int) -> bool:
    """Place the number of a place; False where it is not one that divides another number."""
    count = state.counts[index]
    mention = count.number
    if not count.bare or mention.problem or mention.rest or mention.again:
        return False
    followed = mention.says is None and _parts_follow(state, index)
    host = _divided(state, index, whole=followed or mention.says is not None)
    state.list_host = host
    if mention.says is None:
        return _take_total_of_place(state, count, host, followed=followed)
    if host is None or not isinstance(mention.says, What) or mention.says is What.DUE:
        return False
    whole = state.scopes.with_root(host)
    what = in_scope(mention.says, whole) if whole is not None else mention.says
    if what is None:
        return False
    draft = state.add(count, what, _subject(count, host), host)
    _keep_whole_near(state, count)
    _speak_of_place(state, count, draft.measure)
    return True


def _speak_of_place(state: State, count: CountInContext, measure: str) -> None:
    """What follows a place of which something was said is of it too: 甲市完成1项，滞后3项."""
    case = subjects.names_cases(count.subject) or measure in CASE_MEASURES
    place = count.place or subjects.clean(count.mention.lead)
    scope = Scope(place, case, measure, None, count.sentence, count.group)
    scope.until_sentence, scope.place, scope.of_list = count.sentence, place, True
    state.scopes.open(scope)


def _keep_whole_near(state: State, count: CountInContext) -> None:
    """What follows a list of places may speak of the whole again."""
    near = state.around(count, What.COMPLETED)
    if near is not None:
        near.touch(count.sentence)


def _take_total_of_place(
    state: State, count: CountInContext, host: Draft | None, *, followed: bool
) -> bool:
    what = host.what if host is not None else state.said_before(count)
    if not followed and (said := _said_of_place_before(state, count, host)):
        if len(said) > 1:
            state.list(count, Reason.NO_STATUS)
            return True
        what = said[0].what
    if what is None and not followed:
        return False
    case = is_case(count) if host is None else host.what is What.CASES_TOTAL
    what = what or (What.CASES_TOTAL if case else What.TOTAL)
    subject = _subject(count, host) if host is not None else count.place + state.noun_near(count)
    draft = state.add(count, what, subject, host)
    if host is not None:
        draft.also, draft.closeout = host.also, host.closeout
    _keep_whole_near(state, count)
    if followed:
        scope = Scope(draft.subject, case, draft.measure, draft, count.sentence, count.group)
        scope.until_sentence, scope.place, scope.of_list = count.sentence, count.place, True
        state.scopes.open(scope)
    return True


def _said_of_place_before(state: State, count: CountInContext, host: Draft | None) -> list[Draft]:
    """What was said of the place before, if no total: 甲市完成2个，乙市1个 is all of completed."""
    said: list[Draft] = []
    for draft in reversed(state.figures):
        new = said and draft.place != said[0].place
        if new or not draft.place or draft.sentence != count.sentence:
            break
        said.append(draft)
    whole = any(draft.what in TOTALS or draft.what is What.RATE for draft in said)
    divides = host is not None and said and any(draft.what is host.what for draft in said)
    return [] if whole or divides else said


def _parts_follow(state: State, index: int) -> bool:
    after = state.counts[index + 1 : index + 2]
    return bool(after) and not after[0].bare and is_followed(state, index)


def _divided(state: State, index: int, *, whole: bool) -> Draft | None:
    """The figure that a list of places divides: the latest that is as large as they are together.

    What has parts of its own, or a word, divides a total.
    """
    count = state.counts[index]
    host = state.divided if state.list_host is None else state.list_host
    announced = count.by_place or state.list_host is not None
    if host is None or host.sentence < count.sentence - (_FAR if announced else 1):
        return None
    if host.measure != count.number.token.measure:
        return None
    needed = (count.number.token.value or 0) if state.list_host else _together(state, index)
    while host.within is not None and host.what not in TOTALS and (whole or host.value < needed):
        host = host.within
    if whole and host.what not in TOTALS:
        return None
    return host if host.value >= (count.number.token.value or 0) else None


def _together(state: State, index: int) -> Decimal:
    """What the places of a list come to, as far as it goes on without words."""
    first = state.counts[index]
    total = Decimal(0)
    for count in state.counts[index : index + _MOST_PLACES]:
        if not count.bare or count.sentence != first.sentence or count.number.says is not None:
            break
        total += count.number.token.value or 0
    return total


def _subject(count: CountInContext, host: Draft | None) -> str:
    """The name of the place with the noun of what is divided: 福州市信访件."""
    return count.place + subjects.last_noun(host.subject if host is not None else "")
