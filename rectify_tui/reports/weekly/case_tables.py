"""The tables of cases: how far they are, and what they are about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from rectify_tui.domain.case import PollutionType
from rectify_tui.domain.closure import ClosureRate
from rectify_tui.domain.status import CaseStatus
from rectify_tui.i18n import Language
from rectify_tui.reports.table import Labelled
from rectify_tui.reports.weekly.columns import TYPES, require_filled
from rectify_tui.reports.weekly.figures import Line
from rectify_tui.reports.weekly.model import Section
from rectify_tui.reports.weekly.parts import Body, columns, name_of, section, sum_name, wanted
from rectify_tui.reports.weekly.rows import Row
from rectify_tui.reports.weekly.settings import Settings


def cases(body: Body, settings: Settings, t: Language) -> Section | None:
    """Received, closed, interim and open cases of each place; None without cases."""
    lines = [line for line in body.figures.places if line.tally.cases_total]
    if not lines:
        return None
    earlier = {line.id: line for line in body.previous.places} if body.previous else {}

    def row(line: Line, was: Line | None) -> Row:
        return _case_row(_ComparedCases(line, was, body, settings.closure), t)

    rows = [row(line, earlier.get(line.id)) for line in lines]
    whole, was = body.figures.whole, body.previous.whole if body.previous else None
    if len(lines) > 1:
        rows.append(row(whole, was) | {"name": sum_name(t), "sum": True})
    titles = {
        "name": t(f"report.by.{body.figures.places_by}"),
        "closure_rate": t(f"closure.name.{settings.closure}"),
        **{f"cases_{status}": t(f"status.case.{status}") for status in CaseStatus},
    }
    spread = columns("cases", wanted("cases", settings), t, titles, {})
    notes = [_rate_note(settings, t), *_shared_note(lines, whole, t)]
    heading = t(f"weekly.section.cases.{body.figures.places_by}")
    return section("cases", heading, spread, rows, notes)


def _rate_note(settings: Settings, t: Language) -> str:
    """Which definition of the closure rate was used."""
    closure = settings.closure
    return t(
        "report.rate", name=t(f"closure.name.{closure}"), formula=t(f"closure.formula.{closure}")
    )


def _shared_note(lines: Sequence[Line], whole: Line, t: Language) -> Iterator[str]:
    shared = sum(line.tally.cases_total for line in lines) - whole.tally.cases_total
    if shared:
        yield t("report.note.shared_cases", n=shared)


class _ComparedCases(NamedTuple):
    """The cases of a line beside those of the report before, None where there was none."""

    line: Line
    was: Line | None
    body: Body
    closure: ClosureRate

    def change(self, count: Callable[[Line], int]) -> int | None:
        """By how many it differs from the report before."""
        if self.body.previous is None:
            return None
        return count(self.line) - (count(self.was) if self.was else 0)


def _received(line: Line) -> int:
    return line.tally.cases_total


def _count_of(status: CaseStatus) -> Callable[[Line], int]:
    return lambda line: line.tally.cases[status]


def _closure_change(one: _ComparedCases) -> float | None:
    rate = one.line.closure_rate(one.closure)
    before = one.was.closure_rate(one.closure) if one.was else None
    return None if rate is None or before is None else rate - before


def _status_cell(status: CaseStatus) -> Callable[[_ComparedCases, Language], object]:
    return lambda one, _: one.line.tally.cases[status]


_CELLS: Mapping[str, Callable[[_ComparedCases, Language], object]] = {
    "key": lambda one, _: one.line.key,
    "name": lambda one, t: name_of(one.line, one.body.figures.places_by, t),
    "cases_total": lambda one, _: _received(one.line),
    **{f"cases_{status}": _status_cell(status) for status in CaseStatus},
    "closure_rate": lambda one, _: one.line.closure_rate(one.closure),
    "substantiated": lambda one, _: one.line.substantiated,
    "rectified": lambda one, _: one.line.rectified,
    "cases_change": lambda one, _: one.change(_received),
    "closed_change": lambda one, _: one.change(_count_of(CaseStatus.CLOSED)),
    "closure_change": lambda one, _: _closure_change(one),
}
require_filled("cases", _CELLS)


def _case_row(one: _ComparedCases, t: Language) -> Row:
    return {name: cell(one, t) for name, cell in _CELLS.items()}


def case_types(body: Body, settings: Settings, t: Language) -> Section | None:
    """Cases of each place by pollution type; None where no case has one."""
    whole = body.figures.whole
    types = [each for each in PollutionType if whole.types.get(each)]
    if not types:
        return None
    lines = [line for line in body.figures.places if line.tally.cases_total]
    rows = [_type_row(line, name_of(line, body.figures.places_by, t)) for line in lines]
    if len(lines) > 1:
        rows.append(_type_row(whole, sum_name(t)) | {"sum": True})
    titles = {
        "name": t(f"report.by.{body.figures.places_by}"),
        **{f"type_{each}": t(f"case.type.{each}") for each in PollutionType},
    }
    several = {TYPES: [f"type_{each}" for each in types]}
    without = frozenset[str]() if whole.untyped else frozenset({"untyped"})
    spread = columns("case_types", wanted("case_types", settings, without), t, titles, several)
    notes = [t("weekly.note.types"), *_shared_note(lines, whole, t)]
    heading = t(f"weekly.section.case_types.{body.figures.places_by}")
    return section("case_types", heading, spread, rows, notes)


def _cases_of(kind: PollutionType) -> Callable[[Line], object]:
    return lambda line: line.types.get(kind, 0)


_TYPE_CELLS: Mapping[str, Callable[[Line], object]] = {
    "key": lambda line: line.key,
    "cases_total": _received,
    **{f"type_{kind}": _cases_of(kind) for kind in PollutionType},
    "untyped": lambda line: line.untyped,
}
require_filled("case_types", {**_TYPE_CELLS, "name": name_of})


def _type_row(line: Line, name: Labelled) -> Row:
    return {key: cell(line) for key, cell in _TYPE_CELLS.items()} | {"name": name}
