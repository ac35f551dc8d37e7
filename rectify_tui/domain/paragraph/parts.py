"""Numbers that something is said about: parts of a total, parts of parts, and what is due."""

from __future__ import annotations

from decimal import Decimal
from itertools import takewhile

from rectify_tui.domain.paragraph import subjects
from rectify_tui.domain.paragraph.clauses import DONE
from rectify_tui.domain.paragraph.context import CountInContext
from rectify_tui.domain.paragraph.mentions import Mention
from rectify_tui.domain.paragraph.model import CASE_STATES, FINDINGS, TOTALS, Reason, What
from rectify_tui.domain.paragraph.state import CASE_MEASURES, Draft, Scope, State, is_case
from rectify_tui.domain.paragraph.totals import is_followed, open_inside, restated, take_total

_FAR = 80


_OF_ITEMS = {
    What.CASES_CLOSED: What.COMPLETED,
    What.CASES_OPEN: What.IN_PROGRESS,
    What.CASES_INTERIM: None,
}
_WITH_A_SCHEDULE = (What.ON_SCHEDULE, What.AHEAD)
_OF_CASES = {
    What.COMPLETED: What.CASES_CLOSED,
    What.NOT_COMPLETED: What.CASES_OPEN,
    What.IN_PROGRESS: What.CASES_OPEN,
}


def nested_after(counts: list[CountInContext], index: int, host: Draft) -> list[int]:
    """Positions from `index` on of the numbers that are part of `host`.

    In brackets all of them are. After 其中 the first is; more follow it while they have the status
    of the host, or if together they make up the host exactly. After a due number they are only if
    they make it up exactly.
    """
    run = _run(counts, index)
    if not run:
        return []
    first = counts[run[0]]
    if first.aside is not None:
        return run
    if host.what is What.DUE:
        return _making_up(counts, run, host.value) or []
    if (first.number.token.value or 0) > host.value:
        return []
    if not isinstance(first.number.says, What):
        return _while(counts, run, None)
    if first.number.says is host.what:
        return _while(counts, run, host.what)
    return _making_up(counts, run, host.value) or run[:1]


def _run(counts: list[CountInContext], index: int) -> list[int]:
    run: list[int] = []
    for place in range(index, min(index + _FAR, len(counts))):
        count, start = counts[place], counts[index]
        if (count.group, count.aside) != (start.group, start.aside):
            if count.aside is not None and start.aside is None:
                continue
            break
        if isinstance(count.mention, Mention):
            run.append(place)
    return run


def _while(counts: list[CountInContext], run: list[int], what: What | None) -> list[int]:
    kept: list[int] = []
    for place in run:
        says = counts[place].number.says
        if isinstance(says, What) and says is not what:
            break
        kept.append(place)
    return kept


def _making_up(counts: list[CountInContext], run: list[int], whole: Decimal) -> list[int] | None:
    total = Decimal(0)
    for length, place in enumerate(run, 1):
        mention = counts[place].number
        if not isinstance(mention.says, What) and not mention.rest:
            return None
        total += mention.token.value or 0
        if total == whole:
            return run[:length]
    return None


def take_said(state: State, index: int, what: What) -> None:
    """Place a number with its word; one of which all is done is a total as well."""
    count = state.counts[index]
    mention = count.number
    whole = mention.number_first and (mention.all_from is not None or count.themed)
    if whole and _stands_alone(state, count, what):
        total = take_total(state, count)
        state.add(count, what, total.subject, total, said=True)
    elif what is What.DUE:
        _take_due(state, index)
    else:
        take_part(state, count, what)


def is_whole(state: State, count: CountInContext) -> bool:
    """Whether "N件已全部转办" names a whole, though what was done to it fits no status."""
    mention = count.number
    named = subjects.names_things(count.subject) or mention.token.measure == "件"
    all_of_it = mention.all_from is not None or mention.says is Reason.NEARLY_ALL
    whole = mention.number_first and all_of_it and named
    return whole and not mention.rest and _stands_alone(state, count, What.COMPLETED)


