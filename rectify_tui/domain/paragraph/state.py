"""What is known while the mentions of a paragraph are placed one after the other."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from rectify_tui.domain.paragraph import subjects
from rectify_tui.domain.paragraph.groups import Item
from rectify_tui.domain.paragraph.lexer import Token
from rectify_tui.domain.paragraph.model import TOTALS, Kind, Reason, What
from rectify_tui.domain.paragraph.scopes import CASE_MEASURES, Draft, Scope, Scopes
from rectify_tui.domain.paragraph.units import STRONG_MEASURES

_ITEM_NOUN = re.compile(r"任务|工程|项目")


@dataclass(slots=True)
class State:
    """Items in reading order, what became of them, and the scopes they opened.

    `last` is the count placed last, `listed_last` says that a count was listed since. `nests` holds
    the items that are known beforehand to divide a figure, `divided` is the figure that a list of
    places would divide, `unplaced_said` what was last said of a number that was listed, and in
    which sentence. `noun_before` is the sentence, measure word and noun of the last number with a
    noun. `wholes` has the place in `figures` of the latest total or due number by value, measure
    word and whether it is due.
    """

    items: list[Item]
    figures: list[Draft] = field(default_factory=list)
    unplaced: list[tuple[Token, Reason]] = field(default_factory=list)
    ignored: list[tuple[Token, Kind]] = field(default_factory=list)
    scopes: Scopes = field(default_factory=Scopes)
    nests: dict[int, Draft] = field(default_factory=dict)
    wholes: dict[tuple[Decimal, str, bool], int] = field(default_factory=dict)
    noun_before: tuple[int, str, str] = (-1, "", "")
    last: Draft | None = None
    divided: Draft | None = None
    unplaced_said: tuple[int, What | None] = (-1, None)
    listed_last: bool = False

    def find(self, item: Item, what: What) -> Scope | None:
        """The scope that a part belongs to, minding the subject that its words name."""
        named = subjects.names_scope(item.lead) or subjects.ends_in_place(item.lead)
        subject = item.subject if named else ""
        hint = subjects.telling(subjects.clean(item.count.lead))
        if hint and self.scopes.knows(hint):  # 第一轮, 省级, 2016年 of an earlier subject
            subject = hint
        token = item.count.token
        value = token.value or Decimal(0)
        return self.scopes.find(what, token.measure, value, item.sentence, item.group, subject)

    def around(self, item: Item, what: What) -> Scope | None:
        """The scope that is spoken of where the item stands, whatever the item's own subject."""
        token = item.count.token
        value = token.value or Decimal(0)
        return self.scopes.find(what, token.measure, value, item.sentence, item.group)

    def add(
        self,
        item: Item,
        what: What,
        subject: str,
        within: Draft | None,
        *,
        said: bool = False,
        scope: Scope | None = None,
    ) -> Draft:
        """A new figure; with `said` its text is the word (全部完成), not the number."""
        token, span = item.count.token, item.said_span if said else None
        assert token.value is not None
        start, end = span or (token.start, token.end)
        draft = Draft(subject, what, token.value, start, end, item.sentence, token.measure)
        draft.margin, draft.within = token.margin, within
        draft.also, draft.closeout = item.count.also, item.count.closeout
        draft.place = item.place or _place_of(scope) or _place_of(within)
        self.figures.append(draft)
        if what in TOTALS or what is What.DUE:
            self.wholes[draft.value, draft.measure, what is What.DUE] = len(self.figures) - 1
        self.last, self.listed_last = draft, False
        if not draft.place or within is None or within.place == draft.place:
            self.divided = draft if scope is None or not scope.of_list else self.divided
        return draft

    def said_before(self, item: Item) -> What | None:
        """What the words say of the number before in the sentence, if that was not placed."""
        at, says = self.unplaced_said
        return says if at == item.sentence else None

    def whole_of(self, token: Token, *, due_only: bool) -> Draft | None:
        """The latest total or due number that had this value and measure word."""
        assert token.value is not None
        kinds = (True,) if due_only else (True, False)
        places = [self.wholes.get((token.value, token.measure, due), -1) for due in kinds]
        return self.figures[max(places)] if max(places) >= 0 else None

    def list(self, item: Item, reason: Reason) -> None:
        """List a number as unplaced, or as ignored when nothing says that it counts items."""
        self.listed_last = True
        says = item.count.says or (What.REMAINING if item.count.rest else None)
        if isinstance(says, What):
            self.unplaced_said = (item.sentence, says)
        mention, token = item.count, item.count.token
        unsaid = mention.says is None
        vague = reason in (Reason.NO_STATUS, Reason.BREAKDOWN) and unsaid
        if vague and subjects.is_enforcement(mention.lead + mention.middle):
            self.ignored.append((token, Kind.ENFORCEMENT))
            return
        thing = token.measure in STRONG_MEASURES or subjects.names_things(item.subject)
        near = self.around(item, What.COMPLETED)
        like = near is not None and near.measure == token.measure
        article = token.chinese and token.value == 1 and unsaid
        if article or (vague and not thing and not like):
            self.ignored.append((token, Kind.OTHER_COUNT))
            return
        self.unplaced.append((token, reason))
        if near is not None and reason is Reason.BREAKDOWN:
            near.touch(item.sentence)
        if reason is Reason.NO_STATUS and item.aside is None:
            self._turn_to(item)

    def _turn_to(self, item: Item) -> None:
        """What follows a number with a name of its own is no longer about the old total."""
        if subjects.telling(item.subject) and subjects.names_things(item.subject):
            measure = item.count.token.measure
            self.scopes.open(Scope(item.subject, is_case(item), measure, None, item.sentence))


def _place_of(whole: Scope | Draft | None) -> str:
    return "" if whole is None else whole.place


def is_case(item: Item) -> bool:
    """Whether the number counts cases rather than items."""
    if subjects.names_cases(item.subject):
        return True
    return item.count.token.measure in CASE_MEASURES and not _ITEM_NOUN.search(item.subject)
