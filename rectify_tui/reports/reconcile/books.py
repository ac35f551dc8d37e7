"""The ledger's figures by programme, region and day, each read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rectify_tui.domain.closeout import Stage
from rectify_tui.domain.closure import CaseCounts, ClosureRate, rate
from rectify_tui.domain.figures import Tally
from rectify_tui.domain.paragraph import Closeout, Figure, Gazetteer, What
from rectify_tui.domain.paragraph.programme import Candidate
from rectify_tui.domain.region import Depth
from rectify_tui.domain.status import CaseStatus, Group, Status
from rectify_tui.store.connection import Connection
from rectify_tui.store.figures import PublishedFigure, published_figures
from rectify_tui.store.programmes import programmes
from rectify_tui.store.regions import all_regions, nation
from rectify_tui.store.rollup_read import RollupQuery, read_rollup

CASES = frozenset({What.CASES_TOTAL, What.CASES_CLOSED, What.CASES_INTERIM, What.CASES_OPEN})
_CASE_STATUS = {
    What.CASES_CLOSED: CaseStatus.CLOSED,
    What.CASES_INTERIM: CaseStatus.INTERIM,
    What.CASES_OPEN: CaseStatus.OPEN,
}
_STATUS = {What(status.value): status for status in Status}


@dataclass(frozen=True)
class KnownProgramme(Candidate):
    """A programme of the ledger, with the region that it is for."""

    code: str
    region_id: int


class Books:
    """What the ledger says of programmes, as a whole and in a region, on any day."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._tallies: dict[tuple[date, int | None], Mapping[int, Tally]] = {}
        regions = all_regions(connection)
        self.gazetteer = Gazetteer(regions)
        above_all = nation(connection)
        self.nation = set() if above_all is None else {above_all.id}
        self._regions = {region.id: region for region in regions}
        self._programmes = {
            each.id: KnownProgramme(
                each.id, each.name, each.kind, each.year, each.code, each.region_id
            )
            for each in programmes(connection)
        }
        self._published = published_figures(connection)
        simulated = {each.id for each in programmes(connection) if each.simulated}
        self.candidates = [known for id, known in self._programmes.items() if id not in simulated]

    def programme(self, id: int) -> KnownProgramme:
        """The programme with an id."""
        return self._programmes[id]

    def home_of(self, programme: KnownProgramme | None) -> str | None:
        """The name of the region that a programme is for."""
        return None if programme is None else self._regions[programme.region_id].name

    def published(
        self, programme: str | None, region: str | None, what: What, day: date
    ) -> PublishedFigure | None:
        """The newest figure that was published by a day of what is counted in a place."""
        fitting = [
            each
            for each in self._published
            if each.region == region and each.what == what and each.day and each.day <= day
            and programme in (None, each.programme)
        ]  # fmt: skip
        return max(fitting, key=lambda each: (each.day or day, each.id), default=None)

    def is_of_city(self, programme: KnownProgramme) -> bool:
        """Whether a programme is for a city or less, so that 我市 can be its region."""
        region = self._regions[programme.region_id]
        return region.depth >= Depth.CITY or region.name.endswith("市")

    def tally(self, programme: int, day: date, region: int | None = None) -> Tally | None:
        """The figures of a programme, in a region or as a whole; None where it had nothing yet."""
        if (day, region) not in self._tallies:
            query = RollupQuery(day, under_id=region)
            rows = read_rollup(self._connection, query).rows
            self._tallies[day, region] = {row.id: row.tally for row in rows}
        return self._tallies[day, region].get(programme)


def number_of(tally: Tally, figure: Figure) -> int | float | None:
    """The ledger's number for what a figure counts; None where the ledger keeps no such one."""
    if figure.closeout is not None:
        return _closed_out(tally, figure.closeout)
    if figure.what is What.RATE:
        return _percent(tally, figure)
    counts = [count_of(tally, what) for what in (figure.what, figure.also) if what is not None]
    return None if None in counts else sum(count for count in counts if count is not None)


def _closed_out(tally: Tally, closeout: Closeout) -> int | None:
    """How many are so far in close-out; None where the ledger has nothing of any."""
    if not any(tally.closures.values()):
        return None
    if closeout is Closeout.STRUCK_OFF:
        return tally.struck_off
    if closeout is Closeout.APPLIED:
        return tally.awaiting
    return tally.struck_off + tally.awaiting - tally.closures[Stage.APPLIED]


def count_of(tally: Tally, what: What) -> int | None:
    """How many items or cases of a tally are such; None for what the ledger does not count."""
    if what is What.TOTAL:
        return tally.total
    if what is What.CASES_TOTAL:
        return tally.cases_total
    if what in _STATUS:
        return tally.statuses[_STATUS[what]]
    if what in _CASE_STATUS:
        return tally.cases[_CASE_STATUS[what]]
    if what is What.LAGGING:
        return tally.groups[Group.BEHIND]
    if what is What.REMAINING:
        return tally.open
    return None


def _percent(tally: Tally, figure: Figure) -> float | None:
    if figure.rate_of in CASES:
        counts = CaseCounts(
            total=tally.cases_total,
            closed=tally.cases[CaseStatus.CLOSED],
            interim=tally.cases[CaseStatus.INTERIM],
        )
        fraction = rate(counts, ClosureRate.CLOSED)
    elif figure.rate_of in (None, What.COMPLETED):
        fraction = tally.completion_rate
    else:
        fraction = None
    return None if fraction is None else fraction * 100
