"""The tables of cases: how far they are, and what they are about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rectify_tui.domain.case import PollutionType
from rectify_tui.domain.status import CaseStatus
from rectify_tui.i18n import Language
from rectify_tui.reports.table import Labelled
from rectify_tui.reports.weekly.columns import TYPES
from rectify_tui.reports.weekly.figures import Line
from rectify_tui.reports.weekly.model import Section
from rectify_tui.reports.weekly.parts import Body, Row, columns, name_of, section, sum_name, wanted
from rectify_tui.reports.weekly.settings import Settings


def cases(body: Body, settings: Settings, t: Language) -> Section | None:
    """Received, closed, interim and open cases of each place; None without cases."""
    lines = [line for line in body.figures.places if line.tally.cases_total]
    if not lines:
        return None
    earlier = {line.id: line for line in body.previous.places} if body.previous else {}
    rows = [_case_row(line, earlier.get(line.id), body, settings, t) for line in lines]
    whole, was = body.figures.whole, body.previous.whole if body.previous else None
    if len(lines) > 1:
        total = _case_row(whole, was, body, settings, t)
        rows.append(total | {"name": sum_name(t)})
    titles = {
        "name": t(f"report.by.{body.figures.places_by}"),
        "closure_rate": t(f"closure.name.{settings.closure}"),
        **{f"cases_{status}": t(f"status.case.{status}") for status in CaseStatus},
    }
    spread = columns("cases", wanted("cases", settings), t, titles)
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


def _case_row(line: Line, was: Line | None, body: Body, settings: Settings, t: Language) -> Row:
    tally = line.tally
    rate = line.closure_rate(settings.closure)
    before = was.closure_rate(settings.closure) if was else None
    compared = body.previous is not None
    closed = tally.cases[CaseStatus.CLOSED]
    return {
        "key": line.key,
        "name": name_of(line, body.figures.places_by, t),
        "cases_total": tally.cases_total,
        **{f"cases_{status}": tally.cases[status] for status in CaseStatus},
        "closure_rate": rate,
        "substantiated": line.substantiated,
        "rectified": line.rectified,
        "cases_change": tally.cases_total - (was.tally.cases_total if was else 0)
        if compared else None,
        "closed_change": closed - (was.tally.cases[CaseStatus.CLOSED] if was else 0)
        if compared else None,
        "closure_change": None if rate is None or before is None else rate - before,
    }  # fmt: skip


def case_types(body: Body, settings: Settings, t: Language) -> Section | None:
    """Cases of each place by pollution type; None where no case has one."""
    whole = body.figures.whole
    types = [each for each in PollutionType if whole.types.get(each)]
    if not types:
        return None
    lines = [line for line in body.figures.places if line.tally.cases_total]
    rows = [_type_row(line, name_of(line, body.figures.places_by, t)) for line in lines]
    if len(lines) > 1:
        rows.append(_type_row(whole, sum_name(t)))
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


def _type_row(line: Line, name: Labelled) -> Row:
    return {
        "key": line.key,
        "name": name,
        "cases_total": line.tally.cases_total,
        **{f"type_{each}": line.types.get(each, 0) for each in PollutionType},
        "untyped": line.untyped,
    }
