"""Mentions in their surroundings: what the clauses around a number add to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rectify_tui.domain.paragraph import subjects
from rectify_tui.domain.paragraph.around import (
    is_change,
    is_goal,
    predicate_after,
    reference_before,
    said_span,
    shares_word,
    topic_before,
)
from rectify_tui.domain.paragraph.clauses import Clause
from rectify_tui.domain.paragraph.model import Reason, What
from rectify_tui.domain.paragraph.pairing import Mention, mentions_in
from rectify_tui.domain.paragraph.places import Places
from rectify_tui.domain.paragraph.rates import RateMention, rates_in
from rectify_tui.domain.paragraph.words import DONE

_AT_WORK = re.compile(r"正在?(?:总体|积极|稳步)*有序推进中?")


@dataclass(frozen=True, slots=True)
class Item:
    """A mention with what its surroundings add.

    `subject` is named in its own clause, or in one without numbers just before; `lead` is the text
    that could name a new scope. `among` marks numbers after 其中 or in brackets, `begins_among` the
    first of them. `themed` marks a number whose predicate follows after a comma. `refers_to` is set
    by "属实的问题中": the figure that is now divided. `said_span` is the place of the predicate.
    `place` is the place or body that the number is of; `bare` that nothing else is named before it.
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

    @property
    def count(self) -> Mention:
        """The mention of an item that is no rate."""
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


def items(text: str, clauses: list[Clause], places: Places) -> list[Item]:
    """All mentions in reading order."""
    found: list[Item] = []
    for position, clause in enumerate(clauses):
        for mention in mentions_in(text, clause):
            item = _counted(text, clauses, position, mention, places)
            found.extend(_with_predicate(text, clauses, position, item))
        for rate in rates_in(text, clause):
            topic = topic_before(text, clauses, position, rate.token)
            subject = _named(topic, subjects.own_subject(rate.lead, "", ""))
            found.append(Item(rate, subject, topic + rate.lead))
    return list(_with_wholes(sorted(found, key=lambda item: item.mention.token.start)))


def _with_wholes(items: Iterable[Item]) -> Iterator[Item]:
    """The items, with the 33 of "已完成26/33项" as a total in front of its part."""
    for item in items:
        mention = item.mention
        if isinstance(mention, Mention) and mention.whole is not None:
            total = Mention(mention.whole, mention.clause, topic=True, lead=mention.lead)
            yield replace(item, mention=total, themed=False)
        yield item


def _counted(
    text: str, clauses: list[Clause], position: int, mention: Mention, places: Places
) -> Item:
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
    place = places.at_start(named)
    return Item(
        mention,
        subject=named,
        lead=topic + mention.lead + middle,
        place=place,
        bare=bool(place) and place == subjects.clean(mention.lead) and not mention.noun,
        refers_to=reference_before(text, clauses, position),
    )


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


def _with_predicate(text: str, clauses: list[Clause], position: int, item: Item) -> list[Item]:
    """A number whose word follows after a comma: "其余42项，总体按序时推进"."""
    mention = item.count
    if mention.said is not None:
        span = said_span(mention.clause, mention.all_from, *mention.said)
        item = replace(item, said_span=span)
    item = replace(item, mention=_of_rest(text, item.count))
    due = mention.says is What.DUE and mention.topic
    planned = mention.says in (Reason.PLAN, Reason.DEADLINE) and mention.middle == "的"
    found = None
    if mention.says is None or due or planned:
        found = predicate_after(text, clauses, position, mention)
    if planned and found is not None and found.says in DONE and found.all_from is not None:
        item = replace(item, mention=replace(mention, says=What.DUE, topic=True))
        due = True
    if found is None:
        return [item]
    bound = replace(mention.saying(found), number_first=True, all_from=found.all_from)
    bound = _of_rest(text, bound)
    span = said_span(clauses[position + 1], found.all_from, found.start, found.end)
    if not due:
        return [replace(item, mention=bound, themed=not mention.rest, said_span=span)]
    if not isinstance(found.says, What):
        return [item]
    return [item, replace(item, mention=replace(bound, again=True), said_span=span)]
