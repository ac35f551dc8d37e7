"""Mentions in their surroundings: what the clauses around a number add to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from rectify_tui.domain.paragraph import subjects
from rectify_tui.domain.paragraph.clauses import DONE, Clause, Word, says_alone
from rectify_tui.domain.paragraph.lexer import Sort, Token
from rectify_tui.domain.paragraph.mentions import Mention, RateMention, mentions_in, rates_in
from rectify_tui.domain.paragraph.model import Reason, What
from rectify_tui.domain.paragraph.places import Places

_AT_WORK = re.compile(r"正在?(?:总体|积极|稳步)*有序推进中?")


_NUMBERS = (Sort.COUNT, Sort.PERCENT, Sort.OTHER)
_BY_PLACE = re.compile(r"[按从](?:区域|地区|地域|属地|行政区|县|区市|市州|分布)[^,]{0,8}$")
_BEFORE_DATE = re.compile(r"(?:年|月|日|底|末|旬)(?:之?前|以前)")
_UNTIL_NOW = re.compile(r"截[至止]|以来|累计")
_PERIOD = re.compile(
    r"新增|新完成|本[周月季旬]|上[周月季]|当[周月日天]|[一二三四1-4]季度|月份|较[上去]|[同环]比|比[上去前]|[多少再]$"
)
_INCREASE = re.compile(r"(?:增加|减少|新增|上升|下降|增长)(?:了|到)?$")
_FAR = 60
_LONGEST_LEAD = 120
_NEXT = 20
_NEAR = 12
_BUSY = re.compile(
    r"推进|推动|抓好|抓实|落实|加强|强化|开展|组织|印发|召开|部署|重视|压实|要求|坚持|确保|切实|积极|全力|扎实|取得|合并|梳理"
)


@dataclass(frozen=True, slots=True)
class CountInContext:
    """A mention with what its surroundings add.

    `subject` is named in its own clause, or in one without numbers just before; `lead` is the text
    that could name a new scope. `among` marks numbers after 其中 or in brackets, `begins_among` the
    first of them. `themed` marks a number whose predicate follows after a comma. `refers_to` is set
    by "属实的问题中": the figure that is now divided. `said_span` is the place of the predicate.
    `place` is the place or body that the number is of; `bare` that nothing else is named before it,
    `by_place` that the clause before announces a list of places (按区域划分，…).
    """

    mention: Mention | RateMention
    subject: str = ""
    lead: str = ""
    among: bool = False
    begins_among: bool = False
    themed: bool = False
    refers_to: What | None = None
    said_span: tuple[int, int] | None = None
    place: str = ""
    bare: bool = False
    by_place: bool = False

    @property
    def number(self) -> Mention:
        """The mention of an count that is no rate."""
        assert isinstance(self.mention, Mention)
        return self.mention

    @property
    def sentence(self) -> int:
        """The number of the sentence."""
        return self.mention.clause.sentence

    @property
    def group(self) -> int:
        """The number of the part of text between semicolons and full stops."""
        return self.mention.clause.group

    @property
    def aside(self) -> int | None:
        """The place of the bracket that the number stands in."""
        return self.mention.clause.aside


def counts_in(text: str, clauses: list[Clause], places: Places) -> list[CountInContext]:
    """All mentions in reading order."""
    counts: list[CountInContext] = []
    for position, clause in enumerate(clauses):
        for mention in mentions_in(text, clause):
            count = _counted(text, clauses, position, mention, places)
            counts.extend(_with_predicate(text, clauses, position, count))
        for rate in rates_in(text, clause):
            topic = topic_before(text, clauses, position, rate.token)
            own = subjects.own_subject(rate.lead, "", "")
            place = places.at_start(own)
            subject = _named(topic, own)
            counts.append(CountInContext(rate, subject, topic + rate.lead, place=place))
    return list(_with_wholes(sorted(counts, key=lambda count: count.mention.token.start)))


def _with_wholes(counts: Iterable[CountInContext]) -> Iterator[CountInContext]:
    """The counts, with the 33 of "已完成26/33项" as a total in front of its part."""
    for count in counts:
        mention = count.mention
        if isinstance(mention, Mention) and mention.whole is not None and not mention.again:
            total = Mention(mention.whole, mention.clause, topic=True, lead=mention.lead)
            yield replace(count, mention=total, themed=False)
        yield count


def _counted(
    text: str, clauses: list[Clause], position: int, mention: Mention, places: Places
) -> CountInContext:
    topic = topic_before(text, clauses, position, mention.token)
    middle = "" if mention.says is What.MERGED else mention.middle  # what it is merged into
    own = subjects.own_subject(mention.lead, middle, mention.noun)
    if is_goal(text, clauses, position, mention):
        mention = replace(mention, says=Reason.DEADLINE)
    elif is_change(mention):
        mention = replace(mention, says=Reason.CHANGE)
    elif shares_word(clauses, position, mention):
        mention = replace(mention, problem=mention.problem or Reason.UNCLEAR_ORDER)
    named = _named(topic, own)
    place = places.at_start(subjects.without_deed(named))
    return CountInContext(
        mention,
        subject=named,
        lead=topic + mention.lead + middle,
        place=place,
        bare=bool(place) and place == subjects.clean(mention.lead) and not mention.noun,
        refers_to=reference_before(text, clauses, position),
        by_place=bool(place) and _announces_places(text, clauses, position),
    )


def _announces_places(text: str, clauses: list[Clause], position: int) -> bool:
    """Whether the clause before says that what follows goes by place: 从区域分布上看."""
    before = clauses[position - 1] if position else None
    if before is None or before.sentence != clauses[position].sentence:
        return False
    return bool(_BY_PLACE.search(text, max(before.start, before.end - _NEAR), before.end))


def _named(topic: str, own: str) -> str:
    """A subject that tells nothing by itself (任务) takes the topic before it along."""
    if subjects.telling(own) or not topic:
        return own
    return topic if topic.endswith(own) else topic + own


def _of_rest(text: str, mention: Mention) -> Mention:
    """What remains and is being worked on is what remains: 其余39项正在推进."""
    if not mention.rest or mention.said is None:
        return mention
    start, end = mention.said
    working = mention.says is What.IN_PROGRESS or _AT_WORK.fullmatch(text, start, end)
    return replace(mention, says=What.REMAINING) if working else mention


def _with_predicate(
    text: str, clauses: list[Clause], position: int, count: CountInContext
) -> list[CountInContext]:
    """A number whose word follows after a comma: "其余42项，总体按序时推进".

    What is due or was planned may be said to be done there, which is a second thing said of it.
    """
    mention = count.number
    if mention.said is not None:
        span = said_span(mention.clause, mention.all_from, *mention.said)
        count = replace(count, mention=_of_rest(text, mention), said_span=span)
    due = mention.says is What.DUE and mention.topic
    planned = mention.says in (Reason.PLAN, Reason.DEADLINE) and mention.middle == "的"
    if not (mention.says is None or due or planned):
        return [count]
    predicate = predicate_after(text, clauses, position, mention)
    if predicate is None:
        return [count]
    bound = replace(mention.saying(predicate), number_first=True, all_from=predicate.all_from)
    bound = _of_rest(text, bound)
    span = said_span(clauses[position + 1], predicate.all_from, predicate.start, predicate.end)
    if mention.says is None:
        return [replace(count, mention=bound, themed=not mention.rest, said_span=span)]
    if not isinstance(predicate.says, What) or (planned and not _is_all_done(predicate)):
        return [count]
    due_count = replace(count, mention=replace(mention, says=What.DUE, topic=True))
    return [due_count, replace(count, mention=replace(bound, again=True), said_span=span)]


def _is_all_done(predicate: Word) -> bool:
    return predicate.says in DONE and predicate.all_from is not None


def topic_before(text: str, clauses: list[Clause], position: int, token: Token) -> str:
    """The name of a programme in a clause of its own: "省级环保督察，目前已完成29个"."""
    clause = clauses[position]
    if clause.has(Sort.COUNT) and clause.first(Sort.COUNT) < token.start:
        return ""
    for before in islice(_backwards(clauses, position), _FAR):
        other = before.sentence != clause.sentence or before.aside != clause.aside
        if other or before.says_something():
            return ""
        lead = before.plain(text, max(before.start, before.end - _LONGEST_LEAD), before.end)
        if subjects.ends_in_scope(lead) and not _BUSY.search(lead):
            return subjects.clean(lead)
    return ""


def reference_before(text: str, clauses: list[Clause], position: int) -> What | None:
    """What "核查属实的问题中" names: an earlier figure, without its number."""
    before = clauses[position - 1] if position else None
    if before is None or not before.of or before.sentence != clauses[position].sentence:
        return None
    alone = says_alone(text, before)
    return alone.says if alone is not None and isinstance(alone.says, What) else None


def is_goal(text: str, clauses: list[Clause], position: int, mention: Mention) -> bool:
    """Whether "2020年底前，完成24项" is a deadline; it is not if the words say it was kept."""
    if mention.says not in DONE or mention.said is None:
        return False
    start, end = mention.said
    if "已" in text[max(0, start - 3) : end] or "了" in text[start : end + 1]:
        return False
    lead = mention.lead
    before = clauses[position - 1] if position else None
    same = before is not None and before.sentence == mention.clause.sentence
    if before is not None and same and not before.says_something():
        lead = before.plain(text, max(before.start, before.end - _NEAR), before.end) + lead
    return bool(_BEFORE_DATE.search(lead)) and not _UNTIL_NOW.search(lead)


def is_change(mention: Mention) -> bool:
    """Whether "本周新增完成3项" is what one period added, not how things stand."""
    if mention.says is None:
        return bool(_INCREASE.search(mention.lead))
    period = _PERIOD.search(mention.lead)
    return mention.says in DONE and bool(period) and not _UNTIL_NOW.search(mention.lead)


def shares_word(clauses: list[Clause], position: int, mention: Mention) -> bool:
    """Whether, as in "12座尾矿库、30家企业已完成", the word may speak of two numbers."""
    before = clauses[position - 1] if position else None
    if before is None or not mention.clause.listed or not mention.number_first:
        return False
    return before.has(Sort.COUNT) and not before.has(Sort.SAYS)


def predicate_after(
    text: str, clauses: list[Clause], position: int, mention: Mention
) -> Word | None:
    """What the clause after says about a number that ends its own clause."""
    after = clauses[position + 1] if position + 1 < len(clauses) else None
    if after is None or not _same_group(after, mention.clause):
        return None
    alone = says_alone(text, after) if _ends_clause(mention) else None
    if alone is None or not (mention.rest or _is_theme(clauses, position)):
        return None
    if subjects.clean(after.plain(text, after.start, alone.start)) not in ("", "全部"):
        return None
    last = not any(c.has(Sort.COUNT) for c in _forwards(clauses, position + 1))
    return alone if mention.rest or alone.all_from is not None or last else None


def said_span(clause: Clause, all_from: int | None, start: int, end: int) -> tuple[int, int]:
    """From 全部 to the end of the word that says what, without numbers and words in between."""
    inside = [t.start for t in clause.tokens if t.sort in _NUMBERS]
    inside += [left for left, _ in clause.holes]
    end = min([end, *(place for place in inside if start < place < end)])
    between = [t.start for t in clause.tokens] + inside
    if all_from is None or any(all_from < place < start for place in between):
        return start, end
    return all_from, end


def _ends_clause(mention: Mention) -> bool:
    clause = mention.clause
    last = clause.tokens[-1].start
    noun_only = mention.noun in ("", subjects.clean_noun(mention.noun))
    return not mention.problem and not clause.of and mention.token.start == last and noun_only


def _is_theme(clauses: list[Clause], position: int) -> bool:
    """Whether no 其中 and no other number without a word stands before in the group."""
    clause = clauses[position]
    if clause.has(Sort.AMONG):
        return False
    group = list(_group_before(clauses, position))
    if any(c.has(Sort.AMONG) for c in group):
        return False
    return not (group and group[0].has(Sort.COUNT) and not group[0].has(Sort.SAYS))


def _same_group(one: Clause, other: Clause) -> bool:
    return (one.group, one.aside) == (other.group, other.aside)


def _backwards(clauses: list[Clause], position: int) -> Iterator[Clause]:
    return (clauses[place] for place in range(position - 1, -1, -1))


def _group_before(clauses: list[Clause], position: int) -> Iterator[Clause]:
    for clause in islice(_backwards(clauses, position), _FAR):
        if clause.group != clauses[position].group:
            return
        if clause.aside == clauses[position].aside:
            yield clause


def _forwards(clauses: list[Clause], position: int) -> Iterator[Clause]:
    """The clauses after `position` in the same group."""
    for place in range(position + 1, min(position + _NEXT, len(clauses))):
        if clauses[place].group != clauses[position].group:
            return
        yield clauses[place]
