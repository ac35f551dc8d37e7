"""Points of responsible units: twelve, as on a driving licence, and what takes them.

Events take points by the table of the office; after a year to the day they come back. Nothing of
this is kept: it follows from what the ledger tells of items, returns and cards. Source of the idea:
the credit scoring of firms in Jiangsu (12 points, a rolling score, a list of exempt ones); the
usual table is ours, as no document fixes one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from rectify_tui.domain.status import Group, Status, statuses_of
from rectify_tui.domain.timeline import FOREVER, NOT_STARTED_DUE

FULL = 12
"""The points that a unit begins with."""


class PointEvent(StrEnum):
    """What takes points.

    - Overdue: an item passes its deadline without being completed.
    - Refuted: a visit found otherwise than was reported.
    - False completion: the same of an item that was reported completed.
    - Late return: a return that was sent to the unit is not back by its day.
    - Broken promise: the day of the next step passes without it.
    - Cards, as they are given.
    """

    OVERDUE = "overdue"
    REFUTED = "refuted"
    FALSE_COMPLETION = "false_completion"
    LATE_RETURN = "late_return"
    BROKEN_PROMISE = "broken_promise"
    BLUE_CARD = "blue_card"
    YELLOW_CARD = "yellow_card"
    RED_CARD = "red_card"


PointTable = Mapping[PointEvent, int]
"""How many points each event takes; 0 for one that takes none."""

DEFAULT: PointTable = {
    PointEvent.OVERDUE: 2, PointEvent.REFUTED: 3, PointEvent.FALSE_COMPLETION: 6,
    PointEvent.LATE_RETURN: 1, PointEvent.BROKEN_PROMISE: 1, PointEvent.BLUE_CARD: 0,
    PointEvent.YELLOW_CARD: 1, PointEvent.RED_CARD: 3,
}  # fmt: skip


@dataclass(frozen=True)
class Event:
    """Something that may take points: what, on which day, of which unit, and about which record.

    `about` is the reference of an item, the code of a return or the number of a card; `told` the
    day that was missed, where there is one.
    """

    kind: PointEvent
    on: date
    unit_id: int
    about: str
    told: date | None = None

    @property
    def back_on(self) -> date:
        """The day on which its points come back."""
        return a_year_after(self.on)

    def counts(self, day: date) -> bool:
        """Whether it weighs on a day."""
        return self.on <= day < self.back_on


@dataclass(frozen=True)
class BehindSpan:
    """A unit was behind with an item from a day up to, not including, another."""

    unit_id: int
    item_id: int
    since: date
    until: date


@dataclass(frozen=True)
class UnitRecord:
    """What the ledger tells of a unit: since when it has items, what happened, when it was late."""

    unit_id: int
    since: date
    events: Sequence[Event] = ()
    behind: Sequence[BehindSpan] = ()

    def lost(self, table: PointTable, day: date) -> int:
        """The points that events take on a day, which may be more than there are."""
        return sum(table[event.kind] for event in self.events if event.counts(day))

    def points(self, table: PointTable, day: date) -> int:
        """The points that are left on a day, never fewer than none."""
        return max(0, FULL - self.lost(table, day))

    def behind_on(self, day: date) -> list[BehindSpan]:
        """What it was behind with on a day."""
        return [span for span in self.behind if span.since <= day < span.until]

    def exempt(self, table: PointTable, day: date) -> bool:
        """Whether it has full points, and had items and nothing behind for a year."""
        begin = a_year_before(day)
        late = any(span.since <= day and span.until > begin for span in self.behind)
        return self.since <= begin and not late and self.lost(table, day) == 0


def exempt_over_time(
    units: Iterable[UnitRecord], table: PointTable, day: date, months: int
) -> list[tuple[date, int]]:
    """How many units were exempt at the end of each of so many months, the last being the day."""
    units, ends = list(units), [day]
    while len(ends) < months:
        ends.append(ends[-1].replace(day=1) - timedelta(days=1))
    return [(end, sum(unit.exempt(table, end) for unit in units)) for end in reversed(ends)]


def a_year_after(day: date) -> date:
    """The same day of the next year; of 29 February the first of March."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)


