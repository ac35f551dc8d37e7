"""The tables of progress: by programme, and by the lines that were asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from rectify_tui.domain.status import Group, Status
from rectify_tui.i18n import Language
from rectify_tui.reports.table import Labelled
from rectify_tui.reports.weekly.columns import GROUPS, NEED_PREVIOUS, NEED_SEVERAL, STATUSES
from rectify_tui.reports.weekly.figures import Figures, Line
from rectify_tui.reports.weekly.model import Section
from rectify_tui.reports.weekly.parts import Body, Row, columns, name_of, section, sum_name, wanted
from rectify_tui.reports.weekly.settings import Settings
from rectify_tui.store.rollup_read import By


def programmes(body: Body, settings: Settings, t: Language) -> Section | None:
    """Progress of each programme; None where there is only one."""
    lines = body.figures.programmes
    if len(lines) < 2:
        return None
    before = body.previous.programmes if body.previous else ()
    carried = body.figures.whole.tally.carried
    notes = [t("report.note.completion_rate")]
    if carried:
        notes.append(t("report.note.carried_in_sum", n=carried))
    return _progress_section("programmes", By.PROGRAMME, lines, before, notes, body, settings, t)


def progress(body: Body, settings: Settings, t: Language) -> Section | None:
    """Progress of each place or unit; None without items."""
    lines = [line for line in body.figures.lines if line.tally.total]
    if not lines:
        return None
    before = body.previous.lines if body.previous else ()
    carried = body.figures.whole.tally.carried
    notes = [t("report.note.completion_rate")]
    if carried:
        notes.append(t("report.note.carried_in_lines", n=carried))
    by = body.figures.by
    return _progress_section("progress", by, lines, before, notes, body, settings, t)


def _progress_section(
    key: str, by: By, lines: Sequence[Line], before: Sequence[Line], notes: list[str], body: Body,
    settings: Settings, t: Language,
) -> Section:  # fmt: skip
    ranked = [line for line in lines if line.tally.total and not line.own and line.id]
    without = frozenset[str]() if len(ranked) > 1 else NEED_SEVERAL
    names = wanted(key, settings, without if body.previous else without | NEED_PREVIOUS)
    if not NEED_SEVERAL.isdisjoint(names):
        notes.append(t("weekly.note.ranks"))
    earlier = {line.id: line for line in before}
    whole = body.figures.whole
    by_rate = _ranks({line.id: _rate(line) for line in ranked})
    by_count = _ranks({line.id: Fraction(line.completed) for line in ranked})
    rows = []
    for line in lines:
        row = _progress_row(line, by, t) | _compared(line, earlier.get(line.id), body.previous)
        row["rank_by_rate"], row["rank_by_count"] = by_rate.get(line.id), by_count.get(line.id)
        row["against_average"] = _against(line, whole, t) if line.id in by_rate else None
        rows.append(row)
    if len(lines) > 1:
        was = body.previous.whole if body.previous else None
        total = _progress_row(whole, by, t) | {"name": sum_name(t)}
        rows.append(total | _compared(whole, was, body.previous))
    titles = {
        "name": t(f"report.by.{by}"),
        **{status.value: t(f"status.item.{status}") for status in Status},
        **{f"group_{group}": t(f"status.group.{group}") for group in Group},
    }
    several = {
        STATUSES: [each.value for each in Status if any(n.tally.statuses[each] for n in lines)],
        GROUPS: [f"group_{each}" for each in Group if any(n.tally.groups[each] for n in lines)],
    }
    spread = columns(key, names, t, titles, several)
    return section(key, t(f"report.rollup.{by}"), spread, rows, notes)


def _progress_row(line: Line, by: By, t: Language) -> Row:
    tally = line.tally
    return {
        "key": line.key,
        "name": name_of(line, by, t),
        "total": tally.total,
        **{status.value: tally.statuses[status] for status in Status},
        **{f"group_{group}": tally.groups[group] for group in Group},
        "completion_rate": tally.completion_rate,
        "carried": tally.carried,
    }


def _compared(line: Line, was: Line | None, previous: Figures | None) -> Row:
    """What differs from the report before: items completed, and the rate in points."""
    if previous is None:
        return {"completed_change": None, "rate_change": None}
    comparable = was is not None and was.tally.total and line.tally.total
    return {
        "completed_change": line.completed - (was.completed if was else 0),
        "rate_change": float(_rate(line) - _rate(was)) if was and comparable else None,
    }


def _rate(line: Line) -> Fraction:
    return Fraction(line.completed, line.tally.total)


def _ranks(values: Mapping[int, Fraction]) -> dict[int, int]:
    """Places from the highest value down; equal values share one, and the next stays empty."""
    ordered = sorted(values.values(), reverse=True)
    first = {value: n for n, value in reversed(list(enumerate(ordered, 1)))}
    return {id: first[value] for id, value in values.items()}


def _against(line: Line, whole: Line, t: Language) -> Labelled:
    rate, average = _rate(line), _rate(whole)
    word = "above" if rate > average else "below" if rate < average else "equal"
    return Labelled(word, t(f"weekly.average.{word}"))
