"""Which numbers are totals, and the scopes they open."""

from __future__ import annotations

from rectify_tui.domain.paragraph import subjects
from rectify_tui.domain.paragraph.clauses import DONE
from rectify_tui.domain.paragraph.context import CountInContext
from rectify_tui.domain.paragraph.mentions import Mention, RateMention
from rectify_tui.domain.paragraph.model import TOTALS, What
from rectify_tui.domain.paragraph.state import CASE_MEASURES, Draft, Scope, State, is_case

_FAR = 40
_NEXT = 5


def is_total(state: State, index: int) -> bool:
    """Whether a number that nothing is said about is a whole.

    It is when the words announce it (共, 交办), when it is the theme of its clause (56项任务中),
    when it closes a list of parts, or when parts follow it. Beside a total of the same sentence it
    needs a name of its own.
    """
    count = state.counts[index]
    mention = count.number
    lead = mention.lead + mention.middle
    if _speaks_of_a_part(count, lead):
        return False
    if subjects.is_deed_itself(lead) and not _is_done_next(state, index):
        return False
    thing = subjects.names_things(count.subject) or mention.token.measure == "件"
    followed = is_followed(state, index)
    passed_on = subjects.is_passed_on(lead) and mention.token.measure in CASE_MEASURES
    if passed_on and count.aside is None and followed:  # 其中受理转办有效信件1133件，已办结
        return True
    if state.listed_last and (count.among or (mention.clause.listed and not mention.topic)):
        return False  # one of a list: 电话举报20件，网上举报30件; 水污染23件、噪声19件
    if _is_only_received(state, index):
        return False
    if count.among or count.aside is not None:
        return followed and (thing or mention.topic)
    if mention.topic or subjects.is_share_of(lead) or _closes_list(state, count):
        return True
    known = state.find(count, What.COMPLETED)
    if known is not None and known.root is not None and known.sentence == count.sentence:
        if subjects.is_so_far(mention.lead) and (mention.token.value or 0) >= known.root.value:
            return True
        return followed and thing and bool(subjects.telling(count.subject))
    return _is_announced(count, lead, thing=thing, followed=followed)


def _speaks_of_a_part(count: CountInContext, lead: str) -> bool:
    """Whether the words before a number rule out that it is a whole: 仍有, 来电, 立案处罚 …"""
    mention = count.number
    if subjects.sums_up(mention.noun):
        return True
    if subjects.is_looked_at(mention.noun) or subjects.is_put_off(lead) or subjects.is_net(lead):
        return True
    if subjects.is_still(lead) or subjects.is_kind(lead) or "%" in lead:
        return True
    if (subjects.is_enforcement(lead) or subjects.is_deed(lead)) and not mention.topic:
        return True
    unnamed = lead.endswith("的") and not mention.noun  # 未安装设施的252个
    return unnamed and not subjects.is_handed_over(lead)


def _is_announced(count: CountInContext, lead: str, *, thing: bool, followed: bool) -> bool:
    own = count.subject.removeprefix(count.place)
    heading = not count.number.noun and subjects.is_heading(lead, own)
    announced = heading or (subjects.announces_total(lead) and (thing or followed))
    bare_place = subjects.ends_in_place(lead) and not subjects.names_scope(count.subject)
    return announced or (followed and not bare_place)


def _is_done_next(state: State, index: int) -> bool:
    """Whether the next number says how many of this one are done."""
    following = state.counts[index + 1 : index + 2]
    mention = following[0].mention if following else None
    return isinstance(mention, Mention) and mention.says in DONE


def _is_only_received(state: State, index: int) -> bool:
    """Whether the complaints that came in are followed by those of them that were passed on."""
    count = state.counts[index]
    if not subjects.is_received(count.number.lead):
        return False
    for other in state.counts[index + 1 : index + _NEXT]:
        if other.sentence != count.sentence:
            return False
        smaller = not isinstance(other.mention, RateMention) and (
            other.number.token.measure in (count.number.token.measure, *CASE_MEASURES)
            and (other.number.token.value or 0) <= (count.number.token.value or 0)
        )
        if smaller and subjects.is_passed_on(other.number.lead + other.number.middle):
            return True
    return False