def a_year_before(day: date) -> date:
    """The day from which a year leads to a day."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return date(day.year - 1, 2, 28)


@dataclass(frozen=True)
class Held:
    """From when (ISO text) an item had a status, as figures count it, a unit and a deadline."""

    since: str
    status: str
    unit_id: int | None
    due_on: str | None


_DONE = frozenset({*map(str, statuses_of(Group.COMPLETED)), Status.MERGED.value})
_BEHIND = frozenset({*map(str, statuses_of(Group.BEHIND)), NOT_STARTED_DUE})


def overdue_days(held: Sequence[Held], day: date) -> Iterator[tuple[date, int, date]]:
    """When a deadline passed with the item open: day, unit, and the deadline.

    Each deadline counts once against the unit that had it. An item that relapses after its deadline
    is overdue from the day on which it does; one that was entered late, from its deadline on.
    """
    for place, (entry, end) in enumerate(_periods(held)):
        if entry.status in _DONE or entry.due_on is None or entry.unit_id is None:
            continue
        passed = _next(entry.due_on)
        if passed < entry.since and place:
            if held[place - 1].status not in _DONE:
                continue
            passed = entry.since
        if passed < end and passed <= day.isoformat():
            yield date.fromisoformat(passed), entry.unit_id, date.fromisoformat(entry.due_on)


def behind_spans(held: Sequence[Held], item_id: int) -> Iterator[BehindSpan]:
    """When units were behind with an item: reported so, or past its deadline and open."""
    for entry, end in _periods(held):
        if entry.status in _DONE or entry.unit_id is None:
            continue
        since = entry.since
        if entry.status not in _BEHIND:
            if entry.due_on is None:
                continue
            since = max(since, _next(entry.due_on))
        if since < end:
            days = (date.fromisoformat(since), date.fromisoformat(end))
            yield BehindSpan(entry.unit_id, item_id, *days)


def refutation(held: Sequence[Held], day: str) -> tuple[PointEvent, int] | None:
    """What a visit that refuted an item on a day is, and against which unit.

    It is a false completion where the item was reported completed by then, or until the day before.
    """
    now = [entry for entry in held if entry.since <= day]
    before = [entry for entry in held if entry.since < day]
    unit = next((entry.unit_id for entry in reversed(now) if entry.unit_id is not None), None)
    if unit is None:
        return None
    completed = any(entries and entries[-1].status in _DONE for entries in (now, before))
    return (PointEvent.FALSE_COMPLETION if completed else PointEvent.REFUTED), unit


def _periods(held: Sequence[Held]) -> Iterator[tuple[Held, str]]:
    """Each entry with the first day on which it no longer held."""
    ends = [entry.since for entry in held[1:]] + [FOREVER]
    return zip(held, ends, strict=True)


def _next(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


class Colour(StrEnum):
    """The cards, mildest first: a reminder, one for being behind, one for being long so."""

    BLUE = "blue"
    YELLOW = "yellow"
    RED = "red"

    @property
    def rank(self) -> int:
        """Its place, from 0."""
        return tuple(Colour).index(self)

    @property
    def event(self) -> PointEvent:
        """The event that giving it is."""
        return PointEvent(f"{self.value}_card")


@dataclass(frozen=True)
class CardRules:
    """When cards are suggested: None means never by that alone.

    Blue for an item due within so many days, yellow and red for one behind for so many whole weeks,
    red for a `refuted` one too.
    """

    blue_days: int | None = 15
    yellow_weeks: int | None = 1
    red_weeks: int | None = 8
    red_refuted: bool = True


@dataclass(frozen=True)
class Standing:
    """An item of a unit on a day: for how many days behind, in how many due, whether refuted."""

    item_id: int
    days_behind: int | None = None
    days_left: int | None = None
    refuted: bool = False


def suggested_card(
    items: Sequence[Standing], given: Iterable[tuple[Colour, date]], rules: CardRules, day: date
) -> tuple[Colour, list[Standing]] | None:
    """The card that is due to a unit, and the items that cause it; None where none is.

    The gravest that any item reaches is due, unless one as grave was given within a year since the
    first of those items fell behind.
    """
    caused = {
        colour: [each for each in items if _calls_for(each, colour, rules)] for colour in Colour
    }
    colour = next((each for each in reversed(Colour) if caused[each]), None)
    if colour is None:
        return None
    longest = max((each.days_behind or 0 for each in caused[colour]), default=0)
    since = max(day - timedelta(days=longest), a_year_before(day))
    if colour is Colour.BLUE:
        since = day - timedelta(days=rules.blue_days or 0)
    if any(each.rank >= colour.rank and since <= on <= day for each, on in given):
        return None
    return colour, caused[colour]


def _calls_for(item: Standing, colour: Colour, rules: CardRules) -> bool:
    if colour is Colour.BLUE:
        left = item.days_left
        return rules.blue_days is not None and left is not None and 0 <= left <= rules.blue_days
    weeks = rules.red_weeks if colour is Colour.RED else rules.yellow_weeks
    if colour is Colour.RED and item.refuted and rules.red_refuted:
        return True
    behind = item.days_behind
    return weeks is not None and behind is not None and behind >= weeks * 7
