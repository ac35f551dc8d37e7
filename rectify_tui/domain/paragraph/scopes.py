"""Scopes: what a paragraph is talking about, and which total a part belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from rectify_tui.domain.paragraph.model import CASE_STATES, FINDINGS, Closeout, What
from rectify_tui.domain.paragraph.subjects import telling

if TYPE_CHECKING:
    from rectify_tui.domain.paragraph.phrases import Says

CASE_MEASURES = frozenset({"件", "封"})


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
        if what in CASE_STATES | FINDINGS:
            return self.case
        return self.case or measure not in CASE_MEASURES or self.measure in CASE_MEASURES


_KEPT = 60


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
        told = telling(subject)
        near = [
            scope
            for scope in self._by_nearness()
            if scope.sentence >= sentence - 1
            and not scope.ended(sentence, group)
            and scope.takes(what, measure)
            and (not told or told in telling(scope.subject))
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
