"""Numbers that something is said about: parts of a total, parts of parts, and what is due."""

from __future__ import annotations

from itertools import takewhile

from rectify_tui.domain.paragraph import subjects
from rectify_tui.domain.paragraph.groups import Item
from rectify_tui.domain.paragraph.model import CASE_STATES, FINDINGS, TOTALS, Reason, What
from rectify_tui.domain.paragraph.nesting import nested_after
from rectify_tui.domain.paragraph.scopes import CASE_MEASURES, Draft, Scope
from rectify_tui.domain.paragraph.state import State, is_case
from rectify_tui.domain.paragraph.totals import is_followed, open_inside, restated, take_total
from rectify_tui.domain.paragraph.words import DONE

_OF_ITEMS = {
    What.CASES_CLOSED: What.COMPLETED,
    What.CASES_OPEN: What.IN_PROGRESS,
    What.CASES_INTERIM: None,
}
_OF_CASES = {
    What.COMPLETED: What.CASES_CLOSED,
    What.NOT_COMPLETED: What.CASES_OPEN,
    What.IN_PROGRESS: What.CASES_OPEN,
}


def take_said(state: State, index: int, what: What) -> None:
    """Place a number with its word; one of which all is done is a total as well."""
    item = state.items[index]
    mention = item.count
    whole = mention.number_first and (mention.all_from is not None or item.themed)
    if whole and _stands_alone(state, item, what):
        total = take_total(state, item)
        state.add(item, what, total.subject, total, said=True)
    elif what is What.DUE:
        _take_due(state, index)
    else:
        take_part(state, item, what)


def is_whole(state: State, item: Item) -> bool:
    """Whether "N件已全部转办" names a whole, though what was done to it fits no status."""
    mention = item.count
    named = subjects.names_things(item.subject) or mention.token.measure == "件"
    all_of_it = mention.all_from is not None or mention.says is Reason.NEARLY_ALL
    whole = mention.number_first and all_of_it and named
    return whole and not mention.rest and _stands_alone(state, item, What.COMPLETED)


def take_part(state: State, item: Item, what: What) -> Draft | None:
    """Place a part in the scope it speaks of; what cannot be placed is listed."""
    mention = item.count
    if item.refers_to is not None:
        _open_reference(state, item, item.refers_to)
    around = state.around(item, what)
    if subjects.ends_in_place(mention.lead) and around is not None and around.root is not None:
        state.list(item, Reason.BREAKDOWN)
        return None
    scope = state.find(item, what)
    if scope is None and what in CASE_STATES and mention.token.measure not in CASE_MEASURES:
        scope = state.find(item, What.COMPLETED)  # 办结 is said of items too
    here = state.scopes.of_sentence(item.sentence)
    named = what is What.DUE and subjects.names_things(item.subject)
    if scope is None and here is not None and not subjects.telling(item.subject) and not named:
        wrong = what in CASE_STATES and not here.case
        state.list(item, Reason.CASE_WORD if wrong else Reason.OTHER_MEASURE)
        return None
    if scope is None:
        measure = mention.token.measure
        scope = state.scopes.open(Scope(item.subject, is_case(item), measure, None, item.sentence))
    scope = _large_enough(scope, item)
    counted = in_scope(what, scope)
    if counted is None:
        state.list(item, Reason.CASE_WORD)
        return None
    host = _completed_before(state, scope, item) or scope.root
    draft = state.add(item, counted, _subject_in(scope, item), host, scope=scope)
    scope.touch(item.sentence)
    if mention.topic:
        open_inside(state, item, scope, draft)
    return draft


def in_scope(what: What, scope: Scope) -> What | None:
    """What a word means where cases, or items, are counted; `None` where it means nothing.

    Cases that are put right are closed, items that are closed (办结) are completed. Of the
    substantiated cases some are put right, which is a figure of its own.
    """
    if not scope.case:
        return _OF_ITEMS.get(what, what)
    of_substantiated = scope.root is not None and scope.root.what in FINDINGS
    return what if of_substantiated else _OF_CASES.get(what, what)


