"""Rules about the clauses before and after the clause of a number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from rectify_tui.domain.paragraph import subjects
from rectify_tui.domain.paragraph.clauses import Clause
from rectify_tui.domain.paragraph.lexer import Sort, Token
from rectify_tui.domain.paragraph.model import What
from rectify_tui.domain.paragraph.words import Word, says_alone

if TYPE_CHECKING:
    from rectify_tui.domain.paragraph.pairing import Mention

_NUMBERS = (Sort.COUNT, Sort.PERCENT, Sort.OTHER)
_BEFORE_DATE = re.compile(r"(?:年|月|日|底|末|旬)(?:之?前|以前)")
_UNTIL_NOW = re.compile(r"截[至止]|以来|累计")
_PERIOD = re.compile(
    r"新增|新完成|本[周月季旬]|上[周月季]|当[周月日天]|[一二三四1-4]季度|月份|较[上去]|[同环]比|比[上去前]|[多少再]$"
)
_INCREASE = re.compile(r"(?:增加|减少|新增|上升|下降|增长)(?:了|到)?$")
_DONE = (What.COMPLETED, What.BASICALLY_COMPLETED, What.CASES_CLOSED)
_FAR = 60
_LONGEST_LEAD = 120
_NEXT = 20
_NEAR = 12
_BUSY = re.compile(
    r"推进|推动|抓好|抓实|落实|加强|强化|开展|组织|印发|召开|部署|重视|压实|要求|坚持|确保|切实|积极|全力|扎实|取得|合并|梳理"
)


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
    if mention.says not in _DONE or mention.said is None:
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
    return mention.says in _DONE and bool(period) and not _UNTIL_NOW.search(mention.lead)


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
