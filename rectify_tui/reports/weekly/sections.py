"""Which sections the report has, and its chart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from rectify_tui.domain.status import Group
from rectify_tui.i18n import Language
from rectify_tui.reports.weekly.case_tables import case_types, cases
from rectify_tui.reports.weekly.lists import behind, changes
from rectify_tui.reports.weekly.model import Chart, Section, Series
from rectify_tui.reports.weekly.parts import Body, name_of
from rectify_tui.reports.weekly.progress import programmes, progress
from rectify_tui.reports.weekly.settings import Settings

MOST_BARS = 40
"""Bars in a chart, above which it can no longer be read."""

_SECTIONS: Mapping[str, Callable[[Body, Settings, Language], Section | None]] = {
    "programmes": programmes, "progress": progress, "cases": cases, "case_types": case_types,
    "behind": behind, "changes": changes,
}  # fmt: skip


def sections(body: Body, settings: Settings, t: Language) -> Iterator[Section]:
    """The sections that an office wants, in its order; one with nothing to count is left out."""
    for key in settings.sections:
        found = _SECTIONS[key](body, settings, t)
        if found is not None:
            yield found


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
