"""What is read from a paragraph: figures, what could not be placed, and sums."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from rectify_tui.domain.closure import ClosureRate
from rectify_tui.domain.status import Status


class What(StrEnum):
    """What a figure counts. The statuses have the names of `Status`.

    `IN_PROGRESS` (正在整改) is what was reported without saying if it is on schedule. `LAGGING`
    is the whole group of what is behind (滞后), where nothing tells its statuses apart.
    """

    TOTAL = "total"
    COMPLETED = Status.COMPLETED.value
    BASICALLY_COMPLETED = Status.BASICALLY_COMPLETED.value
    AHEAD = Status.AHEAD.value
    ON_SCHEDULE = Status.ON_SCHEDULE.value
    NOT_STARTED = Status.NOT_STARTED.value
    BEHIND = Status.BEHIND.value
    NOT_COMPLETED = Status.NOT_COMPLETED.value
    MERGED = Status.MERGED.value
    IN_PROGRESS = Status.IN_PROGRESS.value
    DUE = "due"
    REMAINING = "remaining"
    LAGGING = "lagging"
    CASES_TOTAL = "cases_total"
    CASES_CLOSED = "cases_closed"
    CASES_INTERIM = "cases_interim"
    CASES_OPEN = "cases_open"
    SUBSTANTIATED = "substantiated"
    BASICALLY_SUBSTANTIATED = "basically_substantiated"
    PARTLY_SUBSTANTIATED = "partly_substantiated"
    UNSUBSTANTIATED = "unsubstantiated"
    RATE = "rate"


class Axis(StrEnum):
    """Ways to divide one total; the parts of one axis are disjoint."""

    PROGRESS = "progress"
    CASES = "cases"
    FINDING = "finding"


TOTALS = frozenset({What.TOTAL, What.CASES_TOTAL})
PROGRESS = frozenset(What(status.value) for status in Status)
CASE_STATES = frozenset({What.CASES_CLOSED, What.CASES_INTERIM, What.CASES_OPEN})
FINDINGS = frozenset(
    {
        What.SUBSTANTIATED,
        What.BASICALLY_SUBSTANTIATED,
        What.PARTLY_SUBSTANTIATED,
        What.UNSUBSTANTIATED,
    }
)


class Closeout(StrEnum):
    """How far something completed has come on its way off the list."""

    APPLIED = "applied"
    ACCEPTED = "accepted"
    STRUCK_OFF = "struck_off"


@dataclass(frozen=True, slots=True)
class Either:
    """Two states of one group that share a number: 已完成或基本完成, 达到或超过序时进度."""

    first: What
    second: What


class Reason(StrEnum):
    """Why a number that looks like a count of items or cases was not placed."""

    NO_STATUS = "no_status"
    TWO_STATUSES = "two_statuses"
    BREAKDOWN = "breakdown"
    RESPECTIVELY = "respectively"
    CLOSEOUT = "closeout"
    DEADLINE = "deadline"
    PLAN = "plan"
    CHANGE = "change"
    PARTIAL = "partial"
    OTHER_WORK = "other_work"
    UNCLEAR_WORD = "unclear_word"
    NEARLY_ALL = "nearly_all"
    RECEIVED = "received"
    CASE_WORD = "case_word"
    APPROXIMATE = "approximate"
    RANGE = "range"
    NOT_WHOLE = "not_whole"
    UNREADABLE = "unreadable"
    OTHER_MEASURE = "other_measure"
    EACH = "each"
    CORRECTED = "corrected"
    COUNTS_PLACES = "counts_places"
    NO_MEASURE = "no_measure"
    UNCLEAR_ORDER = "unclear_order"
    UNCLEAR_RATE = "unclear_rate"


class Kind(StrEnum):
    """What a number is that counts neither items nor cases."""

    DATE = "date"
    MONEY = "money"
    PEOPLE = "people"
    PLACES = "places"
    BODIES = "bodies"
    ORDINAL = "ordinal"
    QUANTITY = "quantity"
    SHARE = "share"
    CHANGE = "change"
    ENFORCEMENT = "enforcement"
    OTHER_COUNT = "other_count"
    BARE = "bare"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the paragraph.

    `subject` is what is counted, as written, or empty where the paragraph does not say.
    `value` is the number written: a count, or percent for `What.RATE`.
    `paragraph[start:end] == text`, the words that state the value.
    `rate_of` says, for a rate, which part it is the share of.
    `within` is the position in `Reading.figures` of the figure that this one is a subset of.
    `also` is a second state that the number counts as well (已完成或基本完成). `closeout` is set
    for what is completed and said to be struck off, accepted or awaiting acceptance.
    `place` is the place or body that the number is of (福州, 省水利厅), empty where none is named.
    `on` is the day that the paragraph names for it.
    `margin` is half a unit of the last printed place (of 28.7万, or of a percentage), else zero.
    `ledger` and `agrees` stay `None` until `compare`.
    """

    subject: str
    what: What
    value: int | float
    text: str
    start: int
    end: int
    rate_of: What | None = None
    within: int | None = None
    margin: Decimal = Decimal(0)
    also: What | None = None
    closeout: Closeout | None = None
    place: str = ""
    on: date | None = None
    ledger: int | float | None = None
    agrees: bool | None = None


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A number that looks like a figure but could not be placed.

    `value` is `None` when the number itself cannot be read for certain.
    """

    reason: Reason
    value: int | float | None
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Ignored:
    """A number that counts neither items nor cases."""

    kind: Kind
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sum:
    """One total (or due number) and its disjoint parts along one axis.

    `total` and `parts` are positions in `Reading.figures`. `unaccounted` is the total minus the
    parts: zero when they add up, negative when the parts exceed it.
    """

    axis: Axis
    total: int
    parts: tuple[int, ...]
    unaccounted: int


@dataclass(frozen=True, slots=True)
class RateDefinition:
    """Which definitions of the closure rate give the stated percentage; none is possible.

    `rate` is a position in `Reading.figures`.
    """

    rate: int
    definitions: tuple[ClosureRate, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read. Every number of the paragraph stands in exactly one of the first three."""

    figures: tuple[Figure, ...]
    unplaced: tuple[Unplaced, ...]
    ignored: tuple[Ignored, ...]
    sums: tuple[Sum, ...]
    rate_definitions: tuple[RateDefinition, ...]

    def narrowed(self, figure: Figure) -> bool:
        """Whether the figure speaks of a part only, so that no figure of the whole compares to it.

        Such are the 3 of "已完成24项，其中提前完成3项", the parts of what is due, and totals inside
        totals. The number of a place (其中，福州市1037件) is the whole of that place, and what is
        struck off of what is completed is all that is struck off.
        """
        if figure.within is None:
            return False
        whole = self.figures[figure.within]
        if figure.place != whole.place:
            divides = figure.what is whole.what or whole.what in TOTALS
            return not divides or self.narrowed(whole)
        if figure.closeout is not None and whole.what is figure.what and whole.closeout is None:
            return self.narrowed(whole)
        return figure.what in TOTALS or whole.what not in TOTALS or self.narrowed(whole)
