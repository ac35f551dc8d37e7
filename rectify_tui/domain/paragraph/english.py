"""English sentences about progress: of 56 items, 24 were completed and 7 are on schedule.

Only the plain order is read, a number with its word behind it, as this program writes it and
translated bulletins have it. What is said in another way is listed as unplaced.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from rectify_tui.domain.deadline import read_deadline
from rectify_tui.domain.paragraph.model import (
    CASE_STATES,
    Figure,
    Ignored,
    Kind,
    Reason,
    Unplaced,
    What,
)

_PART = re.compile("[^一-鿿。，；：、（）“”《》]+")
_WORD = re.compile("[a-z]{2,}")
_LEAST_WORDS = 3
_NEAR = 24
_LONGEST = 12
"""More digits are no count of anything."""

_STATE_WORDS: tuple[tuple[What, str], ...] = (
    (
        What.NOT_COMPLETED,
        "not (?:yet )?(?:been )?(?:completed|finished|done|rectified)|overdue|unfinished",
    ),
    (
        What.BASICALLY_COMPLETED,
        "(?:basically|mostly|substantially|largely) (?:completed|finished|done|rectified)",
    ),
    (What.NOT_STARTED, "not (?:yet )?(?:been )?started"),
    (What.AHEAD, "ahead of schedule"),
    (What.ON_SCHEDULE, "on (?:schedule|track)"),
    (What.BEHIND, "behind(?: schedule)?|lagging"),
    (What.MERGED, "merged"),
    (What.IN_PROGRESS, "in progress|under ?way|being rectified"),
    (What.CASES_INTERIM, "closed (?:for the time being|provisionally)|interim closed"),
    (What.CASES_OPEN, "not (?:yet )?(?:been )?closed|open|pending"),
    (What.CASES_CLOSED, "closed"),
    (What.COMPLETED, "completed|finished|done|rectified"),
    (What.PARTLY_SUBSTANTIATED, "partly substantiated"),
    (What.BASICALLY_SUBSTANTIATED, "mostly substantiated"),
    (What.UNSUBSTANTIATED, "not substantiated|unsubstantiated"),
    (What.SUBSTANTIATED, "substantiated"),
    (What.REMAINING, "left|remaining"),
)
"""The longer ones first: not completed, before completed."""
_STATES = [(what, re.compile(words, re.IGNORECASE)) for what, words in _STATE_WORDS]
_GOES_ON = re.compile(
    r"$|[,.;:()\n]| (?:and|but|while|with|without|into|in|as|by|so|since|of|because|on)\b"
)
_OR = re.compile(" (?:and/)?or ", re.IGNORECASE)
_LINKS = re.compile(
    r"(?: (?:of (?:them|these|which|those)|more|others?|already|now|still|so far|have|has|had|been"
    r"|were|was|are|is|remain(?:ed|s)?|reported|as|fully|all)(?![a-z]))*",
    re.IGNORECASE,
)
_NOUN = re.compile(
    r" (?P<noun>(?:(?!(?:of|on|in|and|or|not|was|were|is|are|has|have|had)\b)[a-z][a-z-]* ){0,4}?"
    r"(?:items?|tasks?|problems?|projects?|issues?|measures?|outfalls?|cases?"
    r"|complaints?(?: cases?)?|letters?))(?![a-z])",
    re.IGNORECASE,
)
_OF_A_WHOLE = re.compile(r" of (?:the |all )?[0-9][0-9,]*(?= [a-z])", re.IGNORECASE)
_NAMES_WHOLE = re.compile(
    r"(?:^|[.:,;(]|\b(?:of|the|all|there (?:are|were|is|was)|named|found|has|have|had|with|into))"
    r"\s*$",
    re.IGNORECASE,
)
_OF = re.compile(r"\bof(?: the| all)? $", re.IGNORECASE)
_ABOUT = re.compile(
    r"\b(?:about|around|nearly|almost|over|some|roughly|approximately|at (?:least|most)|up to"
    r"|(?:more|less|fewer) than)(?: the)? $",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:to be|will|should|must|shall|would|planned|expected|due)\b", re.IGNORECASE
)
_RATE = re.compile(
    r"\b(?P<what>completion|closure) rate(?: (?:is|was|of|stands at|has reached))?:? $",
    re.IGNORECASE,
)
_CASES = re.compile("case|complaint|letter", re.IGNORECASE)

_MONTH = "(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_DATE = re.compile(
    rf"(?<![0-9])[0-9]{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}\b(?:,? (?:19|20)[0-9]{{2}})?"
    rf"|\b{_MONTH} [0-9]{{1,2}}(?:st|nd|rd|th)?\b(?:,? (?:19|20)[0-9]{{2}})?"
    r"|(?<![0-9,.])(?:19|20)[0-9]{2}(?:[-/.][0-9]{1,2}){1,2}(?![0-9])"
    rf"|(?<=of )(?:19|20)[0-9]{{2}}(?=[,.;]|$)|\b{_MONTH} (?:19|20)[0-9]{{2}}",
    re.IGNORECASE,
)
_AS_OF = re.compile(r"\b(?:as of|as at|at the end of|by) (?P<day>[^,;:()]{4,60})", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![0-9])(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?")
_PERCENT = re.compile(r" ?(?:%|per ?cent\b)", re.IGNORECASE)
_SENTENCE = re.compile(r"(?:[^.!?;\n]|\.(?=\S))+")
_OF_CASES = {
    What.COMPLETED: What.CASES_CLOSED,
    What.NOT_COMPLETED: What.CASES_OPEN,
    What.IN_PROGRESS: What.CASES_OPEN,
}
_OF_ITEMS = {What.CASES_CLOSED: What.COMPLETED}


@dataclass
class English:
    """What the English parts of a text say, and the text without them, of the same length.

    `within` of a figure is its place among these `figures`.
    """

    rest: str
    figures: list[Figure] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)


def read_english(text: str) -> English:
    """Read the stretches of a text that have English words and no Chinese ones beside a number."""
    found = English(text)
    pieces, at = [], 0
    for part in _PART.finditer(text):
        words = len(_WORD.findall(part[0])) >= _LEAST_WORDS
        if words and _NUMBER.search(part[0]):
            _Part(text, part.start(), part.end(), found).read()
            pieces += [text[at : part.start()], "。", " " * (len(part[0]) - 1)]
            at = part.end()
    found.rest = "".join([*pieces, text[at:]])
    return found


@dataclass
class _Part:
    """One stretch of English, read sentence by sentence."""

    text: str
    start: int
    end: int
    found: English
    whole: int | None = None
    day: date | None = None

    def read(self) -> None:
        for sentence in _SENTENCE.finditer(self.text, self.start, self.end):
            self._read_sentence(*sentence.span())

    def _read_sentence(self, start: int, end: int) -> None:
        if as_of := _AS_OF.search(self.text, start, end):
            self.day = read_deadline(as_of["day"].strip()).due_on or self.day
        at, before = start, start
        while number := _NUMBER.search(self.text, at, end):
            near = max(start, number.start() - _NEAR), min(end, number.end() + _NEAR)
            day = _DATE.search(self.text, *near)
            if day and day.start() <= number.start() < day.end():
                at = day.end()
                self._ignore(number.start(), at, Kind.DATE)
                continue
            at = self._take(number.start(), number.end(), before, end)
            before = at

    def _take(self, start: int, end: int, before: int, last: int) -> int:
        """Place one number; where to go on."""
        lead = self.text[before:start]
        if percent := _PERCENT.match(self.text, end):
            self._take_rate(start, percent.end(), lead)
            return percent.end()
        written = self.text[start:end].replace(",", "")
        if not written.isdecimal() or len(written) > _LONGEST:
            self._ignore(start, end, Kind.BARE)
            return end
        value = int(written)
        after = end
        if whole := _OF_A_WHOLE.match(self.text, end):
            after = whole.end()
        said = self._said(after, last)
        noun = _NOUN.match(self.text, after)
        forced = _OF.search(lead) and noun
        if _ABOUT.search(lead):
            self._list(start, end, value, Reason.APPROXIMATE)
        elif said and not forced:
            what, stop, reason = said
            if _PLANNED.search(self.text, before, stop):
                reason = Reason.PLAN
            self._add_part(start, end, value, what, reason)
        elif noun and not whole and _NAMES_WHOLE.search(lead):
            self._add_whole(start, end, value, noun["noun"])
        elif noun or self.whole is not None:
            self._list(start, end, value, Reason.NO_STATUS)
        else:
            self._ignore(start, end, Kind.BARE)
        return end

    def _said(self, at: int, last: int) -> tuple[What, int, Reason | None] | None:
        """The state behind a number, directly or behind its noun, and why it cannot be placed."""
        noun = _NOUN.match(self.text, at)
        for begin in (at, *([noun.end()] if noun else [])):
            links = _LINKS.match(self.text, begin)
            place = (links.end() if links else begin) + 1
            for what, words in _STATES:
                state = words.match(self.text, place, last)
                if state is None or self.text[place - 1] != " ":
                    continue
                if either := _OR.match(self.text, state.end()):
                    other = any(w.match(self.text, either.end()) for _, w in _STATES)
                    return what, state.end(), Reason.TWO_STATUSES if other else Reason.NO_STATUS
                goes_on = _GOES_ON.match(self.text, state.end())
                return what, state.end(), None if goes_on else Reason.NO_STATUS
        return None

    def _add_whole(self, start: int, end: int, value: int, noun: str) -> None:
        what = What.CASES_TOTAL if _CASES.search(noun) else What.TOTAL
        self.whole = len(self.found.figures)
        self._add(Figure(noun, what, value, self.text[start:end], start, end))

    def _add_part(
        self, start: int, end: int, value: int, what: What, reason: Reason | None
    ) -> None:
        whole = None if self.whole is None else self.found.figures[self.whole]
        if whole is not None and whole.what is What.CASES_TOTAL:
            what = _OF_CASES.get(what, what)
        elif whole is not None:
            what = _OF_ITEMS.get(what, what)
            reason = reason or (Reason.CASE_WORD if what in CASE_STATES else None)
        if reason is not None:
            self._list(start, end, value, reason)
            return
        inside = whole is not None and value <= whole.value
        subject = whole.subject if whole is not None else ""
        within = self.whole if inside else None
        self._add(Figure(subject, what, value, self.text[start:end], start, end, within=within))

    def _take_rate(self, start: int, end: int, lead: str) -> None:
        named = _RATE.search(lead)
        if named is None:
            self._ignore(start, end, Kind.SHARE)
            return
        written = re.sub("[^0-9.]", "", self.text[start:end])
        of = What.CASES_CLOSED if named["what"].lower() == "closure" else What.COMPLETED
        margin = Decimal(1).scaleb(-len(written.partition(".")[2])) / 2
        whole = None if self.whole is None else self.found.figures[self.whole]
        fits = whole is not None and (whole.what is What.CASES_TOTAL) == (of is What.CASES_CLOSED)
        self._add(
            Figure(
                whole.subject if whole and fits else "", What.RATE, float(written),
                self.text[start:end], start, end, rate_of=of,
                within=self.whole if fits else None, margin=margin,
            )
        )  # fmt: skip

    def _add(self, figure: Figure) -> None:
        self.found.figures.append(replace(figure, on=self.day))

    def _list(self, start: int, end: int, value: int, reason: Reason) -> None:
        self.found.unplaced.append(Unplaced(reason, value, self.text[start:end], start, end))

    def _ignore(self, start: int, end: int, kind: Kind) -> None:
        self.found.ignored.append(Ignored(kind, self.text[start:end], start, end))


def together(chinese: tuple[Figure, ...], english: list[Figure]) -> tuple[Figure, ...]:
    """The figures of both languages in the order of the text."""
    if not english:
        return chinese
    both = sorted(
        [(each, False, at) for at, each in enumerate(chinese)]
        + [(each, True, at) for at, each in enumerate(english)],
        key=lambda entry: (entry[0].start, entry[0].end),
    )
    place = {(is_english, at): now for now, (_, is_english, at) in enumerate(both)}
    return tuple(
        each if each.within is None else replace(each, within=place[is_english, each.within])
        for each, is_english, _ in both
    )