def is_followed(state: State, index: int) -> bool:
    """Whether the next figure can be a part of this one."""
    this = state.counts[index]
    token = this.number.token
    for count in state.counts[index + 1 : index + _FAR]:
        if count.sentence > this.sentence + 1:
            return False
        mention = count.mention
        if isinstance(mention, RateMention):  # 占比 is said of a part, a rate of a whole
            rate = mention.says not in (None, What.RATE)
            return rate and count.sentence == this.sentence
        fits = mention.token.measure in (token.measure, "")
        smaller = (mention.token.value or 0) <= (token.value or 0)
        if count.aside is not None and count.aside != this.aside:
            if isinstance(mention.says, What) and fits:
                return smaller
            continue
        divided = count.begins_among and not this.among
        return fits and smaller and (mention.says is not None or mention.rest or divided)
    return False


def take_total(state: State, count: CountInContext) -> Draft:
    """Place a total and open its scope."""
    mention = count.number
    if (earlier := restated(state, count)) is not None:
        return earlier
    last = state.last
    host = last if count.among and last is not None and last.what in TOTALS else None
    case = is_case(count)
    subject = _with_noun(state, count) or _subject_before(state, count)
    draft = state.add(count, What.CASES_TOTAL if case else What.TOTAL, subject, host)
    before = state.scopes.of_sentence(count.sentence)
    closing = subjects.is_share_of(mention.lead) or _closes_list(state, count)
    if closing and before is not None and _lacks_total(before, count):
        _adopt(state, before, draft)
    else:
        scope = Scope(subject, case, mention.token.measure, draft, count.sentence)
        scope.place = count.place
        state.scopes.open(scope)
    return draft


def _with_noun(state: State, count: CountInContext) -> str:
    """The subject, with the noun of the number before where it has none: 累计转办（信访件）."""
    subject = count.subject
    if not subject or subjects.last_noun(subject):
        return subject
    return subject + state.noun_near(count)


def restated(state: State, count: CountInContext) -> Draft | None:
    """Place a number said again ("13项整改任务已完成6项") as the figure it was before."""
    if subjects.telling(count.subject):
        return None
    said = count.number.says
    draft = state.whole_of(count.number.token, due_only=said is What.DUE)
    if draft is None or (said is not What.DUE and draft.sentence < count.sentence - 2):
        return None
    again = state.add(count, draft.what, draft.subject, draft.within)
    _reopen(state, count, draft)
    return again


def open_inside(state: State, count: CountInContext, whole: Scope, root: Draft) -> None:
    """Open the scope of a figure that the next numbers divide."""
    named = root.what is What.DUE or count.refers_to is not None
    state.scopes.open(
        Scope(
            root.subject,
            whole.case,
            count.number.token.measure,
            root,
            count.sentence,
            until_group=None if named else count.group,
            until_sentence=count.sentence,
            whole=whole,
        )
    )


def _lacks_total(scope: Scope, count: CountInContext) -> bool:
    return scope.root is None and scope.measure == count.number.token.measure


def _closes_list(state: State, count: CountInContext) -> bool:
    """Whether the number sums up the parts before it: "完成7项，滞后3项，合计10项"."""
    scope = state.scopes.of_sentence(count.sentence)
    if scope is None or not _lacks_total(scope, count):
        return False
    return subjects.closes_list(count.number.lead)


def _adopt(state: State, scope: Scope, total: Draft) -> None:
    """Parts that were stated before their total now belong to it."""
    for draft in reversed(state.figures):
        if draft.sentence != total.sentence:
            break
        if draft.within is None and draft is not total and draft.subject == scope.subject:
            draft.within = total
    scope.root = total
    scope.subject = scope.subject or total.subject


def _reopen(state: State, count: CountInContext, root: Draft) -> None:
    scope = state.scopes.with_root(root)
    whole = state.scopes.with_root(root.within) if root.within is not None else None
    if whole is not None:
        whole.touch(count.sentence)
        open_inside(state, count, whole, root)
    elif scope is not None:
        scope.touch(count.sentence)
        state.scopes.revive(scope)
    else:
        case = root.what is What.CASES_TOTAL
        state.scopes.open(Scope(root.subject, case, root.measure, root, count.sentence))


def _subject_before(state: State, count: CountInContext) -> str:
    scope = state.scopes.of_sentence(count.sentence)
    return scope.subject if scope is not None and scope.root is None else ""