def _completed_before(state: State, scope: Scope, item: Item) -> Draft | None:
    """The completed of which those struck off are some: "完成整改25项，销号13项"."""
    if item.count.closeout is None or scope.root is None:
        return None
    value = item.count.token.value or 0
    for draft in reversed(state.figures):
        if draft.sentence < item.sentence - 1:
            return None
        plain = draft.what in DONE and draft.closeout is None and draft.within is scope.root
        if plain and draft.value >= value:
            return draft
    return None


def take_again(state: State, item: Item) -> None:
    """Place the second thing said about a due number: "应完成的20项已全部完成"."""
    last, says = state.last, item.count.says
    if item.count.problem:
        return
    if last is not None and last.start == item.count.token.start and isinstance(says, What):
        state.add(item, says, last.subject, last, said=True)


def take_nested(state: State, item: Item, host: Draft) -> None:
    """Place a number that divides the figure before it."""
    mention = item.count
    what = What.REMAINING if mention.rest and mention.says is None else mention.says
    if isinstance(what, What):
        state.add(item, what, host.subject, host)
    else:
        state.list(item, what or Reason.BREAKDOWN)


def look_for_nest(state: State, index: int) -> None:
    """Find out, at the first number after 其中 or in brackets, what the next ones divide."""
    item, host = state.items[index], state.last
    if not item.begins_among or index in state.nests or host is None:
        return
    if item.count.says is None and not item.count.rest and is_followed(state, index):
        return  # a total of its own: "其中省级问题545个，完成率91%"
    near = host.sentence >= item.sentence - 1
    if near and host.what not in TOTALS and state.scopes.with_root(host) is None:
        state.nests.update(dict.fromkeys(nested_after(state.items, index, host), host))


def _stands_alone(state: State, item: Item, what: What) -> bool:
    """Whether "N项已全部完成" speaks of a whole of its own, not of a part of a known total."""
    if item.among:
        return False
    scope, value = state.find(item, what), item.count.token.value
    if scope is None or scope.root is None or value is None:
        return True
    named = bool(subjects.telling(item.subject))
    if scope.sentence == item.sentence:
        named = named and subjects.names_things(item.subject)
    return named or scope.root.value <= value


def _take_due(state: State, index: int) -> None:
    item = state.items[index]
    if restated(state, item) is not None:
        return
    draft = take_part(state, item, What.DUE)
    if draft is None or item.count.topic:
        return
    scope = state.find(item, What.DUE)
    if scope is not None and scope.root is None:
        scope.root = draft
    else:
        state.nests.update(dict.fromkeys(nested_after(state.items, index + 1, draft), draft))


def _open_reference(state: State, item: Item, what: What) -> None:
    """After "属实的问题中" the parts divide an earlier figure."""
    recent = takewhile(lambda d: d.sentence >= item.sentence - 1, reversed(state.figures))
    earlier = next((draft for draft in recent if draft.what is what), None)
    if earlier is None:
        return
    whole = state.find(item, what)
    if whole is not None and whole.root is not earlier:
        open_inside(state, item, whole, earlier)


def _large_enough(scope: Scope, item: Item) -> Scope:
    """A part larger than the part it seemed to divide is a part of the whole."""
    value = item.count.token.value or 0
    while scope.whole is not None and scope.root is not None and value > scope.root.value:
        scope = scope.whole
    return scope


def _subject_in(scope: Scope, item: Item) -> str:
    """The scope's subject, unless the number has a noun of its own: 24项省级任务."""
    mention = item.count
    middle = "" if mention.says is What.MERGED else mention.middle
    own = subjects.own_subject("", middle, mention.noun)
    told = subjects.telling(own) if subjects.names_things(own) else ""
    known = subjects.telling(scope.subject)
    return own if told and told not in known else scope.subject or item.subject
