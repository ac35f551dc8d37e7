"""The days that figures are of: 截至2019年12月31日, 2017年6月底."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

from rectify_tui.domain.dates import last_of_month
from rectify_tui.domain.paragraph.clauses import Clause

_DAY = (
    r"(?:(?P<year>(?:19|20)[0-9]{2})年|(?P<relative>[今去])年)?"
    r"(?:(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})[日号]|(?P<tenth>[上中下])旬|份?[底末]?)|年?(?P<year_end>[底末]))"
    r"(?![0-9]|[之以]?前|以?内|[之以]?后|[上中下]旬|以来|[起至到—–-])"
)
_UNTIL = re.compile(rf"(?:截[至止]到?|统计至|至|到){_DAY}")
_SINCE_ALWAYS = re.compile(rf"截[至止]到?{_DAY}")
_ALONE = re.compile(rf"{_DAY}(?:[0-9]{{1,2}}时)?(?=,)")
_TENTHS = {"上": 10, "中": 20}


@dataclass(frozen=True, slots=True)
class _CutOff:
    """A day named at `start`; a `lasting` one (截至) holds for the sentences that follow."""

    start: int
    sentence: int
    day: date
    lasting: bool


class CutOffs:
    """The days named in a paragraph, and which of them a figure is of."""

    def __init__(self, text: str, clauses: list[Clause], today: date | None) -> None:
        self._named = _cutoffs(text, clauses, today)
        self._starts = [cutoff.start for cutoff in self._named]
        self._lasting: list[_CutOff | None] = []
        for cutoff in self._named:
            before = self._lasting[-1] if self._lasting else None
            self._lasting.append(cutoff if cutoff.lasting else before)

    def at(self, start: int, sentence: int) -> date | None:
        """The day of a figure: the last one named before it, else the first in its sentence."""
        before = bisect_right(self._starts, start) - 1
        if before >= 0:
            last, lasting = self._named[before], self._lasting[before]
            if last.sentence == sentence:
                return last.day
            if lasting is not None:
                return lasting.day
        after = self._named[before + 1 : before + 2]
        return after[0].day if after and after[0].sentence == sentence else None


def _cutoffs(text: str, clauses: list[Clause], today: date | None) -> list[_CutOff]:
    named: list[_CutOff] = []
    year: int | None = None
    for clause in clauses:
        if clause.aside is not None:
            continue
        match = _UNTIL.match(text, clause.start) or _ALONE.match(text, clause.start)
        match = match or _SINCE_ALWAYS.search(text, clause.start, clause.end)
        if match is None:
            continue
        day = _day(match, year, today)
        if day is not None:
            year = day.year if match["year"] else year
            lasting = not match[0][0].isdigit()
            named.append(_CutOff(match.start(), clause.sentence, day, lasting))
    return named


def _day(match: re.Match[str], year: int | None, today: date | None) -> date | None:
    """The last day of what was written; without a year the latest that has come."""
    if match["year"]:
        year = int(match["year"])
    elif match["relative"]:
        year = None if today is None else today.year - (match["relative"] == "去")
    elif year is None and today is not None:
        this_year = _of_year(match, today.year)
        return this_year if this_year and this_year <= today else _of_year(match, today.year - 1)
    return None if year is None else _of_year(match, year)


def _of_year(match: re.Match[str], year: int) -> date | None:
    month = int(match["month"] or 12)
    try:
        if match["day"]:
            return date(year, month, int(match["day"]))
        if match["tenth"] in _TENTHS:
            return date(year, month, _TENTHS[match["tenth"]])
        return last_of_month(year, month)
    except ValueError:
        return None