def take_part(state: State, count: CountInContext, what: What) -> Draft | None:
    """Place a part in the scope it speaks of; what cannot be placed is listed."""
    mention = count.number
    if count.refers_to is not None:
        _open_reference(state, count, count.refers_to)
    around = state.around(count, what)
    of_level = not mention.number_first and subjects.ends_in_level(mention.lead)
    of_level = of_level or subjects.ends_in_year(mention.lead)
    divides = of_level or subjects.ends_in_place(mention.lead)
    if divides and around is not None and around.root is not None:
        state.list(count, Reason.BREAKDOWN)
        return None
    scope = state.find(count, what)
    of_cases = what in CASE_STATES and mention.token.measure in CASE_MEASURES
    if scope is None and what in CASE_STATES and not of_cases:
        scope = state.find(count, What.COMPLETED)  # 办结 is said of items too
    here = state.scopes.of_sentence(count.sentence)
    named = of_cases or (what is What.DUE and subjects.names_things(count.subject))
    if scope is None and here is not None and not subjects.telling(count.subject) and not named:
        wrong = what in CASE_STATES and not here.case
        state.list(count, Reason.CASE_WORD if wrong else Reason.OTHER_MEASURE)
        return None
    if scope is None:
        measure = mention.token.measure
        scope = Scope(count.subject, is_case(count), measure, None, count.sentence)
        scope.place = count.place
        state.scopes.open(scope)
    scope = _large_enough(scope, count)
    counted = in_scope(what, scope)
    if scope.case and mention.rest and counted in _WITH_A_SCHEDULE:
        counted = What.REMAINING
    if counted is None:
        state.list(count, Reason.CASE_WORD)
        return None
    host = _completed_before(state, scope, count) or scope.root
    draft = state.add(count, counted, _subject_in(scope, count), host, scope=scope)
    scope.touch(count.sentence)
    if mention.topic:
        open_inside(state, count, scope, draft)
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


def _completed_before(state: State, scope: Scope, count: CountInContext) -> Draft | None:
    """The completed of which those struck off are some: "完成整改25项，销号13项"."""
    if count.number.closeout is None or scope.root is None:
        return None
    value = count.number.token.value or 0
    for draft in reversed(state.figures):
        if draft.sentence < count.sentence - 1:
            return None
        plain = draft.what in DONE and draft.closeout is None and draft.within is scope.root
        if plain and draft.value >= value:
            return draft
    return None


def take_again(state: State, count: CountInContext) -> None:
    """Place the second thing said about a due number: "应完成的20项已全部完成"."""
    last, says = state.last, count.number.says
    if count.number.problem:
        return
    if last is not None and last.start == count.number.token.start and isinstance(says, What):
        state.add(count, says, last.subject, last, said=True)


def take_nested(state: State, count: CountInContext, host: Draft) -> None:
    """Place a number that divides the figure before it."""
    mention = count.number
    what = What.REMAINING if mention.rest and mention.says is None else mention.says
    if isinstance(what, What):
        state.add(count, what, host.subject, host)
    else:
        state.list(count, what or Reason.BREAKDOWN)


def look_for_nest(state: State, index: int) -> None:
    """Find out, at the first number after 其中 or in brackets, what the next ones divide."""
    count, host = state.counts[index], state.last
    if not count.begins_among or index in state.nests or host is None:
        return
    if count.number.says is None and not count.number.rest and is_followed(state, index):
        return  # a total of its own: "其中省级问题545个，完成率91%"
    near = host.sentence >= count.sentence - 1
    if near and host.what not in TOTALS and state.scopes.with_root(host) is None:
        state.nests.update(dict.fromkeys(nested_after(state.counts, index, host), host))


def _stands_alone(state: State, count: CountInContext, what: What) -> bool:
    """Whether "N项已全部完成" speaks of a whole of its own, not of a part of a known total."""
    if count.among:
        return False
    scope, value = state.find(count, what), count.number.token.value
    if scope is None or scope.root is None or value is None:
        return True
    named = bool(subjects.telling(count.subject))
    if scope.sentence == count.sentence:
        named = named and subjects.names_things(count.subject)
    return named or scope.root.value <= value


def _take_due(state: State, index: int) -> None:
    count = state.counts[index]
    if restated(state, count) is not None:
        return
    draft = take_part(state, count, What.DUE)
    if draft is None or count.number.topic:
        return
    scope = state.find(count, What.DUE)
    if scope is not None and scope.root is None:
        scope.root = draft
    else:
        state.nests.update(dict.fromkeys(nested_after(state.counts, index + 1, draft), draft))


def _open_reference(state: State, count: CountInContext, what: What) -> None:
    """After "属实的问题中" the parts divide an earlier figure."""
    recent = takewhile(lambda d: d.sentence >= count.sentence - 1, reversed(state.figures))
    earlier = next((draft for draft in recent if draft.what is what), None)
    if earlier is None:
        return
    whole = state.find(count, what)
    if whole is not None and whole.root is not earlier:
        open_inside(state, count, whole, earlier)


def _large_enough(scope: Scope, count: CountInContext) -> Scope:
    """A part larger than the part it seemed to divide is a part of the whole."""
    value = count.number.token.value or 0
    while scope.whole is not None and scope.root is not None and value > scope.root.value:
        scope = scope.whole
    return scope


def _subject_in(scope: Scope, count: CountInContext) -> str:
    """The scope's subject, unless the number has a noun of its own: 24项省级任务."""
    mention = count.number
    middle = "" if mention.says is What.MERGED else mention.middle
    own = subjects.own_subject("", middle, mention.noun)
    told = subjects.telling(own) if subjects.names_things(own) else ""
    known = subjects.telling(scope.subject)
    return own if told and told not in known else scope.subject or count.subject
