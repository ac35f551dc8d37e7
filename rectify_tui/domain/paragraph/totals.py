"""Which numbers are totals, and the scopes they open."""

from __future__ import annotations

from rectify_tui.domain.paragraph import subjects
from rectify_tui.domain.paragraph.groups import Item
from rectify_tui.domain.paragraph.model import TOTALS, What
from rectify_tui.domain.paragraph.rates import RateMention
from rectify_tui.domain.paragraph.scopes import CASE_MEASURES, Draft, Scope
from rectify_tui.domain.paragraph.state import State, is_case

_FAR = 40
_NEXT = 5


def is_total(state: State, index: int) -> bool:
    """Whether a number that nothing is said about is a whole.

    It is when the words announce it (共, 交办), when it is the theme of its clause (56项任务中),
    when it closes a list of parts, or when parts follow it. Beside a total of the same sentence it
    needs a name of its own.
    """
    item = state.items[index]
    mention = item.count
    lead = mention.lead + mention.middle
    if subjects.is_still(lead) or "%" in lead:
        return False
    if (subjects.is_enforcement(lead) or subjects.is_deed(lead)) and not mention.topic:
        return False
    if lead.endswith("的") and not mention.noun:  # "未安装设施的252个" is a part
        return False
    thing = subjects.names_things(item.subject) or mention.token.measure == "件"
    followed = is_followed(state, index)
    followed_on = subjects.is_passed_on(lead) and mention.token.measure in CASE_MEASURES
    if followed_on and item.aside is None and followed:  # 其中受理转办有效信件1133件，已办结
        return True
    if item.among and state.listed_last:  # one of a list: 电话举报20件，网上举报30件
        return False
    if _is_only_received(state, index):
        return False
    if item.among or item.aside is not None:
        return followed and (thing or mention.topic)
    if mention.topic or subjects.is_share_of(lead) or _closes_list(state, item):
        return True
    known = state.find(item, What.COMPLETED)
    if known is not None and known.root is not None and known.sentence == item.sentence:
        if subjects.is_so_far(mention.lead) and (mention.token.value or 0) >= known.root.value:
            return True
        return followed and thing and bool(subjects.telling(item.subject))
    heading = not mention.noun and subjects.is_heading(lead, item.subject)
    announced = heading or (subjects.announces_total(lead) and (thing or followed))
    bare_place = subjects.ends_in_place(lead) and not subjects.names_scope(item.subject)
    return announced or (followed and not bare_place)


def _is_only_received(state: State, index: int) -> bool:
    """Whether the complaints that came in are followed by those of them that were passed on."""
    item = state.items[index]
    if not subjects.is_received(item.count.lead):
        return False
    for other in state.items[index + 1 : index + _NEXT]:
        if other.sentence != item.sentence:
            return False
        smaller = not isinstance(other.mention, RateMention) and (
            other.count.token.measure == item.count.token.measure
            and (other.count.token.value or 0) <= (item.count.token.value or 0)
        )
        if smaller and subjects.is_passed_on(other.count.lead + other.count.middle):
            return True
    return False


def is_followed(state: State, index: int) -> bool:
    """Whether the next figure can be a part of this one."""
    this = state.items[index]
    token = this.count.token
    for item in state.items[index + 1 : index + _FAR]:
        if item.sentence > this.sentence + 1:
            return False
        mention = item.mention
        if isinstance(mention, RateMention):  # 占比 is said of a part, a rate of a whole
            rate = mention.says not in (None, What.RATE)
            return rate and item.sentence == this.sentence
        fits = mention.token.measure in (token.measure, "")
        smaller = (mention.token.value or 0) <= (token.value or 0)
        if item.aside is not None and item.aside != this.aside:
            if isinstance(mention.says, What) and fits:
                return smaller
            continue
        divided = item.begins_among and not this.among
        return fits and smaller and (mention.says is not None or mention.rest or divided)
    return False


def take_total(state: State, item: Item) -> Draft:
    """Place a total and open its scope."""
    mention = item.count
    if (earlier := restated(state, item)) is not None:
        return earlier
    last = state.last
    host = last if item.among and last is not None and last.what in TOTALS else None
    case = is_case(item)
    subject = _with_noun(state, item) or _subject_before(state, item)
    draft = state.add(item, What.CASES_TOTAL if case else What.TOTAL, subject, host)
    before = state.scopes.of_sentence(item.sentence)
    closing = subjects.is_share_of(mention.lead) or _closes_list(state, item)
    if closing and before is not None and _lacks_total(before, item):
        _adopt(state, before, draft)
    else:
        scope = Scope(subject, case, mention.token.measure, draft, item.sentence)
        scope.place = item.place
        state.scopes.open(scope)
    return draft


def _with_noun(state: State, item: Item) -> str:
    """The subject, with the noun of the number before where it has none: 累计转办（信访件）."""
    subject = item.subject
    if not subject or subjects.last_noun(subject):
        return subject
    before = state.noun_before
    return (
        subject + before[2] if before[:2] == (item.sentence, item.count.token.measure) else subject
    )


def restated(state: State, item: Item) -> Draft | None:
    """Place a number said again ("13项整改任务已完成6项") as the figure it was before."""
    if subjects.telling(item.subject):
        return None
    said = item.count.says
    draft = state.whole_of(item.count.token, due_only=said is What.DUE)
    if draft is None or (said is not What.DUE and draft.sentence < item.sentence - 2):
        return None
    again = state.add(item, draft.what, draft.subject, draft.within)
    _reopen(state, item, draft)
    return again


def open_inside(state: State, item: Item, whole: Scope, root: Draft) -> None:
    """Open the scope of a figure that the next numbers divide."""
    named = root.what is What.DUE or item.refers_to is not None
    state.scopes.open(
        Scope(
            root.subject,
            whole.case,
            item.count.token.measure,
            root,
            item.sentence,
            until_group=None if named else item.group,
            until_sentence=item.sentence,
            whole=whole,
        )
    )


def _lacks_total(scope: Scope, item: Item) -> bool:
    return scope.root is None and scope.measure == item.count.token.measure


def _closes_list(state: State, item: Item) -> bool:
    """Whether the number sums up the parts before it: "完成7项，滞后3项，合计10项"."""
    scope = state.scopes.of_sentence(item.sentence)
    if scope is None or not _lacks_total(scope, item):
        return False
    return subjects.closes_list(item.count.lead)


def _adopt(state: State, scope: Scope, total: Draft) -> None:
    """Parts that were stated before their total now belong to it."""
    for draft in reversed(state.figures):
        if draft.sentence != total.sentence:
            break
        if draft.within is None and draft is not total and draft.subject == scope.subject:
            draft.within = total
    scope.root = total
    scope.subject = scope.subject or total.subject


def _reopen(state: State, item: Item, root: Draft) -> None:
    scope = state.scopes.with_root(root)
    whole = state.scopes.with_root(root.within) if root.within is not None else None
    if whole is not None:
        whole.touch(item.sentence)
        open_inside(state, item, whole, root)
    elif scope is not None:
        scope.touch(item.sentence)
        state.scopes.revive(scope)
    else:
        case = root.what is What.CASES_TOTAL
        state.scopes.open(Scope(root.subject, case, root.measure, root, item.sentence))


def _subject_before(state: State, item: Item) -> str:
    scope = state.scopes.of_sentence(item.sentence)
    return scope.subject if scope is not None and scope.root is None else ""
