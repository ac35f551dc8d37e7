"""What a paragraph is talking about: scopes, figures so far, and which total a part belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from rectify_tui.domain.paragraph import subjects
from rectify_tui.domain.paragraph.context import CountInContext
from rectify_tui.domain.paragraph.lexer import Token
from rectify_tui.domain.paragraph.model import (
    CASE_STATES,
    FINDINGS,
    TOTALS,
    Closeout,
    Kind,
    Reason,
    What,
)
from rectify_tui.domain.paragraph.numbers import STRONG_MEASURES
from rectify_tui.domain.paragraph.phrases import Says
from rectify_tui.domain.paragraph.subjects import telling

CASE_MEASURES = frozenset({"件", "封"})


_KEPT = 60
_ITEM_NOUN = re.compile(r"任务|工程|项目")


@dataclass(slots=True, eq=False)
class Draft:
    """A figure while its paragraph is being read; `start:end` is a folded slice."""

    subject: str
    what: What
    value: Decimal
    start: int
    end: int
    sentence: int
    measure: str = ""
    margin: Decimal = Decimal(0)
    rate_of: What | None = None
    within: Draft | None = None
    also: What | None = None
    closeout: Closeout | None = None
    place: str = ""


@dataclass(slots=True, eq=False)
class Scope:
    """A subject under discussion, with its total as `root` where one was stated.

    `place` is the place or body that it is of, `of_list` says that it is one of a list of places.
    `sentence` is where it was last spoken of, `aside` the bracket it was opened in. A scope inside
    another one, the `whole`, divides a part of it (未完成的16项中) and ends with the group or
    sentence it was opened in.
    """

    subject: str
    case: bool
    measure: str
    root: Draft | None
    sentence: int
    until_group: int | None = None
    until_sentence: int | None = None
    whole: Scope | None = None
    aside: int | None = None
    place: str = ""
    of_list: bool = False

    def ended(self, sentence: int, group: int) -> bool:
        """Whether the stretch of text that a scope inside another is for is over."""
        return self.until_group not in (None, group) or self.until_sentence not in (None, sentence)

    def touch(self, sentence: int) -> None:
        """Note that the scope, and the one it is inside of, was spoken of."""
        self.sentence = sentence
        if self.whole is not None:
            self.whole.touch(sentence)

    def takes(self, what: What, measure: str) -> bool:
        """Whether a part of this kind can belong here at all."""
        if what in CASE_STATES:
            return self.case
        if what in FINDINGS:  # of complaints, and of clues that were looked into
            return self.case or measure not in CASE_MEASURES
        return self.case or measure not in CASE_MEASURES or self.measure in CASE_MEASURES


class Scopes:
    """The latest scopes of a paragraph, the last one last.

    `aside` is the bracket that is being read; what other brackets opened comes after all else.
    """

    def __init__(self) -> None:
        self._all: list[Scope] = []
        self.aside: int | None = None

    def open(self, scope: Scope) -> Scope:
        """Make `scope` the latest."""
        scope.aside = self.aside
        self._all.append(scope)
        del self._all[:-_KEPT]
        return scope

    def revive(self, scope: Scope) -> None:
        """Make an earlier scope the latest again."""
        self._all.remove(scope)
        self._all.append(scope)

    def leave_place(self) -> None:
        """Speak of the whole again, no more of the place that was named last."""
        if self._all and self._all[-1].of_list and self._all[-1].root is None:
            del self._all[-1]

    def find(
        self,
        what: What,
        measure: str,
        value: Decimal,
        sentence: int,
        group: int,
        subject: str = "",
    ) -> Scope | None:
        """The scope that a part belongs to.

        The latest with the same measure word, spoken of in this sentence or the one before; else
        the latest of all, if it is of this sentence and not smaller than the part. A `subject`
        that tells something must be the scope's.
        """
        own = telling(subject)
        near = [
            scope
            for scope in self._by_nearness()
            if scope.sentence >= sentence - 1
            and not scope.ended(sentence, group)
            and scope.takes(what, measure)
            and (not own or own in telling(scope.subject))
        ]
        same = next((scope for scope in near if scope.measure == measure), None)
        here = self.of_sentence(sentence)
        if same is not None or here is None or here not in near:
            return same
        return None if here.root is not None and value > here.root.value else here

    def knows(self, hint: str) -> bool:
        """Whether a scope has these words in its subject."""
        return any(hint in scope.subject for scope in self._all)

    def latest(self, sentence: int, group: int, says: Says | None) -> Scope | None:
        """The scope that a rate belongs to: the latest of this sentence or the one before."""
        near = [
            scope
            for scope in self._by_nearness()
            if scope.sentence >= sentence - 1 and not scope.ended(sentence, group)
        ]
        of_cases = [scope for scope in near if scope.case or says not in CASE_STATES | FINDINGS]
        of_cases += [scope for scope in near if says is What.CASES_CLOSED]  # 办结率 of items
        return next(iter(of_cases), None)

    def of_sentence(self, sentence: int) -> Scope | None:
        """The latest scope, if it is of this sentence."""
        last = next(iter(self._by_nearness()), None)
        return last if last is not None and last.sentence == sentence else None

    def _by_nearness(self) -> list[Scope]:
        latest = self._all[::-1]
        return sorted(latest, key=lambda scope: scope.aside not in (None, self.aside))

    def with_root(self, draft: Draft) -> Scope | None:
        """The scope that has this figure as its total."""
        return next((scope for scope in reversed(self._all) if scope.root is draft), None)


@dataclass(slots=True)
class State:
    """Items in reading order, what became of them, and the scopes they opened.

    - `last` is the count placed last, `listed_last` says that a count was listed since
    - `nests` holds the counts that are known beforehand to divide a figure
    - `divided` is the figure that a list of places would divide, `list_host` the one that the list
      being read divides
    - `unplaced_said` is the sentence and what was last said of a number that was listed
    - `noun_before` is the sentence, measure word and noun of the last number with a noun
    - `wholes` has the place in `figures` of the latest total or due number by value, measure word
      and whether it is due
    """

    counts: list[CountInContext]
    figures: list[Draft] = field(default_factory=list)
    unplaced: list[tuple[Token, Reason]] = field(default_factory=list)
    ignored: list[tuple[Token, Kind]] = field(default_factory=list)
    scopes: Scopes = field(default_factory=Scopes)
    nests: dict[int, Draft] = field(default_factory=dict)
    wholes: dict[tuple[Decimal, str, bool], int] = field(default_factory=dict)
    noun_before: tuple[int, str, str] = (-1, "", "")
    last: Draft | None = None
    divided: Draft | None = None
    list_host: Draft | None = None
    unplaced_said: tuple[int, What | None] = (-1, None)
    listed_last: bool = False

    def find(self, count: CountInContext, what: What) -> Scope | None:
        """The scope that a part belongs to, minding the subject that its words name."""
        named = subjects.names_scope(count.lead) or subjects.ends_in_place(count.lead)
        named = named or bool(count.place)
        subject = count.subject if named else ""
        hint = subjects.telling(subjects.clean(count.number.lead))
        if hint and self.scopes.knows(hint):  # 第一轮, 省级, 2016年 of an earlier subject
            subject = hint
        token = count.number.token
        value = token.value or Decimal(0)
        return self.scopes.find(what, token.measure, value, count.sentence, count.group, subject)

    def around(self, count: CountInContext, what: What) -> Scope | None:
        """The scope that is spoken of where the count stands, whatever its own subject."""
        token = count.number.token
        value = token.value or Decimal(0)
        return self.scopes.find(what, token.measure, value, count.sentence, count.group)

    def add(
        self,
        count: CountInContext,
        what: What,
        subject: str,
        within: Draft | None,
        *,
        said: bool = False,
        scope: Scope | None = None,
    ) -> Draft:
        """A new figure; with `said` its text is the word (全部完成), not the number."""
        token, span = count.number.token, count.said_span if said else None
        assert token.value is not None
        start, end = span or (token.start, token.end)
        draft = Draft(subject, what, token.value, start, end, count.sentence, token.measure)
        draft.margin, draft.within = token.margin, within
        draft.also, draft.closeout = count.number.also, count.number.closeout
        draft.place = count.place or _place_of(scope) or _place_of(within)
        self.figures.append(draft)
        if what in TOTALS or what is What.DUE:
            self.wholes[draft.value, draft.measure, what is What.DUE] = len(self.figures) - 1
        self.last, self.listed_last = draft, False
        if not count.bare and not (scope is not None and scope.of_list):
            self.divided, self.list_host = draft, None
        return draft

    def noun_near(self, count: CountInContext) -> str:
        """The noun of the last number with a noun, if that has the measure word and sentence."""
        sentence, measure, noun = self.noun_before
        return noun if (sentence, measure) == (count.sentence, count.number.token.measure) else ""

    def said_before(self, count: CountInContext) -> What | None:
        """What the words say of the number before in the sentence, if that was not placed."""
        at, says = self.unplaced_said
        return says if at == count.sentence else None

    def whole_of(self, token: Token, *, due_only: bool) -> Draft | None:
        """The latest total or due number that had this value and measure word."""
        assert token.value is not None
        kinds = (True,) if due_only else (True, False)
        places = [self.wholes.get((token.value, token.measure, due), -1) for due in kinds]
        return self.figures[max(places)] if max(places) >= 0 else None

    def list(self, count: CountInContext, reason: Reason) -> None:
        """List a number as unplaced, or as ignored when nothing says that it counts items."""
        self.listed_last = True
        says = count.number.says or (What.REMAINING if count.number.rest else None)
        if isinstance(says, What):
            self.unplaced_said = (count.sentence, says)
        mention, token = count.number, count.number.token
        unsaid = mention.says is None
        vague = reason in (Reason.NO_STATUS, Reason.BREAKDOWN) and unsaid
        if vague and subjects.is_enforcement(mention.lead + mention.middle):
            self.ignored.append((token, Kind.ENFORCEMENT))
            return
        thing = token.measure in STRONG_MEASURES or subjects.names_things(count.subject)
        thing = thing or subjects.names_round(count.subject)
        near = self.around(count, What.COMPLETED)
        like = near is not None and near.measure == token.measure
        article = token.chinese and token.value == 1 and unsaid
        if article or (vague and not thing and not like):
            self.ignored.append((token, Kind.OTHER_COUNT))
            return
        self.unplaced.append((token, reason))
        if near is not None and reason is Reason.BREAKDOWN:
            near.touch(count.sentence)
        if reason in (Reason.NO_STATUS, Reason.PLAN) and count.aside is None:
            self._turn_to(count)

    def _turn_to(self, count: CountInContext) -> None:
        """What follows a number with a name of its own is no longer about the old total."""
        if subjects.telling(count.subject) and subjects.names_things(count.subject):
            measure = count.number.token.measure
            self.scopes.open(Scope(count.subject, is_case(count), measure, None, count.sentence))


def _place_of(whole: Scope | Draft | None) -> str:
    return "" if whole is None else whole.place


def is_case(count: CountInContext) -> bool:
    """Whether the number counts cases rather than items."""
    if subjects.names_cases(count.subject):
        return True
    return count.number.token.measure in CASE_MEASURES and not _ITEM_NOUN.search(count.subject)
