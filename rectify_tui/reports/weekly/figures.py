"""Every count of a report, in no language: what is frozen, compared, and put into words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from rectify_tui.domain.closure import CaseCounts, ClosureRate, rate
from rectify_tui.domain.figures import Tally
from rectify_tui.domain.mark import Mark
from rectify_tui.domain.region import Depth
from rectify_tui.domain.status import CaseStatus, Group, Status, statuses_of
from rectify_tui.errors import Refusal
from rectify_tui.store.case_facts import CaseFacts, CasesOnDay, cases_on_days
from rectify_tui.store.connection import Connection
from rectify_tui.store.marked import MarkCounts, MarkedItem, count_marks
from rectify_tui.store.rollup_read import By, Rollup, RollupQuery, RollupRow, read_rollups

_DEPTHS = {By.PROVINCE: Depth.PROVINCE, By.CITY: Depth.CITY, By.COUNTY: Depth.COUNTY}


@dataclass(frozen=True)
class Line:
    """The counts of one line. `id` is that of a programme, place or unit; 0 is "no unit".

    `types` counts cases by pollution type, `untyped` those without one; of the `substantiated`
    cases so many are `rectified`. `own` marks what belongs to a place above the asked step itself.
    `marks` counts items by what stands beside their status, None where that was not counted yet.
    """

    id: int
    key: str
    name: str
    name_en: str | None
    own: bool
    tally: Tally
    types: Mapping[str, int] = field(default_factory=dict)
    untyped: int = 0
    substantiated: int = 0
    rectified: int = 0
    marks: MarkCounts | None = None

    @property
    def completed(self) -> int:
        """Items completed or basically completed."""
        return self.tally.groups[Group.COMPLETED]

    @property
    def not_started_due(self) -> int:
        """Items not started although their start is due: behind, by the table of statuses."""
        reported = sum(self.tally.statuses[status] for status in statuses_of(Group.BEHIND))
        return self.tally.groups[Group.BEHIND] - reported

    def closure_rate(self, definition: ClosureRate) -> float | None:
        """The rate of cases by a definition, 0 to 1; None where its divisor is zero."""
        cases = self.tally.cases
        counts = CaseCounts(
            total=self.tally.cases_total, closed=cases[CaseStatus.CLOSED],
            interim=cases[CaseStatus.INTERIM], completed=self.rectified,
            substantiated=self.substantiated,
        )  # fmt: skip
        return rate(counts, definition)


class Figures(NamedTuple):
    """The counts of a report: all together, by programme, and by the lines that were asked for.

    `places` has the lines for cases, by `places_by`: they are `lines` themselves but for units.
    """

    by: By
    places_by: By
    whole: Line
    programmes: tuple[Line, ...]
    lines: tuple[Line, ...]
    places: tuple[Line, ...]

    @property
    def empty(self) -> bool:
        """Whether there is neither an item nor a case."""
        return not self.programmes


def read_figures(
    connection: Connection, days: Sequence[date], by: By, places_by: By, programme_id: int | None
) -> list[Figures]:
    """The counts of one programme, or of all, as of each of some days, which rise, without marks.

    All that is known counts. `places_by` says which places count cases where `by` is units, and
    nothing otherwise. Raises `Refusal` where anything does not add up.
    """
    places_by = places_by if by is By.UNIT else by
    with connection.snapshot():
        cases = cases_on_days(connection, days, int(_DEPTHS[places_by]), programme_id)

        def rollups(by: By) -> list[Rollup]:
            return read_rollups(connection, RollupQuery(days[-1], by, programme_id), days)

        programmes, places = rollups(By.PROGRAMME), rollups(places_by)
        shown = rollups(by) if by is By.UNIT else None
    return [
        _figures(by, places_by, cases[at], programmes[at], places[at], shown[at] if shown else None)
        for at in range(len(days))
    ]


def _figures(
    by: By, places_by: By, cases: CasesOnDay, programmes: Rollup, places: Rollup,
    units: Rollup | None,
) -> Figures:  # fmt: skip
    together = RollupRow(0, "", "", None, programmes.sum)
    of_places = _lines(places.rows, cases.by_place)
    return Figures(
        by,
        places_by,
        _line(together, _sum(cases.by_programme.values())),
        _lines(programmes.rows, cases.by_programme),
        of_places if units is None else _lines(units.rows, {}),
        of_places,
    )


def _lines(rows: Iterable[RollupRow], facts: Mapping[int, CaseFacts]) -> tuple[Line, ...]:
    return tuple(_line(row, facts.get(row.id, CaseFacts())) for row in rows)


def _line(row: RollupRow, facts: CaseFacts) -> Line:
    if facts.total != row.tally.cases_total:
        raise Refusal("weekly.cases_differ", lines=facts.total, total=row.tally.cases_total)
    return Line(
        row.id, row.key, row.name, row.name_en, row.own, row.tally,
        dict(sorted(facts.types.items())), facts.untyped, facts.substantiated, facts.rectified,
    )  # fmt: skip


def with_marks(
    connection: Connection, figures: Figures, marked: Mapping[int, MarkedItem]
) -> Figures:
    """The counts with those of the items that bore a mark on their day."""
    items = marked.values()

    def lines(by: By, lines: Iterable[Line]) -> tuple[Line, ...]:
        marks = count_marks(connection, items, by)
        return tuple(_marked(line, marks.get(line.id, {})) for line in lines)

    return figures._replace(
        whole=_marked(figures.whole, Counter(chain(*(item.marks for item in items)))),
        programmes=lines(By.PROGRAMME, figures.programmes),
        lines=lines(figures.by, figures.lines),
        places=lines(figures.places_by, figures.places),
    )


def _marked(line: Line, marks: MarkCounts) -> Line:
    return replace(line, marks={mark: marks.get(mark, 0) for mark in Mark})


def _sum(facts: Iterable[CaseFacts]) -> CaseFacts:
    whole = CaseFacts()
    for each in facts:
        whole.total += each.total
        whole.types.update(each.types)
        whole.untyped += each.untyped
        whole.findings.update(each.findings)
        whole.rectified += each.rectified
    return whole


# --- kept as JSON ---


def as_data(figures: Figures) -> dict[str, Any]:
    """The figures as plain data, for `from_data`."""
    data: dict[str, Any] = {"by": figures.by.value, "places_by": figures.places_by.value}
    data["whole"] = _line_data(figures.whole)
    for name in ("programmes", "lines", "places"):
        data[name] = [_line_data(line) for line in getattr(figures, name)]
    return data


def _line_data(line: Line) -> dict[str, Any]:
    tally = line.tally
    return {
        "id": line.id, "key": line.key, "name": line.name, "name_en": line.name_en,
        "own": line.own, "total": tally.total, "carried": tally.carried,
        "statuses": {status.value: n for status, n in tally.statuses.items()},
        "groups": {group.value: n for group, n in tally.groups.items()},
        "cases_total": tally.cases_total,
        "cases": {status.value: n for status, n in tally.cases.items()},
        "types": dict(line.types), "untyped": line.untyped,
        "substantiated": line.substantiated, "rectified": line.rectified,
        "marks": None if line.marks is None else {mark.value: n for mark, n in line.marks.items()},
    }  # fmt: skip


def from_data(data: Mapping[str, Any]) -> Figures:
    """The figures that `as_data` turned into data."""
    lists = (tuple(map(_line_of, data[name])) for name in ("programmes", "lines", "places"))
    return Figures(By(data["by"]), By(data["places_by"]), _line_of(data["whole"]), *lists)


def _line_of(data: Mapping[str, Any]) -> Line:
    tally = Tally(
        # reports that were frozen before a status was known have no figure for it
        dict.fromkeys(Status, 0) | {Status(name): n for name, n in data["statuses"].items()},
        dict.fromkeys(Group, 0) | {Group(name): n for name, n in data["groups"].items()},
        {CaseStatus(name): n for name, n in data["cases"].items()},
        data["total"], data["cases_total"], data["carried"],
    )  # fmt: skip
    return Line(
        data["id"], data["key"], data["name"], data["name_en"], data["own"], tally, data["types"],
        data["untyped"], data["substantiated"], data["rectified"], _marks_of(data.get("marks")),
    )  # fmt: skip


def _marks_of(data: Mapping[str, int] | None) -> MarkCounts | None:
    return None if data is None else {mark: data.get(mark.value, 0) for mark in Mark}


# --- comparison ---


def counts_of(line: Line) -> Iterator[tuple[str, int]]:
    """Every count of a line by name, in the order in which tables have them."""
    tally = line.tally
    yield "total", tally.total
    yield from ((status.value, n) for status, n in tally.statuses.items())
    yield "not_started_due", line.not_started_due
    yield "carried", tally.carried
    yield "cases_total", tally.cases_total
    yield from ((f"cases_{status}", n) for status, n in tally.cases.items())
    yield from ((f"type_{name}", n) for name, n in line.types.items())
    yield "untyped", line.untyped
    yield "substantiated", line.substantiated
    yield "rectified", line.rectified
    yield from ((mark.value, n) for mark, n in (line.marks or {}).items())
