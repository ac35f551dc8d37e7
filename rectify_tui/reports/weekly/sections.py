"""Which sections the report has, and its chart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from rectify_tui.domain.status import Group
from rectify_tui.i18n import Language
from rectify_tui.reports.weekly.campaigns import campaigns
from rectify_tui.reports.weekly.case_tables import case_types, cases
from rectify_tui.reports.weekly.columns import COLUMNS, FRONT
from rectify_tui.reports.weekly.coverage import coverage
from rectify_tui.reports.weekly.lists import behind, changes, past_due
from rectify_tui.reports.weekly.model import Chart, Section, Series
from rectify_tui.reports.weekly.parts import Body, name_of
from rectify_tui.reports.weekly.progress import programmes, progress, statuses
from rectify_tui.reports.weekly.settings import Settings, sections_of

MOST_LINES = 34
"""Lines that fit on the first page: all provinces, and the nation's own."""
MOST_BARS = 40
"""Bars in a chart, above which it can no longer be read."""

_SECTIONS: Mapping[str, Callable[[Body, Settings, Language], Section | None]] = {
    FRONT: progress, "programmes": programmes, "campaigns": campaigns, "statuses": statuses,
    "cases": cases, "case_types": case_types, "coverage": coverage, "behind": behind,
    "past_due": past_due,
    "changes": changes,
}  # fmt: skip
if missing := COLUMNS.keys() - _SECTIONS.keys():
    raise LookupError(f"nothing makes the sections {', '.join(sorted(missing))}")

_LISTS = frozenset({"behind", "past_due", "changes"})
"""Sections of which no more is printed than the office wants."""


def sections(body: Body, settings: Settings, t: Language) -> Iterator[Section]:
    """The sections that an office wants, in its order; one with nothing to count is left out.

    What follows the table of the first page is numbered as annexes.
    """
    made = [_SECTIONS[key](body, settings, t) for key in sections_of(settings)]
    there = [section for section in made if section is not None]
    with_front = any(section.key == FRONT for section in there)
    number = 0
    for section in there:
        if section.key == FRONT:
            yield section._replace(front=True, most=MOST_LINES)
            continue
        number += 1
        heading = t("weekly.annex", n=number, heading=section.heading)
        most = settings.most or None if section.key in _LISTS else None
        yield section._replace(heading=heading if with_front else section.heading, most=most)


def chart(body: Body, t: Language) -> Chart | None:
    """How the items of each line stand, by group; None for one line, or for too many."""
    by = body.figures.by
    lines = [line for line in body.figures.lines if line.tally.total]
    if not 1 < len(lines) <= MOST_BARS:
        return None
    series = tuple(
        Series(
            group.value, t(f"status.group.{group}"),
            tuple(float(line.tally.groups[group]) for line in lines),
        )
        for group in Group
        if any(line.tally.groups[group] for line in lines)
    )  # fmt: skip
    names = tuple(name_of(line, by, t).label for line in lines)
    return Chart(t(f"weekly.chart.{by}"), names, series)
