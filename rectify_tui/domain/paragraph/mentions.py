"""Clauses to mentions: each number with the word that says what it counts.

Inside a clause the word stands before every number (已完成24项) or after every number (24项已完成),
and a number in front of such pairs is their total (56项已完成24项). Any other order is not read.
Percentages are mentioned with the rate that they state.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from rectify_tui.domain.paragraph.clauses import (
    DONE,
    MOST_TOKENS,
    OVERRIDING,
    PERCENT_LINK,
    Clause,
    Word,
    all_before,
    sequence,
)
from rectify_tui.domain.paragraph.lexer import NOUNS, Sort, Token
from rectify_tui.domain.paragraph.model import Closeout, Either, Kind, Reason, What
from rectify_tui.domain.paragraph.phrases import Says

_CONTAINER = re.compile(r"[^,。;:、0-9和及与]{1,14}的$")
_QUALIFIED = re.compile(r"的(?:这|全部|上述|共)?")
_CHANGED = re.compile(r"(?:增加|减少|上升|下降|增|减|升|降|扩展|调整)(?:至|到|为)")
_DETAILED = re.compile(
    rf"(?:整改)?(?:{NOUNS.pattern})*(?:(?:进一步|逐项|逐一|全部|共)?(?:细化|分解|拆解|转化)){{1,2}}(?:为|成|出)"
    rf"|(?:{NOUNS.pattern})+共?涉及(?=[^,]*(?:问题|点位)$)"
)
"""Between a whole and what comes of it: 56项任务细化为182条措施, 789件信访件涉及问题1023个."""
_IN_ALL = re.compile("(?:共计?|合计|总计)$")
_CHECKED = re.compile(
    r"(?:核查|排查|溯源|监测|调查|评估|编制|划定|普查|登记|查处|审查|审批|检查|转办|交办|移交|转交|受理)(?:工作)?$"
)
_SPOT_CHECK = re.compile(
    r"(?:抽查|核查|检查|督查|复核)[^,]*上报|(?:抽查|复查|复核|暗访|回访|抽取)了?$"
)
"""What is said to be done is only what was reported of it."""
_EACH = re.compile(r"各(?:自|有)?$|每个?[省市县区州盟旗乡镇](?:平均|都|均)*$|平均$")
"""Before a number of which there are several: 甲市、乙市各完成5项."""
_OF_PLACES = re.compile(
    r"的(?:(?:地级|县级|设区)?(?:[省市州县区盟旗乡镇村]{1,2}份?|街道|地区|地方)|(?:责任)?单位|部门)"
    r"(?:[只仅]?[有为是]|达)?"
)
"""Between a word and a number that counts places: 全部完成整改的县有3个."""
_SOME = re.compile(
    "半数|过半|[一大多]半|部分|大多|绝大多|[一二三四五六七八九]成|(?<![消拆清扣解排铲废免删])除[^,]*外"
)
"""Between a number and a word that is said of some of them only: 12个问题半数已完成."""
_NOT_ALL = re.compile("[未没][能有]?(?:能)?(?:全部|全面|全都|都|完全|彻底)")
"""After a number, which it leaves open: 24个问题没有全部完成整改."""
_EXCEPT = re.compile("(?<![消拆清扣解排铲废免删])除(?:了|去|掉)?$")
_NONE = re.compile(r"(?:无|没有|未(?:出现|发生|有)|杜绝|不存在)(?:一[项个件处]?|任何)?$")
"""Right before a word that is said of none of them: 56项任务无一项滞后."""
_NOT_EVEN = re.compile("(?:^|[^有])(?:没有|未有|无)$")
"""Right before a number that is not there: 没有1项滞后."""
_ALL_OF_IT = re.compile("(?:了)?(?:全部|所有|各项)(?:的)?(?:整改)?(?:任务|问题|工作)")
"""What a number of places has completed: 13个设区市，已有8个完成全部整改任务."""
_LONGEST_LEAD = 120


@dataclass(frozen=True, slots=True)
class Mention:
    """A count, with what was said about it in its own clause.

    `lead` is the plain text before it, `middle` what stands between word and number, `noun` the
    text after it. `said` is the place of the word and `all_from` that of 全部 or 均 before it.
    `topic` marks a number that is the theme of what follows (a total, or 应完成的13项), `again` the
    second thing said about one (应完成的13项已全部完成). `also` is a second state that the number
    counts as well, `closeout` how far what is completed has come on its way off the list, `whole`
    the 33 of 26/33项.
    """

    token: Token
    clause: Clause
    says: What | Reason | None = None
    said: tuple[int, int] | None = None
    number_first: bool = False
    all_from: int | None = None
    topic: bool = False
    rest: bool = False
    again: bool = False
    lead: str = ""
    middle: str = ""
    noun: str = ""
    problem: Reason | None = None
    also: What | None = None
    closeout: Closeout | None = None
    whole: Token | None = None

    def saying(self, word: Word) -> Mention:
        """The same count with what a word says about it."""
        said = (word.start, word.end)
        if isinstance(word.says, Either):
            first, second = word.says.first, word.says.second
            return replace(self, says=first, also=second, closeout=word.closeout, said=said)
        return replace(self, says=word.says, also=None, closeout=word.closeout, said=said)


def mentions_in(text: str, clause: Clause) -> list[Mention]:
    """The counts of one clause in reading order."""
    if len(clause.tokens) > MOST_TOKENS:
        numbers = [token for token in clause.tokens if token.sort in (Sort.COUNT, Sort.WHOLE)]
        return [Mention(token, clause, problem=Reason.UNCLEAR_ORDER) for token in numbers]
    counts = [token for token in clause.tokens if token.sort is Sort.COUNT]
    if not counts:
        return []
    held = _containers(text, clause, counts)
    parts = sequence(text, clause, held)
    shape = "".join("N" if isinstance(part, Token) else "S" for part in parts)
    unpaired = [_mention(text, clause, token, problem=Reason.NO_STATUS) for token in held]
    return sorted([*unpaired, *_paired(text, clause, parts, shape)], key=lambda m: m.token.start)


def _containers(text: str, clause: Clause, counts: list[Token]) -> list[Token]:
    """In "1586个水源地的6251个问题" the first number only says where."""
    held = []
    for first, second in pairwise(counts):
        between = clause.plain(text, first.end, second.start)
        spoken = any(first.end <= token.start < second.start for token in clause.tokens)
        if not spoken and _CONTAINER.fullmatch(between):
            held.append(first)
        elif _EXCEPT.search(between):  # 24个问题除2个外都已完成
            held.append(second)
    return held


def _paired(text: str, clause: Clause, parts: list[Token | Word], shape: str) -> list[Mention]:
    if shape == "SNS" and _is_kept(text, parts):
        first = parts[0]
        assert isinstance(first, Word)
        parts = [replace(first, says=What.DUE), *parts[1:]]
    if shape == "SNS" and _is_due(parts[0]) and _is_stated(parts[2]):
        return _due_and_done(text, clause, parts)
    if shape == "SNS":
        parts, shape = _one_side(text, parts)
    if shape.startswith("SNSN"):
        parts = _with_due(text, parts)
    if re.fullmatch(r"(?:SN)+", shape):
        return _pairs(text, clause, parts, number_first=False)
    if re.fullmatch(r"(?:NS)+", shape):
        return _pairs(text, clause, parts, number_first=True)
    if re.fullmatch(r"N(?:SN)+", shape):
        first = parts[0]
        assert isinstance(first, Token)
        total = _mention(text, clause, first, topic=True)
        return [total, *_pairs(text, clause, parts[1:], number_first=False)]
    if re.fullmatch(r"N(?:NS)+", shape) and _total_in_front(text, clause, parts):
        first = parts[0]
        assert isinstance(first, Token)
        total = _mention(text, clause, first, topic=True)
        return [total, *_pairs(text, clause, parts[1:], number_first=True)]
    numbers = [part for part in parts if isinstance(part, Token)]
    if shape == "N":
        return [_mention(text, clause, numbers[0], topic=clause.of)]
    unclear = Reason.UNCLEAR_ORDER if "S" in shape else Reason.NO_STATUS
    if unclear is Reason.NO_STATUS and numbers:
        return _without_words(text, clause, numbers)
    return [_mention(text, clause, number, problem=unclear) for number in numbers]


def _without_words(text: str, clause: Clause, numbers: list[Token]) -> list[Mention]:
    """Numbers of a clause that says nothing: what remains, and the end of "由209个增加至259个"."""
    mentions: list[Mention] = []
    for place, number in enumerate(numbers):
        mention = _mention(text, clause, number)
        if place and _CHANGED.fullmatch(clause.plain(text, numbers[place - 1].end, number.start)):
            earlier = mentions[-1]
            mentions[-1] = replace(earlier, problem=Reason.NO_STATUS)
            mention = replace(mention, lead=earlier.lead.rstrip("由从"), topic=True)
        elif place and (
            detailed := _DETAILED.match(
                between := clause.plain(text, numbers[place - 1].end, number.start)
            )
        ):
            mentions[-1] = replace(mentions[-1], problem=None, topic=True)
            mention = replace(mention, lead=between[detailed.end() :], topic=True)
        elif (
            place
            and number is numbers[-1]
            and _IN_ALL.search(clause.plain(text, numbers[place - 1].end, number.start))
        ):
            mention = replace(mention, lead=mentions[0].lead, topic=True)
        elif clause.of and number is numbers[-1]:
            adjacent = place > 0 and numbers[place - 1].end == number.start  # 11件15项中
            mention = replace(
                mention, topic=True, lead=mentions[0].lead if adjacent else mention.lead
            )
        elif len(numbers) > 1 and not (place == 0 and mention.rest):
            mention = replace(mention, problem=mention.problem or Reason.NO_STATUS)
        mentions.append(mention)
    return mentions


def _one_side(text: str, parts: list[Token | Word]) -> tuple[list[Token | Word], str]:
    """In "未完成的16项正在推进" the word that says more counts; two that say much are unclear."""
    before, number, after = parts
    assert isinstance(before, Word)
    assert isinstance(after, Word)
    if _is_planned(text, parts) and not isinstance(after.says, Reason):
        if "未到" in text[before.start : before.end]:  # 未到期的32项均达到序时进度 are no whole
            return [replace(before, says=after.says), number], "SN"
        return [number, after], "NS"
    if after.says in OVERRIDING:
        return [replace(before, says=after.says), number], "SN"
    if after.says in (What.IN_PROGRESS, What.REMAINING, Reason.UNCLEAR_WORD, before.says):
        return [before, number], "SN"
    if before.says in (What.IN_PROGRESS, What.REMAINING, Reason.UNCLEAR_WORD):
        return [number, after], "NS"
    return [replace(before, says=Reason.TWO_STATUSES), number], "SN"


def _is_kept(text: str, parts: list[Token | Word]) -> bool:
    """Whether what was planned is said to be done: 计划于9月完成的36个问题已按期全部整改."""
    done = parts[2]
    assert isinstance(done, Word)
    return _is_planned(text, parts) and done.says in DONE


def _with_due(text: str, parts: list[Token | Word]) -> list[Token | Word]:
    """In "2017年计划完成的45项已完成44项" the first were due; what is done early was not yet."""
    planned, done = parts[0], parts[2]
    assert isinstance(planned, Word)
    assert isinstance(done, Word)
    kept = done.says in DONE and "提前" not in text[done.start : done.end]
    if not kept or not _is_planned(text, parts[:3]):
        return parts
    return [replace(planned, says=What.DUE), *parts[1:]]


def _is_planned(text: str, parts: list[Token | Word]) -> bool:
    """Whether the word before the number only tells by when: 2020年底完成的6项."""
    planned, number, _ = parts
    assert isinstance(planned, Word)
    by_when = planned.says in (Reason.PLAN, Reason.DEADLINE)
    return by_when and text[planned.end : number.start] == "的"


def _is_due(part: Token | Word) -> bool:
    return isinstance(part, Word) and part.says is What.DUE


def _is_stated(part: Token | Word) -> bool:
    return isinstance(part, Word) and isinstance(part.says, What)


def _due_and_done(text: str, clause: Clause, parts: list[Token | Word]) -> list[Mention]:
    """ "应完成的20项任务已全部完成" says two things about one number."""
    due = _pairs(text, clause, parts[:2], number_first=False)[0]
    done = _pairs(text, clause, parts[1:], number_first=True)[0]
    if due.problem is not None:
        return [due]
    return [replace(due, topic=True), replace(done, again=True, lead=due.lead)]


def _total_in_front(text: str, clause: Clause, parts: list[Token | Word]) -> bool:
    """ "56项整改任务24项已完成" has a noun after the total; two bare numbers are unclear."""
    first, second = parts[:2]
    assert isinstance(first, Token)
    between = clause.plain(text, first.end, second.start)
    large = isinstance(second, Token) and (first.value or 0) >= (second.value or 0)
    return large and bool(NOUNS.search(between))


def _pairs(
    text: str, clause: Clause, parts: list[Token | Word], *, number_first: bool
) -> list[Mention]:
    mentions = []
    for left, right in zip(parts[::2], parts[1::2], strict=True):
        number, run = (left, right) if number_first else (right, left)
        assert isinstance(number, Token)
        assert isinstance(run, Word)
        mentions.append(_said(text, clause, number, run, number_first=number_first))
    return mentions


def _said(text: str, clause: Clause, number: Token, run: Word, *, number_first: bool) -> Mention:
    between = clause.plain(text, number.end, run.start) if number_first else ""
    not_all = number_first and _NOT_ALL.search(text, run.start, run.end)
    if not_all or _SOME.search(between) or _NONE.search(between):
        return _mention(text, clause, number, topic=True)
    mention = _mention(text, clause, number, run=None if number_first else run)
    says = Reason.COUNTS_PLACES if _counts_places(text, mention, run) else run.says
    done = says in (What.COMPLETED, What.BASICALLY_COMPLETED)
    checked = _CHECKED.search(mention.middle) or _CHECKED.search(mention.noun)
    if done and (checked or _SPOT_CHECK.search(mention.lead)):
        says = Reason.OTHER_WORK
    return replace(
        mention.saying(replace(run, says=says)),
        number_first=number_first,
        all_from=all_before(clause, number.end, run.start) if number_first else None,
        topic=not number_first and _is_topic(clause, number, says, mention.middle),
        noun=mention.noun or (_noun_after_word(text, clause, run) if number_first else ""),
    )


def _counts_places(text: str, mention: Mention, run: Word) -> bool:
    """Whether the number is of those that have completed all of theirs, not of what they had."""
    if _OF_PLACES.fullmatch(mention.middle):
        return True
    token = mention.token
    unnamed = token.measure in ("个", "家") and not NOUNS.match(text, token.end)
    return run.start > token.start and unnamed and bool(_ALL_OF_IT.match(text, run.end))


def _is_topic(clause: Clause, number: Token, says: Says, middle: str) -> bool:
    """Whether the number of "未完成的16项中" or "应完成的13项" is what the next ones divide."""
    if not _QUALIFIED.fullmatch(middle):
        return clause.of
    goes_on = any(t.sort is Sort.COUNT and t.start > number.start for t in clause.tokens)
    return clause.of or goes_on or says is What.DUE


def _noun_after_word(text: str, clause: Clause, run: Word) -> str:
    """The noun of "107个未完成整治的环境问题"."""
    after = clause.plain(text, run.end, _next(clause, run.end))
    return after.removeprefix("的") if after.startswith("的") or NOUNS.search(after) else ""


def _mention(
    text: str,
    clause: Clause,
    number: Token,
    *,
    run: Word | None = None,
    topic: bool = False,
    problem: Reason | None = None,
) -> Mention:
    counts = [t.end for t in clause.tokens if t.sort is Sort.COUNT and t.end <= number.start]
    since = _past_measures(clause, max(counts)) if counts else clause.start
    rest = next(
        (t for t in clause.tokens if t.sort is Sort.REST and since <= t.start < number.start), None
    )
    edge = min([number.start, *([run.start] if run else []), *([rest.start] if rest else [])])
    word_ends = [t.end for t in clause.tokens if t.sort is Sort.SAYS and since <= t.end <= edge]
    start = max([since, *word_ends])
    after = max(since, *([run.end] if run else [number.start]), *([rest.end] if rest else []))
    after = rest.end if rest and not run else after
    whole = next(
        (t for t in clause.tokens if t.sort is Sort.WHOLE and t.start == number.end + 1), None
    )
    end = _past_measures(clause, whole.end if whole else number.end)
    lead = clause.plain(text, max(start, edge - _LONGEST_LEAD), edge)
    middle = _middle(text, clause, after, number.start)
    each = Reason.EACH if _EACH.search(lead) or _EACH.search(middle) else None
    each = Reason.UNCLEAR_WORD if _NOT_EVEN.search(lead + middle) else each
    return Mention(
        number,
        clause,
        whole=whole._replace(sort=Sort.COUNT) if whole else None,
        rest=rest is not None,
        topic=topic,
        lead=lead,
        middle=middle,
        noun=clause.plain(text, end, _next(clause, end))[:_LONGEST_LEAD],
        problem=number.problem or problem or each,
    )


def _past_measures(clause: Clause, end: int) -> int:
    """Past the length or size that stands beside a number: 170条196.3公里黑臭河."""
    for token in clause.tokens:
        if token.sort is Sort.OTHER and token.start == end and token.kind is Kind.QUANTITY:
            end = token.end
    return end


def _middle(text: str, clause: Clause, start: int, end: int) -> str:
    return clause.plain(text, max(min(start, end), end - _LONGEST_LEAD), end).strip(":")


def _next(clause: Clause, start: int) -> int:
    return min((t.start for t in clause.tokens if t.start >= start), default=clause.end)


_OF_THE_BEST = re.compile(r"[^,]{0,8}?的[^,]{0,4}?(?:依次)?[为是有:]+(?P<place>[一-鿿]{2,8})")
"""Between a rate and the first place of a list: 完成率较高的为自贡市100%."""
_FROM = re.compile("(?:也|就)?[由从](?:[^,0-9%]{1,8}的)?")
"""What stands before a rate that has gone up or down."""


@dataclass(frozen=True, slots=True)
class RateMention:
    """A percentage and the part it is the share of; `None` where no rate was named.

    `lead` is the plain text of the clause before the name of the rate, or before a percentage that
    nothing but a name may stand before.
    """

    token: Token
    clause: Clause
    says: Says | None
    lead: str = ""
    problem: Reason | None = None


def rates_in(text: str, clause: Clause) -> list[RateMention]:
    """The percentages of one clause."""
    if len(clause.tokens) > MOST_TOKENS:
        return [
            RateMention(token, clause, None, problem=Reason.UNCLEAR_RATE)
            for token in clause.tokens
            if token.sort is Sort.PERCENT
        ]
    rates: list[RateMention] = []
    rate: Token | None = None
    for place, token in enumerate(clause.tokens):
        if token.sort is Sort.RATE:
            rate = token
        elif rate and token.sort is Sort.PERCENT and _FROM.fullmatch(text, rate.end, token.start):
            rates.append(RateMention(token, clause, None, problem=Reason.CHANGE))
            rate = rate._replace(end=token.end)  # 完成率由55%提高到62.3%
        elif token.sort is Sort.PERCENT:
            rates.append(_rate(text, clause, place, rate))
            rate = None
    return rates


def _rate(text: str, clause: Clause, place: int, rate: Token | None) -> RateMention:
    """办结率达99% by its name, "44%已完成" by the word beside it."""
    token = clause.tokens[place]
    before = clause.tokens[place - 1] if place else None
    after = clause.tokens[place + 1] if place + 1 < len(clause.tokens) else None
    for name, left, right in ((rate, rate, token), (before, before, token), (after, token, after)):
        if name is None or left is None or right is None or name.says is None:
            continue
        named = name is rate or (name.sort is Sort.SAYS and isinstance(name.says, What))
        if named and PERCENT_LINK.fullmatch(_between(text, clause, left, right)):
            if text.startswith("的", token.end) and name is rate:  # 完成率100%的51个
                break
            end = min(name.start, token.start)
            lead = clause.plain(text, max(clause.start, end - _LONGEST_LEAD), end)
            if any(t.sort is Sort.MODAL and t.end <= name.start for t in clause.tokens):
                return RateMention(token, clause, None, problem=Reason.PLAN)
            if name.says is What.RATE:
                says = _share_of(text, clause, name)
                return RateMention(token, clause, says, problem=token.problem)
            return RateMention(token, clause, name.says, lead, token.problem)
    if rate is not None and (best := _OF_THE_BEST.fullmatch(_between(text, clause, rate, token))):
        return RateMention(token, clause, rate.says, best["place"], token.problem)
    if clause.has(Sort.RATE):
        return RateMention(token, clause, None, problem=Reason.UNCLEAR_RATE)
    lead = "" if place else clause.plain(text, clause.start, token.start)[:_LONGEST_LEAD]
    return RateMention(token, clause, None, lead)


def _share_of(text: str, clause: Clause, name: Token) -> Says:
    """The part that "属实的占72%" names; `What.RATE` where the part was named before."""
    said = [t for t in clause.tokens if t.sort is Sort.SAYS and t.end <= name.start]
    if said and isinstance(said[-1].says, What):
        between = clause.plain(text, said[-1].end, name.start)
        return said[-1].says if between in ("", "的") else What.RATE
    return What.RATE


def _between(text: str, clause: Clause, left: Token, right: Token) -> str:
    """The words between two tokens; in "占总数50个的90%" the whole is passed over."""
    for token in clause.tokens:
        if token.sort is Sort.COUNT and left.end == token.start and left.says is What.RATE:
            return clause.plain(text, token.end, right.start).removeprefix("的")
    return clause.plain(text, left.end, right.start)
