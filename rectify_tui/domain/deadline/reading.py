"""Puts a deadline together from its dates and the words around them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from rectify_tui.domain.deadline import prose
from rectify_tui.domain.deadline.mentions import Calendar, Mention, spelled_out
from rectify_tui.domain.deadline.model import Deadline, DeadlineKind, UnreadableError
from rectify_tui.domain.deadline.plain import plain

if TYPE_CHECKING:
    from datetime import date

_BLANK = re.compile(r"[ ;/无-]*")
_BREAKS = (
    re.compile(r"[;。!]"),
    re.compile(r"[,、]|(?=并(?:[于在]|确保|力争))|\b(?:and )?then\b", re.IGNORECASE),
)
_FROM = re.compile(r"[自从]$|\b(?:from|between) ?$", re.IGNORECASE)


def read(text: str, default_year: int | None, issued_on: date | None) -> Deadline:
    """What a deadline says: see `read_deadline`."""
    try:
        words = plain(text)
        if _BLANK.fullmatch(words):
            return Deadline(text, DeadlineKind.NONE)
        reading = _Reading(Calendar(default_year, issued_on))
        reading.read(spelled_out(words))
        return reading.deadline(text)
    except (UnreadableError, ValueError, OverflowError):
        return Deadline(text, DeadlineKind.UNREADABLE)


@dataclass(slots=True)
class _Reading:
    calendar: Calendar
    at_once: bool = False
    continuous: bool = False
    open_ended: bool = False
    dues: list[tuple[str, date]] = field(default_factory=list)
    starts: list[date] = field(default_factory=list)

    def read(self, text: str) -> None:
        rest, last = self.calendar.duration(text)
        mentions = self.calendar.mentions(rest)
        if last:
            if mentions:
                raise UnreadableError
            self.dues.append(("", last))
        if not mentions:
            self._prose(rest)
            return
        for mention, head, tail in self._divide(rest, mentions):
            self._check(mention, rest[: mention.begin], tail)
            self._place(mention, self._prose(head), self._prose(tail))

    def _divide(self, text: str, mentions: list[Mention]) -> list[tuple[Mention, str, str]]:
        """Each date with the words that belong before it and those that belong after it."""
        opening, head = _split(text[: mentions[0].begin], undivided_is_head=True)
        opening = self._prose(opening)
        if prose.STARTING.search(opening) and not prose.FINISHING.search(text):
            raise UnreadableError
        divided = []
        for mention, following in pairwise(mentions):
            tail, next_head = _split(text[mention.end : following.begin])
            divided.append((mention, head, tail))
            head = next_head
        return [*divided, (mentions[-1], head, text[mentions[-1].end :])]

    def _check(self, mention: Mention, before: str, tail: str) -> None:
        """Raises `UnreadableError` where the words right beside a date might change it."""
        opens = mention.edge in {"since", "open"}
        if mention.span.ranged or opens:
            # alone, 自 and 从 would leave it open whether the date is a beginning
            before = _FROM.sub("", before)
        if not prose.may_precede(before) or not prose.may_follow(tail, closed=mention.edge != ""):
            raise UnreadableError
        if mention.edge == "by" and not mention.span.exact:
            raise UnreadableError
        if prose.goes_on_to(before) or (not opens and prose.may_go_on(tail)):
            raise UnreadableError

    def _place(self, mention: Mention, head: str, tail: str) -> None:
        span = mention.span
        if mention.edge in {"since", "open"}:
            if span.ranged or prose.FINISHING.search(prose.first_clause(tail)):
                raise UnreadableError
            self.starts.append(span.first)
            self.open_ended = True
        elif _is_start(head, tail):
            if span.ranged:
                raise UnreadableError
            self.starts.append(span.last if mention.edge in {"by", "within"} else span.first)
        else:
            self.dues.append((prose.label(prose.label(head) + prose.label(tail)), span.last))
            if span.ranged:
                self.starts.append(span.first)

    def _prose(self, words: str) -> str:
        """Notes 立行立改 and 长期坚持, and returns the other words if they are harmless."""
        if not prose.harmless(words):
            raise UnreadableError
        self.at_once |= bool(prose.AT_ONCE.search(words))
        words = prose.AT_ONCE.sub("", words)
        self.continuous |= bool(prose.CONTINUOUS.search(words))
        return prose.CONTINUOUS.sub("", words)

    def deadline(self, text: str) -> Deadline:
        steps = tuple(sorted(self.dues, key=lambda due: due[1]))
        stages = steps if len({day for _, day in steps}) > 1 else ()
        if not all(name for name, _ in stages):
            raise UnreadableError
        due = steps[-1][1] if steps else None
        start = min(self.starts, default=None)
        if not due and self.at_once:
            if start:
                raise UnreadableError
            due = self.calendar.issued_on
        if due and start and start > due:
            raise UnreadableError
        return Deadline(
            text,
            self._kind(dated=bool(steps)),
            due_on=due,
            start_on=start,
            stages=stages,
            year_assumed=self.calendar.year_assumed,
        )

    def _kind(self, *, dated: bool) -> DeadlineKind:
        if dated or self.at_once:
            if self.continuous:
                return DeadlineKind.DUE_THEN_CONTINUOUS
            return DeadlineKind.DUE if dated else DeadlineKind.AT_ONCE
        if self.continuous:
            return DeadlineKind.CONTINUOUS
        if self.open_ended:
            return DeadlineKind.NO_END
        if self.starts:
            return DeadlineKind.START_ONLY
        raise UnreadableError


def _split(words: str, *, undivided_is_head: bool = False) -> tuple[str, str]:
    """Words between two dates: those that end the first step, and those that open the next."""
    for pattern in _BREAKS:
        breaks = list(pattern.finditer(words))
        if breaks:
            return words[: breaks[-1].start()], words[breaks[-1].end() :]
    return ("", words) if undivided_is_head else (words, "")


def _is_start(head: str, tail: str) -> bool:
    """Whether the date is when work begins. Raises `UnreadableError` where it might be both."""
    tail = re.sub(r"(?:按期|如期|按时)完成", "", tail)
    start, finish = prose.STARTING.search(tail), prose.FINISHING.search(tail)
    head_start, head_finish = prose.STARTING.search(head), prose.FINISHING.search(head)
    if start and not (finish and finish.start() < start.start()):
        if finish or head_finish:
            raise UnreadableError
        return True
    if not head_start or finish:
        return False
    if head_finish or prose.label(tail):
        raise UnreadableError
    return True
